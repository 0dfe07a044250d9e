import type { FastifyReply, FastifyRequest } from 'fastify';
import { keyOf } from './auth.js';
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
const isExempt = ({ method, raw }: FastifyRequest): boolean =>
  method === 'OPTIONS' || EXEMPT.has(pathOf(raw.url ?? ''));

const mayBeUnchanged = ({ method, headers }: FastifyRequest): boolean =>
  headers['if-none-match'] !== undefined && (method === 'GET' || method === 'HEAD');

function policyOf(name: string, limit: number): Policy | null {
  if (limit === 0) return null;
  const quota = new RequestQuota(limit, WINDOW_S * 1000);
  return { name, quota, header: `"${name}";q=${limit};w=${WINDOW_S}` };
}

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
    const left = policy.quota.limit - window.used;
    const seconds = policy.quota.secondsLeft(window, this.now());
    reply.header('ratelimit-policy', policy.header);
    reply.header('ratelimit', `"${policy.name}";r=${left};t=${seconds}`);
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
