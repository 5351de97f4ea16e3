// axe-core in Firefox ESR, on each kind of page, with the skip link and the menu on a small screen.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import puppeteer from 'puppeteer-core';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export default async function (site, tally) {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr', headless: true });
  tally.note(await browser.version());
  try {
    const tab = await browser.newPage();
    for (const one of site.kinds) {
      for (const width of [1280, 320]) {
        await tab.setViewport({ width, height: 800 });
        await tab.goto(await site.at(one), { waitUntil: 'load' });
        await tab.evaluate(AXE);
        const { violations, wide } = await tab.evaluate(async () => ({
          violations: (await globalThis.axe.run()).violations.map(({ id, nodes }) => `${id} ${nodes[0].html.slice(0, 120)}`),
          wide: document.documentElement.scrollWidth > innerWidth,
        }));
        tally.check(!violations.length, 'axe-core finds nothing in Firefox', `${one.url} ${width}`, violations.join(' | '));
        tally.check(!wide, 'nothing scrolls sideways in Firefox', `${one.url} ${width}`);
      }
      if (one.embed) continue;
      await tab.keyboard.press('Tab');
      const first = await tab.evaluate(() => document.activeElement?.getAttribute('href') ?? '');
      tally.check(first.startsWith('#'), 'the first stop is a skip link in Firefox', one.url, first);
    }
  } finally {
    await browser.close();
  }
}
