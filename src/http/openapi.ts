import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
} from 'fastify-type-provider-zod';
import { z } from 'zod';
import { cleaned } from './openapi-clean.js';
import { addExamples } from './openapi-examples.js';
import { addHeaders } from './openapi-headers.js';
import type { Specification } from './openapi-operations.js';
import { COMPILERS } from './server.js';

const DESCRIPTION = `Nightly air-attack reports as **claims by named parties**, and interception statistics that say exactly what they rest on.

Every number is a claim: nothing is averaged across sides, nothing is invented, null is "not reported". The service is
retrospective and works from published reports; it knows no positions and gives no advice.`;

const TAGS = [
  { name: 'barrages', description: 'Everything one attacker sent at one defender in one night.' },
  { name: 'claims', description: "One source's statement about one munition in one barrage." },
  { name: 'debris sites', description: 'Sited observations of debris, each with its own source.' },
  { name: 'statistics', description: 'Rates with intervals, exclusions and breaks of definition.' },
  { name: 'history', description: 'What was written, when and why.' },
  { name: 'dataset', description: 'The whole dataset: its description, its file, how to cite it.' },
  { name: 'code lists', description: 'Sources, munitions, regions and reporting eras.' },
  { name: 'service', description: 'The service itself.' },
];

const about = (version: string): Partial<Specification> => ({
  openapi: '3.1.0',
  info: {
    title: 'barrage-stats',
    version,
    description: DESCRIPTION,
    contact: { name: 'The maintainers of barrage-stats' },
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/', description: 'This server' }],
  tags: TAGS,
  components: {
    securitySchemes: {
      key: { type: 'http', scheme: 'bearer', description: 'npm run keys -- create' },
    },
  },
});

// A parameter is text on the wire although it means a number or a list: `wire` says what a client should see.
function showWire({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: object;
}): void {
  const wire = z.globalRegistry.get(zodSchema)?.['wire'];
  if (typeof wire !== 'object') return;
  const { description, default: preset, examples } = jsonSchema as Record<string, unknown>;
  for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
  Object.assign(jsonSchema, { ...wire, description, default: preset, examples });
}

const zodToJsonConfig = { override: showWire, unrepresentable: 'any' } as const;

type Schemas = Record<string, unknown>;

/** Schema names that a document refers to, directly or through other schemas. */
function referredNames(paths: unknown, schemas: Schemas): Set<string> {
  const names = new Set<string>();
  const visit = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part ?? {}).matchAll(
      /#\/components\/schemas\/([^"]+)/g,
    )) {
      if (names.has(name)) continue;
      names.add(name);
      visit(schemas[name]);
    }
  };
  visit(paths);
  return names;
}

const withZod = createJsonSchemaTransformObject({ zodToJsonConfig });

// Every named schema comes out twice, for input and for output: what nothing refers to is left out.
function prune(full: Specification): Specification {
  const schemas = (full.components?.schemas ?? {}) as Schemas;
  const used = referredNames(full.paths, schemas);
  const kept = Object.entries(schemas).filter(([name]) => used.has(name));
  return {
    ...full,
    components: { ...full.components, schemas: Object.fromEntries(kept) },
  } as Specification;
}

const complete = (document: Parameters<typeof withZod>[0]): Specification =>
  addExamples(addHeaders(prune(cleaned(withZod(document) as Specification))));

// The one inline style that Swagger UI brings with it, for its own fields; any other is refused. Of the policy that
// the plugin would send, https: is left out, and so is the upgrade to https, which fails behind plain HTTP.
const INLINE_STYLE = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";
const CSP = [
  "default-src 'self'",
  "img-src 'self' data:",
  `style-src 'self' ${INLINE_STYLE}`,
  "object-src 'none'",
  "base-uri 'self'",
  "frame-ancestors 'self'",
].join('; ');

/**
 * An application of its own that describes routes and does nothing else: it never listens, knows the specification, and
 * answers `/docs` when it is asked from inside.
 *
 * @param routes what is described; nothing of them is called
 */
export async function documentationOf(
  routes: readonly RouteOptions[],
  version: string,
): Promise<FastifyInstance> {
  const app = Fastify({
    exposeHeadRoutes: false,
    schemaController: { compilersFactory: COMPILERS },
  });
  await app.register(swagger, {
    openapi: about(version),
    transform: createJsonSchemaTransform({ zodToJsonConfig }),
    transformObject: complete as typeof withZod,
  });
  for (const { method, url, schema = {} } of routes) {
    app.route({ method, url, schema, handler: () => undefined });
  }
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    transformStaticCSP: () => CSP,
    uiConfig: { deepLinking: true, url: '/openapi.json' },
  });
  await app.ready();
  return app;
}
