import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/answer-log.ts'],
    // Files share the modules they load: no test changes one, and loading the application takes longer than most files.
    isolate: false,
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      // Commands run as processes of their own in test/cli, and threads as threads, where v8 cannot see them.
      exclude: ['src/main.ts', 'src/cli/{import,export,keys,openapi,progress-bar,read-part}.ts'],
      reporter: ['text-summary', 'json'],
      thresholds: {
        statements: 95,
        lines: 95,
        functions: 95,
        branches: 95,
        'src/{statistics,domain,importers}/**': {
          statements: 100,
          lines: 100,
          functions: 100,
          branches: 100,
        },
      },
    },
  },
});
