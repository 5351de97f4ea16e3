// Pages to embed on other people's sites: several origins on this machine, the height to the pixel, what may leak, what is asked of whom.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ROOT = path.resolve(import.meta.dirname, '../../..');
const WORDPRESS = '/usr/share/wordpress/wp-includes/js/wp-embed.js';
const WIDTHS = [320, 768, 1280];
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.xml': 'application/xml', '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp' };
const CONTENTS = ['recits/valenciennes-metropole/', 'kits/kit-communal/animer-son-territoire/', 'lettres/la-dynamo/8/', 'kits/kit-communal/', 'territoires/59-nord/', 'exemples/'];
const RECIT = CONTENTS[0];

export default async function (_, tally) {
  const folder = mkdtempSync(path.join(tmpdir(), 'essaim-embed-'));
  const dir = path.join(folder, 'public');
  const site = await staticSite(dir);
  const partner = await pages({});
  const stranger = await pages({ '/': page('<script>setInterval(() => { for (const to of [parent, top]) to.postMessage({ message: "height", value: 4321, secret: "AAAAAAAAAA" }, "*"); }, 20)</script>') });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    build(ROOT, dir, site.origin);
    site.read();
    const words = code(dir, RECIT);
    partner.pages = hosts(site.origin, stranger.origin, words, dir);
    const cx = { browser, site: site.origin, partner: partner.origin, stranger: stranger.origin, dir, tally, words };
    weight(cx);
    await compact(cx, folder);
    await heights(cx);
    await leaks(cx);
    await forged(cx);
    await wordpress(cx);
    await leave(cx);
    await policies(cx);
    await axe(cx);
    await scriptsOff(cx);
    await kit(cx);
    await copies(cx);
  } finally {
    await browser.close();
    for (const one of [site, partner, stranger]) one.close();
    rmSync(folder, { recursive: true });
  }
}

function build(root, output, origin) {
  const essaim = process.env.ESSAIM ?? path.resolve(ROOT, 'target/debug/essaim');
  execFileSync(essaim, ['build', '--root', root, '--output', output, '--base-url', `${origin}/`, '--no-cache', '--quiet', '--only', 'html,integration,serveur,images,flux,redirections'], { stdio: ['ignore', 'ignore', 'pipe'] });
}

// --- the three kinds of servers ---

/** The site with the headers that its own `_headers` asks for. */
async function staticSite(dir) {
  let rules = [];
  const server = await listen((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://local').pathname);
    let file = path.join(dir, path.posix.normalize(name));
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) file = path.join(file, 'index.html');
    const headers = { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' };
    for (const { test, lines } of rules) if (test.test(name)) Object.assign(headers, lines);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end();
    return response.writeHead(200, headers).end(readFileSync(file));
  });
  server.read = () => {
    rules = readFileSync(path.join(dir, '_headers'), 'utf8').trim().split('\n\n').map((block) => {
      const [place, ...lines] = block.split('\n');
      const test = new RegExp(`^${place.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace('*', '.*')}$`);
      return { test, lines: Object.fromEntries(lines.map((line) => line.trim().split(/: (.*)/s).slice(0, 2))) };
    });
  };
  return server;
}

/** Pages in memory, each with its policy. */
async function pages(known) {
  const server = await listen((request, response) => {
    const found = server.pages[new URL(request.url, 'http://local').pathname];
    if (!found) return response.writeHead(404).end();
    const headers = { 'content-type': found.type ?? 'text/html; charset=utf-8', ...(found.policy ? { 'content-security-policy': found.policy } : {}) };
    return response.writeHead(200, headers).end(found.body ?? found);
  });
  server.pages = known;
  return server;
}

function listen(answer) {
  const server = createServer(answer);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({
      origin: `http://127.0.0.1:${server.address().port}`,
      close: () => { server.closeAllConnections(); server.close(); },
    }));
  });
}

// --- the partner's pages ---

function page(body, head = '') {
  return `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>Partenaire</title>${head}</head><body><main><h1>Partenaire</h1>${body}</main></body></html>`;
}

