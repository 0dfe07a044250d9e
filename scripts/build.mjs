// Makes dist/ from src/: the program in few files, packages included. To find and load hundreds was more than half of a
// start (docs/adr/0023-memory-and-start.md). Types are checked by `npm run types`, not here.
import { join } from 'node:path';
import { build } from 'rolldown';
import { ROOT } from './setup.mjs';

// What is started by the name of its file: processes, and their threads.
const ENTRIES = [
  ...['main', 'cli/import', 'cli/export', 'cli/keys', 'cli/openapi'],
  ...['aside/worker', 'cli/read-part'],
];

await build({
  cwd: ROOT,
  input: Object.fromEntries(ENTRIES.map((name) => [name, `src/${name}.ts`])),
  platform: 'node',
  tsconfig: join(ROOT, 'tsconfig.json'),
  external: [
    // Native.
    'better-sqlite3',
    // They read files that lie beside theirs. So do pino's transports, but what is logged goes to a stream of our own.
    'piscina',
    ...['@fastify/swagger', '@fastify/swagger-ui'],
    // Fastify loads them where it is given no others; src/http/server.ts gives others.
    ...['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler'],
  ],
  output: {
    dir: 'dist',
    sourcemap: true,
    // With one character beyond Latin-1 in a file, V8 keeps two bytes for each of it.
    charset: 'ascii',
    comments: { jsdoc: false, annotation: false },
    // As deep as a module lies in src/: what that finds from where it is (import.meta.url), it finds from here too. By
    // its hash, a process never loads a part of another build than its own; `npm run build` clears those of earlier ones.
    chunkFileNames: 'shared/[name]-[hash].js',
  },
  // How long it took is no fault.
  checks: { bundlerTimings: false },
  // Whatever else is to be said is one: a package that is not there would only be missed when it is called.
  onLog: (_level, { message }) => {
    throw new Error(message);
  },
});
