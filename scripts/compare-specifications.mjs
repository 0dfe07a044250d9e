// What a new specification takes away from those who built on the old one: a list of texts, each beginning with the path.

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const typesOf = ({ type, anyOf, oneOf, const: only, enum: values }) => {
  if (type !== undefined) return [type].flat();
  if (anyOf ?? oneOf) return (anyOf ?? oneOf).flatMap(typesOf);
  return (values ?? (only === undefined ? [] : [only])).map((value) => typeof value);
};
const missing = (before = [], after = []) => before.filter((value) => !after.includes(value));

class Comparison {
  found = [];

  constructor(before, after) {
    this.before = before;
    this.after = after;
  }

  lookup(document, schema, seen = 0) {
    if (schema?.$ref === undefined || seen > 20) return schema ?? {};
    const parts = schema.$ref.split('/').slice(1);
    const named = parts.reduce((part, name) => part?.[name], document);
    return this.lookup(document, named, seen + 1);
  }

  /** @param sent what a client sends may be taken more widely, and what it is given may be told more narrowly */
  compareSchemas(at, oldSchema, newSchema, sent, depth = 0) {
    const old = this.lookup(this.before, oldSchema);
    const now = this.lookup(this.after, newSchema);
    if (depth > 30) return;
    this.compareTypes(at, typesOf(old), typesOf(now), sent);
    if (sent) {
      const taken = now.enum ?? (now.const === undefined ? undefined : [now.const]);
      const gone = old.enum === undefined ? [] : missing(old.enum, taken ?? old.enum);
      for (const value of gone)
        this.found.push(`${at}: value ${JSON.stringify(value)} is no longer taken`);
      if (old.enum === undefined && now.enum !== undefined)
        this.found.push(`${at}: only some values are taken now`);
      this.compareLimits(at, old, now);
    }
    this.compareProperties(at, old, now, sent, depth);
    if (old.items && now.items)
      this.compareSchemas(`${at}[]`, old.items, now.items, sent, depth + 1);
    const [oldWays, nowWays] = [old, now].map((one) => one.anyOf ?? one.oneOf ?? []);
    if (oldWays.length === nowWays.length) {
      oldWays.forEach((way, index) => {
        this.compareSchemas(at, way, nowWays[index], sent, depth + 1);
      });
    }
  }

  compareTypes(at, oldTypes, nowTypes, sent) {
    // An integer is a number; nothing said is anything.
    const accepts = (types, type) =>
      types.length === 0 ||
      types.includes(type) ||
      (type === 'integer' && types.includes('number'));
    const [had, has] = sent ? [oldTypes, nowTypes] : [nowTypes, oldTypes];
    if (had.length === 0 && has.length > 0)
      this.found.push(`${at}: is ${has.join(' or ')} only now`);
    for (const type of had)
      if (!accepts(has, type))
        this.found.push(`${at}: type ${type} is ${sent ? 'no longer taken' : 'new'}`);
  }

  compareLimits(at, old, now) {
    for (const [name, sign] of [
      ['minimum', 1],
      ['minLength', 1],
      ['minItems', 1],
      ['maximum', -1],
      ['maxLength', -1],
      ['maxItems', -1],
    ]) {
      if (
        now[name] === undefined ||
        (old[name] !== undefined && sign * now[name] <= sign * old[name])
      )
        continue;
      this.found.push(`${at}: ${name} is ${now[name]} now, was ${old[name] ?? 'none'}`);
    }
  }

  compareProperties(at, old, now, sent, depth) {
    const [oldOnes, nowOnes] = [old.properties ?? {}, now.properties ?? {}];
    for (const [name, schema] of Object.entries(oldOnes)) {
      const here = `${at}.${name}`;
      if (nowOnes[name] === undefined) this.found.push(`${here}: is gone`);
      else this.compareSchemas(here, schema, nowOnes[name], sent, depth + 1);
    }
    const required = sent
      ? missing(now.required, old.required)
      : missing(old.required, now.required);
    for (const name of required) {
      if (sent) this.found.push(`${at}.${name}: is required now`);
      else if (nowOnes[name] !== undefined) this.found.push(`${at}.${name}: may be absent now`);
    }
  }

  compareContents(at, old = {}, now = {}, sent = false) {
    for (const [media, { schema }] of Object.entries(old)) {
      if (now[media] === undefined) this.found.push(`${at} ${media}: is gone`);
      else this.compareSchemas(`${at} ${media}`, schema, now[media].schema, sent);
    }
  }

  compareParameters(at, old = [], now = []) {
    const nameOf = ({ name, in: where }) => `${where} parameter ${name}`;
    for (const one of old) {
      const other = now.find((candidate) => nameOf(candidate) === nameOf(one));
      if (other === undefined) this.found.push(`${at} ${nameOf(one)}: is gone`);
      else this.compareSchemas(`${at} ${nameOf(one)}`, one.schema, other.schema, true);
    }
    for (const one of now.filter(({ required }) => required === true)) {
      const was = old.find((candidate) => nameOf(candidate) === nameOf(one));
      if (was?.required !== true) this.found.push(`${at} ${nameOf(one)}: is required now`);
    }
  }

  compareOperations(at, old, now) {
    if (old.operationId !== now.operationId) {
      this.found.push(`${at}: operationId is ${now.operationId} now`);
    }
    if ((old.security ?? []).length === 0 && (now.security ?? []).length > 0) {
      this.found.push(`${at}: needs a key now`);
    }
    this.compareParameters(at, old.parameters, now.parameters);
    const [oldBody, body] = [old.requestBody, now.requestBody];
    if (oldBody?.required !== true && body?.required === true) {
      this.found.push(`${at} body: is required now`);
    }
    this.compareContents(`${at} body`, oldBody?.content, body?.content, true);
    for (const [status, { content }] of Object.entries(old.responses)) {
      const other = now.responses[status];
      if (other === undefined) this.found.push(`${at} ${status}: is gone`);
      else this.compareContents(`${at} ${status}`, content, other.content);
    }
  }
}

/** @returns one text for each thing that breaks */
export function breaksBetween(before, after) {
  const comparison = new Comparison(before, after);
  for (const [path, item] of Object.entries(before.paths)) {
    for (const method of METHODS.filter((name) => item[name] !== undefined)) {
      const at = `${path} ${method.toUpperCase()}`;
      const now = after.paths[path]?.[method];
      if (now === undefined) comparison.found.push(`${at}: is gone`);
      else comparison.compareOperations(at, item[method], now);
    }
  }
  return [...new Set(comparison.found)];
}

/** Breaks that the section Unreleased of a changelog does not own up to, in a line "**Breaking:**" that names the path. */
export function unannounced(breaks, changelog) {
  const [, section = ''] =
    /^## \[Unreleased\]$([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(changelog) ?? [];
  const lines = section.split('\n').filter((line) => /^(- )?\*\*Breaking:\*\*/.test(line));
  return breaks.filter((text) => {
    const [path = ''] = text.split(' ', 1);
    return !lines.some((line) => line.includes(`\`${path}\``));
  });
}
