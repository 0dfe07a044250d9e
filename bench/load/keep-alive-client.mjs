// One keep-alive connection that sends whenever it is told to, whether or not it was answered: what an open loop needs
// and no closed-loop generator gives. Answers come in order; each is told how long it took since it was due.
import { connect } from 'node:net';

const END_OF_HEAD = '\r\n\r\n';

/** The length of an answer's body. */
export function bodyLength(head) {
  const status = Number(head.slice(9, 12));
  if (status === 204 || status === 304) return 0;
  const [, digits] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  if (digits === undefined) throw new Error('an answer without content-length');
  return Number(digits);
}

export class KeepAliveClient {
  #socket;
  #waiting = [];
  #buffer = Buffer.alloc(0);
  #missing = 0;
  #isClosed = false;

  /** @param told is called for every answer with its status, and when it was due; @param failed once at most */
  constructor(port, told, failed) {
    this.told = told;
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (chunk) => this.#read(chunk));
    const failOnce = (error) => {
      this.close();
      if (!this.#isClosed) failed(error);
      this.#isClosed = true;
    };
    this.#socket.on('error', failOnce);
    this.#socket.once('end', () => failOnce(new Error('the connection was closed')));
    // One that fails is not waited for: it is counted.
    this.connected = new Promise((resolve) => {
      this.#socket.once('connect', resolve);
      this.#socket.once('close', resolve);
    });
  }

  /** @param due when it should have been sent: answers are late since then, not since they could be sent */
  send(request, due) {
    this.#waiting.push(due);
    if (!this.#isClosed) this.#socket.write(request);
  }

  get unanswered() {
    return this.#waiting.length;
  }

  close() {
    this.#socket.removeAllListeners('end');
    this.#socket.destroy();
  }

  #read(chunk) {
    let rest = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    while (rest.length > 0) {
      if (this.#missing === 0) {
        const end = rest.indexOf(END_OF_HEAD);
        if (end === -1) break;
        const head = rest.latin1Slice(0, end);
        this.#missing = end + END_OF_HEAD.length + bodyLength(head);
        this.status = Number(head.slice(9, 12));
      }
      if (rest.length < this.#missing) {
        this.#missing -= rest.length;
        rest = Buffer.alloc(0);
        break;
      }
      rest = rest.subarray(this.#missing);
      this.#missing = 0;
      this.told(this.status, this.#waiting.shift());
    }
    this.#buffer = rest;
  }
}
