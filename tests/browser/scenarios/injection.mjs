// A site whose every text is a trap, opened in a browser with alarms set: nothing fires, and text comes out as typed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Site } from '../lib/site.mjs';

const TRAPS = path.resolve(import.meta.dirname, '../traps');
const QUESTIONS = ['<img src=x onerror=alarme("question")>', '"><script>alarme("question")</script>', "';alarme('question');'", 'javascript:alarme("question")', '\\u003cscript\\u003ealarme(1)'];
/** What each page has to say as its title, to the letter (no-break spaces aside). */
const TITLES = {
  '/': "Accueil <script>alarme(’titre’)</script>",
};

export default async function (_, tally) {
  const essaim = process.env.ESSAIM ?? path.resolve('target/debug/essaim');
  const folder = mkdtempSync(path.join(tmpdir(), 'essaim-traps-'));
  execFileSync(essaim, ['build', '--root', TRAPS, '--output', path.join(folder, 'public'), '--no-cache', '--quiet'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const traps = await Site.open(path.join(folder, 'public'));
  try {
    await pages(traps, tally);
    await questions(traps, tally);
    files(traps, tally);
  } finally {
    await traps.close();
    rmSync(folder, { recursive: true });
  }
}

/** Opens a page with alarms set; returns what went off. */
async function open(tab, address) {
  const fired = [];
  const onDialog = (dialog) => { fired.push(dialog.message()); return dialog.dismiss(); };
  tab.on('dialog', onDialog);
  await tab.goto(address, { waitUntil: 'load' });
  await tab.evaluate(() => document.querySelectorAll('*').forEach((element) => {
    for (const type of ['mouseover', 'focus', 'click', 'toggle']) if (element.getAttribute(`on${type}`)) element.dispatchEvent(new Event(type));
  }));
  await tab.waitForTimeout(60);
  fired.push(...await tab.evaluate(() => globalThis.alarmes ?? []));
  tab.off('dialog', onDialog);
  return fired;
}

async function pages(traps, tally) {
  // A page that leads on at once is read where it leads.
  await traps.each(traps.pages.filter((one) => !one.redirects), {}, async (tab, one) => {
    await tab.addInitScript(() => {
      globalThis.alarmes = [];
      globalThis.alarme = (where) => globalThis.alarmes.push(where);
    });
    const fired = await open(tab, await traps.at(one));
    tally.check(!fired.length, 'a trap went off', one.url, fired.join(', '));
    const armed = await tab.evaluate(() => [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes]
      .filter(({ name, value }) => /^on/.test(name) || (/^(href|src|action|formaction|xlink:href)$/.test(name) && /^\s*(javascript|vbscript|data:text)/i.test(value)))
      .map(({ name, value }) => `<${element.tagName.toLowerCase()} ${name}="${value}">`)));
    tally.check(!armed.length, 'an attribute that runs code', one.url, armed[0]);
    const scripts = await tab.evaluate(() => [...document.querySelectorAll('script')].filter((script) => /alarme/.test(script.textContent) && script.type !== 'application/ld+json').length);
    tally.check(!scripts, 'a script of the content', one.url);
    if (TITLES[one.url]) {
      const title = await tab.evaluate(() => document.querySelector('h1').textContent.replace(/\s+/g, ' ').trim());
      tally.check(title.replace(/[‘’']/g, '’') === TITLES[one.url], 'a title comes out as typed', one.url, title);
    }
  });
}

async function questions(traps, tally) {
  if (!traps.pages.some(({ url }) => url === '/recherche/')) return;
  await traps.each(QUESTIONS, {}, async (tab, question) => {
    await tab.addInitScript(() => {
      globalThis.alarmes = [];
      globalThis.alarme = (where) => globalThis.alarmes.push(where);
    });
    const fired = await open(tab, `${await traps.origin()}/recherche/?q=${encodeURIComponent(question)}`);
    await tab.waitForTimeout(600);
    const added = await tab.evaluate(() => [...document.querySelectorAll('main img[src=x], main script')].length);
    tally.check(!fired.length && !added, 'a trap in a question went off', '/recherche/', question);
  });
}

/** Files that other programs read: no bare markup in scripts and feeds, no formula in cells, no header in a subject. */
function files(traps, tally) {
  for (const file of traps.files) {
    if (/\.(csv)$/.test(file)) {
      const cell = traps.text(file).split(/\r?\n/).flatMap((line) => line.split(/[,;](?=(?:[^"]*"[^"]*")*[^"]*$)/)).find((text) => /^"?[=+@\t\r]/.test(text));
      tally.check(!cell, 'a cell that a spreadsheet would compute', file, cell);
    }
    if (/\.(eml|txt)$/.test(file) && /^Subject:/im.test(traps.text(file))) {
      tally.check(!/^Bcc:/im.test(traps.text(file).split(/\r?\n\r?\n/)[0]), 'a header that came with a subject', file);
    }
    if (/\.(json|geojson)$/.test(file)) tally.check(parses(traps.text(file)), 'JSON that cannot be read', file);
    if (/\.html$/.test(file)) {
      for (const [, block] of traps.text(file).matchAll(/<script type="?application\/ld\+json"?>([\s\S]*?)<\/script>/g)) {
        tally.check(parses(block) && !block.includes('<'), 'JSON-LD that leaves its script', file, block.slice(0, 120));
      }
    }
  }
}

function parses(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
