// One client that asks one question after another on one connection: how long an answer takes when nobody else asks.
import { Agent, request as open } from 'node:http';

export class OneByOne {
  #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(url) {
    this.url = url;
  }

  /** @returns status, body, headers and the ms from the first byte sent to the last received */
  ask({ method, path, headers = {}, body }) {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const begun = performance.now();
    return new Promise((resolve, reject) => {
      const asked = open(
        this.url + path,
        { method, headers: { ...headers, ...length }, agent: this.#agent },
        (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const ms = performance.now() - begun;
            const { statusCode: status, headers: given } = response;
            resolve({ status, ms, headers: given, text: () => Buffer.concat(chunks).toString() });
          });
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  }

  /** Asks, and throws unless the answer is a success. */
  async expect(request) {
    const answer = await this.ask(request);
    if (answer.status >= 300) {
      throw new Error(`${request.path}: ${answer.status} ${answer.text().slice(0, 200)}`);
    }
    return answer;
  }

  close() {
    this.#agent.destroy();
  }
}
