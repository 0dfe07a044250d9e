import { expect, it, vi } from 'vitest';
import { readNights } from '../../src/storage/night-sums.js';
import { openDatabase } from './fixtures.js';

it('sums that are open and sums that are closed are read before anything can be written between', async () => {
  const db = await openDatabase();
  const walk = vi.spyOn(db, 'walk');
  const reading = readNights(db, { attacker: 'XXA', defender: 'XXB' }, 1);
  // Nothing was waited for yet.
  expect(walk).toHaveBeenCalledTimes(2);
  expect(await reading).toEqual({ sums: [], contests: [] });
});
