// Copies the pages that the index holds, their main part alone, for another engine to index the same text.
//   node corps.mjs SITE FOLDER
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { card } from './moteur.mjs';

const [site, folder] = process.argv.slice(2);
let count = 0;
for (; existsSync(join(site, `recherche/index/c${count}.js`)); count += 1) {
  const file = join(card(site, count)[0], 'index.html');
  const html = readFileSync(join(site, file), 'utf8');
  const title = html.match(/<title>[^]*?<\/title>/)?.[0] ?? '';
  const main = html.match(/<main[^]*<\/main>/)?.[0] ?? '';
  mkdirSync(join(folder, dirname(file)), { recursive: true });
  writeFileSync(join(folder, file), `<!doctype html><html lang="fr"><head><meta charset="utf-8">${title}</head><body>${main}</body></html>`);
}
console.log(`${count} pages`);
