import type { FastifyRequest } from 'fastify';
import type { FinishedAnswer } from './finished-answer.js';

/** What came of a computation: the answer, null if it is none that others can be given, or what it threw. */
export type Outcome = { answer: FinishedAnswer | null } | { error: unknown };

interface Flight {
  key: string;
  landing: Promise<Outcome>;
  land: (outcome: Outcome) => void;
  isAwaited: boolean;
}

/**
 * One computation for all who ask the same while it runs. It belongs to no asker: whoever began it may hang up, and the
 * others still get what comes of it. Nothing is remembered once it has come, so an error is shared and never kept.
 */
export class SingleFlight {
  readonly #running = new Map<string, Flight>();
  readonly #led = new WeakMap<FastifyRequest, Flight>();

  /** What is being computed for a question, if anything is: whoever is told waits for it. */
  running(key: string): Promise<Outcome> | undefined {
    const flight = this.#running.get(key);
    if (flight !== undefined) flight.isAwaited = true;
    return flight?.landing;
  }

  /** Makes a request the one that computes. It must {@link land}. */
  begin(key: string, request: FastifyRequest): void {
    let land: (outcome: Outcome) => void = () => undefined;
    const landing = new Promise<Outcome>((resolve) => {
      land = resolve;
    });
    const flight = { key, landing, land, isAwaited: false };
    this.#running.set(key, flight);
    this.#led.set(request, flight);
  }

  /** Whether anybody waits for what comes of a request. */
  isAwaited(request: FastifyRequest): boolean {
    return this.#led.get(request)?.isAwaited ?? false;
  }

  /** Tells everybody who waits for a request what came of it; does nothing for one that computes for itself. */
  land(request: FastifyRequest, outcome: Outcome): void {
    const flight = this.#led.get(request);
    if (flight === undefined) return;
    this.#led.delete(request);
    this.#running.delete(flight.key);
    flight.land(outcome);
  }
}