/** The code that the kit gives to copy. */
function code(dir, content) {
  const html = readFileSync(path.join(dir, 'integrer', content, 'republier/index.html'), 'utf8');
  const block = (name) => html.split(`data-bloc="${name}">`)[1].split('</code>')[0].replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#x27;|&#39;/g, "'").replace(/&amp;/g, '&');
  return { cadre: block('cadre'), composant: block('composant'), carte: block('carte') };
}

const HOSTILE = '<link rel="stylesheet" href="/hote.css">';
const CSS = ':root { --papier: red; --encre: red; --kit: red; font-size: 62.5%; } body { font: 2rem serif; color: rgb(1, 2, 3); letter-spacing: 3px; text-transform: uppercase; } h1, h2, p, a, li, article, .essaim, .points { border: 3px solid red; margin: 40px; color: green; } iframe { border: 5px solid red; box-sizing: border-box; padding: 4px; }';

function hosts(site, stranger, words, dir) {
  const oembed = JSON.parse(readFileSync(path.join(dir, 'integrer', RECIT, 'oembed.json'), 'utf8')).html;
  // What WordPress keeps of the answer, with its attributes.
  const kept = oembed.replace(/ (loading|referrerpolicy|sandbox)="[^"]*"/g, '')
    .replace('<blockquote>', '<blockquote class="wp-embedded-content" data-secret="Abcdef1234">')
    .replace(/<iframe src="([^"]*)"/, '<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted" style="position: absolute; clip: rect(1px, 1px, 1px, 1px);" src="$1#?secret=Abcdef1234" data-secret="Abcdef1234"');
  const all = (one) => CONTENTS.map((content) => one.split(RECIT).join(content)).join('\n');
  const strict = `default-src 'none'; script-src ${site}; connect-src ${site}; frame-src ${site}; style-src 'self'; img-src ${site} data:; base-uri 'none'; form-action 'none'`;
  return {
    '/cadre': page(words.cadre),
    '/cadres': page(all(words.cadre.replace(' loading="lazy"', ''))),
    '/composant': page(words.composant),
    '/hostile': page(words.cadre + words.composant + '<p id="mien">Mon texte</p>', HOSTILE),
    '/nu': page('<p id="mien">Mon texte</p>', HOSTILE),
    '/hote.css': { body: CSS, type: 'text/css' },
    '/strict': { body: page(words.cadre + words.composant), policy: strict },
    '/sans-script': { body: page(words.cadre + words.composant), policy: strict.replace(/script-src [^;]*/, "script-src 'none'") },
    '/force': page(`${words.cadre}${words.composant}<iframe src="${stranger}/" title="Étranger" width="10" height="10"></iframe>`),
    '/wordpress': page(`${kept}<script src="/wp-embed.js"></script>`),
    '/wordpress-force': page(`${kept}<iframe src="${stranger}/" title="Étranger" width="10" height="10"></iframe><script src="/wp-embed.js"></script>`),
    '/wp-embed.js': { body: existsSync(WORDPRESS) ? readFileSync(WORDPRESS, 'utf8') : WP, type: 'text/javascript' },
    '/ferme': page(`<iframe id="dedans" src="${site}/${RECIT}" title="Page"></iframe><iframe id="permis" src="${site}/integrer/${RECIT}" title="Cadre"></iframe>`),
    '/niveaux': page(`<h2>Une partie</h2>${words.composant.replace('<essaim-recit', '<essaim-recit niveau="3" forme="complet" theme="sombre"')}`),
    '/carte': page(`<h2>Une partie</h2><h3>Un point</h3>${words.carte}`),
  };
}

