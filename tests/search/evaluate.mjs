// Asks the judged questions and prints success@3 and nDCG@10 by kind, beside Pagefind when there is one.
//   node evaluate.mjs SITE [--misses] [--pagefind FOLDER] [--questions FILE]
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { card, engine } from './moteur.mjs';
import { opened } from './pagefind.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const args = process.argv.slice(2);
const site = args[0];
const after = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : null);
const bundle = after('--pagefind');

/** The questions, with the grade of each page by the end of its address. */
const questions = readFileSync(after('--questions') ?? join(here, 'questions.txt'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#')).map((line) => {
  const [kind, question, judged] = line.split(' | ');
  return { kind, question, judged: new Map(judged.trim().split(' ').map((one) => [one.slice(0, one.lastIndexOf(':')), Number(one.slice(one.lastIndexOf(':') + 1))])) };
});

function grade(judged, url) {
  for (const [end, value] of judged) if (url === '/' ? end === 'accueil' : url.endsWith(`/${end}/`)) return value;
  return 0;
}

function ndcg(judged, urls) {
  const gain = (grades) => grades.slice(0, 10).reduce((sum, value, i) => sum + (2 ** value - 1) / Math.log2(i + 2), 0);
  const ideal = gain([...judged.values()].sort((a, b) => b - a));
  return ideal ? gain(urls.map((url) => grade(judged, url))) / ideal : 1;
}

async function evaluate(name, ask) {
  const kinds = new Map();
  const misses = [];
  for (const { kind, question, judged } of questions) {
    const urls = await ask(question);
    const success = urls.slice(0, 3).some((url) => grade(judged, url) >= 2) ? 1 : 0;
    if (!success) misses.push(`${kind} | ${question} | ${urls.slice(0, 3).join(' ')}`);
    for (const key of [kind, 'total']) {
      const sums = kinds.get(key) ?? kinds.set(key, [0, 0, 0]).get(key);
      sums[0] += 1;
      sums[1] += success;
      sums[2] += ndcg(judged, urls);
    }
  }
  return { name, kinds, misses };
}

const own = engine(site);
const runs = [await evaluate('essaim', async (question) => (await own.ask(question)).hits.slice(0, 10).map((hit) => `/${card(site, hit.page)[0]}`))];
const peer = bundle && (await opened(bundle));
if (peer) runs.push(await evaluate('Pagefind', peer.ask));

const total = runs[0].kinds.get('total');
runs[0].kinds.delete('total');
const rows = [...runs[0].kinds.keys()].sort().concat('total');
runs[0].kinds.set('total', total);
console.log(`| questions | n |${runs.map((run) => ` ${run.name} success@3 | nDCG@10 |`).join('')}`);
console.log(`| --- | --- |${runs.map(() => ' --- | --- |').join('')}`);
for (const kind of rows) {
  const cells = runs.map((run) => run.kinds.get(kind)).map(([n, success, sum]) => ` ${(success / n).toFixed(3)} | ${(sum / n).toFixed(3)} |`);
  console.log(`| ${kind} | ${runs[0].kinds.get(kind)[0]} |${cells.join('')}`);
}
if (args.includes('--misses')) for (const run of runs) console.log(`\n${run.name}:\n${run.misses.join('\n')}`);
await peer?.close();
const [n, success] = total;
process.exitCode = success / n >= 0.95 ? 0 : 1;
