// axe-core in WebKitGTK, the engine nearest to Safari's, on each kind of page; run under xvfb-run.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const PORT = 8140;

export default async function (site, tally) {
  const env = { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_DMABUF_RENDERER: '1' };
  const driver = spawn('WebKitWebDriver', [`--port=${PORT}`, '--host=127.0.0.1'], { env, stdio: 'ignore' });
  try {
    await ready();
    const { sessionId, capabilities } = await ask('POST', '/session', {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] } } },
    });
    tally.note(`${capabilities.browserName} ${capabilities.browserVersion}`);
    const session = `/session/${sessionId}`;
    await ask('POST', `${session}/timeouts`, { script: 60_000 });
    for (const one of site.kinds) {
      await ask('POST', `${session}/url`, { url: await site.at(one) });
      await ask('POST', `${session}/execute/sync`, { script: `${AXE};window.axe = axe;`, args: [] });
      const script = 'const done = arguments[0]; axe.run().then((r) => done(r.violations.map((v) => v.id + " " + v.nodes[0].html.slice(0, 120))))';
      const violations = await ask('POST', `${session}/execute/async`, { script, args: [] });
      tally.check(!violations.length, 'axe-core finds nothing in WebKit', one.url, violations.join(' | '));
      const wide = await ask('POST', `${session}/execute/sync`, { script: 'return document.documentElement.scrollWidth > innerWidth', args: [] });
      tally.check(!wide, 'nothing scrolls sideways in WebKit', one.url);
    }
    await ask('DELETE', session);
  } finally {
    driver.kill();
  }
}

function miniBrowser() {
  const folders = readdirSync('/usr/lib').map((name) => `/usr/lib/${name}`).flatMap((dir) => ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0'].map((name) => `${dir}/${name}/MiniBrowser`));
  const found = folders.find((file) => existsSync(file));
  if (!found) throw new Error('no MiniBrowser: install webkit2gtk-driver');
  return found;
}

async function ready() {
  for (let tries = 0; tries < 50; tries += 1) {
    if (await fetch(`http://127.0.0.1:${PORT}/status`).then((answer) => answer.ok, () => false)) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error('WebKitWebDriver does not answer');
}

async function ask(method, path, body) {
  const answer = await fetch(`http://127.0.0.1:${PORT}${path}`, { method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (value?.error) throw new Error(`${value.error}: ${value.message}`.slice(0, 400));
  return value;
}
