import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { loadDemo } from '../../src/demo/load-demo.js';
import { Database } from '../../src/storage/database.js';
import { copyDataset, PRIVATE_TABLES, PUBLIC_TABLES } from '../../src/storage/dataset-copy.js';
import { DatasetFiles } from '../../src/storage/dataset-files.js';
import {
  munitionRow,
  openDatabase,
  rows,
  run,
  seed,
  sourceRow,
  temporaryFolder,
  value,
  write,
} from '../storage/fixtures.js';
import { downloadDataset } from '../support/download.js';
import { listen } from '../support/event-stream.js';
import { pipelineAndHangUp } from '../support/pipeline.js';
import { type TestApp, testApp } from '../support/test-app.js';

let open: TestApp[] = [];
afterEach(async () => {
  for (const test of open) await test.close();
  open = [];
});
async function start(url?: string): Promise<TestApp> {
  const test = await testApp(url);
  open.push(test);
  return test;
}

/** Makes every temporary folder of this test a part of one that can be looked into. */
function ownTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'own-'));
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  onTestFinished(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.sqlite'));

/** Files of the dataset under a folder that this process holds open, also those that were removed. */
const openIn = (folder: string): string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(`${folder}/barrage-stats-dataset-`) ? [path] : [];
    } catch {
      return [];
    }
  });

/** Versions 1 to 6: code lists, demonstration data, a correction, a retraction and a key for each. */
async function eventful(test: TestApp): Promise<void> {
  await loadDemo(test.db);
  const headers = {
    authorization: `Bearer ${test.key}`,
    'if-match': '*',
    'content-type': 'application/merge-patch+json',
  };
  const [claim] = (await test.get('/claims')).json().data;
  const payload = JSON.stringify({ suppressed: 2, reason: 'misread' });
  await test.request({ method: 'PATCH', url: `/claims/${claim.id}`, headers, payload });
  const [site] = (await test.get('/debris-sites')).json().data;
  const { 'content-type': _, ...bare } = headers;
  await test.request({ method: 'DELETE', url: `/debris-sites/${site.id}?reason=x`, headers: bare });
}

const QUESTIONS = [
  '/stats?group_by=month,munition',
  '/stats?attacker=XXA&defender=XXB&group_by=era',
  '/stats/series?attacker=XXA&defender=XXB&bucket=month',
  '/stats/trend?attacker=XXA&defender=XXB',
  '/stats/coverage',
  '/barrages?include=claims,debris_sites,sources',
  '/claims?attacker=XXA&defender=XXB&limit=500',
  '/sources',
  '/reporting-eras',
];
// Without the page: its cursor is signed with the secret of the service that gives it.
const dataOf = (body: string): string => {
  const page = body.lastIndexOf(',"page":{"limit"');
  return body.slice(0, page < 0 ? body.lastIndexOf(',"meta":') : page);
};

