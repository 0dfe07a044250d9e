import type { OpenAPIV3_1 } from 'openapi-types';
import { BARRAGE_EXAMPLES } from './examples/barrages.js';
import { CLAIM_EXAMPLES } from './examples/claims.js';
import { CODE_LIST_EXAMPLES } from './examples/code-lists.js';
import { DATASET_EXAMPLES } from './examples/dataset.js';
import { DEBRIS_SITE_EXAMPLES } from './examples/debris-sites.js';
import type { AnswerExample, Examples } from './examples/example.js';
import { HISTORY_EXAMPLES } from './examples/history.js';
import { METRICS_EXAMPLES } from './examples/metrics.js';
import { PARAMETER_EXAMPLES } from './examples/parameters.js';
import { PROBLEM_EXAMPLES } from './examples/problems.js';
import { SERVICE_EXAMPLES } from './examples/service.js';
import { STATISTICS_EXAMPLES } from './examples/statistics.js';
import {
  type Operation,
  operationsOf,
  responsesOf,
  type Specification,
} from './openapi-operations.js';

const EXAMPLES: Examples = {
  ...BARRAGE_EXAMPLES,
  ...CLAIM_EXAMPLES,
  ...DEBRIS_SITE_EXAMPLES,
  ...STATISTICS_EXAMPLES,
  ...HISTORY_EXAMPLES,
  ...DATASET_EXAMPLES,
  ...CODE_LIST_EXAMPLES,
  ...SERVICE_EXAMPLES,
  ...METRICS_EXAMPLES,
};
const PROBLEM_TYPE = 'application/problem+json';

type Content = Record<string, OpenAPIV3_1.MediaTypeObject>;

function fill(content: Content, values: Readonly<Record<string, unknown>>, summary: string): void {
  for (const [media, described] of Object.entries(content)) {
    if (media in values) described.examples = { answer: { summary, value: values[media] } };
  }
}

function addBody(operation: Operation, { asked, body }: AnswerExample): void {
  const { content } = (operation.requestBody ?? {}) as Partial<OpenAPIV3_1.RequestBodyObject>;
  if (content === undefined || body === undefined) return;
  for (const [media, described] of Object.entries(content)) {
    if (media in body) described.examples = { request: { summary: asked, value: body[media] } };
  }
}

function addParameters({ parameters = [] }: Operation): void {
  for (const parameter of parameters as OpenAPIV3_1.ParameterObject[]) {
    const name = parameter.name.replace(/^[ab]_/, '');
    const example = PARAMETER_EXAMPLES[name];
    if (parameter.in !== 'query' || example === undefined) continue;
    // Of one name, `after` is a number at one address and a place within a version at another.
    const { type } = parameter.schema as OpenAPIV3_1.SchemaObject;
    parameter.example = type === 'string' ? String(example) : example;
  }
}

/** Puts real questions, their real answers, and one problem of each status into the specification. */
export function addExamples(document: Specification): Specification {
  const problems = new Set<string>();
  for (const { operation } of operationsOf(document)) {
    addParameters(operation);
    const examples = EXAMPLES[operation.operationId ?? ''] ?? {};
    for (const example of Object.values(examples)) addBody(operation, example);
    for (const [status, { content = {} }] of responsesOf(operation)) {
      const problem = content[PROBLEM_TYPE];
      if (problem !== undefined && PROBLEM_EXAMPLES.has(status)) {
        problem.examples = { problem: { $ref: `#/components/examples/Problem${status}` } };
        problems.add(status);
      }
      const example = examples[status];
      if (example !== undefined) fill(content, example.answer, example.asked);
    }
  }
  const shared = [...PROBLEM_EXAMPLES].filter(([status]) => problems.has(status));
  const examples = Object.fromEntries(shared.map(([status, one]) => [`Problem${status}`, one]));
  return { ...document, components: { ...document.components, examples } };
}
