// The search: reads the index of /recherche/index/ and ranks pages as `essaim search` does, with the same sums.
// A classic script without dependency: it also works from a folder opened in the browser, where it loads files by <script>.
(function (global) {
'use strict';

// Files.
var root, base, read, facets, missing, waiting = {}, files = {}, shards = {};
var LAST = 62, MORE = 30, BLOCKS = 8, CLOSELY = 256, LEAST = 7, GROUPS = 12, MOST = 24, VALUES = [];
// Every printable character but those that a string or HTML escapes.
for (var code = 32, digits = 0; code < 127; code++) if (code !== 34 && code !== 60 && code !== 92) VALUES[code] = digits++;

function payload(text) {
  return JSON.parse(text.slice(text.indexOf(',') + 1, text.lastIndexOf(')')));
}

function byScript(name) {
  return new Promise((done, failed) => {
    var script = document.createElement('script');
    waiting[name] = done;
    script.src = base + name + '.js';
    script.onerror = failed;
    document.head.append(script);
    script.remove();
  });
}

function byFetch(name) {
  var options = name === 'racine' ? { cache: 'no-cache' } : {};
  return fetch(base + name + '.js' + (root ? '?v=' + root.v : ''), options).then(answer => {
    if (!answer.ok) throw new Error(name);
    return answer.text();
  }).then(payload);
}

function load(name) {
  if (!files[name]) {
    files[name] = read(name);
    files[name].catch(() => { delete files[name]; });
  }
  return files[name];
}

function open() {
  return load('racine').then(found => {
    if (root) return root;
    root = found;
    root.s = root.s.split(' ');
    root.stop = root.x[0].split(' ');
    root.elided = root.x[1].split(' ');
    root.inclusive = root.x[2].split(' ');
    root.marks = root.x[3].split(' ');
    root.endings = root.x[4].split(' ').concat('');
    root.all = root.x[5].split(' ').concat(root.endings);
    root.heavy = [];
    root.h.split(',').forEach((forms, i) => {
      forms.split(' ').forEach(form => { if (form) root.heavy.push([form, root.k + i]); });
    });
    root.heavy.sort((a, b) => a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]);
    return root;
  });
}

function Cursor(text, at) {
  this.text = text;
  this.at = at;
}
Cursor.prototype.number = function () {
  for (var high = 0; this.at < this.text.length;) {
    var digit = VALUES[this.text.charCodeAt(this.at++)];
    if (digit < LAST) return high * LAST + digit;
    high = high * MORE + digit - LAST + 1;
  }
  return 0;
};
Cursor.prototype.numbers = function (count) {
  var all = new Array(count);
  for (var i = 0; i < count; i++) all[i] = this.number();
  return all;
};
Cursor.prototype.word = function (before) {
  var shared = this.number(), length = this.number(), start = this.at;
  this.at += length;
  return before.slice(0, shared) + this.text.slice(start, this.at);
};

// Returns a file that is here, or notes that it is wanted: the question is then asked again when it has come.
function here(name) {
  if (shards[name] === undefined && missing.indexOf(name) < 0) missing.push(name);
  return shards[name];
}

function shard(file) {
  var name = 't' + file, known = here(name);
  if (typeof known !== 'string') return known || { forms: [], groups: [] };
  var cursor = new Cursor(known, 0), forms = [], counts = [], before = '';
  for (var n = cursor.number(); n--;) {
    before = cursor.word(before);
    var back = cursor.number(), group = back ? counts.length - back : counts.push(0) - 1;
    forms.push([before, group, Math.pow(2, Math.min(counts[group]++, 30))]);
  }
  var lengths = cursor.numbers(cursor.number()), start = cursor.at;
  var groups = lengths.map((length, i) => {
    start += length;
    return [counts[i], start - length];
  });
  return shards[name] = { forms: forms, groups: groups, text: known, read: {} };
}

// Words.
var LETTER = '\\p{Alphabetic}', WORD = '[\\p{Alphabetic}\\p{N}]';
function rx(source, flags) { return new RegExp(source, (flags || '') + 'u'); }
var OUTSIDE = rx('^[^\\p{Alphabetic}\\p{N}]+|[^\\p{Alphabetic}\\p{N}]+$', 'g'), DOTTED = rx('^' + LETTER + '(\\.' + LETTER + ')+$');
var BETWEEN = rx('[^\\p{Alphabetic}\\p{N}\']'), BEFORE = rx(LETTER + '{2}$'), AFTER = rx('[^\\p{Alphabetic}]+$');
var REFUSED = rx('^-' + WORD);
var LIGATURES = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd' };

function fold(text) {
  return text.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '').replace(/[’‘ʼ′´\x60]/g, "'").replace(/[‐‑–—−]/g, '-').replace(/[«»“”„]/g, '"')
    .normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[œæßøłđ]/g, letter => LIGATURES[letter]);
}

function withoutInclusive(chunk) {
  for (var i = 0; i < chunk.length; i++) {
    var mark = chunk[i];
    if ('·•‧∙⋅.(-/'.indexOf(mark) < 0) continue;
    var ending = chunk.slice(i + 1).replace(AFTER, '').replace(/([·•‧∙⋅.()/-]s|[·.]x)+$/, '');
    var single = /es$/.test(ending) ? ending.slice(0, -1) : ending;
    var sure = '-/'.indexOf(mark) < 0 || /^(e|i?ere|t?rice|euse|i?enne)$/.test(single);
    if (BEFORE.test(chunk.slice(0, i)) && sure && root.inclusive.indexOf(single) >= 0) return chunk.slice(0, i);
  }
  return chunk;
}

