// What the service keeps beside its claims and its own write path would have written with them: the one place where the
// data maker makes it anew after its raw inserts.
import { REBUILD_SUMS } from '../../src/storage/claim-sums.ts';

/** Makes all derived tables anew, inside the transaction that loaded the claims. */
export function rebuildDerived(connection) {
  for (const { sql, params } of REBUILD_SUMS) connection.prepare(sql).run(params);
}
