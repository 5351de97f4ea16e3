// A built site as the scenarios see it: its files, its pages by kind, a local server, and browsers that are opened when asked for.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

export class Site {
  #server;
  #browser;

  /** Reads the folder; `only` keeps the pages whose address contains it. */
  static async open(dir, only = '') {
    const site = new Site();
    site.dir = path.resolve(dir);
    site.files = list(site.dir);
    site.pages = site.files.filter((file) => file.endsWith('.html') && !file.endsWith('.email.html')).map((file) => page(site.dir, file))
      .filter((one) => one.url.includes(only)).sort((a, b) => (a.url < b.url ? -1 : 1));
    if (!site.pages.length) throw new Error(`no page in ${site.dir}`);
    site.base = base(site);
    return site;
  }

  /** Pages that people read: no redirect. Of the pages to embed, a few of each form: they are as many as twenty for a content. */
  get readable() {
    const seen = new Map();
    return this.pages.filter((one) => {
      if (one.redirects || !(one.embed || one.form)) return !one.redirects;
      const count = (seen.get(one.form) ?? 0) + 1;
      seen.set(one.form, count);
      return count <= 3;
    });
  }

  /** For each kind of page, the one with the most markup and the first one. */
  get sample() {
    const kinds = new Map();
    for (const one of this.readable) kinds.set(one.kind, [...(kinds.get(one.kind) ?? []), one]);
    const chosen = [];
    for (const pages of kinds.values()) {
      const longest = pages.reduce((a, b) => (b.html.length > a.html.length ? b : a));
      chosen.push(longest, ...(pages[0] === longest ? [] : [pages[0]]));
    }
    return chosen;
  }

  /** One page of each kind. */
  get kinds() {
    const seen = new Set();
    return this.sample.filter((one) => !seen.has(one.kind) && seen.add(one.kind));
  }

  /** The text of a file of the site. */
  text(file) {
    return readFileSync(path.join(this.dir, file), 'utf8');
  }

  /** Where the site is served. */
  async origin() {
    this.#server ??= await serve(this.dir);
    return this.#server.origin;
  }

  /** The full address of a page here. */
  async at(one) {
    return (await this.origin()) + encodeURI(one.url);
  }

  /** Chromium, opened once. */
  async chromium() {
    this.#browser ??= await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'] });
    return this.#browser;
  }

  /** Gives each page of a list to one of a few tabs, in parallel. */
  async each(pages, context, work, tabs = 2) {
    const browser = await this.chromium();
    const queue = [...pages];
    await Promise.all(Array.from({ length: tabs }, async () => {
      const cx = await browser.newContext({ locale: 'fr-FR', reducedMotion: 'reduce', ...context });
      const tab = await cx.newPage();
      for (let one = queue.shift(); one; one = queue.shift()) await work(tab, one, cx);
      await cx.close();
    }));
  }

  async close() {
    await this.#browser?.close();
    this.#server?.close();
  }
}

function list(dir, under = '') {
  return readdirSync(path.join(dir, under), { withFileTypes: true }).flatMap((entry) => {
    const name = under ? `${under}/${entry.name}` : entry.name;
    return entry.isDirectory() ? list(dir, name) : [name];
  }).filter((name) => !name.startsWith('.essaim/')).sort();
}

function page(dir, file) {
  const html = readFileSync(path.join(dir, file), 'utf8');
  const classes = (html.match(/<body[^>]*\bclass="?([^">]*)/)?.[1] ?? '').split(/\s+/).filter((name) => name && !name.startsWith('teinte-'));
  const embed = file.startsWith('integrer/') && /<body class="(integration|cadre-recherche)/.test(html);
  const form = file.startsWith('integrer/') ? file.split('/').filter((part) => /^(complet|carte|clair|sombre|sans-noms|recits|exemples|republier)$/.test(part)).join('/') : '';
  return {
    file,
    url: `/${file.replace(/(^|\/)index\.html$/, '$1')}`,
    html,
    size: statSync(path.join(dir, file)).size,
    redirects: /<meta http-equiv="?refresh/i.test(html),
    hidden: /<meta name="?robots"? content="[^"]*noindex/i.test(html),
    embed,
    form,
    kind: embed ? `embed ${classes[0] ?? ''}`.trim() : classes[0] ?? file,
  };
}

/** The public address of the site, as its home page gives it. */
function base(site) {
  const home = site.pages.find((one) => one.url === '/');
  return home?.html.match(/<link rel="?canonical"? href="?([^"> ]+)/)?.[1].replace(/\/*$/, '/') ?? null;
}
