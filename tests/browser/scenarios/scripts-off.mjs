// Without scripts, and without styles: the same words, every page reachable, no button that does nothing.

export default async function (site, tally) {
  const withScripts = new Map();
  const pages = site.kinds;
  await site.each(pages, {}, async (tab, one) => {
    await tab.goto(await site.at(one), { waitUntil: 'load' });
    withScripts.set(one.url, await tab.evaluate(() => document.querySelector('main')?.textContent.replace(/\s+/g, ' ').trim() ?? ''));
  });
  for (const width of [1280, 360]) {
    await site.each(pages, { javaScriptEnabled: false, viewport: { width, height: 800 } }, async (tab, one) => {
      const where = `${one.url} ${width}`;
      await tab.goto(await site.at(one), { waitUntil: 'load' });
      const bare = (await tab.locator('main').textContent()).replace(/\s+/g, ' ').trim();
      const words = new Set(bare.split(' '));
      const lost = [...new Set(withScripts.get(one.url).split(' '))].filter((word) => !words.has(word));
      tally.check(lost.length < 12, 'the content does not need scripts', where, `${lost.length} words lost: ${lost.slice(0, 8).join(' ')}`);
      await dead(tab, tally, where);
      if (!one.embed) await menu(tab, tally, where);
    });
  }
  await site.each(pages.filter((one) => !one.embed), { javaScriptEnabled: false }, async (tab, one) => {
    await tab.route('**/*.css', (route) => route.abort());
    await tab.goto(await site.at(one), { waitUntil: 'load' });
    const main = tab.locator('main');
    const top = (await tab.locator('h1').first().boundingBox())?.y ?? 0;
    const end = (await main.boundingBox())?.height ?? 0;
    tally.check(await tab.locator('h1').count() === 1 && top > 0 && end > 0, 'a page without styles reads from its title down', one.url);
    const huge = await tab.locator('main svg, main img').evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().width > 1300).length).catch(() => 0);
    tally.check(huge === 0, 'pictures keep a size without styles', one.url, `${huge} larger than the window`);
  });
}

/** A visible button has to do something by itself: send a form, or open what it names. */
async function dead(tab, tally, where) {
  for (const button of await tab.locator('button:visible').all()) {
    const works = (await button.getAttribute('popovertarget')) || (await button.getAttribute('commandfor')) || (await button.locator('xpath=ancestor::form[@action]').count());
    tally.check(works, 'a button that does nothing without scripts is not shown', where, () => '');
    if (!works) tally.note('a dead button', where, await button.innerText());
  }
}

/** The menu is there, or opens by its button, which the browser does by itself. */
async function menu(tab, tally, where) {
  const link = tab.locator('body > header nav a').first();
  if (!(await link.count())) return;
  if (!(await link.isVisible())) await tab.locator('body > header button[popovertarget]:visible').first().click().catch(() => undefined);
  tally.check(await link.isVisible(), 'the menu opens without scripts', where);
}
