// The preview as writers live with it: two browsers, a save, a style, a fault and its mend, a file opened in an editor.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const FOLD = '<details><summary>Pour aller plus loin</summary><p>Une lecture.</p></details>';
const PARAGRAPH = 'Le conseil réunit les habitants, écoute, note et revient avec des propositions que chacun peut amender. '.repeat(6);

export default async function (site, tally) {
  const essaim = path.resolve(process.env.ESSAIM ?? 'target/debug/essaim');
  const home = mkdtempSync(path.join(tmpdir(), 'preview-'));
  const root = path.join(home, 'site');
  execFileSync(essaim, ['init', 'site'], { cwd: home, stdio: 'ignore' });
  const opened = path.join(home, 'opened');
  mkdirSync(path.join(home, 'bin'));
  const editor = path.join(home, 'bin', 'code');
  writeFileSync(editor, `#!/bin/sh\necho "$@" > '${opened}'\n`);
  chmodSync(editor, 0o755);
  const page = path.join(root, 'content', 'longue.md');
  // As editors save: beside, then in place.
  const save = (file, text) => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}~`, text);
    renameSync(`${file}~`, file);
  };
  const levers = (count) => Array.from({ length: count }, (_, number) => `## Partie ${number + 1}\n\n${PARAGRAPH}\n`).join('\n');
  const text = (more, end = '') => `---\ntitre: Une longue page\nresume: Pour lire.\n---\n${more}\n\n${levers(6)}\n${FOLD}\n\n## Milieu\n\n${levers(1).replace('Partie 1', 'Suite')}\n${levers(6).replaceAll('Partie', 'Fin')}\n${end}\n`;
  save(page, text('Au début.'));
  const server = spawn(essaim, ['serve', '--port', '0', '--root', root], { env: { ...process.env, VISUAL: `${editor} --wait` }, stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    const origin = await new Promise((resolve, reject) => {
      let said = '';
      server.stderr.on('data', (data) => {
        said += data;
        const found = said.match(/(http:\/\/127\.0\.0\.1:\d+)\//);
        if (found) resolve(found[1]);
      });
      setTimeout(() => reject(new Error(`the preview does not open: ${said}`)), 20_000);
    });
    const browser = await site.chromium();
    const open = async () => {
      const tab = await (await browser.newContext({ viewport: { width: 1000, height: 700 } })).newPage();
      await tab.goto(`${origin}/longue/`, { waitUntil: 'load' });
      return tab;
    };
    const tabs = [await open(), await open()];
    const [first, second] = tabs;
    await first.evaluate(() => {
      document.querySelector('main details').open = true;
      document.getElementById('milieu').scrollIntoView({ behavior: 'instant' });
      scrollBy({ top: -40, behavior: 'instant' });
    });
    const where = (tab) => tab.evaluate(() => Math.round(document.getElementById('milieu').getBoundingClientRect().top));
    const before = await where(first);

    save(page, text(`Un début plus long.\n\n${PARAGRAPH}\n\n${PARAGRAPH}`));
    await Promise.all(tabs.map((tab) => tab.waitForFunction(() => document.querySelector('main').textContent.includes('Un début plus long'), null, { timeout: 10_000 }).catch(() => {})));
    for (const [number, tab] of tabs.entries()) {
      tally.check((await tab.textContent('main')).includes('Un début plus long'), 'a save reaches every open browser', `browser ${number + 1}`);
    }
    await first.waitForTimeout(300);
    const after = await where(first);
    tally.check(Math.abs(after - before) <= 3, 'what is being read stays where it was', '/longue/', `${before} px, then ${after} px`);
    tally.check(await first.evaluate(() => document.querySelector('main details').open), 'what was open stays open', '/longue/');
    tally.check(!(await second.evaluate(() => document.querySelector('main details').open)), 'what was closed stays closed', '/longue/');
    tally.check((await second.evaluate(() => scrollY)) === 0, 'a page at its top stays there', '/longue/');

    await first.evaluate(() => { window.kept = true; });
    save(path.join(root, 'themes', 'essaim', 'css', 'tokens.css'), '@layer tokens { :root { --essai: 1; } body { outline: 3px solid rgb(1, 2, 3); } }\n');
    await first.waitForFunction(() => getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)', null, { timeout: 10_000 }).catch(() => {});
    const style = await first.evaluate(() => [getComputedStyle(document.body).outlineColor, window.kept]);
    tally.check(style[0] === 'rgb(1, 2, 3)' && style[1] === true, 'a style is swapped without loading the page', '/longue/', String(style));

    save(page, text('Au début.', 'Voir [ici](nulle-part.md).\n\nEt [là](ailleurs.md).'));
    const panel = first.locator('essaim-apercu');
    await panel.waitFor({ state: 'attached', timeout: 10_000 }).catch(() => {});
    await first.waitForFunction(() => document.querySelector('essaim-apercu')?.shadowRoot.querySelectorAll('li.error').length === 2, null, { timeout: 10_000 }).catch(() => {});
    // The page is loading again under the panel.
    await first.waitForTimeout(500);
    const listed = await first.evaluate(() => [...(document.querySelector('essaim-apercu')?.shadowRoot.querySelectorAll('li.error') ?? [])].map((item) => item.textContent));
    tally.check(listed.length === 2 && listed[0].includes('nulle-part.md') && listed[1].includes('ailleurs.md'), 'the panel lists every error', '/longue/', listed.join(' | ').slice(0, 300));
    await first.evaluate(() => document.querySelector('essaim-apercu')?.shadowRoot.querySelectorAll('button[data-file]')[1]?.click());
    // The file is there before what it holds.
    const read = () => (existsSync(opened) ? readFileSync(opened, 'utf8').trim() : '');
    for (let wait = 0; wait < 100 && !read(); wait += 1) await first.waitForTimeout(100);
    const told = read();
    const line = text('Au début.', 'Voir [ici](nulle-part.md).\n\nEt [là](ailleurs.md).').split('\n').findIndex((row) => row.startsWith('Et [là]')) + 1;
    tally.check(new RegExp(`^-g .*content/longue\\.md:${line}:\\d+$`).test(told), 'the button opens the file at its line in the editor', '/longue/', told);

    rmSync(path.join(root, 'themes'), { recursive: true });
    save(page, text('Au début, enfin.'));
    await first.waitForFunction(() => !document.querySelector('essaim-apercu') && document.querySelector('main').textContent.includes('enfin'), null, { timeout: 10_000 }).catch(() => {});
    await first.waitForTimeout(500);
    const left = await first.evaluate(() => document.querySelector('essaim-apercu')?.shadowRoot.textContent ?? '');
    tally.check(!left, 'the panel goes away with the last error', '/longue/', left.slice(0, 300));

    // A browser opens six connections to one address: more tabs than that share one that listens.
    const shared = await browser.newContext();
    // One of them can be made deaf to the others.
    await shared.addInitScript(() => {
      const { set } = Object.getOwnPropertyDescriptor(BroadcastChannel.prototype, 'onmessage');
      Object.defineProperty(BroadcastChannel.prototype, 'onmessage', { set(hear) { set.call(this, (event) => window.deaf || hear(event)); } });
    });
    const many = [];
    for (let number = 0; number < 8; number += 1) {
      const tab = await shared.newPage();
      await tab.goto(`${origin}/longue/`, { waitUntil: 'load', timeout: 10_000 }).catch(() => {});
      many.push(tab);
    }
    const reached = async (word) => {
      const found = await Promise.all(many.map((tab) => tab.waitForFunction((wanted) => document.querySelector('main')?.textContent.includes(wanted), word, { timeout: 15_000, polling: 100 }).then(() => true, () => false)));
      return found.filter(Boolean).length;
    };
    save(page, text('Pour huit onglets.'));
    const told8 = await reached('Pour huit onglets');
    tally.check(told8 === many.length, 'a save reaches every tab of one browser', '/longue/', `${told8} of ${many.length}`);
    const deaf = many.pop();
    await deaf.evaluate(() => { window.deaf = true; });
    save(page, text('Que l’un n’entend pas.'));
    await reached('Que l’un n’entend pas');
    await deaf.evaluate(() => { window.deaf = false; }).catch(() => {});
    many.push(deaf);
    const toldLate = await reached('Que l’un n’entend pas');
    tally.check(toldLate === many.length, 'a tab that missed a change asks for it', '/longue/', `${toldLate} of ${many.length}`);
    await many.shift().close();
    save(page, text('Pour les sept autres.'));
    const told7 = await reached('Pour les sept autres');
    tally.check(told7 === many.length, 'the tabs go on when the one that listens is closed', '/longue/', `${told7} of ${many.length}`);
  } finally {
    server.kill();
    rmSync(home, { recursive: true, force: true });
  }
}
