// The questions as plain SQL, for every contender that keeps the claims in one table. They ask for less than the
// service answers: sums alone, without intervals, exclusions, breaks or a citation.
const HEADLINE =
  "scope = 'national' and basis = 'barrage' and side = 'defender' and alternative_to is null";
const SUMS = `cast(sum(launched) as integer) as launched, cast(sum(intercepted) as integer) as intercepted,
  cast(sum(suppressed) as integer) as suppressed, cast(count(*) as integer) as claims`;

/** `:from`, `:to` and `:munition` stand for what is asked. */
export const SQL = {
  stats: `select ${SUMS}, cast(count(distinct night) as integer) as nights from claims where ${HEADLINE}`,
  stats_filtered: `select ${SUMS}, cast(count(distinct night) as integer) as nights from claims
    where ${HEADLINE} and night between :from and :to and munition = :munition`,
  stats_monthly: `select substr(night, 1, 7) as month, munition, ${SUMS} from claims where ${HEADLINE}
    group by 1, 2 order by 1, 2`,
};
