// node --import loaded-modules.mjs …: writes the address of every module of the process to the file LOADED_MODULES when
// it ends, whichever way each was loaded.
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

const loaded = new Set();
const session = new Session();
session.connect();
session.on('Debugger.scriptParsed', ({ params }) => loaded.add(params.url));
session.post('Debugger.enable');
process.on('exit', () => writeFileSync(process.env.LOADED_MODULES, [...loaded].join('\n')));
