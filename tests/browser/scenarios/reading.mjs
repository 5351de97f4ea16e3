// What a screen reader says of each kind of page, line by line, on a small site that never changes: compared with the texts kept in tests/browser/reading.
//
// ACCEPT=1 ./tests/run reading   keeps what is heard now; the difference is then read in git before it is committed
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Site } from '../lib/site.mjs';

const KEPT = path.resolve(import.meta.dirname, '../reading');
const READER = createRequire(import.meta.url).resolve('@guidepup/virtual-screen-reader/browser.js');
/** Pages heard as well, beside one of each kind. */
const ALSO = new Map([['/integrer/kits/quartier/ouvrir/', 'embed-fiche.txt']]);
/** Pages of figures that any change of a style changes. */
const MEASURED = new Set(['/ecoconception/']);
/** What stands around the content of a page. */
const AROUND = ['navigation, Accès rapide', 'banner', 'contentinfo'];
/** A page that says more than this many lines before it ends holds its reader in a trap. */
const MOST = 2000;

export default async function (_, tally) {
  const essaim = process.env.ESSAIM ?? path.resolve('target/debug/essaim');
  const folder = mkdtempSync(path.join(tmpdir(), 'essaim-reading-'));
  const output = path.join(folder, 'public');
  execFileSync(essaim, ['build', '--root', path.join(KEPT, 'site'), '--output', output, '--no-cache', '--quiet'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const site = await Site.open(output);
  const reader = readFileSync(READER, 'utf8');
  const heard = new Set();
  const listening = async (tab, one) => {
    await tab.goto(await site.at(one), { waitUntil: 'load' });
    const said = await tab.evaluate(listen, { reader, most: MOST });
    tally.check(said.length < MOST, 'a page that has no end for a screen reader', one.url);
    return lines(said, MEASURED.has(one.url));
  };
  try {
    // What stands around every page is kept once, with the home page.
    const [home, ...others] = [...site.kinds, ...site.pages.filter(({ url }) => ALSO.has(url))].sort((a, b) => (b.url === '/') - (a.url === '/'));
    let around = [];
    const keep = async (tab, one) => {
      const name = ALSO.get(one.url) ?? `${one.kind.replace(/^nature-/, '').replaceAll(' ', '-')}.txt`;
      heard.add(name);
      const said = await listening(tab, one);
      if (one === home) around = AROUND.map((landmark) => part(said, landmark));
      else for (const known of around) leaveOut(said, known);
      compare(tally, one, name, `${one.url}\n\n${said.join('\n')}\n`);
    };
    const screen = { viewport: { width: 1280, height: 900 } };
    await site.each([home], screen, keep, 1);
    await site.each(others, screen, keep);
  } finally {
    await site.close();
    rmSync(folder, { recursive: true });
  }
  for (const name of readdirSync(KEPT).filter((file) => file.endsWith('.txt') && !heard.has(file))) {
    if (process.env.ACCEPT) rmSync(path.join(KEPT, name));
    else tally.fail('a kept reading whose kind of page is gone', name);
  }
}

/** Walks through the page in the browser, as the virtual cursor of a screen reader does, and returns what is said. */
async function listen({ reader, most }) {
  const address = URL.createObjectURL(new Blob([reader], { type: 'text/javascript' }));
  const { virtual } = await import(address);
  await virtual.start({ container: document.body });
  for (let count = 0; count < most && (await virtual.lastSpokenPhrase()) !== 'end of document'; count += 1) await virtual.next();
  const said = await virtual.spokenPhraseLog();
  await virtual.stop();
  return said;
}

/** What is said, without the ends of short things; measures and fingerprints, which change with any style, are said as « … ». */
function lines(said, measured) {
  return said.map((line) => line.replace(/\s+/g, ' ').replace(/\bempreinte [0-9a-f]+/, 'empreinte …').replace(/, level 1, position (\d+), set size (\d+)/, ', $1 of $2').replace(/, level (\d+), position (\d+), set size (\d+)/, ', $2 of $3, level $1').trim())
    .map((line) => (measured && /^(row|cell|table|caption)\b/.test(line) ? line.replace(/\d[\d ,]*/g, '… ').trim() : line))
    .filter((line) => !/^(paragraph|rowgroup|end of (paragraph|listitem|rowgroup|row|term|definition|time|caption|heading|link)\b.*)$/.test(line));
}

/** The lines of a landmark, its first and last included. */
function part(said, landmark) {
  const from = said.indexOf(landmark);
  return from < 0 ? [] : said.slice(from, said.indexOf(`end of ${landmark}`, from) + 1);
}

/** Puts one line in place of a landmark that says what it says on the home page. */
function leaveOut(said, known) {
  const from = said.indexOf(known[0]);
  if (from < 0 || !known.every((line, index) => said[from + index] === line)) return;
  said.splice(from, known.length, `${known[0]}: as on the home page`);
}

function compare(tally, one, name, said) {
  const file = path.join(KEPT, name);
  if (process.env.ACCEPT) writeFileSync(file, said);
  if (!tally.check(existsSync(file), 'no kept reading for this kind of page (ACCEPT=1 keeps it)', one.url, name)) return;
  const [before, now] = [readFileSync(file, 'utf8').split('\n'), said.split('\n')];
  const at = now.findIndex((line, index) => line !== before[index]);
  const same = at < 0 && before.length === now.length;
  tally.check(same, 'what a screen reader says has changed (ACCEPT=1 keeps it, once it has been read)', one.url,
    () => `${name}, line ${at + 1}: « ${before[at] ?? ''} » has become « ${now[at] ?? ''} »`);
}
