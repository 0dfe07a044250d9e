import { isIP } from 'node:net';
import { z } from 'zod';
import { countrySchema } from './domain/country.js';

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'a port number')
  .transform(Number)
  .pipe(z.int().max(65_535));

const positive = (max: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,8}$/, `a whole number from 1 to ${max}`)
    .transform(Number)
    .pipe(z.int().max(max));
const HOUR_MS = 3_600_000;
/** A whole number, or 0 for none. */
const positiveOrOff = (max: number) => z.literal('0').transform(Number).or(positive(max));

// Of a forwarded address only what trusted proxies added is believed, so each is named: there is no way to trust all.
const PROXY_NAMES = ['loopback', 'linklocal', 'uniquelocal'];
const isProxy = (text: string): boolean => {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0) return PROXY_NAMES.includes(text);
  const most = version === 4 ? 32 : 128;
  return (
    rest.length === 0 && (bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && +bits <= most))
  );
};
const proxies = z
  .string()
  .transform((text) => (text === 'off' ? [] : text.split(',').map((proxy) => proxy.trim())))
  .refine((list) => list.every(isProxy), `off, or addresses and networks, or ${PROXY_NAMES}`);

const configSchema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  DATABASE_URL: z
    .string()
    .regex(/^file:.+/, 'file: and a path, such as file:./data/barrages.db')
    .default('file:./data/barrages.db'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  DEFAULT_ATTACKER: countrySchema.default('RUS'),
  DEFAULT_DEFENDER: countrySchema.default('UKR'),
  DEMO_DATA: z.enum(['on', 'off']).default('on'),
  FEED_LISTENERS: positive(100_000).default(1_000),
  FEED_LISTENERS_PER_ADDRESS: positive(100_000).optional(),
  FEED_HEARTBEAT_MS: positive(HOUR_MS).default(15_000),
  FEED_POLL_MS: positive(HOUR_MS).default(1_000),
  RATE_LIMIT_PER_MINUTE: positiveOrOff(100_000_000).default(600),
  RATE_LIMIT_KEYED_PER_MINUTE: positiveOrOff(100_000_000).default(3_000),
  TRUST_PROXY: proxies.default([]),
  CACHE_MB: positive(4_096).default(8),
  LOG_UNCHANGED_EVERY: positive(1_000_000).default(100),
  METRICS: z.enum(['on', 'off']).default('off'),
  SHUTDOWN_SECONDS: positive(3_600).default(10),
  WAITING_QUESTIONS: positive(10_000).default(50),
  REQUEST_TIMEOUT_MS: positive(HOUR_MS).default(60_000),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
});

/** Everything that can be set from outside; docs/operations.md lists it. */
export type Config = z.infer<typeof configSchema>;

/**
 * Reads the configuration. The only reader of process.env.
 *
 * @throws Error that names every variable that is wrong, and the rule
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const result = configSchema.safeParse(env);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`configuration: ${lines.join('; ')}`);
}
