// Counts what holds and what does not, and prints each kind of failure once with the pages that have it.

const SHOWN = 4;

export class Tally {
  passed = 0;
  failed = 0;
  #groups = new Map();
  #notes = new Map();
  #subject = '';

  /** Names the scenario that speaks from now on. */
  subject(name) {
    this.#subject = name;
  }

  /** Counts facts that hold. */
  pass(count = 1) {
    this.passed += count;
  }

  /** Counts one fact that does not hold: the rule, the page, and what was seen there. */
  fail(rule, page, detail = '') {
    this.failed += 1;
    add(this.#groups, `${this.#subject}: ${rule}`, page, detail);
  }

  /** Counts one fact of a page. */
  check(holds, rule, page, detail = '') {
    if (holds) this.pass();
    else this.fail(rule, page, typeof detail === 'function' ? detail() : detail);
    return holds;
  }

  /** Keeps something worth reading that is no failure. */
  note(rule, page = '', detail = '') {
    add(this.#notes, `${this.#subject}: ${rule}`, page, detail);
  }

  /** Prints the failures and the closing sum; returns the exit code. */
  close() {
    print('note', this.#notes);
    print('FAIL', this.#groups);
    console.log(`sum: ${this.passed} passed, ${this.failed} failed`);
    return this.failed ? 1 : 0;
  }
}

function add(groups, rule, page, detail) {
  if (!groups.has(rule)) groups.set(rule, []);
  groups.get(rule).push(detail ? `${page}  ${detail}` : page);
}

function print(word, groups) {
  const all = Number(process.env.SHOW_ALL) ? Infinity : SHOWN;
  for (const [rule, places] of groups) {
    const distinct = [...new Set(places)].filter(Boolean);
    console.log(`${word} ${rule}${places.length > 1 ? ` (${places.length} times)` : ''}`);
    for (const place of distinct.slice(0, all)) console.log(`     ${place}`);
    if (distinct.length > all) console.log(`     … and ${distinct.length - all} more (SHOW_ALL=1 lists them)`);
  }
}
