import type { FastifyInstance, onSendHookHandler, preHandlerHookHandler } from 'fastify';
import { z } from 'zod';
import { Answering, type AnswerParts } from './answering.js';
import type { PublicAnswer } from './asked-question.js';
import type { Dependencies } from './dependencies.js';
import { takeBodiesBack } from './lent-bodies.js';
import { callerProblems } from './schemas/envelope.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    answer?: PublicAnswer;
  }
}

/** Whatever follows from the dataset version, as JSON. */
export const QUESTION: PublicAnswer = { validator: 'question', formats: ['json'] };
/** One record with a validator of its own, as JSON. */
export const RECORD: PublicAnswer = { validator: 'record', formats: ['json'] };
/** Something that no write changes. */
export const DOCUMENT: PublicAnswer = { validator: 'document', formats: ['json'] };

/** Documents the answers that {@link answerPublicly} adds to those of the handlers. */
function documentAnswers(app: FastifyInstance): void {
  app.addHook('onRoute', ({ config, schema }) => {
    if (config?.answer === undefined || schema === undefined) return;
    schema.response = {
      ...(schema.response as object),
      304: z.null().describe('What was read before is still so.'),
      ...callerProblems('not-acceptable'),
    };
  });
}

const withoutLength: onSendHookHandler = (_request, reply, payload, done) => {
  if (reply.statusCode === 304) reply.removeHeader('content-length');
  done(null, payload);
};

/** Goes on, unless the answer was sent: a hook that sent calls nobody back. */
function unlessSent(isSent: boolean | Promise<boolean>, done: (error?: Error) => void): void {
  if (isSent instanceof Promise) isSent.then((wasSent) => unlessSent(wasSent, done), done);
  else if (!isSent) done();
}

/**
 * Answers reads as a cache would: validators before any query, finished bodies by dataset version, codings made once
 * per body, one computation for all who ask at once. Handlers know nothing of it; they say in `config.answer` what
 * their validator is made from. Must come before the routes, and after the limits: who is refused computes nothing
 * that others would wait for.
 */
export function answerPublicly(app: FastifyInstance, deps: Dependencies, parts: AnswerParts): void {
  const answers = new Answering(deps, parts);
  documentAnswers(app);
  app.addHook('onRequest', (request, reply, done) => {
    if (!answers.sendKnown(request, reply)) done();
  });
  app.addHook('preHandler', (request, reply, done) => {
    unlessSent(answers.consider(request, reply), done);
  });
  app.addHook('onRoute', (route) => {
    if (route.config?.answer === undefined) return;
    const share: preHandlerHookHandler = (request, reply, done) => {
      unlessSent(answers.share(request, reply), done);
    };
    route.preHandler = [...[route.preHandler ?? []].flat(), share];
    // Fastify's own hook of HEAD routes says 0, where a 304 may only say what a 200 would.
    if (route.method === 'HEAD') route.onSend = [...[route.onSend ?? []].flat(), withoutLength];
  });
  takeBodiesBack(app);
  app.addHook('onError', (request, _reply, error, done) => {
    answers.fail(request, error);
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const given = answers.finish(request, reply, payload);
    if (!(given instanceof Promise)) return done(null, given);
    given.then((body) => done(null, body), done);
  });
}
