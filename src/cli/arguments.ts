import { type ParseArgsConfig, parseArgs } from 'node:util';

/** A mistake of the person at the keyboard: shown without a stack, exit code 2. */
export class UsageError extends Error {}

/** Parses arguments, turning every mistake into a {@link UsageError} that shows how it is done. */
export function parseArguments<T extends ParseArgsConfig>(
  config: T,
  usage: string,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

/** Runs a command and sets the exit code: 0 done, 1 refused or failed, 2 called wrongly. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const isUsage = error instanceof UsageError;
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = isUsage ? 2 : 1;
  }
}
