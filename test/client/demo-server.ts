import { loadDemo } from '../../src/demo/load-demo.js';
import { listen } from '../support/event-stream.js';
import { makeKey, type TestApp, testApp } from '../support/test-app.js';

/** The real application with the demonstration data, on a socket. */
export interface DemoServer {
  base: string;
  key: string;
  adminKey: string;
  test: TestApp;
}

export async function demoServer(): Promise<DemoServer> {
  const test = await testApp('file::memory:', { METRICS: 'on' });
  await loadDemo(test.db);
  const adminKey = await makeKey(test.db, 'admin');
  return { base: await listen(test.app), key: test.key, adminKey, test };
}
