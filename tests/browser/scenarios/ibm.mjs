// A second opinion on accessibility: IBM's checker, WCAG 2.2, on each kind of page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const ACE = readFileSync(require.resolve('accessibility-checker-engine/ace.js'), 'utf8');
/** Agreed: a skip link stands before the landmarks, where it is of use; the <title> of a drawing, which nobody sees, is counted as visible text. */
const AGREED = ['aria_content_in_landmark', 'skip_main_described'];

export default async function (site, tally) {
  await site.each(site.sample, { viewport: { width: 1280, height: 900 }, bypassCSP: true }, async (tab, one) => {
    await tab.goto(await site.at(one), { waitUntil: 'load' });
    await tab.evaluate(`${ACE};globalThis.ace = ace;`);
    const found = await tab.evaluate(async () => {
      const { results } = await new globalThis.ace.Checker().check(document, ['WCAG_2_2']);
      return results.filter(({ value }) => value[0] === 'VIOLATION' && value[1] === 'FAIL').map(({ ruleId, message, snippet, path }) => ({ ruleId, path: path?.dom ?? '', message, snippet: snippet?.slice(0, 120) }));
    });
    const wrong = found.filter(({ ruleId, path }) => !AGREED.includes(ruleId) && !(ruleId === 'label_name_visible' && path.includes('/svg')));
    for (const { ruleId, message, snippet } of wrong) tally.fail(`${ruleId}: ${message}`, one.url, snippet);
    if (!wrong.length) tally.pass();
  });
}
