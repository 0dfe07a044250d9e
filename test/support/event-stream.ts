import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { noteAnswer } from './answer-log.js';

export interface FeedEvent {
  id: string;
  event: string;
  // biome-ignore lint/suspicious/noExplicitAny: what an event holds is what the tests look at.
  data: any;
}

/** Opens the application on a free port. */
export async function listen(app: FastifyInstance): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
}

/** A reader of server-sent events over a real connection, as the standard says one reads them. */
export class EventReader {
  readonly comments: string[] = [];
  retry: string | undefined;
  readonly #lines: AsyncGenerator<string>;

  private constructor(
    readonly response: Response,
    private readonly aborter: AbortController,
  ) {
    this.#lines = this.#split();
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<EventReader> {
    const aborter = new AbortController();
    const response = await fetch(url, {
      headers: { accept: 'text/event-stream', ...headers },
      signal: aborter.signal,
    });
    const media = response.headers.get('content-type')?.split(';', 1)[0] ?? '';
    noteAnswer('listChanges', String(response.status), media);
    return new EventReader(response, aborter);
  }

  /** The next event, or null when the stream has ended cleanly. */
  async next(): Promise<FeedEvent | null> {
    const fields: Record<string, string> = {};
    for (;;) {
      const { value: line, done } = await this.#lines.next();
      if (done) return null;
      if (line === '') {
        if (fields['data'] === undefined) continue;
        const { id = '', event = '', data } = fields;
        return { id, event, data: JSON.parse(data) };
      }
      const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
      if (name === '') this.comments.push(value);
      else if (name === 'retry') this.retry = value;
      else fields[name] = value;
    }
  }

  async take(count: number): Promise<FeedEvent[]> {
    const events: FeedEvent[] = [];
    while (events.length < count) {
      const event = await this.next();
      if (event === null) break;
      events.push(event);
    }
    return events;
  }

  close(): void {
    this.aborter.abort();
  }

  async *#split(): AsyncGenerator<string> {
    let rest = '';
    for await (const bytes of (this.response.body ?? []) as AsyncIterable<Uint8Array>) {
      const lines = (rest + Buffer.from(bytes).toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  }
}
