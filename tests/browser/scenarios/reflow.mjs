// Small screens, 400 % zoom, larger text and wider spacing: nothing is cut and nothing scrolls sideways.

const SPACING = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}';
const LARGER = 'html{font-size:200%!important}';

export default async function (site, tally) {
  await site.each(site.readable, { viewport: { width: 320, height: 256 } }, async (tab, one) => {
    await tab.goto(await site.at(one), { waitUntil: 'load' });
    await narrow(tab, tally, 'nothing scrolls sideways at 320 px (400 % of 1280)', one.url);
    if (one.embed) return;
    for (const width of [360, 768]) {
      await tab.setViewportSize({ width, height: 800 });
      await narrow(tab, tally, `nothing scrolls sideways at ${width} px`, one.url);
    }
    await tab.setViewportSize({ width: 320, height: 256 });
  });
  for (const width of [320, 1280]) {
    await site.each(site.sample, { viewport: { width, height: 800 } }, async (tab, one) => {
      await tab.goto(await site.at(one), { waitUntil: 'load' });
      const spacing = await tab.addStyleTag({ content: SPACING });
      await narrow(tab, tally, 'wider text spacing fits', `${one.url} ${width}`);
      await cut(tab, tally, 'wider text spacing cuts no text', `${one.url} ${width}`);
      if (width === 320) return;
      await spacing.evaluate((style) => style.remove());
      await tab.addStyleTag({ content: LARGER });
      await narrow(tab, tally, 'text of twice its size fits', `${one.url} ${width}`);
      await cut(tab, tally, 'text of twice its size is not cut', `${one.url} ${width}`);
    });
  }
}

async function narrow(tab, tally, rule, where) {
  const wide = await tab.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return '';
    const scrolls = (element) => element && element !== document.documentElement && (/(auto|scroll|hidden|clip)/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const culprit = [...document.querySelectorAll('body *')].find((element) => !element.closest('svg svg') && element.getBoundingClientRect().right > innerWidth + 1 && !scrolls(element.parentElement));
    return `${document.documentElement.scrollWidth} px: ${culprit?.outerHTML.slice(0, 120) ?? '?'}`;
  });
  tally.check(!wide, rule, where, wide);
}

/** Finds text that its own box hides. */
async function cut(tab, tally, rule, where) {
  const hidden = await tab.evaluate(() => {
    for (const element of document.querySelectorAll('body *')) {
      const style = getComputedStyle(element);
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
      if (!own || style.clipPath !== 'none' || element.clientWidth <= 1 || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const across = /hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
      const down = /hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 2;
      if (across || down) return element.outerHTML.slice(0, 120);
    }
    return '';
  });
  tally.check(!hidden, rule, where, hidden);
}