/** What WordPress's published script does with messages, where the script itself is not installed. */
const WP = `addEventListener('message', function (e) {
  var data = e.data;
  if (!data || !(data.secret || data.message || data.value) || /[^a-zA-Z0-9]/.test(data.secret)) return;
  document.querySelectorAll('iframe[data-secret="' + data.secret + '"]').forEach(function (source) {
    if (e.source !== source.contentWindow) return;
    source.removeAttribute('style');
    if (data.message === 'height') source.height = Math.min(1000, Math.max(200, parseInt(data.value, 10)));
    if (data.message === 'link' && new URL(data.value).host === new URL(source.src).host && document.activeElement === source) top.location.href = data.value;
  });
  document.querySelectorAll('blockquote[data-secret="' + data.secret + '"]').forEach(function (one) { one.style.display = 'none'; });
});
addEventListener('load', function () {
  document.querySelectorAll('iframe.wp-embedded-content').forEach(function (source) { source.contentWindow.postMessage({ message: 'ready', secret: source.dataset.secret }, '*'); });
});`;

// --- opening them ---

/** Opens a page of the partner; tells what it asked, of whom, and what went wrong. */
async function open(cx, address, { width = 768, scripts = true, scheme = 'light' } = {}) {
  const context = await cx.browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: scripts, colorScheme: scheme, locale: 'fr-FR', reducedMotion: 'reduce' });
  const tab = await context.newPage();
  const asked = new Set();
  const errors = [];
  tab.on('request', (request) => { if (request.url().startsWith('http')) asked.add(new URL(request.url()).origin); });
  tab.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  tab.on('pageerror', (error) => errors.push(String(error)));
  await tab.goto(address, { waitUntil: 'load' });
  await tab.waitForTimeout(350);
  return { tab, context, asked, errors };
}

/** Measures the frames of the site: their height outside, the height of what they hold, their scroll bars. */
async function frames(cx, tab) {
  const found = [];
  for (const frame of tab.frames().filter((one) => one.url().startsWith(`${cx.site}/integrer/`))) {
    const element = await frame.frameElement();
    const outside = await element.evaluate((one) => {
      const style = getComputedStyle(one);
      return { height: one.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom), width: one.getBoundingClientRect().width };
    });
    const inside = await frame.evaluate(() => ({
      height: document.querySelector('.essaim').getBoundingClientRect().height,
      bars: document.documentElement.scrollHeight > innerHeight || document.documentElement.clientWidth < innerWidth,
      wide: document.documentElement.scrollWidth > innerWidth,
    }));
    found.push({ url: frame.url().slice(cx.site.length), frame, outside, inside });
  }
  return found;
}

// --- what has to hold ---

function weight({ dir, tally }) {
  const script = readFileSync(path.join(dir, 'integrer.js'));
  const packed = gzipSync(script, { level: 9 }).length;
  tally.check(packed < 2000, 'the script weighs under 2 KB', 'integrer.js', `${packed} bytes`);
  tally.check(script.equals(readFileSync(path.join(dir, 'integrer-1.js'))), 'the newest script has an address for ever', 'integrer.js');
}

