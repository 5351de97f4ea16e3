// Holds Cargo.lock to deny.toml without a network: every dependency comes from the registry, under a licence of the list, in no banned version.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const policy = readFileSync('deny.toml', 'utf8');
const allowed = new Set(policy.match(/^allow = \[([\s\S]*?)\]/m)[1].match(/"[^"]+"/g).map((name) => name.slice(1, -1)));
const banned = [...policy.matchAll(/crate = "([\w-]+)(?::<([\d.]+))?"/g)].map(([, name, below]) => ({ name, below }));
const metadata = JSON.parse(execFileSync('cargo', ['metadata', '--format-version', '1', '--locked', '--filter-platform', 'x86_64-unknown-linux-gnu'], { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] }));
const used = new Set(metadata.resolve.nodes.map((node) => node.id));

let passed = 0;
const failures = [];
for (const { name, version, license, source, id } of metadata.packages) {
  if (!used.has(id)) continue;
  if (source && !source.startsWith('registry+')) failures.push(`${name} ${version} comes from ${source}`);
  else if (!holds(license ?? '')) failures.push(`${name} ${version}: ${license ?? 'no licence'}`);
  else if (banned.some((ban) => ban.name === name && (!ban.below || older(version, ban.below)))) failures.push(`${name} ${version} is banned by deny.toml`);
  else passed += 1;
}
for (const failure of failures) console.log(`FAIL ${failure}`);
console.log(`sum: ${passed} passed, ${failures.length} failed`);
process.exit(failures.length ? 1 : 0);

/** Whether a version comes before another. */
function older(version, limit) {
  const [left, right] = [version, limit].map((text) => text.split(/[.+-]/).slice(0, 3).map(Number));
  const at = left.findIndex((part, index) => part !== right[index]);
  return at >= 0 && left[at] < right[at];
}

/** Reads « (MIT OR Apache-2.0) AND Unicode-3.0 »: OR needs one, AND needs all, « / » is an old OR, an exception is part of its name. */
function holds(expression) {
  const words = expression.replace(/\//g, ' OR ').match(/\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
  const any = () => {
    let value = all();
    while (words[at] === 'OR') { at += 1; value = all() || value; }
    return value;
  };
  const all = () => {
    let value = one();
    while (words[at] === 'AND') { at += 1; value = one() && value; }
    return value;
  };
  const one = () => {
    if (words[at] === '(') { at += 1; const value = any(); at += 1; return value; }
    let name = words[at++];
    if (words[at] === 'WITH') { name += ` WITH ${words[at + 1]}`; at += 2; }
    return allowed.has(name);
  };
  return words.length > 0 && any();
}
