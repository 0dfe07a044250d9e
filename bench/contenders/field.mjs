// The contenders of one size: each is started when it is first needed, on its own copy of the data, and stays up so that
// rounds can take turns.
import { fileURLToPath } from 'node:url';
import { OneByOne } from '../load/one-by-one.mjs';
import { PATHS } from './paths.mjs';
import { ContenderProcess, freePort } from './process.mjs';
import { CONTENDERS } from './registry.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
// Numbers of requests never come again within a size.
const STRIDE = 1_000_000;

/** Why a contender takes no part. */
export class Unavailable extends Error {}

export class Field {
  #running = new Map();
  #numbers = 0;
  /** What a measurement found out and needs again, such as a place in a walk. */
  memo = new Map();

  constructor(store, size, options) {
    this.store = store;
    this.size = size;
    this.options = options;
  }

  /** The first of many numbers that no other request has. */
  numbers() {
    this.#numbers += 1;
    return this.#numbers * STRIDE;
  }

  /** A contender that answers. @throws Unavailable, every time, if it cannot be started */
  async running(name) {
    const known = this.#running.get(name) ?? (await this.#start(name));
    this.#running.set(name, known);
    if (known instanceof Unavailable) throw known;
    return known;
  }

  async #start(name) {
    const { start, package: needed } = CONTENDERS[name];
    try {
      if (needed !== undefined && !this.options.peers)
        throw new Error('not installed for this run');
      // The bare ones send what the service answers.
      const service = name === 'service' ? undefined : await this.running('service');
      const port = await freePort();
      const { store, size } = this;
      const { key, ...launch } = await start({ store, size, port, root: ROOT, service });
      const process = new ContenderProcess({ ...launch, port, log: store.place(`${name}.log`) });
      const start_ms = await process.firstAnswer();
      const { url } = process;
      return { name, url, port, process, launch, key, start_ms, client: new OneByOne(url) };
    } catch (error) {
      return new Unavailable(error.message);
    }
  }

  /** Ends a contender and starts it again on what it had. @returns ms until its first answer */
  async restart(name) {
    const running = await this.running(name);
    running.client.close();
    await running.process.stop();
    const { launch, port } = running;
    const process = new ContenderProcess({ ...launch, port, log: this.store.place(`${name}.log`) });
    const start_ms = await process.firstAnswer();
    const client = new OneByOne(process.url);
    this.#running.set(name, { ...running, process, start_ms, client });
    return start_ms;
  }

  /** What requests to a contender must hold. */
  async requestOptions(name) {
    const { key, client } = await this.running(name);
    if (name !== 'service') return {};
    const { headers } = await client.expect({ method: 'GET', path: PATHS.stats() });
    return { key, etag: headers.etag };
  }

  async stop() {
    for (const known of this.#running.values()) {
      if (known instanceof Unavailable) continue;
      known.client.close();
      await known.process.stop();
    }
  }
}
