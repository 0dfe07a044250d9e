import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where every worker notes what was answered; scripts/check-answers.mjs compares it with the specification. */
const FOLDER = fileURLToPath(new URL('../../.cache/answers', import.meta.url));
const FILE = join(FOLDER, `${process.pid}.txt`);

const noted = new Set<string>();

/** Notes that an operation was seen to answer with a status in a media type; each is written once a worker. */
export function noteAnswer(operationId: string, status: string, media: string): void {
  const line = `${operationId} ${status} ${media}\n`;
  if (noted.has(line)) return;
  noted.add(line);
  mkdirSync(FOLDER, { recursive: true });
  appendFileSync(FILE, line);
}

/** Before any test: forgets what an earlier run saw. Vitest calls it once, outside of the workers. */
export function setup(): void {
  rmSync(FOLDER, { recursive: true, force: true });
}
