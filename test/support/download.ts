import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { temporaryFolder } from '../storage/fixtures.js';
import type { TestApp } from './test-app.js';

/** Downloads /dataset.sqlite into a folder that is gone after the test. @returns its address as DATABASE_URL */
export async function downloadDataset(test: TestApp): Promise<string> {
  const { statusCode, rawPayload } = await test.get('/dataset.sqlite');
  expect(statusCode).toBe(200);
  const path = join(temporaryFolder(), 'downloaded.sqlite');
  writeFileSync(path, rawPayload);
  return `file:${path}`;
}
