import { describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.js';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { TEST_CONFIG } from '../support/test-app.js';
import { type Installation, installation } from './commands.js';

const create = (here: Installation, ...args: string[]) => here.run('cli/keys', 'create', ...args);

async function postWith(here: Installation, key: string): Promise<number> {
  return here.look(async (db) => {
    const app = await buildApp(db, TEST_CONFIG);
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/barrages',
      headers: { authorization: `Bearer ${key}` },
      payload: CARD_NIGHT,
    });
    await app.close();
    return statusCode;
  });
}

describe('npm run keys -- create', () => {
  it('prints the key and nothing else on stdout, and the key works', async () => {
    const here = installation();
    const { code, stdout, stderr } = await create(here, '--name', 'Somebody', '--scope', 'write');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^bst_[\w-]{43}\n$/);
    expect(stderr).toContain('Somebody');
    expect(stderr).not.toContain(stdout.trim());
    expect(await postWith(here, stdout.trim())).toBe(201);
    expect(await postWith(here, `${stdout.trim()}x`)).toBe(401);
  });

  it('makes another key each time', async () => {
    const here = installation();
    const [one, two] = [
      await create(here, '--name', 'a', '--scope', 'write'),
      await create(here, '--name', 'a', '--scope', 'admin', '--expires', '2999-01-01'),
    ];
    expect([one.code, two.code]).toEqual([0, 0]);
    expect(one.stdout).not.toBe(two.stdout);
    expect(await postWith(here, two.stdout.trim())).toBe(201);
  });

  it.each([
    ['no name', ['create', '--scope', 'write']],
    ['an empty name', ['create', '--name', ' ', '--scope', 'write']],
    ['no scope', ['create', '--name', 'a']],
    ['an unknown scope', ['create', '--name', 'a', '--scope', 'root']],
    [
      'an expiry in the past',
      ['create', '--name', 'a', '--scope', 'write', '--expires', '2020-01-01'],
    ],
    [
      'an expiry that is no instant',
      ['create', '--name', 'a', '--scope', 'write', '--expires', 'soon'],
    ],
    ['an unknown word', ['destroy', '--name', 'a', '--scope', 'write']],
    ['nothing', []],
    ['an unknown option', ['create', '--name', 'a', '--scope', 'write', '--forever']],
  ])('ends with code 2 and the usage for %s, and makes no key', async (_, args) => {
    const here = installation();
    const { code, stdout, stderr } = await here.run('cli/keys', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: npm run keys');
  });
});
