import { expect, it, vi } from 'vitest';
import { readNights } from '../../src/storage/night-sums.js';
import { openDatabase } from './fixtures.js';

it('sums that are open and sums that are closed are read in one statement, so that none is in both', async () => {
  const db = await openDatabase();
  const walk = vi.spyOn(db, 'walk');
  expect(await readNights(db, { attacker: 'XXA', defender: 'XXB' }, 1)).toEqual([]);
  expect(walk).toHaveBeenCalledTimes(1);
});
