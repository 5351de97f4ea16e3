// Asks Pagefind's own script in a real browser, on an index that its program made.
import { createServer } from 'node:http';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';

const TYPES = { '.js': 'text/javascript', '.json': 'application/json', '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** Serves a folder on this machine; `seen` gathers what is asked for. */
export async function serve(folder, seen = []) {
  const server = createServer((request, response) => {
    let path = decodeURIComponent(request.url.split('?')[0]);
    if (path.endsWith('/')) path += 'index.html';
    const file = join(folder, path);
    if (path === '/vide.html') return response.setHeader('content-type', TYPES['.html']).end('<!doctype html><title>-</title>');
    if (!existsSync(file) || statSync(file).isDirectory()) return response.writeHead(404).end();
    const body = readFileSync(file);
    seen.push({ url: request.url, body });
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
    response.end(body);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Opens Chromium by playwright-core, wherever it is installed. */
export async function browser() {
  const places = [process.env.PLAYWRIGHT, new URL('../browser/', import.meta.url).pathname].filter(Boolean);
  for (const place of places) {
    try {
      const { chromium } = createRequire(join(place, 'index.js'))('playwright-core');
      return await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
    } catch { /* the next place */ }
  }
  return null;
}

/** Opens a site that holds a folder `pagefind/`; nothing when there is no browser. */
export async function opened(folder) {
  const chromium = await browser();
  if (!chromium) return null;
  const server = await serve(folder);
  const page = await chromium.newPage();
  await page.goto(`${server.origin}/vide.html`);
  await page.evaluate(async () => {
    window.pagefind = await import('/pagefind/pagefind.js');
    await window.pagefind.init();
  });
  return {
    ask: (question) => page.evaluate(async (question) => {
      const found = await window.pagefind.search(question.replace(/[«“]\s*|\s*[»”]/g, '"'));
      const best = await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
      return best.map((one) => one.url);
    }, question),
    close: async () => {
      await chromium.close();
      server.close();
    },
  };
}
