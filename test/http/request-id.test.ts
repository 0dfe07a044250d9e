import { describe, expect, it, vi } from 'vitest';
import { newRequestId } from '../../src/http/request-id.js';

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

describe('the id of a request', () => {
  it('is a ULID, another one each time, and sorts behind those before it', () => {
    const ids = Array.from({ length: 5_000 }, newRequestId);
    expect(ids.filter((id) => !ULID.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
  });

  it('sorts behind also where the clock stands still for more than a million, or goes back', () => {
    const clock = vi.spyOn(Date, 'now');
    try {
      clock.mockReturnValue(Date.UTC(2100, 0, 1));
      let last = newRequestId();
      let sorted = 0;
      for (let index = 0; index < 2 ** 20 + 10; index += 1) {
        const id = newRequestId();
        if (id > last) sorted += 1;
        last = id;
      }
      expect(sorted).toBe(2 ** 20 + 10);
      clock.mockReturnValue(Date.UTC(2099, 0, 1));
      expect(newRequestId() > last).toBe(true);
    } finally {
      clock.mockRestore();
    }
  });

  it('tells nothing of the ids of another millisecond', async () => {
    const stems = new Set<string>();
    const clock = vi.spyOn(Date, 'now');
    for (let index = 0; index < 100; index += 1) {
      clock.mockReturnValue(Date.UTC(2101, 0, 1) + index);
      stems.add(newRequestId().slice(10, 22));
    }
    clock.mockRestore();
    expect(stems.size).toBe(100);
  });
});
