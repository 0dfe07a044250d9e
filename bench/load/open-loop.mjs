// Many clients that ask at set times, whether or not they were answered, spread evenly over each second; beside them,
// if wanted, writes at set times. node open-loop.mjs '{"port", "clients", "rate", "seconds", "path", "writes"}'
import { setTimeout as pause } from 'node:timers/promises';
import { summaryOf } from '../report/percentiles.mjs';
import { KeepAliveClient } from './keep-alive-client.mjs';
import { REQUESTS } from './requests.mjs';

const TICK_MS = 1;
const PATIENCE_MS = 2_000;
const CONNECT_AT_ONCE = 50;
const { port, clients, rate, seconds, path, writes } = JSON.parse(process.argv[2]);

const textOf = ({ method, path: target, headers = {}, body = '' }) => {
  const all = { host: `127.0.0.1:${port}`, ...headers };
  if (method === 'POST') all['content-length'] = Buffer.byteLength(body);
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
};

/** One kind of request at even intervals, sent by its clients in turn. */
class Beat {
  latencies = [];
  errors = 0;
  refused = {};
  #sent = 0;

  constructor(count, perSecond, make) {
    this.interval = 1_000 / perSecond;
    this.make = make;
    this.sockets = Array.from({ length: count }, () => this.#client());
  }

  #client() {
    const told = (status, due) => {
      this.latencies.push(performance.now() - due);
      if (status >= 300) this.refused[status] = (this.refused[status] ?? 0) + 1;
    };
    return new KeepAliveClient(port, told, () => {
      this.errors += 1;
    });
  }

  /** Sends whatever is due by now. */
  sendDue(start, now) {
    for (;;) {
      const due = start + this.#sent * this.interval;
      if (due > now) return;
      this.sockets[this.#sent % this.sockets.length].send(this.make(this.#sent), due);
      this.#sent += 1;
    }
  }

  get unanswered() {
    return this.sockets.reduce((sum, socket) => sum + socket.unanswered, 0);
  }

  result() {
    const { errors, refused, unanswered } = this;
    for (const socket of this.sockets) socket.close();
    return { sent: this.#sent, errors, refused, unanswered, ...summaryOf(this.latencies) };
  }
}

const poll = textOf({ method: 'GET', path });
const beats = [new Beat(clients, clients * rate, () => poll)];
if (writes !== undefined) {
  const make = (index) => textOf(REQUESTS.service.claim(writes.first + index, writes));
  beats.push(new Beat(writes.clients, writes.per_second, make));
}
for (const { sockets } of beats) {
  for (let from = 0; from < sockets.length; from += CONNECT_AT_ONCE) {
    await Promise.all(sockets.slice(from, from + CONNECT_AT_ONCE).map((one) => one.connected));
  }
}
const start = performance.now();
const end = start + seconds * 1_000;
for (let now = start; now < end; now = performance.now()) {
  for (const beat of beats) beat.sendDue(start, now);
  await pause(TICK_MS);
}
const patience = performance.now() + PATIENCE_MS;
while (beats.some(({ unanswered }) => unanswered > 0) && performance.now() < patience) {
  await pause(TICK_MS);
}
const [polls, written] = beats.map((beat) => beat.result());
process.stdout.write(JSON.stringify({ polls, writes: written ?? null }));
process.exit();
