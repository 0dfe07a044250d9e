// Imports point one way (docs/adr/0001-layout.md). test/contract/layers.test.ts proves every rule by a deliberate violation.
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^src/${from}` },
  to: { path: '^src/', pathNot: allowed.map((folder) => `^src/${folder}`) },
});

module.exports = {
  forbidden: [
    only('domain-looks-at-nothing', 'domain/', ['domain/'], 'The words stand on nothing else.'),
    {
      name: 'domain-imports-zod-only',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: ['^src/domain/', '(^|/)node_modules/zod/'] },
    },
    {
      name: 'statistics-import-nothing-outside',
      severity: 'error',
      from: { path: '^src/statistics/' },
      to: { pathNot: '^src/statistics/' },
    },
    only('storage-looks-at-domain', 'storage/', ['storage/', 'domain/']),
    only('analysis-looks-at-storage-and-statistics', 'analysis/', [
      'analysis/',
      'storage/',
      'statistics/',
      'domain/',
    ]),
    only('importers-look-at-domain', 'importers/', ['importers/', 'domain/']),
    {
      name: 'importers-are-pure',
      severity: 'error',
      from: { path: '^src/importers/' },
      to: { dependencyTypes: ['core'] },
    },
    only('http-looks-down', 'http/', [
      'http/',
      'aside/',
      'analysis/',
      'storage/',
      'importers/',
      'domain/',
    ]),
    only('aside-looks-down', 'aside/', [
      'aside/',
      'analysis/',
      'storage/',
      'domain/',
      'http/tabular\\.ts$',
    ]),
    {
      name: 'http-knows-aside-by-type-only',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^src/aside/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'http-knows-storage-by-type-only',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^src/storage/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-storage-speaks-sql',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/storage/' },
      to: { path: ['(^|/)node_modules/(drizzle-orm|better-sqlite3)/', '^src/storage/tables'] },
    },
    {
      name: 'routes-do-not-import-routes',
      severity: 'error',
      from: { path: '^src/http/routes/' },
      to: { path: '^src/http/routes/' },
    },
    {
      name: 'client-stands-alone',
      comment:
        'It runs in browsers and in other projects: nothing of the service, nothing of Node.',
      severity: 'error',
      from: { path: '^src/client/' },
      to: { pathNot: ['^src/client/', '(^|/)node_modules/openapi-fetch/'] },
    },
    {
      name: 'nothing-imports-the-client',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/client/' },
      to: { path: '^src/client/' },
    },
    only('demo-looks-down', 'demo/', ['demo/', 'storage/', 'domain/']),
    {
      name: 'nothing-imports-the-roots',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main\\.ts$', '^src/cli/'] },
      to: { path: ['^src/app\\.ts$', '^src/main\\.ts$', '^src/cli/'] },
    },
    {
      name: 'only-the-roots-read-configuration',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(main|app)\\.ts$', '^src/cli/'] },
      to: { path: '^src/config\\.ts$' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
