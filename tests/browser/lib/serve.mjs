// Serves a folder on a free local port the way a plain static host does: types, gzip, 404.html, nothing else.
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml', '.json': 'application/json', '.geojson': 'application/geo+json', '.xml': 'application/xml', '.txt': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8', '.pdf': 'application/pdf', '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.gif': 'image/gif',
  '.ics': 'text/calendar; charset=utf-8', '.eml': 'message/rfc822', '.woff2': 'font/woff2', '.webmanifest': 'application/manifest+json',
};
const PACKED = new Set(['.html', '.css', '.js', '.mjs', '.svg', '.json', '.geojson', '.xml', '.txt', '.csv']);

/** Starts the server; returns { origin, close }. Headers may be added: { headers: { name: value } }. */
export function serve(dir, { headers = {} } = {}) {
  const packed = new Map();
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://local').pathname);
    let file = path.join(dir, path.posix.normalize(name));
    let status = 200;
    if (isFolder(file)) file = path.join(file, 'index.html');
    if (!isFile(file)) {
      status = 404;
      file = path.join(dir, '404.html');
      if (!isFile(file)) return response.writeHead(404).end();
    }
    const ending = path.extname(file);
    const type = { 'content-type': TYPES[ending] ?? 'application/octet-stream', ...headers };
    if (PACKED.has(ending)) {
      if (!packed.has(file)) packed.set(file, gzipSync(readFileSync(file)));
      return response.writeHead(status, { ...type, 'content-encoding': 'gzip' }).end(packed.get(file));
    }
    response.writeHead(status, type);
    return createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({ origin: `http://127.0.0.1:${server.address().port}`, close: () => { server.closeAllConnections(); server.close(); } });
    });
  });
}

function isFile(file) {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isFolder(file) {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