/** The compact form, of contents made to overflow it as well. */
async function compact(cx, folder) {
  const own = path.join(folder, 'exces');
  const long = 'Coopérer longtemps avec toutes les intercommunalités voisines et leurs associations, '.repeat(4);
  const files = {
    'site.toml': 'titre = "Un site au nom vraiment très long pour une petite commune de montagne"\nlicence = "CC-BY-NC-SA-4.0"\nediteur = "Éditeur"\n',
    'content/_index.md': '---\ntitre: Accueil\n---\n',
    'content/recits/_index.md': '---\ntitre: Récits\nnature: recits\n---\n',
    'content/recits/long.md': `---\ntitre: "${long}"\nresume: "${long}"\ndate: 2026-01-02\netat: archive\nauteurs: ["${long}"]\nterritoires: ["59606", "62065"]\nperiode: 1984/..\n---\n:::chiffres\n- **1 234 567 890** ${long}\n- **2** ${long}\n- **3** mots\n:::\n\n:::trajectoire\n${[1984, 1990, '1995-1999', 2003, 2010, 2020, 'depuis 2024'].map((year) => `- **${year}** ${long}`).join('\n')}\n:::\n`,
    'content/recits/court.md': '---\ntitre: Un\n---\n',
    'content/articles/_index.md': '---\ntitre: Articles\n---\n',
    'content/articles/mot.md': `---\ntitre: ${'anticonstitutionnellement'.repeat(6)}\n---\n## ${'interminable'.repeat(12)}\n\nhttps://exemple.fr/${'chemin/'.repeat(30)}\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(own, name)), { recursive: true });
    writeFileSync(path.join(own, name), text);
  }
  const dir = path.join(folder, 'exces-public');
  const server = await staticSite(dir);
  try {
    build(own, dir, server.origin);
    server.read();
    const more = [...CONTENTS.map((content) => `${cx.site}/integrer/${content}`), ...['recits/long/', 'recits/court/', 'articles/mot/', 'recits/', 'articles/'].map((content) => `${server.origin}/integrer/${content}`)];
    for (const address of more) {
      for (const width of [320, 480, 1280]) {
        for (const form of ['', 'carte/']) {
          const { tab, context } = await open(cx, address + form, { width });
          const { height, wide } = await tab.evaluate(() => ({ height: document.querySelector('.essaim').getBoundingClientRect().height, wide: document.documentElement.scrollWidth > innerWidth }));
          const is_map = form && /territoires|exemples/.test(address);
          cx.tally.check(height >= 200 && (height <= 1000 || is_map), 'a compact page is from 200 to 1000 px high', `${address}${form} ${width}`, `${height}`);
          cx.tally.check(!wide, 'a page to embed is no wider than its frame', `${address}${form} ${width}`);
          await context.close();
        }
      }
    }
  } finally {
    server.close();
  }
}

async function heights(cx) {
  for (const width of WIDTHS) {
    for (const address of ['/cadre', '/cadres', '/strict', '/hostile', '/force']) {
      const { tab, context, asked, errors } = await open(cx, cx.partner + address, { width });
      const all = await frames(cx, tab);
      cx.tally.check(all.length >= 1, 'the frame is there', `${address} ${width}`);
      for (const { url, outside, inside } of all) {
        cx.tally.check(Math.abs(outside.height - inside.height) <= 1, 'a frame takes the height of its page within 1 px', `${address} ${url} ${width}`, `${outside.height} for ${inside.height}`);
        cx.tally.check(!inside.bars && !inside.wide, 'a frame has no scroll bar', `${address} ${url} ${width}`);
        cx.tally.check(outside.width <= width, 'a frame is no wider than the window', `${address} ${url} ${width}`, `${outside.width}`);
      }
      const strangers = [...asked].filter((origin) => ![cx.site, cx.partner, ...(address === '/force' ? [cx.stranger] : [])].includes(origin));
      cx.tally.check(!strangers.length, 'nothing is asked of anyone else', `${address} ${width}`, strangers.join(' '));
      cx.tally.check(!errors.length, 'nothing is said on the console', `${address} ${width}`, errors[0]);
      cx.tally.check(!(await context.cookies()).length, 'there is no cookie', `${address} ${width}`);
      // The window changes, the frame follows.
      await tab.setViewportSize({ width: width === 320 ? 700 : 340, height: 900 });
      // Browsers let frames that are out of sight rest: each follows once it is seen.
      for (const frame of await tab.locator('iframe').all()) {
        await frame.scrollIntoViewIfNeeded();
        await tab.waitForTimeout(120);
      }
      for (const { url, outside, inside } of await frames(cx, tab)) {
        cx.tally.check(Math.abs(outside.height - inside.height) <= 1 && !inside.bars, 'a frame follows the window', `${address} ${url} ${width}`, `${outside.height} for ${inside.height}`);
      }
      await context.close();
    }
  }
}

async function leaks(cx) {
  const { tab, context } = await open(cx, `${cx.partner}/hostile`);
  const own = (page) => page.evaluate(() => {
    const style = getComputedStyle(document.getElementById('mien'));
    return [style.color, style.font, style.letterSpacing, style.margin].join('|');
  });
  const inside = (where) => where.evaluate(() => {
    const root = document.querySelector('essaim-recit')?.shadowRoot ?? document;
    const read = (selector) => { const style = getComputedStyle(root.querySelector(selector)); return [style.color, style.fontFamily, style.fontSize, style.letterSpacing, style.textTransform, style.borderTopWidth, style.marginTop, style.backgroundColor].join('|'); };
    return [read('.essaim'), read('h1'), read('.chapo'), read('.points li')];
  });
  const shadow = await inside(tab);
  const framed = await inside((await frames(cx, tab))[0].frame);
  cx.tally.check(JSON.stringify(shadow) === JSON.stringify(framed), 'the partner’s styles do not reach the component', '/hostile', () => shadow.map((one, at) => (one === framed[at] ? '' : `${one} ≠ ${framed[at]}`)).join(' '));
  const mine = await own(tab);
  await context.close();
  const bare = await open(cx, `${cx.partner}/nu`);
  cx.tally.check(mine === await own(bare.tab), 'our styles do not reach the partner’s page', '/hostile');
  const before = await bare.tab.evaluate(() => Object.getOwnPropertyNames(globalThis));
  await bare.context.close();
  const after = await open(cx, `${cx.partner}/composant`);
  const added = (await after.tab.evaluate(() => Object.getOwnPropertyNames(globalThis))).filter((name) => !before.includes(name));
  cx.tally.check(!added.length, 'the script leaves nothing global', '/composant', added.join(' '));
  const heading = await after.tab.evaluate(() => document.querySelector('essaim-recit').shadowRoot.querySelector('h1').getAttribute('aria-level'));
  cx.tally.check(heading === '2', 'a title takes the level of its place', '/composant', heading);
  const ways = await after.tab.evaluate(() => [...document.querySelector('essaim-recit').shadowRoot.querySelectorAll('a')].map((link) => link.getAttribute('href')));
  cx.tally.check(ways.length > 2 && ways.every((way) => /^https?:\/\//.test(way)), 'links of the component are full', '/composant', ways.find((way) => !/^https?:/.test(way)));
  await after.context.close();
  const levels = await open(cx, `${cx.partner}/niveaux`);
  const seen = await levels.tab.evaluate(() => { const root = document.querySelector('essaim-recit').shadowRoot; return [root.querySelector('h1').getAttribute('aria-level'), !!root.querySelector('.texte'), root.querySelector('.essaim').classList.contains('sombre')]; });
  cx.tally.check(seen.join() === '3,true,true', 'the component takes a form, colours and a level', '/niveaux', seen.join());
  await levels.context.close();
}

async function forged(cx) {
  for (const address of ['/force', '/wordpress-force']) {
    const { tab, context } = await open(cx, cx.partner + address);
    await tab.evaluate(() => { for (const value of [4321, -5, 1e9, 'x', null]) postMessage({ message: 'height', value, secret: '' }, '*'); });
    await tab.waitForTimeout(300);
    for (const { url, outside, inside } of await frames(cx, tab)) {
      cx.tally.check(Math.abs(outside.height - inside.height) <= 1, 'a message from elsewhere changes nothing', `${address} ${url}`, `${outside.height} for ${inside.height}`);
    }
    await context.close();
  }
}

async function wordpress(cx) {
  for (const width of WIDTHS) {
    const { tab, context, asked, errors } = await open(cx, `${cx.partner}/wordpress`, { width });
    const [one] = await frames(cx, tab);
    const shown = await tab.evaluate(() => ({ quote: getComputedStyle(document.querySelector('blockquote')).display, hidden: document.querySelector('iframe').hasAttribute('style') }));
    cx.tally.check(one && !shown.hidden && shown.quote === 'none', 'WordPress shows the frame', `/wordpress ${width}`);
    cx.tally.check(Math.abs(one.outside.height - one.inside.height) <= 1 && !one.inside.bars, 'WordPress gives the frame its height within 1 px', `/wordpress ${width}`, `${one.outside.height} for ${one.inside.height}`);
    cx.tally.check([...asked].every((origin) => [cx.site, cx.partner].includes(origin)), 'nothing is asked of anyone else', `/wordpress ${width}`);
    cx.tally.check(!errors.length, 'nothing is said on the console', `/wordpress ${width}`, errors[0]);
    await one.frame.locator('.suite a').click();
    await tab.waitForURL(`${cx.site}/${RECIT}`, { timeout: 3000 }).catch(() => undefined);
    cx.tally.check(tab.url() === `${cx.site}/${RECIT}`, 'a link of the frame leads home in WordPress', `/wordpress ${width}`, tab.url());
    await context.close();
  }
}

/** Links lead to the site, in the whole window. */
async function leave(cx) {
  for (const [address, find] of [['/cadre', async (tab) => (await frames(cx, tab))[0].frame.locator('.suite a')], ['/composant', (tab) => tab.locator('essaim-recit .suite a')]]) {
    const { tab, context } = await open(cx, cx.partner + address);
    await (await find(tab)).click();
    await tab.waitForURL(`${cx.site}/${RECIT}`, { timeout: 3000 }).catch(() => undefined);
    cx.tally.check(tab.url() === `${cx.site}/${RECIT}`, 'a link leads home', address, tab.url());
    await context.close();
  }
  const { tab, context } = await open(cx, `${cx.partner}/cadre`);
  await tab.keyboard.press('Tab');
  let inside = false;
  let out = false;
  for (let at = 0; at < 12 && !out; at += 1) {
    const is = await tab.evaluate(() => document.activeElement?.tagName === 'IFRAME');
    if (is) inside = true;
    else if (inside) out = true;
    await tab.keyboard.press('Tab');
  }
  cx.tally.check(inside && out, 'the keyboard enters the frame and leaves it', '/cadre');
  await context.close();
}

/** Only the pages made for it may be framed; their own policy lets their style and script run. */
async function policies(cx) {
  const { tab, context } = await open(cx, `${cx.partner}/ferme`);
  const urls = tab.frames().map((frame) => frame.url());
  cx.tally.check(urls.includes(`${cx.site}/integrer/${RECIT}`) && !urls.includes(`${cx.site}/${RECIT}`), 'other sites frame what is made for it and nothing else', '/ferme', urls.join(' '));
  await context.close();
  for (const address of ['', 'complet/', 'carte/sombre/', 'republier/', 'sans-noms/']) {
    const alone = await open(cx, `${cx.site}/integrer/${RECIT}${address}`);
    cx.tally.check(!alone.errors.length, 'the policy of the site lets its own pages work', address, alone.errors[0]);
    await alone.context.close();
  }
  for (const address of ['', RECIT, 'integrer/', 'integrer/verifier/']) {
    const alone = await open(cx, `${cx.site}/${address}`);
    cx.tally.check(!alone.errors.length, 'the policy of the site lets its own pages work', `/${address}`, alone.errors[0]);
    await alone.context.close();
  }
}

async function axe(cx) {
  for (const scheme of ['light', 'dark']) {
    for (const width of [320, 1280]) {
      const run = () => globalThis.axe.run(document, { iframes: false, resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`));
      const judge = async (where, name) => {
        await where.evaluate(AXE);
        const violations = await where.evaluate(run);
        cx.tally.check(!violations.length, 'axe', `${name} ${scheme} ${width}`, violations.join(' '));
      };
      for (const address of ['/cadre', '/composant', '/carte', '/niveaux']) {
        const { tab, context } = await open(cx, cx.partner + address, { width, scheme });
        await judge(tab, address);
        for (const { frame } of await frames(cx, tab)) await judge(frame, `${address} inside`);
        await context.close();
      }
      const more = [...CONTENTS, `${RECIT}complet/`, `${CONTENTS[1]}complet/`, `${RECIT}carte/clair/`, `${RECIT}sombre/`, `${RECIT}sans-noms/`, 'territoires/59-nord/carte/', 'territoires/59-nord/recits/', '', 'verifier/', `${RECIT}republier/`];
      for (const address of more) {
        const { tab, context } = await open(cx, `${cx.site}/integrer/${address}`, { width, scheme });
        await judge(tab, `/integrer/${address}`);
        await context.close();
      }
    }
  }
}

