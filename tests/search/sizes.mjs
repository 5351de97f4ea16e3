// Prints what a browser with an empty cache asks for before the first answer, beside Pagefind when its folder is given.
//   node sizes.mjs SITE [PAGEFIND-SITE] < questions
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { engine } from './moteur.mjs';
import { browser, serve } from './pagefind.mjs';

const [site, peer] = process.argv.slice(2);
const script = readdirSync(join(site, 'theme/js')).find((name) => name.startsWith('recherche.'));
const packed = (bytes) => gzipSync(bytes, { level: 6 }).length;
/** Requests and kilobytes as a server that compresses sends them. */
const cell = (bodies) => `${bodies.length} | ${(bodies.reduce((sum, body) => sum + packed(body), 0) / 1000).toFixed(1)}`;

/** The script, the root, the words; the first five cards where the root holds no titles. */
async function own(question) {
  const asked = new Map();
  const found = await engine(site, asked).ask(question);
  const bodies = [readFileSync(join(site, 'theme/js', script)), ...asked.values()];
  if (!JSON.parse(asked.get('racine').slice(asked.get('racine').indexOf(',') + 1, -1)).c) {
    bodies.push(...found.hits.slice(0, 5).map((hit) => readFileSync(join(site, `recherche/index/c${hit.page}.js`))));
  }
  return [cell(bodies), found.hits.length];
}

/** What Pagefind loads for the titles and the extracts of its first five answers. */
async function theirs(chromium, question) {
  const seen = [];
  const server = await serve(peer, seen);
  const page = await chromium.newPage();
  await page.goto(`${server.origin}/vide.html`);
  const count = await page.evaluate(async (question) => {
    const pagefind = await import('/pagefind/pagefind.js');
    await pagefind.init();
    const found = await pagefind.search(question);
    await Promise.all(found.results.slice(0, 5).map((result) => result.data()));
    return found.results.length;
  }, question);
  await page.close();
  server.close();
  // Pagefind packs its own files: those are counted as they are.
  const bodies = seen.filter((one) => one.url.startsWith('/pagefind/')).map((one) => one.body);
  const size = (body) => (body[0] === 0x1f && body[1] === 0x8b ? body.length : packed(body));
  return [`${bodies.length} | ${(bodies.reduce((sum, body) => sum + size(body), 0) / 1000).toFixed(1)}`, count];
}

const chromium = peer ? await browser() : null;
console.log(`| question | essaim answers | requests | kB |${chromium ? ' Pagefind answers | requests | kB |' : ''}`);
console.log(`| --- | --- | --- | --- |${chromium ? ' --- | --- | --- |' : ''}`);
for await (const question of createInterface({ input: process.stdin })) {
  const [ours, count] = await own(question);
  const other = chromium ? await theirs(chromium, question) : null;
  console.log(`| ${question} | ${count} | ${ours} |${other ? ` ${other[1]} | ${other[0]} |` : ''}`);
}
await chromium?.close();