function pieces(chunk) {
  chunk = chunk.replace(OUTSIDE, '');
  if (DOTTED.test(chunk)) return [chunk.replace(/\./g, '')];
  return withoutInclusive(chunk).split(BETWEEN).map(piece => {
    piece = piece.replace(/^'+|'+$/g, '');
    var cut = piece.indexOf("'");
    if (cut >= 0 && root.elided.indexOf(piece.slice(0, cut)) >= 0) piece = piece.slice(cut + 1);
    return Array.from(piece.replace(/'/g, '')).slice(0, 40).join('');
  }).filter(Boolean);
}

// Takes a question apart: words that count, phrases, words refused.
function lire(text) {
  var words = [], stopped = [], phrases = [], without = [], joined = [], place = 0;
  fold(text).replace(/n°/g, 'no ').split('"').forEach((segment, number) => {
    var exact = number % 2 === 1, phrase = [], read = [];
    segment.split(/\s+/).filter(Boolean).forEach((chunk, tie) => {
      var refused = !exact && REFUSED.test(chunk);
      pieces(chunk).forEach(word => {
        place++;
        if (refused) without.push(word);
        else if (root.stop.indexOf(word) >= 0) {
          read.push([word, tie]);
          stopped.push({ word: word, place: place });
        } else if (words.length < MOST) {
          read.push([word, tie, words.length]);
          phrase.push(words.length);
          words.push({ word: word, place: place, exact: exact });
        }
      });
    });
    if (exact && phrase.length > 1) phrases.push(phrase);
    // Runs that are one word elsewhere: « Val de Marne » from its first word on, « Pas-de-Calais » as it is tied, « La Réunion » alone.
    if (!exact) read.forEach((first, start) => [2, 3].forEach(length => {
      var run = read.slice(start, start + length), counts = run.map(one => one[2]).filter(at => at >= 0), stopped = counts.length < length;
      var tied = run.every(one => one[1] === first[1]), whole = tied && read.filter(one => one[1] === first[1]).length === length;
      if (run[length - 1] && counts.length && (tied ? whole && (stopped || length > 2) : stopped && (first[2] >= 0 || read.length === 2))) joined.push([run.map(one => one[0]).join(''), counts, read.length === length ? 512 : 256]);
    }));
    place++;
  });
  if (!words.length) {
    words = stopped.slice(0, MOST);
    joined = [];
  }
  if (!phrases.length) {
    for (var at = 1; at + 1 < words.length; at++) {
      var a = words[at - 1], b = words[at], c = words[at + 1];
      if (root.marks.indexOf(b.word) >= 0 && /^[0-9]/.test(c.word) && a.place + 1 === b.place && b.place + 1 === c.place) {
        for (var i = 0; i < at; i++) words[i].place++;
        words.splice(at, 1);
        joined = [];
      }
    }
    words.forEach(asked => { if (root.marks.indexOf(asked.word) >= 0) asked.word = 'no'; });
  }
  return { words: words, phrases: phrases, without: without, joined: joined };
}

// Lookups.
// Returns how many items of a sorted list come before: `is` says whether one does.
function partition(list, is) {
  var low = 0, high = list.length;
  while (low < high) {
    var middle = (low + high) >> 1;
    if (is(list[middle])) low = middle + 1; else high = middle;
  }
  return low;
}

function fileOf(word) {
  return Math.min(Math.max(partition(root.s, bound => bound <= word) - 1, 0), root.k - 1);
}

function first(list, word) {
  return partition(list, entry => entry[0] < word);
}

function form(file, entry) {
  return { file: file, group: entry[1], bit: entry[2], text: entry[0] };
}

function exact(word) {
  var place = first(root.heavy, word), heavy = root.heavy[place];
  var file = heavy && heavy[0] === word ? heavy[1] : fileOf(word);
  var forms = shard(file).forms, entry = forms[first(forms, word)];
  return entry && entry[0] === word ? form(file, entry) : null;
}

function around(word, most) {
  var start = fileOf(word), found = [start], heavy = [], i;
  for (i = start + 1; i < root.s.length && found.length < most && root.s[i].startsWith(word); i++) found.push(i);
  for (i = first(root.heavy, word); i < root.heavy.length && root.heavy[i][0].startsWith(word); i++) {
    if (heavy[heavy.length - 1] !== root.heavy[i][1]) heavy.push(root.heavy[i][1]);
  }
  return found.concat(heavy.slice(0, 2));
}

function size(found) {
  var known = shard(found.file);
  return known.text ? new Cursor(known.text, known.groups[found.group][1]).number() : 0;
}

function largest(found) {
  var merged = {};
  found.forEach(one => {
    var key = one.file + ' ' + one.group;
    if (merged[key]) merged[key].bit |= one.bit; else merged[key] = one;
  });
  return Object.values(merged).map(one => [size(one), one]).sort((a, b) => {
    return b[0] - a[0] || a[1].file - b[1].file || a[1].group - b[1].group;
  }).slice(0, GROUPS).map(pair => pair[1]);
}

function inflected(word) {
  var least = word.length < 6 ? 3 : 4, found = [];
  function ends(text, at) { return root.all.indexOf(text.slice(at)) >= 0; }
  around(word, 1).forEach(file => {
    shard(file).forms.forEach(entry => {
      for (var at = 1; at <= word.length && at <= entry[0].length && word[at - 1] === entry[0][at - 1]; at++) {
        if (at >= least && ends(word, at) && ends(entry[0], at)) {
          found.push(form(file, entry));
          return;
        }
      }
    });
  });
  return largest(found);
}

function longer(word) {
  var found = [];
  around(word, 3).forEach(file => {
    var forms = shard(file).forms;
    for (var i = first(forms, word); i < forms.length && forms[i][0].startsWith(word); i++) found.push(form(file, forms[i]));
  });
  return largest(found);
}

function distance(left, right, most) {
  if (right.length < 3 || Math.abs(left.length - right.length) > most) return -1;
  var before = [], row = [], next, i, j, least;
  for (j = 0; j <= right.length; j++) row[j] = j;
  for (i = 1; i <= left.length; i++) {
    next = [least = i];
    for (j = 1; j <= right.length; j++) {
      var cost = Math.min(row[j - 1] + (left[i - 1] === right[j - 1] ? 0 : 1), row[j] + 1, next[j - 1] + 1);
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
      next[j] = cost;
      least = Math.min(least, cost);
    }
    if (least > most) return -1;
    before = row;
    row = next;
  }
  return row[right.length] <= most ? row[right.length] : -1;
}

function bits(number) { return 32 - Math.clz32(number); }

// Returns the forms near a word in the file where it would be: distance, bits of the number of pages, form.
function beginning(word, errors, best) {
  var file = fileOf(word);
  function consider(text, found) {
    var apart = distance(word, text, errors);
    if (apart >= 0) best.push([apart, bits(size(found)), text]);
  }
  shard(file).forms.forEach(entry => { consider(entry[0], form(file, entry)); });
  root.heavy.forEach(heavy => { consider(heavy[0], { file: heavy[1], group: 0 }); });
  return best;
}

function nearest(a, b) { return a[0] - b[0] || b[1] - a[1] || (a[2] < b[2] ? -1 : 1); }

function near(word, errors) {
  var best = beginning(word, errors, []), known = new Set(best.map(one => one[2]));
  var end = word.length > 1 ? word.charCodeAt(word.length - 1) * 31 + word.charCodeAt(word.length - 2) : 0;
  var text = here('f' + end % Math.max(root.f, 1));
  if (text) {
    for (var cursor = new Cursor(text, 0), n = cursor.number(), before = ''; n--;) {
      before = cursor.word(before);
      var common = cursor.number(), other = before.split('').reverse().join(''), apart = distance(word, other, errors);
      if (apart >= 0 && !known.has(other)) best.push([apart, common, other]);
    }
  }
  best.sort(nearest);
  return best.filter(one => one[0] === best[0][0]).slice(0, 6).map(one => {
    return [exact(one[2]), one[0]];
  }).filter(pair => pair[0]);
}

// Returns the likelier forms that a word of the index may have been typed for.
function likelier(known, steps) {
  var own = bits(size(known)) + steps;
  return beginning(known.text, 1, []).filter(one => one[0] === 1 && one[1] >= own).sort(nearest).map(one => exact(one[2]))
    .filter(found => found && (found.file !== known.file || found.group !== known.group)).slice(0, 6);
}

// Takes a form for a word: at its best with this very form, less with the same word inflected, less again with its family.
function way(found, good) {
  var kin = found.bit;
  shard(found.file).forms.forEach(entry => {
    for (var at = 0, text = entry[0]; at < text.length && text[at] === found.text[at];) at++;
    if (entry[1] === found.group && root.endings.indexOf(text.slice(at)) >= 0 && root.endings.indexOf(found.text.slice(at)) >= 0) kin |= entry[2];
  });
  return { file: found.file, group: found.group, exact: found.bit, kin: kin, allowed: -1, good: [good, good * 224 >> 8, good * 144 >> 8] };
}

// Takes all the forms of a group alike, or some.
function alike(found, allowed, good) {
  return { file: found.file, group: found.group, exact: found.bit, kin: -1, allowed: allowed, good: [good, good, good] };
}

function otherwise(word) {
  if (missing.length || word.length < 3 || /^[0-9]/.test(word)) return { ways: [] };
  var ways = inflected(word).map(found => alike(found, -1, 200));
  longer(word).forEach(found => { ways.push(alike(found, found.bit, 170)); });
  if (ways.length || word.length < 4 || missing.length) return { ways: ways };
  var found = near(word, word.length < 8 ? 1 : 2);
  return {
    taken: found.length ? found[0][0].text : null,
    ways: found.map(pair => way(pair[0], pair[1] === 1 ? 160 : 128))
  };
}

function lookUp(question) {
  var words = question.words;
  var lookups = words.map(asked => {
    var found = exact(asked.word), taken = found && way(found, 256);
    if (found && asked.exact) taken.allowed = found.bit;
    return { ways: found ? [taken] : [] };
  });
  for (var i = 1; i < words.length; i++) {
    var a = words[i - 1], b = words[i], joined;
    if (a.exact || b.exact || a.place + 1 !== b.place || !(joined = exact(a.word + b.word))) continue;
    joined = way(joined, 256);
    lookups[i - 1].ways.push(joined);
    lookups[i].ways.push(joined);
  }
  question.joined.forEach(one => {
    var found = exact(one[0]);
    if (found) one[1].forEach(at => { lookups[at].ways.push(way(found, one[2])); });
  });
  return lookups.map((lookup, i) => {
    return lookup.ways.length || words[i].exact ? lookup : otherwise(words[i].word);
  });
}

// Unpacks the pages of a group; their blocks stay in one list, from the place that `starts` gives.
function postings(file, group) {
  var known = shard(file);
  if (!known.text) return { pages: [] };
  if (known.read[group]) return known.read[group];
  var cursor = new Cursor(known.text, known.groups[group][1]), count = cursor.number();
  var pages = cursor.numbers(count), levels = cursor.numbers(count);
  var masks = known.groups[group][0] > 1 ? cursor.numbers(count) : pages.map(() => 1);
  var counts = cursor.numbers(count), starts = [0], blocks = [];
  for (var i = 0; i < count; i++) {
    if (i) pages[i] += pages[i - 1];
    for (var n = counts[i], block = 0; n >= 0; n--) blocks.push(block += cursor.number());
    starts.push(blocks.length);
  }
  return known.read[group] = { pages: pages, levels: levels, masks: masks, starts: starts, blocks: blocks };
}

function placesOf(word) {
  var found = exact(word), places = new Map();
  var text = found && here('p' + found.file);
  if (!text) return places;
  var cursor = new Cursor(text, 0), lengths = cursor.numbers(cursor.number()), skip = 0;
  for (var i = 0; i < found.group; i++) skip += lengths[i];
  cursor.at += skip;
  var forms = shard(found.file).groups[found.group][0];
  postings(found.file, found.group).pages.forEach(page => {
    var spots = [], block = 0, place = 0;
    for (var n = cursor.number(); n--;) {
      var bit = forms > 1 ? cursor.number() : 0, step = cursor.number(), next = cursor.number();
      block += step;
      place = step ? next : place + next;
      if (found.bit === Math.pow(2, bit)) spots.push(block * 4096 + place);
    }
    if (spots.length) places.set(page, spots);
  });
  return places;
}

// Ranking.
function logarithm(number) {
  number = Math.max(number, 1);
  var whole = 31 - Math.clz32(number), mantissa = Math.floor(number * 65536 / Math.pow(2, whole)), part = 0;
  for (var i = 0; i < 8; i++) {
    mantissa = Math.floor(mantissa * mantissa / 65536);
    part *= 2;
    if (mantissa >= 131072) {
      mantissa = Math.floor(mantissa / 2);
      part++;
    }
  }
  return whole * 256 + part;
}

function rarity(holding) {
  return Math.max(logarithm(Math.floor((2 * root.n + 2) * 256 / (2 * holding + 1))) - 2048, 48);
}

// What each page gives for a word: the best of the ways it is answered, and where its blocks are. `held` counts the pages,
// those where only another word of the family answers for a quarter.
function give(lookup) {
  var value = new Int32Array(root.n), at = new Int32Array(root.n), by = new Uint8Array(root.n), all = [], count = 0, derived = 0;
  lookup.ways.forEach((way, n) => {
    var found = all[n] = postings(way.file, way.group), good = way.good.map(one => root.w.map(level => Math.floor(one * level / 256)));
    for (var i = 0; i < found.pages.length; i++) {
      var mask = found.masks[i], page = found.pages[i], rank = mask & way.exact ? 0 : mask & way.kin ? 1 : 2;
      var gives = mask & way.allowed ? good[rank][found.levels[i]] : 0;
      if (gives <= value[page]) continue;
      if (!value[page]) count++;
      else if (by[page] & 1) derived--;
      if (rank === 2) derived++;
      value[page] = gives;
      at[page] = i;
      by[page] = 2 * n + (rank === 2);
    }
  });
  return { value: value, at: at, by: by, all: all, held: count - derived + (derived >> 2) };
}

function blocksOf(given, page) {
  var from = given.value[page] && given.all[given.by[page] >> 1], at = given.at[page];
  return from ? from.blocks.slice(from.starts[at], from.starts[at + 1]) : [];
}

function closeness(blocks, words) {
  var present = [], sum = 0;
  words.forEach((value, i) => { if (value > 0) present.push(i); });
  for (var k = 1; k < present.length; k++) {
    var i = present[k - 1], j = present[k], least = Math.min(words[i], words[j]), best = 0;
    blocks[i].forEach(block => { if (blocks[j].indexOf(block) >= 0) best = Math.max(best, block % BLOCKS ? 1 : 2); });
    var section = block => Math.floor(block / BLOCKS);
    if (best === 2) sum += least;
    else if (best === 1) sum += Math.floor(least / 2);
    else if (blocks[i].some(a => blocks[j].some(b => section(a) === section(b)))) sum += Math.floor(least / 8);
  }
  return sum;
}

function sectionsOf(blocks, words) {
  var sums = new Map();
  words.forEach((value, i) => {
    var last = -1;
    blocks[i].forEach(block => {
      var section = Math.floor(block / BLOCKS);
      if (section !== last) sums.set(section, (sums.get(section) || 0) + value * (block % BLOCKS ? 1 : 2));
      last = section;
    });
  });
  return Array.from(sums).sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 4).map(pair => pair[0]);
}

function best(a, b) { return b.score - a.score || a.page - b.page; }

function rank(text) {
  var question = lire(text), lookups = lookUp(question), answers = answer(question, lookups), wider;
  if (missing.length) return answers;
  // Words with errors may be words of the index all the same: rare ones, or any when no page holds all the words.
  var whole = answers.hits.some(hit => hit.share === 256);
  question.words.forEach((asked, i) => {
    var found = !asked.exact && asked.word.length > 5 && exact(asked.word);
    if (found && !(whole && size(found) > 2)) likelier(found, whole ? 3 : 1).forEach(one => {
      lookups[i].ways.push(way(one, 128));
      wider = true;
    });
  });
  return wider || missing.length ? answer(question, lookups) : answers;
}

function answer(question, lookups) {
  var answers = { hits: [], unknown: [], corrected: null, words: question.words, lookups: lookups };
  if (missing.length) return answers;
  var rarities = [], total = 0, barred = new Uint8Array(root.n), page, score, share;
  var given = lookups.map((lookup, i) => {
    if (!lookup.ways.length) answers.unknown.push(question.words[i].word);
    var all = give(lookup);
    rarities[i] = lookup.ways.length ? rarity(all.held) : 0;
    total += rarities[i];
    return all;
  });
  if (lookups.some(lookup => lookup.taken)) {
    answers.corrected = question.words.map((asked, i) => lookups[i].taken || asked.word).join(' ');
  }
  question.phrases.forEach(phrase => {
    var ends = placesOf(question.words[phrase[0]].word);
    for (var i = 1; i < phrase.length; i++) {
      var step = question.words[phrase[i]].place - question.words[phrase[i - 1]].place, kept = new Map();
      placesOf(question.words[phrase[i]].word).forEach((spots, page) => {
        var before = ends.get(page);
        spots = before ? spots.filter(spot => spot % 4096 >= step && before.indexOf(spot - step) >= 0) : [];
        if (spots.length) kept.set(page, spots);
      });
      ends = kept;
    }
    for (page = 0; page < root.n; page++) if (!ends.has(page)) barred[page] = 1;
  });
  question.without.forEach(word => {
    var found = exact(word);
    if (found) postings(found.file, found.group).pages.forEach(page => { barred[page] = 1; });
  });
  if (missing.length) return answers;
  // A score and a page in one number sort fast: best first, then in the order of the pages.
  var PAGES = 2097152, keys = new Float64Array(root.n), shares = new Uint16Array(root.n), count = 0;
  for (page = 0; page < root.n; page++) {
    if (barred[page]) continue;
    var has = 0, sum = 0;
    for (var i = 0; i < given.length; i++) {
      var value = given[i].value[page];
      if (value) has += rarities[i];
      sum += Math.floor(value * rarities[i] / 256);
    }
    share = shares[page] = Math.floor(256 * has / Math.max(total, 1));
    score = Math.floor(sum * share * share / 65536);
    if (sum) keys[count++] = score * PAGES + PAGES - 1 - page;
  }
  keys = keys.subarray(0, count).sort().reverse();
  var hits = Array.from(keys, key => ({ page: page = PAGES - 1 - key % PAGES, score: Math.floor(key / PAGES), share: shares[page], sections: [] }));
  var close = hits.splice(0, CLOSELY);
  close.forEach(hit => {
    var blocks = given.map(all => blocksOf(all, hit.page)), words = given.map((all, i) => Math.floor(all.value[hit.page] * rarities[i] / 256));
    hit.score += closeness(blocks, words);
    hit.sections = sectionsOf(blocks, words);
  });
  hits = close.sort(best).concat(hits);
  var least = hits[0] ? Math.floor(hits[0].score / LEAST) : 0;
  answers.hits = hits.filter((hit, i) => hit.score > 0 && (hit.score >= least || i < 3));
  return answers;
}

// Ranks, loads what was missing in one wave, and ranks again.
function ask(text) {
  return open().then(function again() {
    missing = [];
    var answers = rank(text);
    return missing.length ? Promise.all(missing.map(name => load(name).then(found => { shards[name] = shards[name] || found; }))).then(again) : answers;
  });
}

// The forms that answer each word, to be marked in what is shown.
function formsOf(answers) {
  return answers.lookups.map((lookup, i) => {
    var forms = new Set([answers.words[i].word]);
    lookup.ways.forEach(way => {
      shard(way.file).forms.forEach(entry => { if (entry[1] === way.group && entry[2] & way.allowed) forms.add(entry[0]); });
    });
    return forms;
  });
}

global.essaimIndex = (name, found) => { if (waiting[name]) waiting[name](found); };
global.essaimRecherche = {
  start: (address, reader) => {
    base = address;
    read = reader || (location.protocol === 'file:' ? byScript : byFetch);
  },
  ask: ask, payload: payload
};
if (!global.document) return;

// What readers see.
var forms = document.querySelectorAll('form[role=search]'), own = document.currentScript, page = document.getElementById('recherche-forme');
if (!forms[0]) return;
var site = new URL(forms[0].getAttribute('action').replace(/recherche\/(index\.html)?$/, ''), location.href).href;
var TOKEN = rx(WORD + '+', 'g');
global.essaimRecherche.start(site + 'recherche/index/');

function make(tag, attributes, ...children) {
  var element = document.createElement(tag);
  for (var name in attributes) if (attributes[name] != null) element.setAttribute(name, attributes[name]);
  element.append(...children.filter(Boolean));
  return element;
}

function button(text, done) {
  var element = make('button', { type: 'button' }, text);
  element.onclick = done;
  return element;
}

function say(key, x) {
  return root.m[key].replace('{x}', x);
}

function link(path, query, text) {
  if (location.protocol === 'file:' && /(^|\/)$/.test(path)) path += 'index.html';
  return make('a', { href: site + path + query }, text);
}

// Returns the parts of a text that answer: start, end, which word.
function matches(text, sets) {
  var tokens = Array.from(text.matchAll(TOKEN), found => [found.index, found.index + found[0].length, fold(found[0])]), all = [];
  tokens.forEach((token, i) => {
    var next = tokens[i + 1];
    sets.forEach((set, word) => {
      if (set.has(token[2])) all.push([token[0], token[1], word]);
      else if (next && next[0] - token[1] < 2 && set.has(token[2] + next[2])) all.push([token[0], next[1], word]);
    });
  });
  return all;
}

function marked(text, sets) {
  var out = document.createDocumentFragment(), at = 0;
  matches(text, sets).forEach(found => {
    if (found[0] < at) return;
    out.append(text.slice(at, found[0]), make('mark', {}, text.slice(found[0], found[1])));
    at = found[1];
  });
  out.append(text.slice(at));
  return out;
}

// Cuts the paragraph that shows most words of the question around the first of them.
function extract(card, sections, sets) {
  var chosen = card[4], most = matches(chosen, sets).length ? 1 : 0, at = 0;
  sections.concat(card[7].map((_, i) => i)).forEach(number => {
    card[7][number][3].forEach(text => {
      var found = matches(text, sets), words = new Set(found.map(one => one[2])).size;
      if (words > most) {
        most = words;
        chosen = text;
        at = found[0][0];
      }
    });
  });
  var start = at < 90 ? 0 : chosen.indexOf(' ', at - 70) + 1, end = chosen.length > start + 240 ? chosen.lastIndexOf(' ', start + 220) : chosen.length;
  return (start ? '… ' : '') + chosen.slice(start, end) + (end < chosen.length ? ' …' : '');
}

// The card of a page as far as the root knows it: address, title, kind, label.
function titled(number) {
  var entry = root.c[number], folder = root.d[entry[0]];
  var name = entry[3] || fold(entry[1]).replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') + '/';
  return [folder[0] + name, entry[1], folder[1], folder[2] + (entry[2] >= 0 ? ' ' + entry[2] : '') + (folder[3] ? ' · ' + folder[3] : '')];
}

function item(hit, sets, query) {
  var element = make('li'), filled;
  function show(card) {
    var parts = card[7] ? hit.sections.map(n => n && card[7][n]).filter(part => part && part[0] && part[1]).slice(0, 3) : [];
    var focused = element.contains(document.activeElement), list = make('ul');
    parts.forEach(part => list.append(make('li', {}, part[2] && make('span', { 'class': 'sorte' }, root.m[part[2]] + ' '),
      link(card[0], query + '#' + part[0], marked(part[1], sets)))));
    element.replaceChildren(make('p', { 'class': 'lieu' }, [card[3], card[5], card[6]].filter(Boolean).join(' · ')),
      make('h2', {}, link(card[0], query, marked(card[1], sets))),
      make('p', { 'class': 'extrait' }, card[7] ? marked(extract(card, hit.sections, sets), sets) : '\u00a0'));
    if (parts[0]) element.append(list);
    if (focused) element.querySelector('a').focus();
  }
  element.fill = () => filled = filled || load('c' + hit.page).then(show, () => {});
  if (root.c) show(titled(hit.page));
  return element;
}

// Cards are fetched when their result comes on the screen, or goes to paper.
var seen = new IntersectionObserver(entries => entries.forEach(entry => {
  if (!entry.isIntersecting) return;
  seen.unobserve(entry.target);
  entry.target.fill();
}));

function Search(input, status, list, most, filter) {
  var turn = 0, typed = '', shown = [], after = make('div', { 'class': 'suite', hidden: '' });
  list.after(after);

  function render(answers, text, count) {
    var sets = answers.words.length ? formsOf(answers) : [], hits = filter ? filter(answers.hits) : answers.hits, marks = [];
    sets.forEach(set => marks.push(...Array.from(set).slice(0, 8)));
    var query = marks.length ? '?surligner=' + encodeURIComponent(marks.slice(0, 40).join(' ')) : '';
    shown = hits.slice(0, count).map(hit => item(hit, sets, query));
    list.replaceChildren(...shown);
    status.replaceChildren(hits[1] ? say('n', hits.length.toLocaleString(document.documentElement.lang)) : say(hits[0] ? 'une' : 'aucune', text));
    if (answers.corrected) {
      status.append(' ', say('vouliez'), ' ', button(answers.corrected, () => {
        input.value = answers.corrected;
        input.focus();
        input.dispatchEvent(new Event('input'));
      }), '\u00a0?');
    } else if (answers.unknown[0] && hits[0]) status.append(' ', say('absent', answers.unknown.join(', ')));
    after.replaceChildren();
    if (hits[count]) {
      after.append(filter ? button(say('suite'), () => {
        render(answers, text, count + most);
        shown[count].querySelector('a').focus();
      }) : link('recherche/', '?q=' + encodeURIComponent(text.trim()), say('toutes')));
    }
    if (!hits[0] && text.trim()) instead(after, text);
    after.hidden = !after.firstChild && (hits[0] || !text.trim());
    // Without titles in the root, the first cards come before anything is shown.
    return Promise.all(root.c ? [] : shown.slice(0, 5).map(one => one.fill())).then(() => shown.forEach(one => seen.observe(one)));
  }

  function ask(text, all) {
    var mine = ++turn;
    typed = text;
    if (!text.trim() && !all) {
      [list, after, status].forEach(element => element.replaceChildren());
      return Promise.resolve();
    }
    if (!root) status.textContent = '…';
    return global.essaimRecherche.ask(text).then(answers => {
      if (mine !== turn) return;
      if (!text.trim()) for (var i = 0; i < root.n; i++) answers.hits.push({ page: i, score: 0, sections: [] });
      return render(answers, text, most);
    }).catch(() => { if (mine === turn) status.textContent = root ? say('panne') : 'La recherche ne répond pas.'; });
  }

  // The arrows go from the box to the results and back.
  function arrows(event) {
    var links = [input, ...list.querySelectorAll('a')], next = links[links.indexOf(document.activeElement) + ({ ArrowDown: 1, ArrowUp: -1 }[event.key] || NaN)];
    if (!next || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    next.focus();
  }
  input.addEventListener('keydown', arrows);
  list.addEventListener('keydown', arrows);
  input.addEventListener('focus', open);
  addEventListener('beforeprint', () => shown.forEach(one => one.fill()));
  return { ask: ask, again: () => ask(typed, true) };
}

function grams(text) {
  var all = new Set();
  text = ' ' + fold(text) + ' ';
  for (var i = 3; i <= text.length; i++) all.add(text.slice(i - 3, i));
  return all;
}

// When nothing answers: titles and themes that look like the question, and the map of the site.
function instead(place, text) {
  var asked = grams(text), near = [];
  function consider(title, path) {
    var all = Array.from(grams(title)), common = all.filter(gram => asked.has(gram)).length;
    if (common > 1) near.push([common / Math.sqrt(all.length + 4), title, path]);
  }
  (root.c || []).forEach((_, i) => consider(titled(i)[1], titled(i)[0]));
  load('facettes').then(found => found.f.forEach(facet => {
    if (facet[0] === 'theme') facet[1].forEach(value => consider(value[1], 'themes/' + value[0] + '/'));
  })).then(() => {
    near = near.sort((a, b) => b[0] - a[0]).slice(0, 5).concat([[0, say('plan'), 'plan-du-site/']]);
    place.replaceChildren(make('h2', {}, say('essayez')), make('ul', {}, ...near.map(one => make('li', {}, link(one[2], '', one[1])))));
  });
}

// The page /recherche/.
function searchPage() {
  var input = page.elements.q, box = document.getElementById('recherche-facettes'), panel = box.firstElementChild, helped = document.getElementById('recherche-sans-script');
  var chosen, sort, timer, values = {};
  var search = Search(input, document.getElementById('recherche-etat'), document.getElementById('recherche-resultats'), 20, filter);

  function reads() {
    chosen = {};
    sort = '';
    new URLSearchParams(location.search).forEach((value, key) => {
      if (key === 'q') input.value = value;
      else if (key === 'tri') sort = value;
      else (chosen[key] = chosen[key] || new Set()).add(value);
    });
  }

  function wanted() {
    return Object.keys(chosen).some(key => chosen[key].size);
  }

  function facetted() {
    return open().then(() => load('facettes')).then(found => {
      facets = found;
      found.f.forEach(facet => {
        var cursor = new Cursor(facet[2], 0), all = values[facet[0]] = [];
        for (var i = 0; i < root.n; i++) all.push(cursor.numbers(cursor.number()));
      });
      found.date = new Cursor(found.j, 0).numbers(root.n).map(day => -day);
      found.numero = new Cursor(found.n, 0).numbers(root.n).map(number => number || 1e9);
    });
  }

  // Keeps the answers that have a chosen value of every facet, but for one.
  function kept(hits, but) {
    return hits.filter(hit => facets.f.every(facet => {
      var set = chosen[facet[0]];
      return facet[0] === but || !set || !set.size || values[facet[0]][hit.page].some(value => set.has(facet[1][value][0]));
    }));
  }

  function filter(hits) {
    if (!facets) return hits;
    draw(hits);
    hits = kept(hits);
    return facets[sort] ? hits.sort((a, b) => facets[sort][a.page] - facets[sort][b.page]) : hits;
  }

  // Draws the facets with how many answers each value would leave, and gives the focus back.
  function draw(hits) {
    var focused = document.activeElement.id, opened = Array.from(panel.querySelectorAll('details[open]'), one => one.id);
    var order = make('select', { id: 'tri' }, ...['', 'date', 'numero'].map(value => make('option', { value: value }, say('tri_' + value))));
    order.value = sort;
    order.onchange = () => {
      sort = order.value;
      changed(true);
    };
    panel.replaceChildren(panel.firstElementChild, make('p', {}, make('label', { 'for': 'tri' }, say('trier')), order));
    facets.f.forEach(facet => {
      var key = facet[0], set = chosen[key] = chosen[key] || new Set(), counts = [], group = make('fieldset', {}, make('legend', {}, say('f_' + key)));
      kept(hits, key).forEach(hit => values[key][hit.page].forEach(value => { counts[value] = (counts[value] || 0) + 1; }));
      var entries = facet[1].map((value, i) => [value[0], value[1], counts[i] || 0]).filter(entry => entry[2] || set.has(entry[0]))
        .sort((a, b) => set.has(b[0]) - set.has(a[0]) || b[2] - a[2]);
      entries.forEach((entry, i) => {
        var tick = make('input', { type: 'checkbox', id: key + '-' + entry[0] });
        if (i === 6 && entries[8]) {
          panel.append(group);
          group.append(group = make('details', { id: 'f-' + key }, make('summary', {}, say('autres', entries.length - 6))));
        }
        tick.checked = set.has(entry[0]);
        tick.onchange = () => {
          if (!set.delete(entry[0])) set.add(entry[0]);
          changed(true);
        };
        group.append(make('label', {}, tick, entry[1], make('span', { 'class': 'compteur' }, String(entry[2]))));
      });
      if (entries[0] && !group.isConnected) panel.append(group);
    });
    if (wanted()) {
      panel.append(button(say('effacer'), () => {
        chosen = {};
        input.focus();
        changed(true);
      }));
    }
    box.hidden = false;
    opened.forEach(id => { if (document.getElementById(id)) document.getElementById(id).open = true; });
    if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
  }

  // Writes the address, asks, and only then fetches the facets, unless the address asks for some.
  function changed(push) {
    var query = new URLSearchParams(), text = input.value.trim();
    if (text) query.set('q', text);
    Object.keys(chosen).forEach(key => chosen[key].forEach(value => query.append(key, value)));
    if (sort) query.set('tri', sort);
    query = location.pathname + (String(query) && '?' + query);
    if (query !== location.pathname + location.search) history[push === true ? 'pushState' : 'replaceState'](null, '', query);
    text = text || wanted();
    helped.hidden = text;
    if (!text) box.hidden = true;
    (facets || !wanted() && !sort ? Promise.resolve() : facetted()).then(() => search.ask(input.value, wanted())).then(() => {
      if (text && !facets) facetted().then(search.again);
    });
  }
  panel.open = innerWidth > 800;
  helped.querySelector('p').hidden = true;
  page.addEventListener('submit', event => {
    event.preventDefault();
    changed(true);
  });
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(changed, 60);
  });
  addEventListener('popstate', () => {
    input.value = '';
    reads();
    changed();
  });
  reads();
  changed();
}

