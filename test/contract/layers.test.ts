import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A file that breaks a rule, and the rule. */
const VIOLATIONS: Record<string, [file: string, text: string]> = {
  'domain-looks-at-nothing': ['src/domain/bad.ts', "import '../storage/database.js';"],
  'domain-imports-zod-only': ['src/domain/bad.ts', "import 'node:fs';"],
  'statistics-import-nothing-outside': ['src/statistics/bad.ts', "import '../domain/slug.js';"],
  'storage-looks-at-domain': ['src/storage/bad.ts', "import '../analysis/rate.js';"],
  'analysis-looks-at-storage-and-statistics': ['src/analysis/bad.ts', "import '../http/meta.js';"],
  'importers-look-at-domain': ['src/importers/bad.ts', "import '../storage/database.js';"],
  'importers-are-pure': ['src/importers/bad.ts', "import 'node:fs';"],
  'http-looks-down': ['src/http/bad.ts', "import '../demo/card-night.js';"],
  'aside-looks-down': ['src/aside/bad.ts', "import '../http/meta.js';"],
  'http-knows-aside-by-type-only': ['src/http/bad.ts', "import '../aside/aside.js';"],
  'http-knows-storage-by-type-only': ['src/http/bad.ts', "import '../storage/database.js';"],
  'only-storage-speaks-sql': ['src/analysis/bad.ts', "import 'drizzle-orm';"],
  'routes-do-not-import-routes': ['src/http/routes/bad.ts', "import './stats.js';"],
  'client-stands-alone': ['src/client/bad.ts', "import 'node:fs';\nimport '../domain/slug.js';"],
  'nothing-imports-the-client': ['src/http/bad.ts', "import '../client/client.js';"],
  'demo-looks-down': ['src/demo/bad.ts', "import '../http/meta.js';"],
  'nothing-imports-the-roots': ['src/analysis/bad.ts', "import '../app.js';"],
  'only-the-roots-read-configuration': ['src/analysis/bad.ts', "import '../config.js';"],
  'no-cycles': ['src/analysis/bad.ts', "import './worse.js';"],
};

describe('the layer check', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'layers-'));
    cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true });
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
      cpSync(join(ROOT, file), join(folder, file));
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const check = () => {
    const script = join(ROOT, 'scripts/check-layers.mjs');
    return spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
  };

  it('reads the whole of src and finds nothing wrong', () => {
    const { status, stdout } = check();
    expect(stdout).toMatch(/layers: \d{2,} files, no violation/);
    expect(status).toBe(0);
  });

  it('knows every rule by a deliberate violation', () => {
    const written = new Map<string, string>([['src/analysis/worse.ts', "import './bad.js';"]]);
    for (const [file, text] of Object.values(VIOLATIONS)) {
      written.set(file, `${written.get(file) ?? ''}${text}\n`);
    }
    for (const [file, text] of written) writeFileSync(join(folder, file), text);
    const { status, stdout } = check();
    expect(status).toBe(1);
    for (const [rule, [file]] of Object.entries(VIOLATIONS)) {
      expect(stdout).toContain(`${rule}: ${file} -> `);
    }
  });

  it('fails when it reads no file', () => {
    rmSync(join(folder, 'src'), { recursive: true });
    mkdirSync(join(folder, 'src'));
    const { status, stderr } = check();
    expect(status).toBe(1);
    expect(stderr).toContain('layers: ');
  });

  it('proves every rule that there is', () => {
    const config = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');
    const rules = config.forbidden.map(({ name }: { name: string }) => name);
    expect(Object.keys(VIOLATIONS).toSorted()).toEqual(rules.toSorted());
  });
});
