// A thread of an import: lays out the second half of a file in a database of its own.
import { parentPort, workerData } from 'node:worker_threads';
import { importerFor } from '../importers/registry.js';
import { ImportStage } from '../storage/import-stage.js';
import type { PartToRead } from './read-aside.js';
import { layOut } from './read-file.js';
import { TextFile } from './text-file.js';

const { part, file, cut, header, lists, munitions } = workerData as PartToRead;

/** Blank lines are stepped over: they stand for those of the first half, so that every line has its number. */
function* text(): Generator<string> {
  yield `${header}\n${'\n'.repeat(cut.line - 2)}`;
  yield* TextFile.of(file).text(cut.at);
}

const laid = ImportStage.withPart(part, (stage) =>
  layOut(stage, importerFor(header).read(text, lists, munitions)),
);
parentPort?.postMessage(laid);
