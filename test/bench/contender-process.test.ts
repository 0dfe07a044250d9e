import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { ContenderProcess, freePort } from '../../bench/contenders/process.mjs';

const SERVER = `
  require('node:http').createServer((request, response) => response.end('{}'))
    .listen(Number(process.env.PORT), '127.0.0.1');
  console.log('listening');`;

describe('a contender', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'contender-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const start = async (args: string[], more: object = {}) => {
    const port = await freePort();
    const log = join(folder, `${port}.log`);
    return new ContenderProcess({ args, env: { PORT: String(port) }, log, port, ...more });
  };

  it('is up when it answers, is watched, and is gone when it is stopped', async () => {
    const contender = await start(['-e', SERVER]);
    expect(await contender.firstAnswer()).toBeGreaterThan(0);
    expect(contender.loggedSince(0)).toContain('listening');
    if (process.platform === 'linux') {
      expect(contender.memory().now).toBeGreaterThan(10_000_000);
      expect(contender.memory().most).toBeGreaterThanOrEqual(contender.memory().now);
      expect(contender.cpuSeconds()).toBeGreaterThan(0);
    }
    await contender.stop();
    await expect(fetch(contender.url)).rejects.toThrow();
  });

  it('that ends instead of answering says why', async () => {
    const contender = await start(['-e', "console.error('no such option'); process.exit(3)"]);
    await expect(contender.firstAnswer()).rejects.toThrow('ended with 3: no such option');
  });

  it('whose program is not there says so', async () => {
    const contender = await start([], { command: join(folder, 'nothing-here') });
    await expect(contender.firstAnswer()).rejects.toThrow('ENOENT');
    await contender.stop();
  });
});