/** Without scripts each way still shows the title, the summary and a link. */
async function scriptsOff(cx) {
  const { title, html } = JSON.parse(readFileSync(path.join(cx.dir, 'integrer', RECIT, 'oembed.json'), 'utf8'));
  const summary = html.match(/<\/a> – (.*)<\/blockquote>/)[1].slice(0, 40);
  const plain = (text) => text.replace(/\s+/g, ' ');
  for (const address of ['/cadre', '/composant', '/carte', '/wordpress', '/sans-script']) {
    const { tab, context } = await open(cx, cx.partner + address, { scripts: address === '/sans-script' });
    const texts = [await tab.locator('main').innerText()];
    for (const frame of tab.frames().slice(1)) texts.push(await frame.locator('body').innerText());
    const text = plain(texts.join(' '));
    cx.tally.check(text.includes(plain(title)) && text.includes(plain(summary)), 'without scripts the title and the summary are there', address, text.slice(0, 200));
    const links = [];
    for (const frame of tab.frames()) links.push(...await frame.locator('a:visible').evaluateAll((all) => all.map((link) => link.href)).catch(() => []));
    cx.tally.check(links.some((link) => link === `${cx.site}/${RECIT}`), 'without scripts the link is there', address, links.join(' '));
    await context.close();
  }
}

