// Starts a load generator as a process of its own and reads what it measured.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** @param name a file of this folder @param task what it is told, as JSON */
export function runLoad(name, task) {
  const file = fileURLToPath(new URL(`./${name}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [file, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(printed));
      else reject(new Error(`${name} ended with ${code}`));
    });
  });
}
