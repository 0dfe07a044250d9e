// node --import loaded-modules.mjs …: adds the address of every module of the process, as it is loaded and whichever way,
// to the file LOADED_MODULES. What its threads load is theirs.
import { appendFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  const session = new Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params }) =>
    appendFileSync(process.env.LOADED_MODULES, `${params.url}\n`),
  );
  session.post('Debugger.enable');
}
