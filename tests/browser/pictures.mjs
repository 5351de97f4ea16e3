// Takes the pictures of the readme from a built site: node pictures.mjs SITE OUT-FOLDER
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Site } from './lib/site.mjs';

const [dir = 'public', out = 'docs'] = process.argv.slice(2);
const site = await Site.open(dir);
mkdirSync(out, { recursive: true });
const browser = await site.chromium();

/** One page as it opens, or to its end. */
async function shot(url, { width, height, scheme = 'light', scale = 1 }) {
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale, colorScheme: scheme, reducedMotion: 'reduce', locale: 'fr-FR' });
  const tab = await context.newPage();
  await tab.goto((await site.origin()) + url, { waitUntil: 'load' });
  const png = await tab.screenshot();
  await context.close();
  return `data:image/png;base64,${png.toString('base64')}`;
}

const fiche = site.readable.find(({ url }) => /^\/kits\/kit-communal\/animer-son-territoire\/$/.test(url)) ?? site.readable.find(({ kind }) => kind.endsWith('fiche'));
const [home, page, dark] = [
  await shot('/', { width: 1280, height: 860 }),
  await shot(fiche.url, { width: 360, height: 720, scale: 2 }),
  await shot('/', { width: 360, height: 720, scale: 2, scheme: 'dark' }),
];
const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
const board = await context.newPage();
await board.setContent(`<!doctype html><style>
  body{margin:0;background:#efe9df;width:1600px;height:1000px;position:relative;overflow:hidden}
  img{position:absolute;display:block;border-radius:10px;box-shadow:0 1px 2px #0002,0 18px 50px #0003}
  .desk{left:60px;top:60px;width:1180px}.phone{width:270px;border-radius:22px;border:7px solid #22201d}
  .one{left:960px;top:400px}.two{left:1272px;top:240px}
</style><img class="desk" src="${home}" alt=""><img class="phone one" src="${page}" alt=""><img class="phone two" src="${dark}" alt="">`);
await board.screenshot({ path: path.join(out, 'accueil.png') });
await context.close();
await site.close();
console.log(`${out}/accueil.png`);
