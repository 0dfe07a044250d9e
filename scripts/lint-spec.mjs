// npm run spec:lint [-- FILE]: openapi.yaml by Spectral's and Redocly's rules. Anything they say is a failure.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './setup.mjs';

const file = process.argv[2] ?? 'openapi.yaml';
// Neither may call home: not for statistics, not for a newer version of itself.
const env = {
  ...process.env,
  REDOCLY_TELEMETRY: 'off',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  NO_UPDATE_NOTIFIER: '1',
};

/** What a linter prints as JSON; none at all means that it did not run. */
function output(bin, args) {
  const command = [join(ROOT, 'node_modules', bin), ...args];
  const options = { cwd: ROOT, encoding: 'utf8', env, maxBuffer: 2 ** 28 };
  const { stdout, stderr } = spawnSync(process.execPath, command, options);
  const start = stdout.search(/[[{]/);
  try {
    return JSON.parse(stdout.slice(start, stdout.search(/[\]}]\s*(No results.*)?\s*$/) + 1));
  } catch {
    process.stderr.write(`${bin} did not run: ${stderr || stdout}\n`);
    process.exit(1);
  }
}

const SEVERITIES = ['error', 'warning', 'info', 'hint'];
const spectral = output('@stoplight/spectral-cli/dist/index.js', [
  ...['lint', file, '--format', 'json', '--quiet', '--ruleset', '.spectral.yaml'],
]).map(({ code, message, path, severity }) => ({
  severity: SEVERITIES[severity],
  text: `${code} ${path.join('.')}: ${message}`,
}));
const redocly = output('@redocly/cli/bin/cli.js', [
  ...['lint', file, '--format', 'json', '--config', 'redocly.yaml'],
]).problems.map(({ ruleId, message, severity, location }) => ({
  severity: severity === 'warn' ? 'warning' : severity,
  text: `${ruleId} ${location[0]?.pointer ?? ''}: ${message}`,
}));

let found = 0;
for (const [name, problems] of [
  ['spectral:oas', spectral],
  ['redocly recommended-strict', redocly],
]) {
  const count = (...wanted) => problems.filter(({ severity }) => wanted.includes(severity)).length;
  for (const { severity, text } of problems) process.stdout.write(`${severity} ${text}\n`);
  process.stdout.write(
    `${name}: ${count('error')} errors, ${count('warning')} warnings, ${count('info', 'hint')} infos\n`,
  );
  found += problems.length;
}
process.exitCode = found === 0 ? 0 : 1;
