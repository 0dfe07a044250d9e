// What the disk itself takes for a durable write: 4 KiB and fdatasync, over and over.
// node disk-floor.mjs '{"folder", "seconds"}'
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const PAGE_BYTES = 4_096;
const FILE_PAGES = 1_024;
const { folder, seconds } = JSON.parse(process.argv[2]);
const path = join(folder, 'floor');
const file = openSync(path, 'w');
const page = Buffer.alloc(PAGE_BYTES, 1);
// As a write-ahead log is written: over blocks that the file has already.
for (let index = 0; index < FILE_PAGES; index += 1) writeSync(file, page);
fdatasyncSync(file);
const end = performance.now() + seconds * 1_000;
let count = 0;
while (performance.now() < end) {
  writeSync(file, page, 0, PAGE_BYTES, (count % FILE_PAGES) * PAGE_BYTES);
  fdatasyncSync(file);
  count += 1;
}
closeSync(file);
rmSync(path);
process.stdout.write(JSON.stringify({ per_second: count / seconds }));