/** The kit: code to read without scripts; with them a choice changes the code and the preview. */
async function kit(cx) {
  const address = `${cx.site}/integrer/${RECIT}republier/`;
  const off = await open(cx, address, { scripts: false });
  const blocks = await off.tab.locator('[data-bloc]').count();
  cx.tally.check(blocks === 5 && await off.tab.locator('.choix').isHidden(), 'without scripts the kit is code to read', address, `${blocks}`);
  await off.context.close();
  const { tab, context } = await open(cx, address, { width: 1280 });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => undefined);
  await tab.locator('input[value="carte"]').check();
  await tab.locator('input[value="sombre"]').check();
  await tab.locator('input[value="320"]').check();
  await tab.locator('.apercu summary').click();
  await tab.waitForTimeout(600);
  const frame = await tab.locator('[data-bloc="cadre"]').textContent();
  cx.tally.check(frame.includes(`/integrer/${RECIT}carte/sombre/"`) && frame.includes('width="320"'), 'a choice changes the code', address, frame);
  cx.tally.check((await tab.locator('.apercu iframe').evaluate((one) => one.contentWindow.location.pathname)) === `/integrer/${RECIT}carte/sombre/`, 'a choice changes the preview', address);
  await tab.locator('button.copier').nth(1).click();
  const copied = await tab.evaluate(() => navigator.clipboard.readText()).catch(() => '');
  cx.tally.check(copied === frame, 'a click copies the code', address, copied);
  cx.tally.check((await tab.locator('[role="status"]').allTextContents()).join('').length > 0, 'a screen reader hears of the copy', address);
  await context.close();
}

