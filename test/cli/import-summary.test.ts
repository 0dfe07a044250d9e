import { describe, expect, it } from 'vitest';
import { type ImportSummary, rejectLine, summaryText } from '../../src/cli/import-summary.js';

const SUMMARY: ImportSummary = {
  importer: 'piterfm',
  generation: '2026',
  file_name: 'invented.csv',
  sha256: '00',
  published: '2024-03-05',
  dry_run: false,
  dataset_version: 7,
  new_version: true,
  rows_read: 3,
  created: 1,
  corrected: { edited: 1, extended: 0, rederived: 0, adopted: 0 },
  retracted: 0,
  detached: 0,
  kept_without_row: [],
  attached: [],
  freed: [],
  unchanged: 0,
  held: 0,
  withheld: [],
  overruled: [],
  rejected: [],
  flags: { outcome_unknown: 1 },
  nights: { first: '2024-03-05', last: '2024-03-05', count: 1 },
  munitions_written: 0,
  sources_created: [],
  matching: {
    matched: 1,
    matched_by_pass: {},
    removed: 0,
    added: 1,
    backfilled: 0,
    edited: 1,
    fields: {},
  },
  possible_duplicates: [],
};

describe('the account of an import', () => {
  it('names the version that holds it, or says that nothing changed', () => {
    expect(summaryText(SUMMARY)).toContain('Imported: invented.csv');
    expect(summaryText(SUMMARY)).toContain('dataset version 7');
    const again = { ...SUMMARY, new_version: false, dry_run: true };
    expect(summaryText(again)).toContain('Dry run, nothing written');
    expect(summaryText(again)).toContain('nothing changed, still dataset version 7');
  });

  it('lists what is there and says none for what is not', () => {
    expect(summaryText(SUMMARY)).toContain('flags: outcome_unknown 1');
    const nothing = { ...SUMMARY, flags: {}, nights: { first: null, last: null, count: 0 } };
    expect(summaryText(nothing)).toMatch(/nights 0 \(- to -\)(.|\n)*flags: none/);
  });

  it('shows every reject with line, column, value and rule, and every possible duplicate', () => {
    const text = summaryText({
      ...SUMMARY,
      rejected: [{ line: 4, column: 'launched', value: 'many', reason: 'must be a whole number' }],
      withheld: [{ line: 6, claim_id: 'clm_2' }],
      overruled: [{ line: 7, claim_id: 'clm_3', fields: ['launched'] }],
      kept_without_row: [
        { claim_id: 'clm_4', set_by_hand: ['launched'] },
        { claim_id: 'clm_5', set_by_hand: [] },
      ],
      attached: [{ line: 8, claim_id: 'clm_6' }],
      freed: [{ claim_id: 'clm_7', named: ['clm_8', 'clm_9'] }],
      possible_duplicates: [
        { line: 5, claim_id: 'clm_1', differs: ['launched', 'window_end'] },
        { line: 9, claim_id: 'clm_1', differs: [] },
      ],
    });
    expect(text).toContain('rejected line 4, launched = "many": must be a whole number');
    expect(text).toContain('withheld: line 6, clm_2 was retracted by hand');
    expect(text).toContain('line 7 says otherwise than clm_3, corrected by hand (launched)');
    expect(text).toContain('line 5 nearly repeats clm_1 (differs in launched, window_end)');
    expect(text).toContain('line 9 repeats clm_1 in window and counts\n');
    expect(text).not.toContain('(differs in )');
    expect(text).toContain('clm_4 stays without its row, corrected by hand (launched)\n');
    expect(text).toContain('clm_5 stays without its row\n');
    expect(text).toContain('adopted: line 8 is the row of clm_6');
    expect(text).toContain('freed: clm_7 no longer names clm_8, clm_9');
    expect(rejectLine({ line: 2, column: null, value: null, reason: 'a broken quote' })).toBe(
      'line 2: a broken quote',
    );
  });
});
