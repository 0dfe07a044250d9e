import type { FastifyReply, FastifyRequest } from 'fastify';
import { keyOf } from './auth.js';
import { isBackground } from './background.js';
import { clientAt } from './client-address.js';
import type { Dependencies } from './dependencies.js';
import { Problem } from './problem.js';
import { RequestQuota, type Window } from './request-quota.js';

export const WINDOW_S = 60;

/** Requests in a minute; 0 is no limit. */
export interface LimitSettings {
  anonymous: number;
  keyed: number;
}

interface Policy {
  name: string;
  quota: RequestQuota;
  /** `RateLimit-Policy`. */
  header: string;
}

interface Charge {
  policy: Policy;
  window: Window;
  outcome: 'taken' | 'over' | 'given back';
}

// Whoever looks after the service asks often, and must be answered when everybody else is not.
const EXEMPT = new Set(['/healthz', '/readyz']);

const pathOf = (url: string): string => {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
};

// A preflight that is refused looks like a broken network to a page, and answering it costs no more than refusing it.
const isExempt = (request: FastifyRequest): boolean =>
  request.method === 'OPTIONS' ||
  EXEMPT.has(pathOf(request.raw.url ?? '')) ||
  isBackground(request);

const mayBeUnchanged = ({ method, headers }: FastifyRequest): boolean =>
  headers['if-none-match'] !== undefined && (method === 'GET' || method === 'HEAD');

function policyOf(name: string, limit: number): Policy | null {
  if (limit === 0) return null;
  const quota = new RequestQuota(limit, WINDOW_S * 1000);
  return { name, quota, header: `"${name}";q=${limit};w=${WINDOW_S}` };
}

/** `RateLimit`: what is left, and for how long. */
const stateOf = ({ name, quota }: Policy, window: Window, now: number): string =>
  `"${name}";r=${quota.limit - window.used};t=${quota.secondsLeft(window, now)}`;

/**
 * How many requests each client may make in a minute: by address, or by key if it carries one that is taken. Headers as
 * in draft-ietf-httpapi-ratelimit-headers.
 */
export class RequestLimits {
  readonly #anonymous: Policy | null;
  readonly #keyed: Policy | null;
  readonly #charges = new WeakMap<FastifyRequest, Charge>();

  /** @param now a clock in ms that never goes back */
  constructor(
    private readonly deps: Dependencies,
    { anonymous, keyed }: LimitSettings,
    private readonly now: () => number,
  ) {
    this.#anonymous = policyOf('anonymous', anonymous);
    this.#keyed = policyOf('keyed', keyed);
  }

  /** Counts a request. @returns why it is refused, or null; a promise only where a key has to be looked up */
  admit(request: FastifyRequest): Problem | null | Promise<Problem | null> {
    if ((this.#anonymous === null && this.#keyed === null) || isExempt(request)) return null;
    if (request.headers.authorization === undefined) return this.#charge(request, null);
    return keyOf(this.deps, request).then((key) => this.#charge(request, key?.id ?? null));
  }

  /**
   * Counts a request without a key for a finished answer.
   *
   * @param isFree it is a 304
   * @returns the headers that say what is left, as they are sent; null if there is nothing left for it
   */
  poll(address: string | undefined, isFree: boolean): string | null {
    const policy = this.#anonymous;
    if (policy === null) return '';
    const now = this.now();
    const window = policy.quota.windowOf(clientAt(address), now);
    if (!isFree && !policy.quota.take(window)) return null;
    return `ratelimit-policy: ${policy.header}\r\nratelimit: ${stateOf(policy, window, now)}\r\n`;
  }

  /** Why a request that was let through for its If-None-Match is refused after all; null if it was within the limit. */
  refusal(request: FastifyRequest): Problem | null {
    const charge = this.#charges.get(request);
    return charge?.outcome === 'over' ? this.#problem(charge) : null;
  }

  /** Gives back what an unchanged answer (304) took. */
  refund(request: FastifyRequest): void {
    const charge = this.#charges.get(request);
    if (charge?.outcome !== 'taken') return;
    charge.policy.quota.giveBack(charge.window);
    charge.outcome = 'given back';
  }

  /** Says on the answer what is left. */
  describe(request: FastifyRequest, reply: FastifyReply): void {
    const charge = this.#charges.get(request);
    if (charge === undefined) return;
    const { policy, window } = charge;
    reply.header('ratelimit-policy', policy.header);
    reply.header('ratelimit', stateOf(policy, window, this.now()));
  }

  #charge(request: FastifyRequest, key: string | null): Problem | null {
    const policy = key === null ? this.#anonymous : this.#keyed;
    if (policy === null) return null;
    const client = key ?? clientAt(request.ip);
    const window = policy.quota.windowOf(client, this.now());
    const outcome = policy.quota.take(window) ? 'taken' : 'over';
    const charge: Charge = { policy, window, outcome };
    this.#charges.set(request, charge);
    return outcome === 'taken' || mayBeUnchanged(request) ? null : this.#problem(charge);
  }

  #problem({ policy, window }: Charge): Problem {
    const seconds = policy.quota.secondsLeft(window, this.now());
    const detail = `${policy.quota.limit} requests a minute are answered; ask again in ${seconds} s.`;
    return new Problem('too-many-requests', detail, {
      headers: { 'retry-after': String(seconds) },
    });
  }
}
