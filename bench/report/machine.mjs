import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import { peerVersions } from '../contenders/peers.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GIB = 1_073_741_824;
const OWN = ['fastify', 'better-sqlite3', 'zod', 'fastify-type-provider-zod', 'autocannon'];

const versionOf = (name) =>
  JSON.parse(readFileSync(`${ROOT}/node_modules/${name}/package.json`, 'utf8')).version;

function commitNow() {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], {
      cwd: ROOT,
      encoding: 'utf8',
    }).trim();
  } catch {
    return null;
  }
}

/** What the figures were measured on and with. */
export function machineNow() {
  const [{ model }] = cpus();
  return {
    machine: {
      cpu: model.trim(),
      cores: cpus().length,
      memory_gib: Math.round(totalmem() / GIB),
      system: `${type()} ${release()}`,
    },
    versions: {
      node: process.version,
      ...Object.fromEntries(OWN.map((name) => [name, versionOf(name)])),
      ...peerVersions(ROOT),
    },
    commit: commitNow(),
  };
}
