import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);
export const hasBrowser = CHROMIUM !== undefined;

interface Message {
  id?: number;
  method?: string;
  // biome-ignore lint/suspicious/noExplicitAny: the protocol's own.
  params?: any;
  // biome-ignore lint/suspicious/noExplicitAny: the protocol's own.
  result?: any;
}

/** A page in headless Chromium, spoken to over a pair of pipes: what it complained of, and what it loaded. */
export class Page {
  readonly complaints: string[] = [];
  readonly requested: string[] = [];
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #folder: string;
  readonly #process: ChildProcess;
  #session: string | undefined;
  #last = 0;

  private constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'page-'));
    const args = ['--headless=new', '--no-sandbox', '--disable-gpu', '--remote-debugging-pipe'];
    this.#process = spawn(CHROMIUM ?? '', [...args, `--user-data-dir=${this.#folder}`], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    let rest = '';
    (this.#process.stdio[4] as Readable).on('data', (chunk) => {
      const texts = (rest + chunk).split('\0');
      rest = texts.pop() ?? '';
      for (const text of texts) this.#hear(JSON.parse(text));
    });
  }

  static async open(url: string): Promise<Page> {
    const page = new Page();
    const { targetId } = await page.#send('Target.createTarget', { url: 'about:blank' });
    const target = { targetId, flatten: true };
    page.#session = (await page.#send('Target.attachToTarget', target)).sessionId;
    for (const domain of ['Runtime', 'Log', 'Network', 'Page'])
      await page.#send(`${domain}.enable`);
    await page.#send('Page.navigate', { url });
    return page;
  }

  /** The value of an expression, asked again until it is true or the time is over. */
  async until(expression: string, ms = 20_000): Promise<unknown> {
    for (const end = Date.now() + ms; ; await pause(100)) {
      const { result } = await this.#send('Runtime.evaluate', { expression, returnByValue: true });
      if (result.value || Date.now() > end) return result.value;
    }
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    await this.#send('Browser.close', {}, true);
    await ended;
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  // biome-ignore lint/suspicious/noExplicitAny: the protocol's own.
  #send(method: string, params: object = {}, toBrowser = false): Promise<any> {
    const id = ++this.#last;
    const session = toBrowser || this.#session === undefined ? {} : { sessionId: this.#session };
    const text = JSON.stringify({ id, method, params, ...session });
    (this.#process.stdio[3] as Writable).write(`${text}\0`);
    return new Promise((resolve) => this.#waiting.set(id, ({ result }) => resolve(result)));
  }

  #hear(message: Message): void {
    const { id, method, params } = message;
    if (id !== undefined) this.#waiting.get(id)?.(message);
    if (method === 'Log.entryAdded') this.complaints.push(params.entry.text);
    if (method === 'Runtime.exceptionThrown') {
      this.complaints.push(JSON.stringify(params.exceptionDetails));
    }
    if (method === 'Runtime.consoleAPICalled') this.complaints.push(JSON.stringify(params.args));
    if (method === 'Network.requestWillBeSent') this.requested.push(params.request.url);
  }
}
