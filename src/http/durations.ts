import type { Figure } from './metrics-text.js';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** How long answers took: their number and sum, and how many took at most so long. */
export class Durations {
  #count = 0;
  #sum = 0;
  // Of each bucket alone; they are added up when somebody asks.
  readonly #buckets = SECONDS.map(() => 0);

  /** Counts an answer. */
  observe(seconds: number): void {
    this.#count += 1;
    this.#sum += seconds;
    const place = SECONDS.findIndex((bound) => seconds <= bound);
    if (place >= 0) this.#buckets[place] = (this.#buckets[place] as number) + 1;
  }

  /** Counts all that others counted. */
  add(others: Durations): void {
    this.#count += others.#count;
    this.#sum += others.#sum;
    for (const [place, count] of others.#buckets.entries())
      this.#buckets[place] = (this.#buckets[place] as number) + count;
  }

  /** Whether nothing was counted. */
  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** As the values of a histogram. */
  valuesOf(name: string, labels: Figure['values'][number]['labels']): Figure['values'] {
    let sum = 0;
    const buckets = SECONDS.map((le, place) => {
      sum += this.#buckets[place] as number;
      return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: sum };
    });
    return [
      ...buckets,
      { metricName: `${name}_bucket`, labels: { le: '+Inf', ...labels }, value: this.#count },
      { metricName: `${name}_sum`, labels, value: this.#sum },
      { metricName: `${name}_count`, labels, value: this.#count },
    ];
  }
}
