// Asks the site's own script outside a browser: one question a line on the standard input, one JSON line an answer.
//   node moteur.mjs SITE [MOST] < questions
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const script = join(dirname(fileURLToPath(import.meta.url)), '../../themes/essaim/js/recherche.js');

/** Opens the engine on a built site; `asked` gathers the names and sizes of the files it reads. */
export function engine(site, asked = new Map()) {
  const sandbox = { console };
  vm.createContext(sandbox);
  vm.runInContext(readFileSync(script, 'utf8'), sandbox);
  const search = sandbox.essaimRecherche;
  search.start('', async (name) => {
    const text = readFileSync(join(site, 'recherche/index', `${name}.js`), 'utf8');
    asked.set(name, text);
    return search.payload(text);
  });
  return search;
}

/** Returns a card as the index holds it. */
export function card(site, page) {
  const text = readFileSync(join(site, 'recherche/index', `c${page}.js`), 'utf8');
  return JSON.parse(text.slice(text.indexOf(',') + 1, text.lastIndexOf(')')));
}

/** Returns the best answers as `essaim search --format json` writes them. */
export async function answers(site, search, question, most = 10) {
  const found = await search.ask(question);
  return found.hits.slice(0, most).map((hit, place) => {
    const [path, title, nature, , , , , sections] = card(site, hit.page);
    const section = hit.sections[0] ? sections[hit.sections[0]] : null;
    return { rank: place + 1, score: hit.score, url: `/${path}`, title, nature, heading: section && section[1] ? section[1] : null };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [site, most = '10'] = process.argv.slice(2);
  const search = engine(site);
  for await (const question of createInterface({ input: process.stdin })) {
    for (const answer of await answers(site, search, question, Number(most))) console.log(JSON.stringify(answer));
  }
}
