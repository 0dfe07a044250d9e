import { createHash } from 'node:crypto';
import { PROBLEMS, type ProblemSlug } from './problem.js';

const STYLE =
  'body{font:1.1em/1.5 system-ui,sans-serif;max-width:40em;margin:3em auto;padding:0 1em;color:#222;background:#fff}code{background:#eee;padding:0 .2em}';
// The page needs nothing but its own style, so nothing else is let in.
const CSP = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
const marked = (text: string): string => escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');

/** A type of problem as a page for people, with the policy it is to be served under. */
export function problemPage(slug: ProblemSlug): { html: string; csp: string } {
  const { status, title, description } = PROBLEMS[slug];
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${status} ${escaped(title)}</title>
<style>${STYLE}</style>
<h1>${escaped(title)}</h1>
<p><code>/problems/${escaped(slug)}</code>, status ${status}</p>
<p>${marked(description)}</p>
<p><a href="/docs">The interface</a>, <a href="/">what there is</a></p>
</html>
`;
  return { html, csp: CSP };
}

/** docs/errors.md: every type of problem, from the registry. */
export function errorsDocument(): string {
  const sections = Object.entries(PROBLEMS).map(
    ([slug, { status, title, description }]) =>
      `## \`${slug}\`\n\n**${status}: ${title}.** ${description}\n`,
  );
  return `# Errors

Every type of problem that the service answers with. \`npm run openapi\` writes this page from \`src/http/problem.ts\`; the service gives each at \`/problems/{slug}\`, as JSON, or as a page to a browser. The form of a problem document, and a table: [the HTTP interface](api.md#problems).

${sections.join('\n')}`;
}
