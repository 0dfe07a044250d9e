import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { barrageInputSchema } from '../../src/domain/barrage-input.js';
import { commit } from '../../src/storage/commit.js';
import { recordBarrage } from '../../src/storage/record-barrage.js';
import { barrageRow, CAUSE, claimRow, munitionRow, sourceRow } from '../storage/fixtures.js';
import { type Installation, installation } from './commands.js';

const csvOf = async (here: Installation) => {
  const { code, stdout } = await here.run('cli/export', '--format', 'csv');
  expect(code).toBe(0);
  return stdout;
};

const NASTY = '=HYPERLINK("http://example.org"), "quoted"\nand a second line';

describe('npm run export', () => {
  it('writes the header even when there is no claim', async () => {
    const csv = await csvOf(installation());
    expect(csv).toMatch(
      /^id,revision,recorded_at,dataset_version,barrage_id,attacker,defender,night,side,source,[\w.,]+\r\n$/,
    );
    const ndjson = await installation().run('cli/export', '--format', 'ndjson');
    expect([ndjson.code, ndjson.stdout]).toEqual([0, '']);
  });

  it('writes the card’s night as it was recorded, null as an empty cell', async () => {
    const here = installation();
    await here.look((db) => recordBarrage(db, CAUSE, barrageInputSchema.parse(CARD_NIGHT)));
    const [claim] = parse<Record<string, string>>(await csvOf(here), { columns: true });
    expect(claim).toMatchObject({
      barrage_id: 'rus-ukr-2024-09-07',
      attacker: 'RUS',
      defender: 'UKR',
      night: '2024-09-07',
      source: 'ua-air-force',
      launched: '67',
      intercepted: '58',
      suppressed: '3',
      still_airborne: '',
      left_airspace_to: '{"BLR":6}',
      launch_places: '["Chauda, Crimea","Kursk oblast","Yeysk"]',
      flags: '',
      origin: 'client',
    });
  });

  it('writes CSV by RFC 4180, and no cell that a spreadsheet would run', async () => {
    const here = installation();
    const places = ['=1+1', '+1', '-1', '@x', '\tx'];
    await here.look((db) =>
      commit(db, CAUSE, async (draft) => {
        draft.create('source', sourceRow());
        draft.create('munition', munitionRow());
        draft.create('barrage', barrageRow());
        draft.create('claim', claimRow({ note: NASTY, target: places[0] ?? '' }));
        for (const [index, target] of places.slice(1).entries()) {
          const id = `clm_1000000000000000000000000${index}`;
          draft.create('claim', claimRow({ id, target, launch_places: [target] }));
        }
      }),
    );
    const csv = await csvOf(here);
    expect(csv.endsWith('\r\n')).toBe(true);
    const rows = parse<Record<string, string>>(csv, { columns: true, record_delimiter: '\r\n' });
    expect(rows.map(({ target }) => target)).toEqual(places.map((place) => `'${place}`));
    expect(rows[0]?.['note']).toBe(`'${NASTY}`);
    for (const cell of rows.flatMap((row) => Object.values(row)))
      expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    const { stdout } = await here.run('cli/export', '--format', 'ndjson');
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      note: NASTY,
      target: '=1+1',
      suppressed: null,
    });
  });

  it('writes every current claim once, beyond one page, and no retracted one', async () => {
    const here = installation();
    const id = (index: number) => `clm_${String(index).padStart(26, '0')}`;
    await here.look(async (db) => {
      await commit(db, CAUSE, async (draft) => {
        draft.create('source', sourceRow());
        draft.create('munition', munitionRow());
        for (const night of ['2024-03-05', '2024-03-06'])
          draft.create('barrage', barrageRow(night));
        for (let index = 0; index < 1_001; index += 1) {
          const barrage_id = `xxa-xxb-2024-03-0${5 + (index % 2)}`;
          draft.create('claim', claimRow({ id: id(index), barrage_id, target: `t${index}` }));
        }
      });
      await commit(db, CAUSE, async (draft) => draft.retract('claim', id(7), 1));
    });
    const rows = parse<Record<string, string>>(await csvOf(here), { columns: true });
    const ids = rows.map((row) => row['id'] ?? '');
    expect(ids).toHaveLength(1_000);
    expect(new Set(ids).size).toBe(1_000);
    expect(ids).not.toContain(id(7));
    const nights = rows.map((row) => row['night'] ?? '');
    expect(nights).toEqual(nights.toSorted());
  });

  it.each([[['--format', 'xml']], [['--colour']], [['now']]])(
    'ends with code 2 for %j',
    async (args) => {
      const { code, stdout, stderr } = await installation().run('cli/export', ...args);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('Usage: npm run export');
    },
  );
});
