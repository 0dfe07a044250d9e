import { describe, expect, it, onTestFinished } from 'vitest';
import { barrageKey } from '../../src/domain/barrage.js';
import { type ClaimContent, claimContentSchema } from '../../src/domain/claim.js';
import { naturalKey } from '../../src/domain/claim-identity.js';
import { ImportStage } from '../../src/storage/import-stage.js';
import { BARRAGE } from './fixtures.js';

const CONTENT = claimContentSchema.parse({
  source: 'xxb-staff',
  munition: 'synthetic-uav',
  window_start: '2024-03-04T20:00',
  window_end: '2024-03-05T06:00',
});
const FIELDS = Object.keys(CONTENT) as (keyof ClaimContent)[];

const another = (value: unknown): unknown => (Array.isArray(value) ? ['other'] : 'other');

/** The lines of those rows that repeat an earlier one. */
async function repeated(contents: readonly ClaimContent[]): Promise<number[]> {
  const stage = await ImportStage.open();
  onTestFinished(() => stage.close());
  const barrage = barrageKey(BARRAGE);
  for (const [index, content] of contents.entries()) {
    const raw = { source: 'a' };
    const row = { line: index + 2, barrage, content, regions: [], flags: [], raw };
    stage.keep(row, `report ${index}`);
  }
  return stage.dropRepeated().map(({ line }) => line);
}

describe('rows of a file', () => {
  it.each(FIELDS)(
    'that differ in %s are one claim exactly where the domain says so',
    async (field) => {
      const other = { ...CONTENT, [field]: another(CONTENT[field]) } as ClaimContent;
      const isSame = naturalKey(other) === naturalKey(CONTENT);
      expect(await repeated([CONTENT, other])).toEqual(isSame ? [3] : []);
    },
  );

  it('that agree in all are one claim', async () => {
    expect(await repeated([CONTENT, { ...CONTENT }, CONTENT])).toEqual([3, 4]);
  });
});
