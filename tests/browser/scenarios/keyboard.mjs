// The keyboard alone, on each kind of page: the skip link first, every stop seen and in order, no trap, and back again.

const MOST_STOPS = 400;

export default async function (site, tally) {
  for (const width of [1280, 360]) {
    await site.each(site.kinds.filter((one) => !one.embed), { viewport: { width, height: 800 } }, async (tab, one) => {
      const where = `${one.url} ${width}`;
      await tab.goto(await site.at(one), { waitUntil: 'load' });
      await skip(tab, tally, where);
      await tab.goto('about:blank');
      await tab.goto(await site.at(one), { waitUntil: 'load' });
      await walk(tab, tally, where);
    });
  }
}

async function skip(tab, tally, where) {
  await tab.keyboard.press('Tab');
  const first = await tab.evaluate(() => ({ href: document.activeElement.getAttribute('href'), seen: document.activeElement.getBoundingClientRect().top >= 0 }));
  if (!tally.check(first.href?.startsWith('#') && first.seen, 'the first stop is a skip link that is seen', where, first.href)) return;
  await tab.keyboard.press('Enter');
  const main = await tab.evaluate(() => document.activeElement.tagName === 'MAIN' || Boolean(document.activeElement.closest('main')));
  tally.check(main, 'the skip link leads into the content', where);
  await tab.keyboard.press('Tab');
  const inside = await tab.evaluate(() => document.activeElement === document.body || Boolean(document.activeElement.closest('main, footer')));
  tally.check(inside, 'the stop after the skip link is in the content', where);
}

async function walk(tab, tally, where) {
  const stops = [];
  for (let i = 0; i < MOST_STOPS; i += 1) {
    await tab.keyboard.press('Tab');
    const stop = await tab.evaluate(look);
    // After the last stop the focus leaves the page, or comes round to the first stop where there is no browser window around it.
    if (!stop || stop.again || stop.order <= stops[0]?.order) break;
    // Inside a frame, it is what has the focus there that shows it.
    if (!stop.ringed && stop.name.startsWith('iframe')) {
      const inner = await Promise.all(tab.frames().slice(1).map((frame) => frame.evaluate(look).catch(() => null)));
      stop.ringed = inner.some((one) => one?.ringed);
    }
    if (!stop.ringed) stop.ringed = await tab.evaluate(changes);
    stops.push(stop);
  }
  const hidden = stops.find((stop) => !stop.visible);
  const unseen = stops.find((stop) => !stop.ringed);
  const covered = stops.find((stop) => stop.covered);
  const backwards = stops.findIndex((stop, at) => at > 0 && stop.order < stops[at - 1].order);
  tally.check(stops.length > 2 && stops.length < MOST_STOPS, 'the keyboard goes through the page and out of it', where, `${stops.length} stops`);
  tally.check(!hidden, 'every stop is on the screen', where, hidden?.name);
  tally.check(!unseen, 'every stop shows that it has the focus', where, unseen?.name);
  tally.check(!covered, 'nothing covers the stop that has the focus', where, `${covered?.name} under ${covered?.covered}`);
  tally.check(backwards < 0, 'stops follow the order of the page', where, stops[backwards]?.name);
  tally.check(!stops.some((stop) => stop.index > 0), 'no positive tabindex', where);
  await tab.keyboard.press('Shift+Tab');
  await tab.keyboard.press('Shift+Tab');
  const back = await tab.evaluate(look);
  const expected = stops.at(-2)?.order;
  tally.check(!back || back.order === expected || back.order === stops.at(-1)?.order, 'the keyboard goes back as it came', where, back?.name);
}

/** What a person sees of the element that has the focus; null outside the page. */
function look() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  // Scripts may add elements before the first stop: it is known by itself, not by its place.
  const again = globalThis.firstStop === element && globalThis.stopsSeen > 1;
  globalThis.firstStop ??= element;
  globalThis.stopsSeen = (globalThis.stopsSeen ?? 0) + 1;
  const order = [...document.querySelectorAll('*')].indexOf(element);
  const name = `${element.tagName.toLowerCase()} ${(element.textContent.trim() || element.id || element.getAttribute('aria-label') || '').slice(0, 40)}`;
  // An outline may be drawn by the element, by its label or by a box around it that reacts to :focus-within.
  const ring = (of) => {
    const style = getComputedStyle(of);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.outlineStyle === 'auto';
  };
  const box = element.getBoundingClientRect();
  const visible = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  // Inline links may wrap: one of their rectangles has to be on top.
  const rectangles = [...element.getClientRects()].filter((one) => one.width && one.height);
  const tops = rectangles.map((one) => document.elementFromPoint(Math.min(Math.max(one.left + one.width / 2, 0), innerWidth - 1), Math.min(Math.max(one.top + one.height / 2, 0), innerHeight - 1)));
  const free = !visible || tops.some((top) => top && (element.contains(top) || top.contains(element) || top.closest('label')?.control === element));
  const cover = free ? '' : `${tops[0]?.tagName.toLowerCase()}.${tops[0]?.getAttribute('class') ?? ''}`;
  const ringed = ring(element) || [...(element.labels ?? [])].some(ring) || (element.parentElement && ring(element.parentElement));
  return { order, again, name, visible, ringed, covered: cover, index: element.tabIndex };
}

/** Whether the element that has the focus looks otherwise without it: a mark on a map thickens its line. */
function changes() {
  const element = document.activeElement;
  const look = () => [element, ...element.querySelectorAll('*')].map((one) => {
    const style = getComputedStyle(one);
    return [style.stroke, style.strokeWidth, style.fill, style.boxShadow, style.backgroundColor, style.borderColor, style.outlineWidth].join();
  }).join(';');
  const focused = look();
  element.blur();
  const blurred = look();
  element.focus();
  return focused !== blurred;
}
