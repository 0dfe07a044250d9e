import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { addressOf, installation, shell } from '../cli/commands.js';
import { makeKey } from '../support/test-app.js';

const TEXT = readFileSync(
  fileURLToPath(new URL('../../docs/walkthrough.md', import.meta.url)),
  'utf8',
);

/** The shell commands of a document, one text per block. */
const blocks = [...TEXT.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);

describe('docs/walkthrough.md', () => {
  it('does what it says, command by command', async () => {
    const here = installation({ DEMO_DATA: 'on' });
    const BASE = await addressOf(here.start('main'));
    const KEY = await here.look((db) => makeKey(db));
    const [setUp = '', ...commands] = blocks;
    expect(setUp).toContain('export BASE=http://127.0.0.1:3000');
    const script = commands.map((block) => `${block}\necho ----\n`).join('');
    const { code, stdout, stderr } = await shell(script, here.folder, { BASE, KEY });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const told = stdout.split('----\n').map((part) => part.trim());
    const json = (index: number) => told[index]?.split('\n}\n');
    expect(json(1)?.join()).toContain('"launched": 40');
    const values = (index: number) => told[index]?.replaceAll(/\s+/g, '');
    expect(values(2)).toBe('"attacker"');
    expect(values(3)).toBe('"all_targets_hit"');
    expect(values(4)).toBe(
      '[["defender",1],["attacker",2]][["intercepted",[["defender",31],["attacker",12]]],["intercepted",[["defender",31],["attacker","all_targets_hit"]]],["suppressed",[["defender",6],["attacker","all_targets_hit"]]]]',
    );
    expect(values(5)).toBe('0.7750.32"different_sides"');
    expect(values(6)).toBe('"gazette""third_party"2');
    expect(values(7)).toBe('"observer""third_party"{"low":0.675,"high":0.775}');
    expect(told[8]).toMatch(/^@\w+\{[\s\S]*as_of=\d+[\s\S]*\[Data set\]/);
    expect(values(9)).toContain('2[{"field":"intercepted","old":31,"new":33}');
    expect(values(10)).toBe('0.825');
    expect(told[11]).toBe('unchanged');
    expect(values(12)).toContain('["xxa-ministry",false,"other_side"]');
    expect(values(12)).toContain('["xxb-air-defence",true,null]');
    expect(values(13)).toBe('"correctedbythesource,bulletin34a"');
  });

  it('invents nothing about anybody real', () => {
    expect(TEXT).not.toMatch(/RUS|UKR|ua-|ru-mod/);
  });
});
