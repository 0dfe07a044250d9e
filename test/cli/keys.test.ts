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
    ['a name with an escape sequence', ['create', '--name', 'a\u001b[2J', '--scope', 'write']],
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
    ['a key to list', ['list', 'key_1']],
    ['no key to revoke', ['revoke']],
    ['two keys to revoke', ['revoke', 'key_1', 'key_2']],
    ['no key to rotate', ['rotate']],
    ['a grace that is no time', ['rotate', 'key_1', '--grace', 'soon']],
    ['a grace of nothing', ['rotate', 'key_1', '--grace', '0h']],
    ['an option of another command', ['revoke', 'key_1', '--grace', '1h']],
    ['an unknown option', ['create', '--name', 'a', '--scope', 'write', '--forever']],
  ])('ends with code 2 and the usage for %s, and makes no key', async (_, args) => {
    const here = installation();
    const { code, stdout, stderr } = await here.run('cli/keys', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: npm run keys');
  });
});

describe('npm run keys -- list, revoke, rotate', () => {
  const keysOf = async (here: Installation) => {
    const { code, stdout } = await here.run('cli/keys', 'list', '--json');
    expect(code).toBe(0);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  };
  const made = async (here: Installation): Promise<string> =>
    (await create(here, '--name', 'Somebody', '--scope', 'write')).stdout.trim();

  it('lists what is known of every key, and no secret', async () => {
    const here = installation();
    const secret = await made(here);
    const { stdout } = await here.run('cli/keys', 'list');
    expect(stdout).toMatch(/^id +name +scope +created +expires +revoked +last used\n/);
    expect(stdout).toMatch(/\nkey_\w+ +Somebody +write +\d{4}-\S+ +- +- +-\n$/);
    expect(stdout).not.toContain(secret.slice(4));
    await postWith(here, secret);
    const [key] = await keysOf(here);
    expect(key).toMatchObject({ name: 'Somebody', scope: 'write', revoked_at: null });
  });

  it('revokes a key, which is refused by the next request on; says so if there is none', async () => {
    const here = installation();
    const secret = await made(here);
    const [{ id }] = await keysOf(here);
    expect(await postWith(here, secret)).toBe(201);
    const { code, stdout, stderr } = await here.run('cli/keys', 'revoke', id);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain(`${id} of Somebody is refused since`);
    expect(await postWith(here, secret)).toBe(401);
    const none = await here.run('cli/keys', 'revoke', 'key_none');
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('no key key_none')]);
  });

  it('rotates a key at once, and with a grace lets both in', async () => {
    const here = installation();
    const first = await made(here);
    const [{ id }] = await keysOf(here);
    const second = await here.run('cli/keys', 'rotate', id, '--grace', '1h');
    expect(second.code).toBe(0);
    expect(second.stdout).toMatch(/^bst_[\w-]{43}\n$/);
    expect(await postWith(here, first)).toBe(201);
    expect(await postWith(here, second.stdout.trim())).toBe(200);
    const [, { id: next }] = await keysOf(here);
    const third = await here.run('cli/keys', 'rotate', next);
    expect(await postWith(here, second.stdout.trim())).toBe(401);
    expect(await postWith(here, third.stdout.trim())).toBe(200);
    const again = await here.run('cli/keys', 'rotate', next);
    expect([again.code, again.stdout]).toEqual([1, '']);
  });
});
