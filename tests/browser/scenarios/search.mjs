// The search as people use it: typing, keyboard alone, facets and addresses, marks on arrival, a strict policy, a folder opened
// without a server, a slow network, no scripts, paper; and axe on every state.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { serve } from '../lib/serve.mjs';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const RESULTS = '#recherche-resultats > li';
const DIALOG = 'dialog[open] .resultats > li';

export default async function (site, tally) {
  const policy = site.text('_headers').match(/Content-Security-Policy: (.*)/)?.[1] ?? '';
  tally.check(policy && !policy.includes('unsafe'), 'the policy allows nothing unsafe', '/_headers', policy);
  const server = await serve(site.dir, { headers: { 'content-security-policy': policy } });
  const browser = await site.chromium();
  const open = async (address, options = {}) => {
    const cx = await browser.newContext({ locale: 'fr-FR', reducedMotion: 'reduce', viewport: { width: 1280, height: 800 }, ...options });
    const tab = await cx.newPage();
    tab.faults = [];
    tab.on('console', (message) => { if (message.type() === 'error') tab.faults.push(message.text()); });
    tab.on('pageerror', (error) => tab.faults.push(String(error)));
    await tab.goto(address.startsWith('file:') ? address : server.origin + address, { waitUntil: 'load' });
    return tab;
  };
  const scenes = { typing, facets, nothing, dialog, arrival, zoom, paper, slow, folder, bare, embedded };
  for (const [name, scene] of Object.entries(scenes)) {
    try {
      await scene(open, tally, site);
    } catch (error) {
      tally.fail(`scene ${name}`, '', String(error).slice(0, 400));
    }
  }
  server.close();
}

async function clean(tab, tally, where) {
  const found = await tab.evaluate(`${AXE}; axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html.slice(0, 120)))`).catch(() => null);
  // A strict policy keeps axe from being written into the page; the tools of the browser are not held to it.
  tally.check(found && !found.length, 'axe finds nothing', where, found ? found.join(' | ') : 'axe did not run');
  tally.check(!tab.faults.length, 'the console says nothing', where, tab.faults[0]);
}

async function typing(open, tally) {
  const where = '/recherche/ typing';
  const tab = await open('/recherche/');
  await clean(tab, tally, '/recherche/ empty');
  await tab.focus('#q');
  await tab.keyboard.type('l’économie', { delay: 20 });
  await tab.waitForSelector(RESULTS);
  await tab.waitForSelector('#recherche-facettes:not([hidden])');
  tally.check(/[?]q=/.test(tab.url()), 'the address holds the question', where, tab.url());
  tally.check(await tab.evaluate(() => document.activeElement.id === 'q'), 'the focus stays in the box', where);
  const status = await tab.textContent('#recherche-etat');
  tally.check(/\d/.test(status), 'a live region says how many answers', where, status);
  tally.check(await tab.getAttribute('#recherche-etat', 'role') === 'status', 'the count is a status', where);
  await tab.waitForSelector(`${RESULTS} mark`);
  await clean(tab, tally, where);
  const landmarks = await tab.locator('main [role=search], main search').count();
  tally.check(landmarks === 1, 'one search landmark in the content', where, String(landmarks));
  await tab.keyboard.press('ArrowDown');
  tally.check(await tab.evaluate(() => Boolean(document.activeElement.closest('#recherche-resultats'))), 'the arrow leads to the first answer', where);
  await tab.keyboard.press('ArrowUp');
  tally.check(await tab.evaluate(() => document.activeElement.id === 'q'), 'and back to the box', where);
  await tab.context().close();
}