// The dialog of every page.
var dialog, box;
function openDialog() {
  if (page) return page.elements.q.focus();
  if (!dialog) {
    var name = forms[0].getAttribute('aria-label'), timer;
    var status = make('p', { 'class': 'etat', role: 'status' }), list = make('ol', { 'class': 'resultats' }), close = button('×', () => dialog.close());
    box = make('input', { id: 'recherche-q', name: 'q', type: 'search', autocomplete: 'off' });
    dialog = make('dialog', { 'class': 'recherche-dialogue', 'aria-label': name },
      make('form', { role: 'search', 'aria-label': name, action: forms[0].action }, make('label', { 'for': 'recherche-q' }, name), box, close), status, list);
    document.body.append(dialog);
    var search = Search(box, status, list, 8);
    box.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => search.ask(box.value), 60);
    });
    dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
    open().then(() => { close.textContent = say('fermer'); });
  }
  // What was typed in the box of the page while this script came.
  var typed = forms[0].elements.q.value;
  if (!dialog.open) dialog.showModal();
  box.focus();
  if (typed && !box.value) {
    box.value = typed;
    forms[0].elements.q.value = '';
    box.dispatchEvent(new Event('input'));
  } else box.select();
}

// Marks on arrival the words that led here.
function highlight() {
  var query = new URLSearchParams(location.search), wanted = query.get('surligner'), main = document.querySelector('main');
  if (!wanted || !main) return;
  var sets = [new Set(wanted.split(' '))], walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT), nodes = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('script,svg,nav,button,select')) nodes.push(walker.currentNode);
  nodes.forEach(node => { if (matches(node.data, sets)[0]) node.replaceWith(marked(node.data, sets)); });
  query.delete('surligner');
  history.replaceState(null, '', location.pathname + (String(query) && '?' + query) + location.hash);
  var goal = !location.hash && main.querySelector('mark');
  if (goal && goal.getBoundingClientRect().top > innerHeight) goal.scrollIntoView({ block: 'center' });
}

addEventListener('keydown', event => {
  var modified = event.ctrlKey || event.metaKey, typing = event.target.closest && event.target.closest('input,textarea,select,[contenteditable]');
  // A dialog just closed keeps the focus for an instant: nobody types in a box that is not on the screen.
  if (typing && !typing.getClientRects().length) typing = null;
  if (!(event.key === '/' && !typing && !modified && !event.altKey || event.key.toLowerCase() === 'k' && modified && !event.shiftKey)) return;
  event.preventDefault();
  openDialog();
});
highlight();
if (page) searchPage();
else if (own && own.dataset.ouvrir) {
  // The dialog gives the focus back to where it was before the shortcut.
  document.activeElement.blur();
  if (own.focused) own.focused.focus({ preventScroll: true });
  openDialog();
}
})(this);
