// What the service keeps beside its claims and its own write path would have written with them: the one place where the
// data maker makes it anew after its raw inserts.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const KEPT_SUMS = fileURLToPath(new URL('../../dist/storage/claim-sums.js', import.meta.url));
// A version of the service without kept sums can be measured too: that is what the sums are held against.
const { REBUILD_SUMS } = existsSync(KEPT_SUMS) ? await import(KEPT_SUMS) : { REBUILD_SUMS: [] };

/** Makes all derived tables anew, inside the transaction that loaded the claims. */
export function rebuildDerived(connection) {
  for (const { sql, params } of REBUILD_SUMS) connection.prepare(sql).run(params);
}
