import type { Examples } from './example.js';

const TEXT = `# HELP http_requests_total Answers by route, method and status; 429 are those over the limit.
# TYPE http_requests_total counter
http_requests_total{route="/stats",method="GET",status="200"} 1027
http_requests_total{route="/stats",method="GET",status="304"} 3
# HELP dataset_version The newest dataset version; NaN if unknown.
# TYPE dataset_version gauge
dataset_version 2
`;

/** Written by hand: no two answers are the same. */
export const METRICS_EXAMPLES: Examples = {
  getMetrics: { '200': { asked: 'GET /metrics', answer: { 'text/plain': TEXT } } },
};
