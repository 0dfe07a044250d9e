import fc from 'fast-check';
import { bodyMistakes } from './body-mistakes.js';
import type { FuzzRequest } from './request.js';
import type { Parameter, Schema, Specification } from './specification.js';

/** A request that the specification does not allow, for one reason. */
export interface Mistake {
  request: FuzzRequest;
  what: string;
  /** What the answer has to name: a parameter, or a JSON Pointer into the body. */
  named: { parameter: string } | { pointer: string };
}

const WRONG = [
  ...[
    'x y',
    'nothing-like-this',
    'XYZ',
    '-1',
    '0',
    '1e0',
    '+1',
    ' 1',
    '1.5',
    '0x10',
    '99999999999',
  ],
  ...[
    'TRUE',
    'yes',
    '2024-02-30',
    '2024-13-01',
    '2024-9-7',
    '1700-01-01',
    'latest,latest',
    '%',
    ',',
  ],
  ...['x'.repeat(5000), 'night,', '"', '\u0000', 'null', 'clm_0', '١', '١٢'],
];

/** What a text means to a schema: a parameter is text on the wire although it means a number. */
function meant(text: string, { type }: Schema): unknown {
  if (type === 'integer') return /^\d+$/.test(text) ? Number(text) : text;
  if (type === 'number') return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  return type === 'boolean' && /^(true|false)$/.test(text) ? text === 'true' : text;
}

function wrongTexts(specification: Specification, parameter: Parameter): string[] {
  const schema = specification.resolve(parameter.schema);
  const { minimum, maximum } = schema;
  const near = [minimum && minimum - 1, maximum && maximum + 1].filter((n) => n !== undefined);
  return [...WRONG, ...near.map(String)].filter(
    (text) =>
      !specification.accepts(schema, meant(text, schema)) &&
      (parameter.in !== 'header' || /^[ -~]+$/.test(text)) &&
      // A longer part of an address is answered with 414 before anybody looks for its name.
      (parameter.in !== 'path' || text.length < 200),
  );
}

function queryMistakes(specification: Specification, request: FuzzRequest): Mistake[] {
  const parameters = request.operation.parameters.filter((parameter) => parameter.in === 'query');
  const besides = (name: string) => request.query.filter(([given]) => given !== name);
  const having = (what: string, name: string, ...texts: string[]): Mistake => ({
    request: {
      ...request,
      query: [...besides(name), ...texts.map((text): [string, string] => [name, text])],
    },
    what: `${what}: ${name}`,
    named: { parameter: name },
  });
  return [
    having('an unknown parameter', 'no_such_parameter', '1'),
    ...parameters.flatMap((parameter) => {
      const { name, required } = parameter;
      const wrong = wrongTexts(specification, parameter);
      const value = request.query.find(([given]) => given === name)?.[1] ?? '1';
      return [
        having('an empty parameter', name, ''),
        having('a repeated parameter', name, value, value),
        ...wrong.map((text) => having('a wrong value', name, text)),
        ...(required ? [having('a missing parameter', name)] : []),
      ];
    }),
  ];
}

function otherMistakes(specification: Specification, request: FuzzRequest): Mistake[] {
  return request.operation.parameters
    .filter((parameter) => parameter.in !== 'query')
    .flatMap((parameter) =>
      wrongTexts(specification, parameter).map((text) => {
        const part = parameter.in === 'path' ? 'path' : 'headers';
        const values = { ...request[part], [parameter.name]: text };
        return {
          request: { ...request, [part]: values },
          what: `a wrong ${parameter.in} value: ${parameter.name}`,
          named: { parameter: parameter.name },
        };
      }),
    );
}

const PARTS = 3;

/** Requests that are right but for one mistake: in the query, elsewhere in the head, or in the body. */
export function invalidRequests(
  specification: Specification,
  valid: fc.Arbitrary<FuzzRequest>,
): fc.Arbitrary<Mistake> {
  return fc.tuple(valid, fc.nat({ max: PARTS - 1 }), fc.nat()).map(([request, part, which]) => {
    const query = queryMistakes(specification, request);
    const head = otherMistakes(specification, request);
    const body = part === PARTS - 1 ? bodyMistakes(specification, request) : [];
    const lists = [query, head.length > 0 ? head : query, body.length > 0 ? body : query];
    const chosen = lists[part] ?? query;
    const mistake = chosen[which % chosen.length] ?? query[0];
    if (mistake === undefined) throw new Error('an operation in which nothing can be wrong');
    return typeof mistake === 'function' ? mistake() : mistake;
  });
}
