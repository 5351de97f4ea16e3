// Paper, on each kind of page: the words of the content are all there, details open, addresses written out, no menu.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export default async function (site, tally) {
  const folder = mkdtempSync(path.join(tmpdir(), 'essaim-print-'));
  await site.each(site.kinds, {}, async (tab, one) => {
    await tab.goto(await site.at(one), { waitUntil: 'load' });
    const seen = await tab.evaluate(() => {
      const main = document.querySelector('main');
      main.querySelectorAll('details').forEach((details) => { details.open = true; });
      // The text of the content; a page made of lists has its titles checked instead. What only serves on a screen stays off paper.
      const scope = main.querySelector('.texte') ? '.texte :is(h2, h3, p, li, dt, dd, td, th, summary)' : ':is(h1, h2, h3, dt)';
      const text = [...main.querySelectorAll(scope)].filter((element) => !element.closest('form, nav, [aria-hidden], button, .actions') && element.checkVisibility());
      main.querySelectorAll('.lu').forEach((element) => element.remove());
      const links = [...main.querySelectorAll('.texte a[rel~=external]')].map((link) => link.getAttribute('href'));
      return { words: text.map((element) => element.innerText).join(' '), title: main.querySelector('h1')?.innerText ?? '', links, details: main.querySelectorAll('details').length };
    });
    await tab.reload({ waitUntil: 'load' });
    const file = path.join(folder, `${one.file.replaceAll('/', '-')}.pdf`);
    await tab.pdf({ path: file, preferCSSPageSize: true });
    const paper = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 });
    const printed = new Set(words(paper.replace(/-\n\s*/g, '')).concat(words(paper)));
    const joined = squeeze(paper);
    const missing = [...new Set(words(seen.words))].filter((word) => !printed.has(word) && !joined.includes(word));
    // Words cut at the end of a line are put together again by `joined`; a few are lost between two columns.
    tally.check(missing.length <= 2, 'paper has the words of the screen', one.url, `${missing.length} missing: ${missing.slice(0, 8).join(' ')}`);
    tally.check(!seen.title || squeeze(paper).includes(squeeze(seen.title)), 'paper has the title', one.url, seen.title);
    const address = seen.links.find((href) => !squeeze(paper).includes(squeeze(href.replace(/^https?:\/\//, '').replace(/\/$/, ''))));
    tally.check(!address, 'outside addresses are written out on paper', one.url, address);
    const menu = await tab.evaluate(() => [...document.querySelectorAll('body > header nav, nav.acces, button')].length);
    await tab.emulateMedia({ media: 'print' });
    const kept = await tab.evaluate(() => [...document.querySelectorAll('body > header nav, nav.acces, button')].filter((element) => element.checkVisibility()).map((element) => element.outerHTML.slice(0, 80)));
    tally.check(!menu || !kept.length, 'no menu and no button on paper', one.url, kept[0]);
    await tab.emulateMedia({ media: null });
    const [, width, height] = execFileSync('pdfinfo', [file], { encoding: 'utf8' }).match(/Page size:\s+([\d.]+) x ([\d.]+)/) ?? [];
    tally.check(Math.abs(width - 595) < 2 && Math.abs(height - 842) < 2, 'paper is A4', one.url, `${width} × ${height}`);
  });
  rmSync(folder, { recursive: true });
}

function plain(text) {
  return text.normalize('NFKC').toLowerCase().replace(/[\u00ad\u2010]/g, '-').replace(/’/g, "'");
}

function words(text) {
  return plain(text).match(/[\p{L}\p{N}]{3,}/gu) ?? [];
}

function squeeze(text) {
  return plain(text).replace(/[^\p{L}\p{N}]/gu, '');
}
