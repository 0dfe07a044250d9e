import { z } from 'zod';
import { askedFormat, type PublicAnswer } from '../asked-question.js';
import type { ZodApp } from '../dependencies.js';
import { isProblem, PROBLEMS, Problem } from '../problem.js';
import { problemPage } from '../problem-pages.js';
import { callerProblems, ITEM_PROBLEMS } from '../schemas/envelope.js';

const PAGE: PublicAnswer = { validator: 'document', formats: ['json', 'html'] };
const tags = ['service'];
const noQuery = z.strictObject({});
const problemTypeSchema = z.strictObject({
  slug: z.string(),
  status: z.int().min(400).max(599),
  title: z.string(),
  description: z.string().describe('What it means, and what to do about it.'),
});

/** `/problems/{slug}`: what the `type` of a problem document leads to. */
export async function problemRoutes(app: ZodApp): Promise<void> {
  app.route({
    method: 'GET',
    url: '/problems/:slug',
    config: { answer: PAGE },
    schema: {
      operationId: 'getProblemType',
      summary: 'What a type of problem means',
      description:
        'What the `type` of a problem document leads to: its meaning and what to do about it.',
      tags,
      security: [],
      params: z.strictObject({ slug: z.string().max(100) }),
      querystring: noQuery,
      response: {
        200: {
          description: 'The type of problem; a browser is given a page.',
          content: {
            'application/json': { schema: problemTypeSchema },
            'text/html': { schema: z.string() },
          },
        },
        ...callerProblems(...ITEM_PROBLEMS, 'too-many-requests'),
      },
    },
    handler: async (request, reply) => {
      const { slug } = request.params;
      if (!isProblem(slug)) throw new Problem('not-found', `There is no problem type "${slug}".`);
      if (askedFormat(request) !== 'html') {
        return reply.send({ slug, ...PROBLEMS[slug] });
      }
      const { html, csp } = problemPage(slug);
      return reply.header('content-security-policy', csp).type('text/html').send(html);
    },
  });
}
