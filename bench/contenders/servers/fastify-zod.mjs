// Fastify that runs every answer through the zod schema it is documented with, as fastify-type-provider-zod does by
// itself. The figures are at hand; only serialising is paid for.
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { register } from 'tsx/esm/api';

register();
const { statsOf } = await import('../../../src/http/schemas/envelope.ts');
const { summarySchema } = await import('../../../src/http/schemas/statistics.ts');

const { PORT, STATS_FILE } = process.env;
const answer = JSON.parse(readFileSync(STATS_FILE, 'utf8'));
const app = Fastify();
app.setValidatorCompiler(validatorCompiler);
app.setSerializerCompiler(serializerCompiler);
app.get('/stats', { schema: { response: { 200: statsOf(summarySchema) } } }, async () => answer);
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
