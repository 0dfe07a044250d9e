// The floor: node:http alone, sending a finished answer.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { PORT, STATS_FILE } = process.env;
const body = readFileSync(STATS_FILE);
const headers = {
  'content-type': 'application/json; charset=utf-8',
  'content-length': body.length,
};
createServer((_request, response) => {
  response.writeHead(200, headers);
  response.end(body);
}).listen(Number(PORT), '127.0.0.1');