/** The page that compares: current by its mark, older by its words, unknown. */
async function copies(cx) {
  const { tab, context } = await open(cx, `${cx.site}/integrer/verifier/`);
  const verdict = async (text) => {
    await tab.locator('#copie').fill(text);
    await tab.locator('.verifier button').click();
    await tab.waitForTimeout(500);
    return tab.locator('.verdict').getAttribute('class');
  };
  const whole = await open(cx, `${cx.site}/integrer/${RECIT}complet/`);
  const text = await whole.tab.locator('.essaim').innerText();
  await whole.context.close();
  const marked = /[0-9a-f]{12}/.exec(text)[0];
  for (const [given, expected] of [
    [text, 'verdict bien'], [text.replace(marked, ''), 'verdict bien'], [text.replace(marked, '0123456789ab').replace(/2014/g, '2015'), 'verdict mal'],
    [text.replace(marked, '').slice(0, text.length / 2), 'verdict mal'], ['Rien de connu ici.', 'verdict doute'], [`${cx.site}/${RECIT}`, 'verdict bien'], [cx.words.carte, 'verdict bien'],
  ]) {
    const seen = await verdict(given);
    cx.tally.check(seen === expected, 'a copy is judged', given.slice(0, 60), `${seen} instead of ${expected}`);
  }
  await context.close();
}
