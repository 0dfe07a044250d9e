import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LogBuffer } from '../src/log-buffer.js';

let folder: string;
let file: string;
let fd: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'barrage-stats-'));
  file = join(folder, 'log');
  fd = openSync(file, 'a');
});
afterEach(() => {
  closeSync(fd);
  rmSync(folder, { recursive: true, force: true });
});

const line = (index: number): string =>
  `{"line":${index},"text":"Київ ${'x'.repeat(index % 300)}"}\n`;
const written = (): string => readFileSync(file, 'utf8');

describe('LogBuffer', () => {
  it('writes every line, in order, however many there are at once', async () => {
    const log = new LogBuffer(fd);
    let all = '';
    for (let index = 0; index < 5_000; index += 1) {
      all += line(index);
      log.write(line(index));
      if (index % 700 === 0) await pause(1);
    }
    await log.flush();
    expect(written()).toBe(all);
  });

  it('writes what little there is within about a second', async () => {
    const log = new LogBuffer(fd);
    log.write(line(1));
    expect(written()).toBe('');
    await pause(1_300);
    expect(written()).toBe(line(1));
  });

  it('writes what is left at once when the process is about to end', async () => {
    const log = new LogBuffer(fd);
    log.write(line(1));
    log.write(line(2));
    log.flushSync();
    expect(written()).toBe(line(1) + line(2));
    await log.flush();
    expect(written()).toBe(line(1) + line(2));
  });

  it('takes a line that is larger than itself', async () => {
    const log = new LogBuffer(fd);
    const long = `${'Ж'.repeat(300_000)}\n`;
    log.write('first\n');
    log.write(long);
    await log.flush();
    log.write('last\n');
    await log.flush();
    expect(written()).toBe(`first\n${long}last\n`);
  });

  it('drops lines rather than fill the memory while nothing can be written, and says how many', async () => {
    const log = new LogBuffer(fd);
    const mebibyte = `${'x'.repeat(2 ** 20)}\n`;
    // Within one turn nothing can come to its end.
    for (let index = 0; index < 15; index += 1) log.write(mebibyte);
    await log.flush();
    const lines = written().trimEnd().split('\n');
    const kept = lines.filter((text) => text.startsWith('x')).length;
    expect(kept).toBeLessThan(15);
    const { msg, count } = JSON.parse(lines.find((text) => text.startsWith('{')) ?? '');
    expect([msg, count]).toEqual(['log lines were lost', 15 - kept]);
  });

  it('goes on without a descriptor that takes nothing any more', async () => {
    const read = openSync(file, 'r');
    const log = new LogBuffer(read);
    log.write('nobody reads this\n');
    await log.flush();
    log.write('nor this\n');
    log.flushSync();
    closeSync(read);
    expect(written()).toBe('');
  });
});
