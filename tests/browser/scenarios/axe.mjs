// axe-core on every page in Chromium: all rules at 1280 and 320 px, then colours again in the dark scheme.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const FRENCH = JSON.parse(readFileSync(require.resolve('axe-core/locales/fr.json'), 'utf8'));
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'RGAAv4'];
const COLOURS = ['color-contrast', 'link-in-text-block'];
const STATES = [
  { scheme: 'light', width: 1280, rules: null },
  { scheme: 'dark', width: 1280, rules: COLOURS },
  { scheme: 'light', width: 320, rules: null },
  { scheme: 'dark', width: 320, rules: COLOURS },
];

export default async function (site, tally) {
  await site.each(site.readable, {}, async (tab, one) => {
    await tab.setViewportSize({ width: 1280, height: 900 });
    await tab.emulateMedia({ colorScheme: 'light' });
    await tab.goto(await site.at(one), { waitUntil: 'load' });
    await tab.evaluate(AXE);
    for (const { scheme, width, rules } of STATES) {
      await tab.setViewportSize({ width, height: 900 });
      await tab.emulateMedia({ colorScheme: scheme });
      const { violations, incomplete } = await tab.evaluate(run, { french: FRENCH, tags: TAGS, rules });
      const state = `${one.url} ${scheme} ${width}`;
      for (const { id, help, nodes } of violations) tally.fail(`${id}: ${help}`, state, `${nodes.length} × ${nodes[0]}`);
      for (const { id, nodes } of incomplete) tally.note(`to be judged: ${id}`, state, nodes[0]);
      if (!violations.length) tally.pass();
    }
  });
}

async function run({ french, tags, rules }) {
  globalThis.axe.configure({ locale: french });
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags };
  const { violations, incomplete } = await globalThis.axe.run(document, { runOnly, resultTypes: ['violations', 'incomplete'] });
  const brief = (all) => all.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => `${node.html.slice(0, 160)} ${(node.any[0]?.message ?? '').slice(0, 160)}`) }));
  return { violations: brief(violations), incomplete: brief(incomplete) };
}
