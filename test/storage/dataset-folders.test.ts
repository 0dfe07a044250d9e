import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { makeDatasetFolder, removeStaleFolders } from '../../src/storage/dataset-folders.js';
import { temporaryFolder } from './fixtures.js';

const nameOf = (pid: number, host = hostname()): string =>
  `barrage-stats-dataset-${encodeURIComponent(host)}-${pid}-abcdef`;

describe('removeStaleFolders', () => {
  it('removes what killed processes of this host left, and nothing else', async () => {
    vi.stubEnv('TMPDIR', temporaryFolder());
    onTestFinished(() => void vi.unstubAllEnvs());
    const dead = spawnSync(process.execPath, ['--version']).pid;
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    onTestFinished(() => void child.kill());
    const make = (name: string): string => {
      mkdirSync(join(tmpdir(), name));
      return name;
    };
    const before = make(nameOf(process.pid));
    // An earlier process with the number of this one, as in a container.
    utimesSync(join(tmpdir(), before), 1, 1);
    make(nameOf(dead));
    const kept = [
      basename(await makeDatasetFolder()),
      make(nameOf(child.pid ?? 0)),
      make(nameOf(dead, 'elsewhere')),
      make('barrage-stats-dataset-abcdef'),
      make(`x${nameOf(dead)}`),
    ];
    await removeStaleFolders();
    expect(readdirSync(tmpdir()).toSorted()).toEqual(kept.toSorted());
  });
});
