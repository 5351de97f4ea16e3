// Atom, JSON Feed, sitemap and robots by their own rules: schema, dates, identities, absolute addresses.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { unescape } from '../lib/html.mjs';

const require = createRequire(import.meta.url);
const SCHEMAS = path.join(path.dirname(require.resolve('sitemap/package.json')), 'schema');
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
// eslint-disable-next-line no-control-regex -- the characters that XML forbids
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

export default async function (site, tally) {
  const xml = site.files.filter((file) => file.endsWith('.xml'));
  for (const file of xml) {
    const text = site.text(file);
    const error = wrong(['--noout', '--nonet', path.join(site.dir, file)]);
    if (!tally.check(!error && !CONTROL.test(text), 'XML that cannot be read', file, error)) continue;
    if (/<feed[\s>]/.test(text)) atom(file, text, tally);
  }
  for (const file of site.files.filter((name) => /(^|\/)feed\.json$/.test(name))) json(file, site.text(file), tally);
  tally.check(xml.some((file) => file === 'atom.xml'), 'the site has an Atom feed', 'atom.xml');
  sitemap(site, tally);
  const robots = site.files.includes('robots.txt') ? site.text('robots.txt') : '';
  tally.check(/^Sitemap: https?:\/\/\S+\.xml$/m.test(robots), 'robots.txt names the sitemap in full', 'robots.txt');
}

function wrong(args) {
  try {
    execFileSync('xmllint', args, { stdio: 'pipe' });
    return '';
  } catch (error) {
    return String(error.stderr ?? error).slice(0, 300);
  }
}

function atom(file, text, tally) {
  const head = text.split('<entry')[0];
  const all = (source, name) => [...source.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map((match) => match[1]);
  const entries = [...text.matchAll(/<entry[\s>][\s\S]*?<\/entry>/g)].map(([entry]) => entry);
  for (const name of ['id', 'title', 'updated']) tally.check(all(head, name).length === 1, `a feed has one <${name}>`, file);
  tally.check(/<link[^>]+rel="self"/.test(head), 'a feed gives its own address', file);
  tally.check(entries.length > 0, 'a feed has entries', file);
  tally.check(entries.length <= 1000, 'a feed is bounded', file, `${entries.length} entries`);
  tally.check(/<author>/.test(head) || entries.every((entry) => /<author>/.test(entry)), 'every entry has an author, its own or the feed’s', file);
  const ids = entries.flatMap((entry) => all(entry.replace(/<source>[\s\S]*?<\/source>/, ''), 'id'));
  tally.check(new Set(ids).size === entries.length, 'every entry has one id of its own', file);
  for (const entry of entries) {
    const id = all(entry, 'id')[0] ?? '';
    for (const name of ['id', 'title', 'updated']) tally.check(all(entry, name).length === 1, `an entry has one <${name}>`, file, id);
    tally.check(/<(content|summary)[\s>]/.test(entry), 'an entry has a content or a summary', file, id);
    absolute(unescape(all(entry, 'content')[0] ?? ''), tally, file, id);
  }
  for (const date of [...all(text, 'updated'), ...all(text, 'published')]) tally.check(RFC3339.test(date), 'a date of RFC 3339', file, date);
}

function absolute(html, tally, file, id) {
  // What stands in code is shown, not followed.
  const shown = html.replace(/<pre[\s>][\s\S]*?<\/pre>|<code[\s>][\s\S]*?<\/code>/g, '');
  const relative = [...shown.matchAll(/\s(?:href|src)="?([^"\s>]+)/g)].map((match) => match[1]).find((value) => !/^(https?:|mailto:|tel:|data:|#)/.test(value));
  tally.check(!relative, 'what readers receive has full addresses only', file, `${id} ${relative}`);
  tally.check(!/<(script|style|iframe|form)\b/.test(html), 'what readers receive has no active markup', file, id);
}

function json(file, text, tally) {
  const feed = JSON.parse(text);
  tally.check(feed.version === 'https://jsonfeed.org/version/1.1', 'the version of a JSON feed', file, feed.version);
  for (const name of ['title', 'home_page_url', 'feed_url']) tally.check(Boolean(feed[name]), `a JSON feed has a ${name}`, file);
  const ids = feed.items.map((item) => item.id);
  tally.check(ids.length > 0 && new Set(ids).size === ids.length && ids.every((id) => typeof id === 'string'), 'items have ids of their own', file);
  for (const item of feed.items) {
    tally.check(typeof (item.content_html ?? item.content_text) === 'string', 'an item has a content', file, item.id);
    tally.check(URL.canParse(item.url ?? ''), 'an item has a full address', file, item.id);
    absolute(item.content_html ?? '', tally, file, item.id);
    for (const name of ['date_published', 'date_modified']) if (item[name]) tally.check(RFC3339.test(item[name]), 'a date of RFC 3339', file, item[name]);
  }
}

function sitemap(site, tally) {
  const maps = site.files.filter((file) => /^sitemap[^/]*\.xml$/.test(file));
  tally.check(maps.length > 0, 'the site has a sitemap', 'sitemap.xml');
  const listed = new Set();
  for (const file of maps) {
    const text = site.text(file);
    const schema = /<sitemapindex/.test(text) ? 'siteindex.xsd' : 'sitemap.xsd';
    const error = wrong(['--noout', '--nonet', '--schema', path.join(SCHEMAS, schema), path.join(site.dir, file)]);
    tally.check(!error, 'the schema of sitemaps', file, error);
    for (const [, loc] of text.matchAll(/<loc>([^<]+)<\/loc>/g)) {
      tally.check(!listed.has(loc), 'an address listed twice', file, loc);
      listed.add(unescape(loc));
    }
  }
  if (!site.base || !maps.length) return;
  for (const one of site.pages) {
    const expected = !one.redirects && !one.hidden && !one.embed && one.url !== '/404.html';
    const there = listed.has(site.base + encodeURI(one.url.slice(1)));
    tally.check(there === expected, expected ? 'a page is missing from the sitemap' : 'a page that is not to be found is in the sitemap', one.url);
  }
}
