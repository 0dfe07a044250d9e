import { SingleBar } from 'cli-progress';
import type { Progress } from '../storage/group-writer.js';

/** A progress bar on a terminal, and nothing where nobody looks. Bars go to stderr: stdout is for the summary. */
export function progressBar(label: string): { update: Progress; stop: () => void } {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: `${label} {bar} {percentage}%`,
    stream: process.stderr,
    clearOnComplete: true,
  });
  bar.start(1, 0);
  return {
    update: (done, total) => {
      bar.setTotal(total);
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}
