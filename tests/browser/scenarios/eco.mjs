// EcoIndex A on every page; nothing from elsewhere, no cookie, no error on the console, nothing that moves; the budgets of a page.

const NODES = [0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479, 594601];
const REQUESTS = [0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920];
const KILOBYTES = [0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27, 1876.08, 2142.06, 2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26];
const MARKUP_BUDGET = 60 * 1024;
const REQUEST_BUDGET = 4;
const NODE_BUDGET = { fiche: 300 };

export default async function (site, tally) {
  const origin = await site.origin();
  const scores = [];
  await site.each(site.readable, { viewport: { width: 1920, height: 1080 } }, async (tab, one, cx) => {
    const seen = { requests: [], bytes: 0, markup: 0, errors: [] };
    const cdp = await cx.newCDPSession(tab);
    await cdp.send('Network.enable');
    await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
    const types = new Map();
    cdp.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
      if (request.url.startsWith('data:')) return;
      seen.requests.push({ url: request.url, type });
      types.set(requestId, type);
    });
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      seen.bytes += encodedDataLength;
      if (['Document', 'Stylesheet', 'Script'].includes(types.get(requestId))) seen.markup += encodedDataLength;
    });
    const onConsole = (message) => message.type() === 'error' && !message.location().url.endsWith('/favicon.ico') && seen.errors.push(message.text());
    const onError = (error) => seen.errors.push(String(error));
    tab.on('console', onConsole).on('pageerror', onError);
    await tab.goto(await site.at(one), { waitUntil: 'load' });
    const first = seen.requests.length;
    const { nodes, shift } = await tab.evaluate(measure);
    tab.off('console', onConsole).off('pageerror', onError);
    await cdp.detach();

    const kilobytes = seen.bytes / 1000;
    const score = 100 - (5 * (3 * rank(NODES, nodes) + 2 * rank(REQUESTS, seen.requests.length) + rank(KILOBYTES, kilobytes))) / 6;
    scores.push(score);
    const facts = `score ${score.toFixed(1)}, ${nodes} nodes, ${seen.requests.length} requests, ${kilobytes.toFixed(1)} kB`;
    tally.check(score > 80, 'EcoIndex grade A', one.url, facts);
    const most = NODE_BUDGET[one.kind.replace('nature-', '')];
    // A fiche with tables or code is there to look things up in: its grade alone counts.
    if (most && !/<table|<code class="code-/.test(one.html)) tally.check(nodes <= most, `at most ${most} nodes`, one.url, facts);
    const images = seen.requests.slice(0, first).filter(({ type }) => type === 'Image').length;
    tally.check(first - images <= REQUEST_BUDGET, `at most ${REQUEST_BUDGET} requests before the reader acts, without images`, one.url, seen.requests.map(({ url }) => url.replace(origin, '')).join(' '));
    tally.check(seen.markup <= MARKUP_BUDGET, 'HTML, CSS and scripts under 60 KB', one.url, `${(seen.markup / 1024).toFixed(1)} KB`);
    const elsewhere = seen.requests.find(({ url }) => !url.startsWith(origin) && !url.startsWith('blob:'));
    tally.check(!elsewhere, 'no request to anyone else', one.url, elsewhere?.url);
    tally.check(!(await cx.cookies()).length, 'no cookie', one.url);
    tally.check(!seen.errors.length || one.url === '/404.html', 'no error on the console', one.url, seen.errors[0]);
    tally.check(shift === 0, 'nothing moves while it loads', one.url, `shift ${shift}`);
  });
  scores.sort((a, b) => a - b);
  tally.note(`worst score ${scores[0].toFixed(1)}, median ${scores[scores.length >> 1].toFixed(1)}, ${scores.length} pages`);
}

async function measure() {
  const shifts = [];
  new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
  for (let y = 0; y < document.body.scrollHeight; y += 2000) {
    scrollTo(0, y);
    await new Promise((done) => requestAnimationFrame(done));
  }
  scrollTo(0, document.body.scrollHeight);
  await new Promise((done) => setTimeout(done, 120));
  const inside = [...document.querySelectorAll('svg')].reduce((sum, svg) => sum + (svg.parentElement.closest('svg') ? 0 : svg.querySelectorAll('*').length), 0);
  return { nodes: document.querySelectorAll('*').length - inside, shift: shifts.filter((one) => !one.hadRecentInput).reduce((sum, one) => sum + one.value, 0) };
}

function rank(quantiles, value) {
  const at = quantiles.findIndex((limit) => value < limit);
  return at < 0 ? quantiles.length - 1 : at - 1 + (value - quantiles[at - 1]) / (quantiles[at] - quantiles[at - 1]);
}
