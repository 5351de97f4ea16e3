// Every address in every page, style sheet and feed leads to a file of the site, every fragment to an element, and every page is reached from the home page.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { addresses, tags } from '../lib/html.mjs';

const OUTSIDE = /^(https?|mailto|tel|data):/i;

export default async function (site, tally) {
  const pages = new Map();
  for (const one of site.pages) {
    const list = tags(one.html);
    const ids = list.flatMap(({ name, at }) => [at.get('id'), name === 'a' ? at.get('name') : undefined]).filter(Boolean);
    pages.set(one.url, { one, list, ids: new Set(ids), to: new Set() });
    tally.check(new Set(ids).size === ids.length, 'an id stands twice', one.url, () => ids.find((id, at) => ids.indexOf(id) !== at));
  }
  for (const { one, list, to } of pages.values()) {
    for (const { tag, attribute, value } of addresses(list)) follow({ site, tally, pages, to }, one.url, value, `<${tag} ${attribute}="${value}">`);
  }
  for (const file of site.files.filter((name) => name.endsWith('.css'))) {
    for (const [, value] of site.text(file).matchAll(/url\(\s*["']?([^"')]+)/g)) follow({ site, tally, pages, to: new Set() }, `/${file}`, value, `url(${value})`);
  }
  for (const file of site.files.filter((name) => /(\.xml|feed\.json|oembed\.json|_redirects)$/.test(name))) {
    if (!site.base) break;
    const quoted = site.base.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    for (const [value] of site.text(file).matchAll(new RegExp(`${quoted}[^\\s"'<>&\\\\]*`, 'g'))) follow({ site, tally, pages, to: new Set() }, `/${file}`, value, value);
  }
  orphans(pages, tally);
}

/** Checks one address; `to` gathers the pages that it reaches. */
function follow({ site, tally, pages, to }, from, value, shown) {
  let address = value.trim();
  if (site.base && (address + '/').startsWith(site.base)) address = `/${address.slice(site.base.length)}`;
  if (OUTSIDE.test(address)) {
    const holds = !/^https?:/i.test(address) || URL.canParse(address);
    return void tally.check(holds, 'an outside address cannot be read', from, shown);
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return tally.fail('an address of an unexpected kind', from, shown);
  let target;
  try {
    target = new URL(address, `http://site${encodeURI(from)}`);
  } catch {
    return tally.fail('an address cannot be read', from, shown);
  }
  const url = decodeURIComponent(target.pathname);
  const file = path.join(site.dir, url);
  const page = pages.get(url) ?? pages.get(`${url}/`) ?? pages.get(url.replace(/index\.html$/, ''));
  if (page) {
    to.add(page.one.url);
    const id = decodeURIComponent(target.hash.slice(1));
    const holds = !id || page.ids.has(id) || id.startsWith(':~:');
    tally.check(holds, 'a link to a fragment that is not there', from, shown);
    if (page.one.redirects) tally.fail('a link to a redirect instead of the page', from, shown);
    return undefined;
  }
  return void tally.check(existsSync(file) && statSync(file).isFile(), 'a link to a file that is not there', from, shown);
}

function orphans(pages, tally) {
  if (!pages.has('/')) return;
  const reached = new Set(['/']);
  for (const url of reached) for (const next of pages.get(url)?.to ?? []) reached.add(next);
  for (const { one } of pages.values()) {
    if (one.redirects || one.embed || one.url === '/404.html') continue;
    tally.check(reached.has(one.url), 'a page that no other page leads to', one.url);
  }
}
