// Writes a site of N fiches of about 700 words, always the same, to measure the index on.
//   node corpus.mjs N FOLDER
// Words come with the frequencies that they have in the demonstration site, and a long tail of rare ones as sites have.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [count, folder] = [Number(process.argv[2]), process.argv[3]];
const content = join(dirname(fileURLToPath(import.meta.url)), '../../content');
const words = readdirSync(content, { recursive: true }).filter((name) => name.endsWith('.md')).sort()
  .flatMap((name) => readFileSync(join(content, name), 'utf8').split(/^---$/m).slice(2).join(' ').match(/(?:[ldnsjmtc]’|qu’)?\p{L}[\p{L}·-]*/gu) ?? []);
const places = ['62119', '59606', '67482', '29019', '33063', '35238', '13055', '44109', '69123', '97302', '17415', '56121'];
const themes = ['Alimentation', 'Énergie', 'Mobilités', 'Habitat', 'Culture', 'Coopération', 'Emploi', 'Numérique'];

let state = 20261122;
function below(most) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * most);
}
const syllables = ['ba', 'co', 'di', 'fé', 'gri', 'la', 'mou', 'ni', 'pe', 'ra', 'so', 'tu', 'vé', 'zi', 'cha', 'tri', 'tion', 'age'];
const rare = () => Array.from({ length: 3 + below(2) }, () => syllables[below(below(syllables.length) + 1)]).join('');
const some = (number) => Array.from({ length: number }, () => (below(60) ? words[below(words.length)] : rare())).join(' ');
const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const paragraphs = (number) => Array.from({ length: number }, () => `${upper(some(18))}, ${some(14)}.`).join('\n\n');

function write(name, text) {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

write('site.toml', 'titre = "Mesures"\nbase_url = "https://mesures.example.org/"\nlangue = "fr"\n');
write('content/_index.md', '---\ntitre: Accueil\n---\n');
write('content/kits/_index.md', '---\ntitre: Les kits\n---\n');
for (let number = 0; number < count; number += 1) {
  const kit = `content/kits/kit-${Math.floor(number / 24) + 1}`;
  if (number % 24 === 0) write(`${kit}/_index.md`, `---\nnature: kit\ntitre: Kit ${number / 24 + 1}\nedition: 2026\n---\n`);
  const place = places[below(places.length)];
  const head = `---\ntitre: "${upper(some(5))} ${number + 1}"\nnumero: ${(number % 24) + 1}\nthemes: [${themes[below(themes.length)]}]\nterritoires: ["${place}"]\nresume: "${upper(some(16))}."\n---\n`;
  const levers = Array.from({ length: 6 }, () => `## ${upper(some(5))}\n\n${paragraphs(3)}\n`).join('\n');
  write(`${kit}/fiche-${number + 1}.md`, `${head}${paragraphs(2)}\n\n${levers}\n:::exemple{titre="${upper(some(4))}" territoire="${place}"}\n${paragraphs(1)}\n:::\n`);
}
