import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Database } from '../../src/storage/database.js';
import { testApp } from '../support/test-app.js';

const SOURCE = { slug: 'xxb-staff', name: 'Staff', party: 'XXB', kind: 'official' };

describe('POST /sources', () => {
  describe('503', () => {
    it('while another process holds the database, which can be read all the time', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'barrage-stats-'));
      const url = `file:${join(folder, 'a.db')}`;
      const test = await testApp(url);
      const other = await Database.open(url);
      onTestFinished(async () => {
        await test.close();
        await other.close();
        rmSync(folder, { recursive: true, force: true });
      });
      let answered = false;
      const held = other.exclusively(async () => {
        while (!answered) await pause(20);
      });
      const posted = test.post('/sources', SOURCE).finally(() => {
        answered = true;
      });
      let slowest = 0;
      while (!answered) {
        const begun = performance.now();
        expect((await test.get('/sources')).statusCode).toBe(200);
        slowest = Math.max(slowest, performance.now() - begun);
        await pause(50);
      }
      const response = await posted;
      await held;
      expect(slowest).toBeLessThan(2_000);
      expect(response.statusCode).toBe(503);
      expect(response.headers['retry-after']).toBe('1');
      expect(response.json()).toMatchObject({ type: '/problems/unavailable', status: 503 });
      expect(response.json().detail).toContain('nothing was changed');
      expect((await test.post('/sources', SOURCE)).statusCode).toBe(201);
    });
  });
});
