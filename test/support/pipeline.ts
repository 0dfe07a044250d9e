import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Writes many requests on one connection without waiting for answers, waits a moment, and hangs up. */
export async function pipelineAndHangUp(
  address: string,
  path: string,
  count: number,
  accept = '*/*',
): Promise<void> {
  const { hostname, port } = new URL(address);
  const client = connect(Number(port), hostname);
  client.on('error', () => undefined);
  client.pause();
  client.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAccept: ${accept}\r\n\r\n`.repeat(count));
  await once(client, 'connect');
  await pause(300);
  const closed = once(client, 'close');
  client.destroy();
  await closed;
}
