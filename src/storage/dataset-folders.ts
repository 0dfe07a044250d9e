import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

// The host is part of the name because containers can share a folder and each has a process 1.
const prefix = (): string => `barrage-stats-dataset-${encodeURIComponent(hostname())}-`;

/** Makes a temporary folder for files of the dataset, with the number of this process in its name. */
export const makeDatasetFolder = (): Promise<string> =>
  mkdtemp(join(tmpdir(), `${prefix()}${process.pid}-`));

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is another user's, and it lives.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isStale(path: string, pid: number): Promise<boolean> {
  if (pid !== process.pid) return !isRunning(pid);
  // In a container each start has the same number: what is older than this process was left by the one before.
  const started = Date.now() - process.uptime() * 1_000;
  return (await stat(path)).mtimeMs < started;
}

/** Removes the folders that processes of this host left when they were killed; never one of a process that lives. */
export async function removeStaleFolders(): Promise<void> {
  const start = prefix();
  for (const name of await readdir(tmpdir())) {
    const [, pid] = (name.startsWith(start) && /^(\d+)-\w+$/.exec(name.slice(start.length))) || [];
    if (pid === undefined) continue;
    const path = join(tmpdir(), name);
    // Another start may remove it too; one that cannot be removed is no reason not to start.
    const remove = async () => {
      if (await isStale(path, Number(pid))) await rm(path, { recursive: true, force: true });
    };
    await remove().catch(() => undefined);
  }
}
