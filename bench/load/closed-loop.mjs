// A few clients, each asking again as soon as it was answered: how much a contender can do. Runs in a process of its
// own: node closed-loop.mjs '{"url", "contender", "question", "options", "connections", "seconds", "first"}'.
import autocannon from 'autocannon';
import { REQUESTS } from './requests.mjs';

const { url, contender, question, options, connections, seconds, first } = JSON.parse(
  process.argv[2],
);
const request = REQUESTS[contender][question];
let n = first;

const {
  '2xx': fine,
  statusCodeStats,
  latency,
  duration,
  errors,
} = await autocannon({
  url,
  connections,
  duration: seconds,
  requests: [
    isConstant(request)
      ? request(n, options)
      : { setupRequest: (given) => ({ ...given, ...request(n++, options) }) },
  ],
});
const known = statusCodeStats['304']?.count ?? 0;
const answered = fine + known;
const others = Object.entries(statusCodeStats).filter(
  ([code]) => !['200', '201', '304'].includes(code),
);
process.stdout.write(
  JSON.stringify({
    answered,
    seconds: duration,
    per_second: answered / duration,
    p99_ms: latency.p99,
    errors,
    refused: Object.fromEntries(others.map(([code, { count }]) => [code, count])),
    last: n,
  }),
);

/** Whether every number makes the same request: then it is written once, which spares the generator. */
function isConstant(make) {
  return JSON.stringify(make(first, options)) === JSON.stringify(make(first + 1, options));
}
