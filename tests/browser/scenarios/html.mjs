// Valid HTML, CSS and SVG: the Nu checker and html-validate on every file, redirects included.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { HtmlValidate } from 'html-validate';

const require = createRequire(import.meta.url);
const JAR = path.join(path.dirname(require.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
/** RGAA 1.9.1 asks for role="figure" on a captioned image, which HTML finds superfluous. */
const AGREED = [/The “figure” role is unnecessary for element “figure”/];
const RULES = {
  extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
  elements: ['html5'],
  rules: {
    // Agreed: files of the site itself need no hash; role="figure" is asked for by RGAA 1.9.1; a search form says role="search" to old readers.
    'require-sri': 'off', 'no-redundant-role': 'off', 'prefer-native-element': 'off',
    // The program writes these forms on purpose: they are valid and shorter.
    'prefer-tbody': 'off', 'no-trailing-whitespace': 'off', 'attribute-boolean-style': 'off', 'doctype-style': 'off', 'attr-quotes': 'off', 'void-style': 'off',
    // Titles name the fiche in full; search engines cut them where they like.
    'long-title': 'off',
    // A button with no type in a form submits it, which is what is meant; others have one (checked by the scenario without scripts).
    'no-implicit-button-type': 'off',
    // French texts hold telephone numbers with other spaces.
    'tel-non-breaking': 'off',
  },
};

export default async function (site, tally) {
  await nu(site, tally);
  await strict(site, tally);
}

async function nu(site, tally) {
  const kept = new Set([...site.readable, ...site.pages.filter((one) => one.redirects)].map((one) => one.file));
  const files = site.files.filter((file) => /\.(css|svg)$/.test(file) || kept.has(file));
  const { stderr } = await promisify(execFile)(
    'java', ['-Xmx512m', '-jar', JAR, '--format', 'json', '--exit-zero-always', '--also-check-css', '--also-check-svg', ...files],
    { cwd: site.dir, maxBuffer: 1 << 28 },
  );
  const faulty = new Set();
  for (const { type, subType, url, lastLine, message, extract } of JSON.parse(stderr).messages) {
    if (type === 'info' && subType !== 'warning') continue;
    if (AGREED.some((known) => known.test(message))) continue;
    const file = decodeURIComponent(url).split(`${site.dir}/`).pop();
    faulty.add(file);
    tally.fail(`Nu: ${message.replace(/ID “[^”]*”/, 'ID')}`, `${file}:${lastLine}`, extract?.replace(/\s+/g, ' ').slice(0, 140));
  }
  tally.pass(files.length - faulty.size);
}

async function strict(site, tally) {
  const validator = new HtmlValidate(RULES);
  for (const { file, html } of site.readable) {
    const { results } = await validator.validateString(html, file);
    const messages = results.flatMap((result) => result.messages);
    for (const { ruleId, message, line } of messages) tally.fail(`html-validate ${ruleId}`, `${file}:${line}`, message);
    if (!messages.length) tally.pass();
  }
}
