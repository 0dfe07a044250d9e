import { PROBLEMS, type ProblemDetail, type ProblemSlug } from '../problem.js';

type Told = readonly [slug: ProblemSlug, detail: string, ...errors: ProblemDetail[]];

/** One problem document per status, in the words that the service uses. */
const TOLD: readonly Told[] = [
  [
    'invalid-parameter',
    'The query breaks the rules named in errors.',
    {
      parameter: 'munitions',
      code: 'unknown',
      detail: 'there is no parameter "munitions"; did you mean "munition"?',
    },
  ],
  ['unauthorized', 'Send "Authorization: Bearer <key>"; npm run keys -- create makes a key.'],
  ['forbidden', 'The key has the scope write; this needs admin.'],
  ['not-found', 'There is no barrage "rus-ukr-2024-09-08".'],
  ['method-not-allowed', 'PUT is not supported here; GET, HEAD, OPTIONS are.'],
  ['not-acceptable', 'This address gives application/json, text/csv.'],
  ['request-timeout', 'The request did not arrive in time.'],
  [
    'conflict',
    '/barrages/rus-ukr-2024-09-07 says something else; nothing was changed.',
    { pointer: '/claims/0/intercepted', code: 'conflict', detail: 'recorded 58, posted 57' },
  ],
  ['too-many-requests', 'This address may ask 600 times a minute; ask again in 42 s.'],
  ['gone', 'The barrage "rus-ukr-2024-09-07" was retracted; ask for it at an older as_of.'],
  ['precondition-failed', 'The barrage is at revision 2; read it again before correcting it.'],
  ['payload-too-large', 'The body is larger than this resource takes; see docs/api.md, "Limits".'],
  ['uri-too-long', 'A part of the address is longer than any id.'],
  ['unsupported-media-type', 'Send the body as application/json.'],
  [
    'validation',
    'The record breaks the rules named in errors.',
    {
      pointer: '/claims/0/intercepted',
      code: 'exceeds_launched',
      detail:
        'intercepted 70 > launched 67; as_reported: true records it as the source made it, flagged',
    },
  ],
  [
    'precondition-required',
    'Send If-Match with the ETag that you read, so that no other correction is lost.',
  ],
  ['headers-too-large', 'The headers are larger than 16 KiB.'],
  ['internal', 'The request could not be answered; nothing was changed.'],
  ['unavailable', 'The database does not answer.'],
];

/** The example of every status, with the type of problem that it is. */
export const PROBLEM_EXAMPLES: ReadonlyMap<string, { summary: string; value: object }> = new Map(
  TOLD.map(([slug, detail, ...errors]) => {
    const { status, title } = PROBLEMS[slug];
    const instance = 'urn:request:01K8ZQ4V7N5W3E2R8T6Y0K1C9D';
    const value = { type: `/problems/${slug}`, title, status, detail, instance };
    return [
      String(status),
      { summary: slug, value: errors.length > 0 ? { ...value, errors } : value },
    ];
  }),
);
