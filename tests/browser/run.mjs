// Runs scenarios by name against a built site: node run.mjs --site public axe links …
import { readdirSync } from 'node:fs';
import { Site } from './lib/site.mjs';
import { Tally } from './lib/tally.mjs';

const here = new URL('./scenarios/', import.meta.url);
const known = readdirSync(here).filter((name) => name.endsWith('.mjs')).map((name) => name.slice(0, -4));
const args = process.argv.slice(2);
const options = { site: 'public', only: '' };
const names = [];
while (args.length) {
  const word = args.shift();
  if (word === '--site' || word === '--only') options[word.slice(2)] = args.shift();
  else names.push(word);
}
const unknown = names.filter((name) => !known.includes(name));
if (unknown.length || !names.length) {
  console.error(`usage: node run.mjs [--site DIR] [--only TEXT-OF-ADDRESS] SCENARIO…\nscenarios: ${known.join(' ')}`);
  process.exit(2);
}

const tally = new Tally();
const site = await Site.open(options.site, options.only);
for (const name of names) {
  const scenario = await import(new URL(`${name}.mjs`, here));
  tally.subject(name);
  try {
    await scenario.default(site, tally);
  } catch (error) {
    tally.fail('the scenario itself', '', error.stack ?? String(error));
  }
}
await site.close();
process.exit(tally.close());