describe('GET /dataset.sqlite', () => {
  it('is a database on which the service answers the same, byte for byte, now and at every older version', async () => {
    const test = await start();
    await eventful(test);
    const copy = await start(await downloadDataset(test));
    const { version } = (await test.get('/dataset/versions')).json().data.at(-1);
    expect(version).toBeGreaterThanOrEqual(5);
    for (let asOf = 1; asOf <= version; asOf += 1) {
      for (const question of QUESTIONS) {
        const url = `${question}${question.includes('?') ? '&' : '?'}as_of=${asOf}`;
        const [here, there] = [await test.get(url), await copy.get(url)];
        expect(here.statusCode, url).toBe(200);
        expect(dataOf(there.body), url).toBe(dataOf(here.body));
      }
    }
    const feed = '/changes?limit=500';
    expect((await copy.get(feed)).json().data).toEqual((await test.get(feed)).json().data);
    const history = '/dataset/versions';
    expect((await copy.get(history)).json().data).toEqual((await test.get(history)).json().data);
  });

  it('is a database that takes writes, and keeps every rule of the original', async () => {
    const test = await start();
    await eventful(test);
    const copy = await start(await downloadDataset(test));
    const source = { slug: 'new-agency', name: 'New agency', kind: 'media' };
    expect((await copy.post('/sources', source)).statusCode).toBe(201);
    await expect(run(copy.db, 'delete from claims')).rejects.toThrow('nothing is deleted');
    await expect(run(copy.db, "update claims set note = 'x'")).rejects.toThrow('never changed');
    const rules = 'select type, name, tbl_name, sql from sqlite_master order by type, name';
    expect(await rows(copy.db, rules)).toEqual(await rows(test.db, rules));
    expect(await rows(copy.db, 'pragma integrity_check')).toEqual([['ok']]);
    expect(await rows(copy.db, 'pragma foreign_key_check')).toEqual([]);
  });

  it('holds no key, no hash of one and no stored request', async () => {
    const test = await start();
    const secrets = [test.key, 'a-fingerprint-of-a-request', 'what-a-request-was-answered'];
    await run(
      test.db,
      'insert into idempotency_keys (actor, "key", fingerprint, version, at, result) values (?, ?, ?, ?, ?, ?)',
      ...['key_1', 'retry-1', secrets[1], 1, '2026-01-01T00:00:00Z', JSON.stringify(secrets[2])],
    );
    await test.post('/barrages', CARD_NIGHT);
    const hash = String(await value(test.db, 'select hash from api_keys'));
    expect(hash).toBe(createHash('sha256').update(test.key).digest('hex'));
    const { rawPayload } = await test.get('/dataset.sqlite');
    for (const secret of [hash, ...secrets, 'retry-1']) {
      expect(rawPayload.includes(secret), secret).toBe(false);
    }
    // What is public is there, so the search would have found it.
    expect(rawPayload.includes('Verkhovna Rada')).toBe(true);
    const copy = await Database.open(await downloadDataset(test));
    onTestFinished(() => copy.close());
    for (const table of PRIVATE_TABLES) {
      expect(await value(copy, `select count(*) from ${table}`), table).toBe(0);
    }
  });

  it('says of every table whether it is public', async () => {
    const db = await openDatabase();
    const tables = await rows(
      db,
      "select name from sqlite_master where type = 'table' and name not like 'sqlite%'",
    );
    expect([...PUBLIC_TABLES, ...PRIVATE_TABLES].toSorted()).toEqual(tables.flat().toSorted());
  });

  it('says how long it is, which version it holds, and what its bytes are', async () => {
    const test = await start();
    await test.post('/barrages', CARD_NIGHT);
    const { headers, rawPayload } = await test.get('/dataset.sqlite');
    const digest = createHash('sha256').update(rawPayload).digest('base64');
    expect(headers).toMatchObject({
      'content-type': 'application/vnd.sqlite3',
      'content-length': String(rawPayload.length),
      'content-disposition': 'attachment; filename="barrage-stats-v2.sqlite"',
      etag: 'W/"dataset-2"',
      'repr-digest': `sha-256=:${digest}:`,
    });
    const head = await test.app.inject({ method: 'HEAD', url: '/dataset.sqlite' });
    expect(head.statusCode).toBe(200);
    expect(head.body).toBe('');
    for (const name of ['content-length', 'etag', 'repr-digest', 'content-type']) {
      expect(head.headers[name], name).toBe(headers[name]);
    }
  });

  it('304 while it has not changed', async () => {
    const test = await start();
    const { headers } = await test.get('/dataset.sqlite');
    const etag = String(headers.etag);
    for (const sent of [etag, '*', `"x", ${etag}`, etag.replace('W/', '')]) {
      const again = await test.get('/dataset.sqlite', { 'if-none-match': sent });
      expect(again.statusCode, sent).toBe(304);
      expect(again.headers.etag).toBe(etag);
    }
    await test.post('/barrages', CARD_NIGHT);
    const newer = await test.get('/dataset.sqlite', { 'if-none-match': etag });
    expect(newer.statusCode).toBe(200);
    expect((await test.get('/dataset.sqlite?version=1')).statusCode).toBe(400);
  });

  it('keeps one file, replaces it by a newer one, and leaves nothing behind', async () => {
    const folder = ownTemporaryFolder();
    const test = await testApp();
    await Promise.all(Array.from({ length: 5 }, () => test.get('/dataset.sqlite')));
    expect(filesIn(folder)).toEqual([expect.stringMatching(/barrage-stats-v1\.sqlite$/)]);
    await test.post('/barrages', CARD_NIGHT);
    await test.get('/dataset.sqlite');
    expect(filesIn(folder)).toEqual([expect.stringMatching(/barrage-stats-v2\.sqlite$/)]);
    await test.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')(
    'holds no file open for connections that asked many times and hung up',
    async () => {
      const folder = ownTemporaryFolder();
      const test = await start();
      await eventful(test);
      const address = await listen(test.app);
      await test.get('/dataset.sqlite');
      const asked = () => pipelineAndHangUp(address, '/dataset.sqlite', 50);
      await Promise.all(Array.from({ length: 5 }, asked));
      await vi.waitFor(() => expect(openIn(folder).length).toBeLessThanOrEqual(1));
      await test.post('/sources', { slug: 'late', name: 'Late', kind: 'media' });
      expect((await test.get('/dataset.sqlite')).statusCode).toBe(200);
      await vi.waitFor(() => expect(openIn(folder).join()).toMatch(/^[^,]+v6\.sqlite$/));
    },
  );

  it('answers one of several that are pipelined, and closes the connection', async () => {
    const test = await start();
    const { hostname, port } = new URL(await listen(test.app));
    const client = connect(Number(port), hostname);
    const asked = 'GET /dataset.sqlite HTTP/1.1\r\nHost: x\r\n\r\n';
    client.write(asked.repeat(3));
    const pieces: Buffer[] = [];
    for await (const piece of client) pieces.push(piece);
    const text = Buffer.concat(pieces).toString('latin1');
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200']);
  });

  it('comes over a real connection as it is announced', async () => {
    const test = await start();
    await eventful(test);
    const response = await fetch(`${await listen(test.app)}/dataset.sqlite`);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('content-length')).toBe(String(bytes.length));
    const digest = createHash('sha256').update(bytes).digest('base64');
    expect(response.headers.get('repr-digest')).toBe(`sha-256=:${digest}:`);
  });
});