async function facets(open, tally) {
  const where = '/recherche/?q=ESS';
  const tab = await open('/recherche/?q=ESS');
  await tab.waitForSelector('#recherche-facettes:not([hidden])');
  const count = async () => Number((await tab.textContent('#recherche-etat')).match(/\d+/)?.[0] ?? 1);
  const before = await count();
  const labels = await tab.locator('#recherche-facettes input[type=checkbox]').evaluateAll((all) => all.every((one) => one.labels.length === 1 && one.closest('fieldset').querySelector('legend').textContent));
  tally.check(labels, 'every box has a label, every group a legend', where);
  // By keyboard: the space bar ticks, the focus stays on the box that was ticked.
  const box = tab.locator('#recherche-facettes input[id^=nature-]').nth(1);
  const id = await box.getAttribute('id');
  await box.focus();
  await tab.keyboard.press('Space');
  await tab.waitForFunction((before) => Number(document.querySelector('#recherche-etat').textContent.match(/\d+/)?.[0] ?? 1) !== before, before);
  tally.check(await count() < before, 'a facet leaves fewer answers', where, `${before} then ${await count()}`);
  tally.check(tab.url().includes('nature='), 'the address holds the facet', where, tab.url());
  tally.check(await tab.evaluate((id) => document.activeElement.id === id, id), 'the focus stays on the facet', where);
  const shared = tab.url();
  await tab.selectOption('#tri', 'date');
  tally.check(tab.url().includes('tri=date'), 'the address holds the order', where, tab.url());
  await clean(tab, tally, `${where} facets`);
  await tab.goBack();
  await tab.goBack();
  await tab.waitForFunction((before) => Number(document.querySelector('#recherche-etat').textContent.match(/\d+/)?.[0] ?? 1) === before, before);
  tally.pass();
  const other = await open(shared.replace(/^[a-z]+:\/\/[^/]+/, ''));
  await other.waitForSelector(`${RESULTS}`);
  await other.waitForFunction((id) => document.getElementById(id)?.checked, id);
  tally.pass();
  await other.context().close();
  const place = await open('/recherche/?q=&territoire=62');
  await place.waitForSelector(RESULTS);
  tally.check(await place.locator(RESULTS).count() > 0, 'a place alone is a question', '/recherche/?q=&territoire=62');
  await place.context().close();
  await tab.context().close();
}

async function nothing(open, tally) {
  const tab = await open('/recherche/?q=monaie+lokale');
  await tab.waitForSelector('#recherche-etat button');
  await tab.click('#recherche-etat button');
  await tab.waitForFunction(() => /monnaie/.test(document.querySelector('#q').value));
  tally.check(await tab.evaluate(() => document.activeElement.id === 'q'), 'what was meant is one press away', '/recherche/?q=monaie+lokale');
  await tab.context().close();
  const none = await open('/recherche/?q=xylophone+zzzz');
  await none.waitForSelector('.suite a');
  tally.check((await none.textContent('#recherche-etat')).includes('xylophone'), 'no answer is said', '/recherche/?q=xylophone');
  tally.check(await none.locator('.suite a[href$="plan-du-site/"]').count() === 1, 'the map of the site is offered', '/recherche/?q=xylophone');
  await clean(none, tally, '/recherche/ no answer');
  await none.context().close();
}

async function dialog(open, tally, site) {
  const page = site.kinds.find((one) => one.kind === 'fiche') ?? site.readable[0];
  const tab = await open(page.url);
  const where = `${page.url} dialog`;
  for (const key of ['/', 'Control+k']) {
    await tab.keyboard.press(key);
    await tab.waitForSelector('dialog[open]');
    await tab.waitForFunction(() => document.activeElement.matches('dialog[open] input'));
    await tab.keyboard.press('Escape');
    await tab.waitForSelector('dialog[open]', { state: 'detached' });
    tally.pass();
  }
  await tab.keyboard.press('/');
  await tab.keyboard.type('coeur', { delay: 20 });
  await tab.waitForSelector(DIALOG);
  await clean(tab, tally, where);
  await tab.keyboard.press('ArrowDown');
  tally.check(await tab.evaluate(() => Boolean(document.activeElement.closest('dialog[open] .resultats'))), 'the arrow leads to an answer in the dialog', where);
  await tab.keyboard.press('Escape');
  tally.check(await tab.locator('dialog[open]').count() === 0, 'Escape closes the dialog', where);
  // Typed at once, before the script has come.
  const quick = await open(page.url);
  await quick.keyboard.type('/entrepreneurs', { delay: 5 });
  await quick.waitForSelector(DIALOG);
  tally.check(await quick.inputValue('dialog[open] input') === 'entrepreneurs', 'no letter is lost while the search comes', where, await quick.inputValue('dialog[open] input'));
  await quick.context().close();
  await tab.keyboard.press('/');
  await tab.keyboard.press('Enter');
  await tab.waitForURL(/\/recherche\/\?q=coeur/);
  await tab.waitForSelector(RESULTS);
  tally.pass();
  await tab.context().close();
}

async function arrival(open, tally) {
  const tab = await open('/recherche/?q=b%C3%A9thune');
  await tab.waitForSelector(`${RESULTS} li a[href*="#"]`);
  await tab.focus(`${RESULTS} li a[href*="#"]`);
  await tab.keyboard.press('Enter');
  await tab.waitForSelector('main mark');
  tally.check(tab.url().includes('#') && !tab.url().includes('surligner'), 'an answer leads to its part, and the address is clean', tab.url());
  const seen = await tab.evaluate(() => document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect().top < innerHeight);
  tally.check(seen, 'the part is on the screen', tab.url());
  await clean(tab, tally, 'marks on arrival');
  await tab.context().close();
}

