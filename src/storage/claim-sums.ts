import type { Statement } from './statements.js';
import { PARTLY_GIVEN } from './sum-store.js';

// What claims are told apart by, each as it follows from a row of `claims`.
const KEY = {
  attacker: 'attacker',
  defender: 'defender',
  night: 'night',
  source: 'source',
  munition: 'munition',
  scope: 'scope',
  basis: 'basis',
  alternative: 'alternative_to is not null',
  repetition: "independent_of <> '[]'",
  assertion: 'assertion is not null',
  launched_known: 'launched is not null',
  intercepted_known: 'intercepted is not null',
  flags: 'flags',
};

// What is added up, each as one claim adds to it. Sums are never null here: whether anybody gave the count is told by
// the key or by the number of claims that did.
const SUMMANDS: Readonly<Record<string, string>> = {
  claims: '1',
  launched: 'coalesce(launched, 0)',
  intercepted: 'coalesce(intercepted, 0)',
  ...Object.fromEntries(
    PARTLY_GIVEN.flatMap((name) => [
      ...(name === 'strike_uav_min' ? [] : [[name, `coalesce(${name}, 0)`]]),
      [`${name}_claims`, `${name} is not null`],
      [`${name}_launched`, `iif(${name} is null, 0, coalesce(launched, 0))`],
    ]),
  ),
};

const keys = Object.keys(KEY);
const sums = Object.keys(SUMMANDS);
const listed = (names: readonly string[], spell: (name: string) => string = (name) => name) =>
  names.map(spell).join(', ');

/** What the claims whose `column` meets a condition add (sign 1) or take (sign -1), one row per claim. */
const parts = (
  column: 'from_version' | 'to_version',
  sign: 1 | -1,
  where: (column: string) => string,
): string => {
  const key = Object.entries(KEY).map(([name, value]) => `${value} as ${name}`);
  const added = Object.entries(SUMMANDS).map(([name, value]) => `${sign} * (${value}) as ${name}`);
  return `select ${column} as version, ${[...key, ...added].join(', ')} from claims where ${where(column)}`;
};
const moved = (where: (column: string) => string): string =>
  `${parts('from_version', 1, where)} union all ${parts('to_version', -1, where)}`;
const ofVersion = (column: string): string => `${column} = :version`;
// By the index of barrages: those of a version would be gone through once for every span.
const ofBarrages = (column: string): string =>
  `+${column} = :version and barrage_id between :first and :last`;
const totals = listed(sums, (name) => `sum(${name}) as ${name}`);
const sameKey = keys.map((name) => `old.${name} = moved.${name}`).join(' and ');

const close = (where: (column: string) => string): string =>
  `update claim_sums set to_version = :version where rowid in (
  select old.rowid from (${moved(where)}) as moved
  join claim_sums as old on ${sameKey} and old.to_version is null
)`;

const open = (where: (column: string) => string): string =>
  `insert into claim_sums (${listed(keys)}, from_version, ${listed(sums)})
select ${listed(keys, (name) => `moved.${name}`)}, :version, ${listed(sums, (name) => `coalesce(old.${name}, 0) + moved.${name}`)}
from (select ${listed(keys)}, ${totals} from (${moved(where)}) group by ${listed(keys)}) as moved
left join claim_sums as old on ${sameKey} and old.to_version = :version
where coalesce(old.claims, 0) + moved.claims > 0`;

type Values = Readonly<Record<string, unknown>>;

/** Makes statements of a text whose parameters have names: the driver is given them in their order. */
function statementsOf(text: string): (values: Values) => Statement {
  const names: string[] = [];
  const sql = text.replace(/:(version|first|last)/g, (_, name: string) => {
    names.push(name);
    return '?';
  });
  return (values) => ({ sql, params: names.map((name) => values[name]) });
}

const BY_VERSION = [close(ofVersion), open(ofVersion)].map(statementsOf);
const CLOSE_BY_SPAN = statementsOf(close(ofBarrages));
const OPEN_BY_SPAN = statementsOf(open(ofBarrages));

/** Barrages from the first to the last, by id. */
export interface BarrageSpan {
  first: string;
  last: string;
}

/** Barrages whose claims a version writes. */
export interface WrittenSpan extends BarrageSpan {
  /** Whether it found no claim in any of them: then there are no sums to close. */
  isNew: boolean;
}

/**
 * What keeps the sums true after the claims of a dataset version were written: sums that the version changes are closed,
 * and opened anew with what entered and without what left. Costs what the version wrote, not what it found.
 */
export const keepSums = (version: number): Statement[] =>
  BY_VERSION.map((statement) => statement({ version }));

/** The same for a version that writes more than can be added up at once: no two spans share a barrage. */
export const keepSumsBySpan = (version: number, spans: readonly WrittenSpan[]): Statement[] =>
  spans.flatMap(({ first, last, isNew }) =>
    (isNew ? [OPEN_BY_SPAN] : [CLOSE_BY_SPAN, OPEN_BY_SPAN]).map((statement) =>
      statement({ version, first, last }),
    ),
  );

const running = listed(sums, (name) => `sum(${name}) over history as ${name}`);

/**
 * What makes the sums of every version anew from the claims alone: how a database gets them that has claims already,
 * and what the kept ones are held to in tests.
 */
export const REBUILD_SUMS: readonly Statement[] = [
  { sql: 'delete from claim_sums', params: [] },
  {
    sql: `insert into claim_sums (${listed(keys)}, from_version, to_version, ${listed(sums)})
select * from (
  select ${listed(keys)}, version, lead(version) over history, ${running}
  from (select version, ${listed(keys)}, ${totals} from (${moved((column) => `${column} is not null`)}) group by version, ${listed(keys)})
  window history as (partition by ${listed(keys)} order by version)
) where claims > 0`,
    params: [],
  },
];
