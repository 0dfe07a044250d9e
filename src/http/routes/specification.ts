import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { PublicAnswer } from '../asked-question.js';
import { connectionOf, whenGone } from '../connection.js';
import { DOCUMENT } from '../public-answers.js';

const YAML: PublicAnswer = { validator: 'document', formats: ['yaml'] };
const hidden = { hide: true, querystring: z.strictObject({}) };

// Headers that belong to an answer and not to the way that it takes.
const isOfAnswer = ([name]: [string, unknown]): boolean =>
  !['accept-ranges', 'connection', 'date', 'transfer-encoding'].includes(name);

// Pages are given as a whole: a part that there is not, or a condition that fails, would be one more kind of error.
const ASKED = ['accept', 'accept-encoding', 'if-none-match', 'if-modified-since'];

/** The specification in both spellings, and a page to read it, served from here: no CDN. */
export async function specificationRoutes(app: FastifyInstance): Promise<void> {
  app.get('/openapi.json', { schema: hidden, config: { answer: DOCUMENT } }, async () =>
    (await app.documentation()).swagger(),
  );
  app.get('/openapi.yaml', { schema: hidden, config: { answer: YAML } }, async (_request, reply) =>
    reply.type('application/yaml').send((await app.documentation()).swagger({ yaml: true })),
  );

  const page = async (request: FastifyRequest, reply: FastifyReply) => {
    const documentation = await app.documentation();
    const asked = Object.entries(request.headers).filter(([name]) => ASKED.includes(name));
    const headers = Object.fromEntries(asked);
    const answer = await documentation.inject({ url: request.url, headers, payloadAsStream: true });
    const { statusCode } = answer;
    if (statusCode >= 500) throw new Error(`the documentation answered ${statusCode}`);
    // Whatever is wrong with an address, no page is there.
    if (statusCode >= 400) return reply.callNotFound();
    const body = answer.stream();
    whenGone(connectionOf(request, reply), () => body.destroy());
    // The file behind it ends with it.
    body.once('close', () => answer.raw.res.destroy());
    const own = Object.entries(answer.headers).filter(isOfAnswer);
    return reply.code(statusCode).headers(Object.fromEntries(own)).send(body);
  };
  for (const url of ['/docs', '/docs/*']) app.get(url, { schema: { hide: true } }, page);
}
