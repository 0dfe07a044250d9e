import { describe, expect, it } from 'vitest';
import { InvalidQuery } from '../../src/domain/invalid-query.js';
import {
  InvalidRecord,
  RecordConflict,
  RecordNotFound,
  WriterBusy,
} from '../../src/domain/record-error.js';

describe('record errors', () => {
  const errors = [
    { pointer: '/claims/0/launched', code: 'required', detail: 'is needed' },
    { pointer: '/night', code: 'format', detail: 'is no date' },
  ];

  it('carry every field error and say them all in one message', () => {
    const error = new InvalidRecord(errors);
    expect(error).toBeInstanceOf(Error);
    expect(error.errors).toEqual(errors);
    expect(error.message).toBe('/claims/0/launched: is needed; /night: is no date');
  });

  it('name the record that is in the way', () => {
    const error = new RecordConflict('/barrages/xxa-xxb-2024-03-05', errors);
    expect(error.existing).toBe('/barrages/xxa-xxb-2024-03-05');
    expect(error.errors).toEqual(errors);
    expect(error.message).toContain('/barrages/xxa-xxb-2024-03-05');
  });

  it('name the record that is missing', () => {
    const error = new RecordNotFound('barrage', 'xxa-xxb-2024-03-05');
    expect([error.resource, error.id]).toEqual(['barrage', 'xxa-xxb-2024-03-05']);
    expect(error.message).toBe('there is no barrage xxa-xxb-2024-03-05');
  });
});

describe('WriterBusy', () => {
  it('says how long it waited, and how often others were faster before', () => {
    expect(new WriterBusy(5).message).toMatch(/^the database was locked .* for 5 seconds/);
    expect(new WriterBusy(5, 3).message).toMatch(/^others were faster 3 times, then the database/);
  });
});

describe('InvalidQuery', () => {
  it('names the parameter, a code and what would be right', () => {
    const error = new InvalidQuery('fill', 'too_many_points', 'ask for a coarser bucket');
    expect(error).toBeInstanceOf(Error);
    expect([error.parameter, error.code]).toEqual(['fill', 'too_many_points']);
    expect(error.message).toContain('ask for a coarser bucket');
  });
});
