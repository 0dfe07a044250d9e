import { describe, expect, it } from 'vitest';
import { remembered } from '../../src/domain/remembered.js';

describe('remembered', () => {
  it('asks once for each text, and forgets all when it was asked too many', () => {
    const asked: string[] = [];
    const length = remembered((text) => {
      asked.push(text);
      return text.length;
    });
    expect([length('night'), length('night'), length('')]).toEqual([5, 5, 0]);
    expect(asked).toEqual(['night', '']);
    for (let index = 0; index < 2_000; index += 1) length(`${index}`);
    expect(length('night')).toBe(5);
    expect(asked.filter((text) => text === 'night')).toHaveLength(2);
  });
});
