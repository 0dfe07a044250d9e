import { describe, expect, it } from 'vitest';
import { barrageInputSchema } from '../../src/domain/barrage-input.js';
import { newId } from '../../src/storage/new-id.js';
import { rehearseBatch } from '../../src/storage/record-batch.js';
import { CAUSE, openDatabase } from './fixtures.js';

const BARRAGES = 300;
const CLAIMS = 30;

const nightOf = (index: number): string =>
  new Date(Date.UTC(1950, 0, 1 + index)).toISOString().slice(0, 10);

const items = () =>
  Array.from({ length: BARRAGES }, (_, index) => {
    const night = nightOf(index);
    const claims = Array.from({ length: CLAIMS }, (_, launched) => ({
      source: 'ua-air-force',
      munition: 'lancet',
      window_start: night,
      window_end: night,
      launched,
      target: `Synthetic place ${launched}`,
    }));
    const input = barrageInputSchema.parse({ attacker: 'XXA', defender: 'XXB', night, claims });
    return { input };
  });

describe('a large batch', () => {
  it('lets others have their turn while it is gathered', async () => {
    const db = await openDatabase();
    let turns = 0;
    let done = false;
    const count = (): void => {
      turns += 1;
      if (!done) setImmediate(count);
    };
    const batch = items();
    setImmediate(count);
    const { created } = await rehearseBatch(db, CAUSE, batch, {
      mode: 'atomic',
      wording: () => [],
    });
    done = true;
    expect(created).toBe(BARRAGES);
    expect(turns).toBeGreaterThan(3);
  });
});

describe('newId', () => {
  it('never gives an id twice, and spells a ULID', () => {
    const ids = Array.from({ length: 10_000 }, () => newId('clm'));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^clm_[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  });
});
