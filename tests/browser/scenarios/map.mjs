// The maps and the list of examples with their scripts: closer views, choices, a list that follows, the keyboard; and without scripts.

export default async function (site, tally) {
  const at = site.pages.find((one) => one.url === '/territoires/');
  const examples = site.pages.find((one) => one.url === '/exemples/');
  if (at) {
    await site.each([at], { viewport: { width: 1280, height: 900 } }, async (tab, one) => await map(tab, tally, await site.at(one)));
    await site.each([at], { viewport: { width: 360, height: 800 }, javaScriptEnabled: false }, async (tab, one) => {
      await tab.goto(await site.at(one));
      const bare = await tab.evaluate(() => ({ marks: document.querySelectorAll('svg.carte-ensemble a[href]').length, regions: document.querySelectorAll('.a-carte .lignes > li').length, bar: document.querySelectorAll('.carte-zoom').length }));
      tally.check(bare.marks > 0 && bare.regions > 0 && bare.bar === 0, 'without scripts: the picture, its links and the list', one.url, JSON.stringify(bare));
    });
  }
  if (examples) {
    await site.each([examples], { viewport: { width: 1280, height: 900 } }, async (tab, one) => await list(tab, tally, await site.at(one)));
    await site.each([examples], { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false }, async (tab, one) => await bare(tab, tally, await site.at(one)));
  }
}

async function map(tab, tally, url) {
  await tab.goto(url, { waitUntil: 'load' });
  await tab.waitForSelector('.carte-zoom');
  const marks = await tab.locator('.carte-marques > a').count();
  await tab.locator('.carte-vue').focus();
  await tab.waitForSelector('.a-carte .etat');
  const before = await seen(tab);
  tally.check(before.places > 0 && before.marks === marks, 'the list names what the map shows', url, JSON.stringify(before));
  await tab.keyboard.press('+');
  await tab.keyboard.press('+');
  await tab.keyboard.press('ArrowUp');
  const near = await seen(tab);
  tally.check(near.width < before.width, 'the + key brings the map closer', url, `${before.width} then ${near.width}`);
  tally.check(near.places < before.places, 'the list follows a closer view', url, `${before.places} then ${near.places}`);
  await tab.keyboard.press('0');
  tally.check((await seen(tab)).width === before.width, 'the 0 key shows the whole map again', url);
  const names = await tab.locator('.carte-commandes select').evaluateAll((all) => all.map((one) => one.name));
  for (const name of names) {
    const select = tab.locator(`.carte-commandes select[name="${name}"]`);
    const value = await select.evaluate((one) => one.options[1].value);
    await select.selectOption(value);
    const chosen = await seen(tab);
    tally.check(chosen.links > 0 && chosen.links <= before.links && chosen.marks <= before.marks, `a choice of ${name} filters the marks and the list`, url, JSON.stringify(chosen));
    tally.check(chosen.sum === chosen.links, 'the marks count what the list names', url, `${chosen.sum} ${chosen.links}`);
    await select.selectOption('');
  }
  tally.check((await seen(tab)).links === before.links, 'without a choice, everything is back', url);
  await tab.locator('.carte-marques > a').last().focus();
  const visible = await tab.evaluate(() => { const mark = document.activeElement.getBoundingClientRect(); const frame = document.querySelector('.carte-vue').getBoundingClientRect(); return mark.left >= frame.left - 1 && mark.right <= frame.right + 1 && mark.top >= frame.top - 1 && mark.bottom <= frame.bottom + 1; });
  tally.check(visible, 'a mark that has the focus is in the window', url);
}

function seen(tab) {
  return tab.evaluate(() => {
    const marks = [...document.querySelectorAll('.carte-marques > a')].filter((one) => one.style.display !== 'none');
    const items = [...document.querySelectorAll('ul.lieux > li')];
    return {
      width: Number(document.querySelector('svg.carte-ensemble').getAttribute('viewBox').split(' ')[2]),
      marks: marks.length,
      sum: marks.reduce((sum, one) => sum + Number(one.getAttribute('aria-label').split('\u00a0: ')[1].replace(/\D/g, '')), 0),
      places: items.length,
      links: items.reduce((sum, one) => sum + one.querySelectorAll('a').length - 1, 0),
    };
  });
}

async function list(tab, tally, url) {
  await tab.goto(url, { waitUntil: 'load' });
  await tab.locator('.croiser').click();
  const names = await tab.locator('.choix select').evaluateAll((all) => all.map((one) => one.name));
  tally.check(names.length > 3, 'the facets are lists to choose from', url, names.join(' '));
  for (const name of names) {
    const select = tab.locator(`.choix select[name="${name}"]`);
    const [value, expected] = await select.evaluate((one) => [one.options[1].value, Number(/\((\d+)\)$/.exec(one.options[1].textContent)[1])]);
    await select.selectOption(value);
    await tab.waitForFunction((n) => new RegExp(`^${n}\\D`).test(document.querySelector('.exemples .etat').textContent), expected, { timeout: 3000 }).catch(() => {});
    const found = await tab.evaluate(() => [document.querySelectorAll('.exemples .vignette').length, document.querySelector('.exemples .etat').textContent, location.search]);
    tally.check(found[0] === Math.min(expected, 30) && parseInt(found[1], 10) === expected, `the facet ${name} shows as many examples as it says`, url, `${expected}: ${found.join(' ')}`);
    tally.check(found[2].includes(name), 'the address keeps the choice', url, found[2]);
    await tab.locator('.choix button').click();
  }
}

async function bare(tab, tally, url) {
  await tab.goto(url);
  const links = await tab.locator('.facettes details[data-facette]').evaluateAll((all) => all.map((one) => { const link = one.querySelector('a'); return [link.href, Number(link.nextSibling.textContent.replace(/\D/g, ''))]; }));
  tally.check(links.length > 3, 'without scripts, each facet leads to lists', url, String(links.length));
  for (const [href, expected] of links) {
    let next = href;
    let count = 0;
    while (next) {
      await tab.goto(next);
      count += await tab.locator('.exemples .vignette').count();
      next = await tab.evaluate(() => document.querySelector('.pagination a[rel="next"]')?.href);
    }
    tally.check(count === expected, 'the list of a facet has as many examples as it says', href, `${expected} ${count}`);
  }
}
