import fc from 'fast-check';
import type { LightMyRequestResponse } from 'fastify';
import { currentVersion } from '../../src/storage/versions.js';
import { makeKey, type TestApp } from '../support/test-app.js';
import { invalidRequests } from './invalid-request.js';
import { knownFor, knownValues } from './known.js';
import { Finding, oracle } from './oracle.js';
import { type FuzzRequest, injected, shown } from './request.js';
import { SchemaArbitrary } from './schema-arbitrary.js';
import { type Operation, Specification } from './specification.js';
import { validRequests } from './valid-request.js';

const RUNS = 5;
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

interface Paged {
  next_cursor: string | null;
}

export interface Report {
  requests: number;
  /** Requests by operation and status. */
  answers: Map<string, Map<number, number>>;
  /** What was found, each kind once. */
  findings: Map<string, string>;
}

/** Sends requests made from the specification until the time is over, every operation at least once in turn. */
export class Campaign {
  readonly report: Report = { requests: 0, answers: new Map(), findings: new Map() };
  readonly #specification: Specification;
  readonly #oracle: ReturnType<typeof oracle>;

  private constructor(
    private readonly test: TestApp,
    private readonly key: string,
    document: unknown,
  ) {
    this.#specification = new Specification(document);
    this.#oracle = oracle(document);
  }

  static async open(test: TestApp): Promise<Campaign> {
    const document = (await test.app.inject('/openapi.json')).json();
    return new Campaign(test, await makeKey(test.db, 'admin'), document);
  }

  async run(seed: number, seconds: number): Promise<void> {
    const end = performance.now() + 1000 * seconds;
    for (let round = 0; round === 0 || performance.now() < end; round += 1) {
      // Records come and go with the writes.
      const known = await knownValues(this.test);
      for (const operation of this.#specification.operations) {
        if (round > 0 && performance.now() > end) return;
        const values = new SchemaArbitrary(this.#specification, knownFor(known, operation.path));
        await this.#fuzz(operation, values, seed + round);
      }
    }
  }

  async #fuzz(operation: Operation, values: SchemaArbitrary, seed: number): Promise<void> {
    const valid = validRequests(values, operation);
    await this.#holds(operation, valid, seed, async (request) => {
      const response = await this.#send(request);
      this.#oracle.afterValid(request, response);
      await this.#follow(request, response);
    });
    const invalid = invalidRequests(this.#specification, valid);
    await this.#holds(operation, invalid, seed, async (mistake) => {
      this.#oracle.afterMistake(mistake, await this.#send(mistake.request));
    });
  }

  /** A cursor that was given can be followed, with the same question. */
  async #follow(request: FuzzRequest, given: LightMyRequestResponse): Promise<void> {
    if (given.statusCode !== 200 || !given.body.includes('"next_cursor":"')) return;
    const { page, data } = given.json<{ page?: Paged; data: { explained?: { page: Paged } } }>();
    const cursor = page?.next_cursor ?? data.explained?.page.next_cursor;
    if (cursor === undefined || cursor === null) return;
    const besides = request.query.filter(([name]) => name !== 'cursor');
    const next: FuzzRequest = { ...request, query: [...besides, ['cursor', cursor]] };
    const response = await this.#send(next);
    this.#oracle.afterValid(next, response);
    if (response.statusCode !== 200) {
      throw new Finding(`its own cursor is refused: ${response.body.slice(0, 300)}`);
    }
  }

  async #holds<T>(
    operation: Operation,
    arbitrary: fc.Arbitrary<T>,
    seed: number,
    holds: (value: T) => Promise<void>,
  ): Promise<void> {
    const property = fc.asyncProperty(arbitrary, holds);
    const { failed, counterexample, errorInstance } = await fc.check(property, {
      seed,
      numRuns: RUNS,
      interruptAfterTimeLimit: 5000,
    });
    if (!failed || counterexample === null) return;
    if (!(errorInstance instanceof Finding)) throw errorInstance;
    const [value] = counterexample as [FuzzRequest | { request: FuzzRequest }];
    const request = 'request' in value ? value.request : value;
    const kind = `${operation.id}: ${errorInstance.message.replaceAll(/[0-9A-Z]{26}|\d+/g, '#')}`;
    if (this.report.findings.has(kind)) return;
    const told = `${operation.id}, seed ${seed}\n  ${shown(request)}\n  ${errorInstance.message}`;
    this.report.findings.set(kind, told);
  }

  async #send(request: FuzzRequest) {
    const safe = SAFE.has(request.operation.method);
    const before = safe ? (await currentVersion(this.test.db)).version : 0;
    const response = await this.test.app.inject(injected(request, this.key));
    const after = safe ? (await currentVersion(this.test.db)).version : 0;
    if (before !== after) throw new Finding(`reading wrote version ${after}`);
    this.#count(request.operation.id, response.statusCode);
    return response;
  }

  #count(operation: string, status: number): void {
    const { answers } = this.report;
    const byStatus = answers.get(operation) ?? new Map<number, number>();
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
    answers.set(operation, byStatus);
    this.report.requests += 1;
  }
}
