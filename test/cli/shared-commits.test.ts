import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimsOfBarrages } from '../../src/storage/claim-store.js';
import { currentVersion } from '../../src/storage/versions.js';
import { makeKey } from '../support/test-app.js';
import { walCommits } from '../support/wal-commits.js';
import { addressOf, ended, installation, state } from './commands.js';

const CLIENTS = 10;
// Few enough for the log not to begin anew.
const POSTS_EACH = 5;

const nightOf = (index: number) =>
  new Date(Date.UTC(1950, 0, 1 + index)).toISOString().slice(0, 10);

function barrageOf(index: number) {
  const night = nightOf(index);
  const window = { window_start: night, window_end: night };
  const claim = { source: 'ua-air-force', munition: 'lancet', ...window, launched: index };
  return { attacker: 'XXA', defender: 'XXB', night, claims: [claim] };
}

describe('the server under ten clients that write', () => {
  it('waits for the disk less often than it acknowledges, and killed has everything that it acknowledged', async () => {
    const here = installation({ RATE_LIMIT_KEYED_PER_MINUTE: '0', RATE_LIMIT_PER_MINUTE: '0' });
    const key = await here.look((db) => makeKey(db));
    const child = here.start('main');
    const end = ended(child);
    const address = await addressOf(child);
    const path = join(here.folder, 'barrages.db');
    const before = walCommits(path);
    const versions = new Map<string, number>();
    const client = async (number: number): Promise<void> => {
      for (let post = 0; post < POSTS_EACH; post += 1) {
        const index = number * POSTS_EACH + post;
        const response = await fetch(`${address}/barrages`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify(barrageOf(index)),
        });
        expect(response.status).toBe(201);
        const { data, meta } = (await response.json()) as {
          data: { id: string };
          meta: { dataset_version: number };
        };
        versions.set(data.id, meta.dataset_version);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
    child.kill('SIGKILL');
    expect((await end).signal).toBe('SIGKILL');
    const commits = walCommits(path) - before;
    expect(versions.size).toBe(CLIENTS * POSTS_EACH);
    expect(commits).toBeGreaterThan(0);
    expect(commits).toBeLessThan(versions.size);
    // One version for each write, although they shared commits.
    expect(new Set(versions.values()).size).toBe(versions.size);
    await here.look(async (db) => {
      expect(await state(db)).toMatchObject({ barrages: versions.size, claims: versions.size });
      const { version } = await currentVersion(db);
      expect(version).toBe(1 + versions.size);
      for (const [id, from_version] of versions) {
        expect(await claimsOfBarrages(db, version, [id])).toMatchObject([{ from_version }]);
      }
    });
  });
});