describe('DatasetFiles', () => {
  const COUNT = 3_500;

  async function filled(): Promise<Database> {
    const db = await openDatabase();
    await seed(db);
    await write(db, (draft) => {
      for (let number = 0; number < COUNT; number += 1) {
        draft.create('munition', munitionRow({ slug: `synthetic-${number}` }));
      }
    });
    return db;
  }

  it('makes one file for all who ask at once, and none again for the same version', async () => {
    const folder = ownTemporaryFolder();
    const files = new DatasetFiles(await filled());
    const made = await Promise.all(Array.from({ length: 20 }, () => files.newest()));
    expect(new Set(made).size).toBe(1);
    expect(await files.newest()).toBe(made[0]);
    expect(filesIn(folder)).toHaveLength(1);
    await files.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('gives whoever asks after a write a file that holds it, though an older one is being made', async () => {
    ownTemporaryFolder();
    const db = await filled();
    const files = new DatasetFiles(db);
    const older = files.newest();
    await breathe();
    await write(db, (draft) => draft.create('source', sourceRow({ slug: 'late' })));
    const newer = await Promise.all([files.newest(), files.newest()]);
    expect(newer.map(({ version }) => version)).toEqual([4, 4]);
    expect(newer[0]).toBe(newer[1]);
    expect((await older).version).toBeGreaterThanOrEqual(3);
    await files.close();
  });

  it('lets a reader finish a file that a newer one has replaced', async () => {
    const folder = ownTemporaryFolder();
    const db = await filled();
    const files = new DatasetFiles(db);
    const old = await files.newest();
    const stream = old.read();
    await write(db, (draft) => draft.create('source', sourceRow({ slug: 'late' })));
    await files.newest();
    expect(filesIn(folder)).toEqual([expect.stringMatching(/v4\.sqlite$/)]);
    const hash = createHash('sha256');
    for await (const bytes of stream) hash.update(bytes);
    expect(hash.digest('base64')).toBe(old.sha256);
    await files.close();
  });

  it('stops what it is making when it is closed, and makes nothing afterwards', async () => {
    const folder = ownTemporaryFolder();
    const files = new DatasetFiles(await filled());
    const refused = expect(files.newest()).rejects.toThrow('closed');
    await breathe();
    await files.close();
    await refused;
    expect(readdirSync(folder)).toEqual([]);
    await expect(files.newest()).rejects.toThrow('closed');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('can be asked again after a failure, which leaves no file behind', async () => {
    const folder = ownTemporaryFolder();
    const db = await filled();
    const files = new DatasetFiles(db);
    // A row that its own table would refuse, as after a disk error.
    await run(db, 'drop trigger sources_append_only');
    await run(db, 'pragma ignore_check_constraints = on');
    await run(db, "update sources set kind = 'rumour' where slug = 'xxb-staff'");
    await expect(files.newest()).rejects.toThrow('CHECK constraint failed');
    expect(filesIn(folder)).toEqual([]);
    await run(db, "update sources set kind = 'official' where slug = 'xxb-staff'");
    expect((await files.newest()).version).toBe(3);
    await files.close();
  });
});

describe('DatasetFiles after a moment in which the database did not answer', () => {
  it('makes files again', async () => {
    ownTemporaryFolder();
    const db = await openDatabase();
    const files = new DatasetFiles(db);
    let calls = 0;
    // Fails once, at the second look at the newest version: after the request was taken, before the file is begun.
    const stamp = vi.spyOn(db, 'stamp').mockImplementation(() => {
      calls += 1;
      if (calls === 2) throw new Error('disk I/O error');
      return -calls;
    });
    await expect(files.newest()).rejects.toThrow('disk I/O error');
    stamp.mockRestore();
    expect((await files.newest()).version).toBe(1);
    await files.close();
  });

  it('makes its folder again where it could not', async () => {
    const folder = ownTemporaryFolder();
    const files = new DatasetFiles(await openDatabase());
    process.env['TMPDIR'] = join(folder, 'missing');
    await expect(files.newest()).rejects.toThrow('ENOENT');
    process.env['TMPDIR'] = folder;
    expect((await files.newest()).version).toBe(1);
    await files.close();
  });
});

describe('copyDataset', () => {
  it('cuts exactly at its version although writes go on between its steps', async () => {
    const db = await openDatabase();
    await seed(db);
    const count = 2_500;
    await write(db, (draft) => {
      for (let number = 0; number < count; number += 1) {
        draft.create('munition', munitionRow({ slug: `synthetic-${number}` }));
      }
    });
    const folder = temporaryFolder();
    const quiet = join(folder, 'quiet.sqlite');
    await copyDataset(db, 3, quiet, new AbortController().signal);
    const busy = join(folder, 'busy.sqlite');
    let running = true;
    const copy = copyDataset(db, 3, busy, new AbortController().signal).finally(() => {
      running = false;
    });
    let writes = 0;
    while (running) {
      const slug = `synthetic-${count - 1 - writes}`;
      await write(db, (draft) => {
        draft.correct('munition', munitionRow({ slug, name: `late ${writes}` }), 1, ['name']);
        draft.create('munition', munitionRow({ slug: `late-${writes}` }));
      });
      writes += 1;
      await breathe();
    }
    await copy;
    expect(writes).toBeGreaterThan(3);
    const contents = async (path: string) => {
      const opened = await Database.open(`file:${path}`);
      const all = await rows(opened, 'select * from munitions order by rowid');
      const log = await rows(opened, 'select * from changes order by rowid');
      await opened.close();
      return { all, log };
    };
    const expected = await contents(quiet);
    expect(expected.all.length).toBeGreaterThan(count);
    expect(await contents(busy)).toEqual(expected);
  });

  it('lets other work have its turn', async () => {
    const db = await openDatabase();
    await write(db, (draft) => {
      for (let number = 0; number < 20_000; number += 1) {
        draft.create('munition', munitionRow({ slug: `synthetic-${number}` }));
      }
    });
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    const path = join(temporaryFolder(), 'x.sqlite');
    await copyDataset(db, 2, path, new AbortController().signal);
    clearInterval(timer);
    // 20,000 munitions and 20,000 changes: at least 40 steps, each followed by a turn of the others.
    expect(turns).toBeGreaterThan(20);
  });
});