async function zoom(open, tally) {
  const tab = await open('/recherche/?q=ESS', { viewport: { width: 320, height: 256 } });
  await tab.waitForSelector('#recherche-facettes:not([hidden])');
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
  tally.check(wide <= 320, 'at 400 % nothing goes past the side', '/recherche/ 320', `${wide} px`);
  await tab.click('#recherche-facettes summary');
  await clean(tab, tally, '/recherche/ 320');
  await tab.context().close();
}

async function paper(open, tally) {
  const tab = await open('/recherche/?q=ESS');
  await tab.waitForSelector('#recherche-facettes:not([hidden])');
  await tab.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await tab.waitForFunction(() => [...document.querySelectorAll('#recherche-resultats > li .extrait')].every((one) => one.textContent.trim()));
  await tab.emulateMedia({ media: 'print' });
  tally.check(await tab.locator(RESULTS).first().isVisible() && !(await tab.locator('#recherche-facettes').isVisible()), 'paper has the answers without the facets', '/recherche/ print');
  await tab.context().close();
}

async function slow(open, tally) {
  const tab = await open('/recherche/');
  const link = await tab.context().newCDPSession(tab);
  await link.send('Network.enable');
  await link.send('Network.setCacheDisabled', { cacheDisabled: true });
  await link.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 });
  let bytes = 0;
  let requests = 0;
  const names = new Map();
  link.on('Network.requestWillBeSent', ({ requestId, request }) => names.set(requestId, request.url));
  link.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!/recherche\/index\/|js\/recherche/.test(names.get(requestId) ?? '')) return;
    bytes += encodedDataLength;
    requests += 1;
  });
  const start = Date.now();
  await tab.goto(`${tab.url()}?q=coop%C3%A9ration`, { waitUntil: 'commit' });
  await tab.waitForSelector(`${RESULTS} a`, { timeout: 30_000 });
  const time = Date.now() - start;
  tally.check(requests <= 4 && bytes <= 60_000, 'the first answer takes four requests and 60 kB at most', 'slow network', `${requests} requests, ${bytes} bytes`);
  tally.check(time < 8000, 'the first answer comes on a slow network', 'slow network', `${time} ms`);
  tally.note('first answer on a slow network (400 ms, 400 kbit/s)', '', `${time} ms, ${requests} requests, ${bytes} bytes`);
  await tab.context().close();
}

async function folder(open, tally, site) {
  const page = pathToFileURL(path.join(site.dir, 'recherche/index.html')).href;
  const tab = await open(`${page}?q=%C3%A9lus`);
  await tab.waitForSelector(`${RESULTS} a`);
  await tab.waitForSelector(`${RESULTS} mark`);
  const address = await tab.getAttribute(`${RESULTS} a`, 'href');
  await tab.click(`${RESULTS} a`);
  await tab.waitForSelector('main h1');
  tally.check(tab.url().startsWith('file:') && tab.url().includes('index.html'), 'an answer opens from a folder', address, tab.url());
  await tab.context().close();
}

async function bare(open, tally) {
  const tab = await open('/recherche/', { javaScriptEnabled: false });
  const links = await tab.locator('#recherche-sans-script a').count();
  tally.check(links > 4 && await tab.locator('#recherche-sans-script a').first().isVisible(), 'without scripts the lists answer', '/recherche/', `${links} links`);
  tally.check(!(await tab.locator('#recherche-facettes').isVisible()), 'without scripts no dead facet', '/recherche/');
  await tab.context().close();
}

async function embedded(open, tally, site) {
  const tab = await open('/integrer/recherche/');
  const form = tab.locator('form[role=search]');
  tally.check(await form.getAttribute('target') === '_top' && (await form.getAttribute('action')).endsWith('/recherche/'), 'the box for partners leads to the search', '/integrer/recherche/');
  tally.check(await tab.locator('label[for=q]').count() === 1, 'the box for partners has a label', '/integrer/recherche/');
  const text = site.text('recherche/opensearch.xml');
  tally.check(/<Url type="text\/html"[^>]*\{searchTerms\}/.test(text), 'browsers can add the search', '/recherche/opensearch.xml');
  await tab.context().close();
}
