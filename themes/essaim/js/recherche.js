// The search: reads the index of /recherche/index/ and ranks pages as `essaim search` does, with the same sums.
// A classic script without dependency: it also works from a folder opened in the browser, where it loads files by <script>.
(function (global) {
  'use strict';

  // ── Files ──────────────────────────────────────────────────────────────────────────────────────────────────────────
  var root, base, waiting = {}, files = {}, shards = {}, missing = {}, read;
  var LAST = 62, MORE = 30, BLOCKS = 8, CLOSELY = 256, LEAST = 7, GROUPS = 12, MOST = 24;
  var VALUES = [];
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz !#$%&\'()*+,-./:;=>?@[]^_`{|}~'.split('').forEach(function (c, i) {
    VALUES[c.charCodeAt(0)] = i;
  });

  function payload(text) {
    return JSON.parse(text.slice(text.indexOf(',') + 1, text.lastIndexOf(')')));
  }

  function byScript(name) {
    return new Promise(function (done, failed) {
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
    return fetch(base + name + '.js' + (root ? '?v=' + root.v : ''), options).then(function (answer) {
      if (!answer.ok) throw new Error(name);
      return answer.text();
    }).then(payload);
  }

  function load(name) {
    if (!files[name]) {
      files[name] = read(name);
      files[name].catch(function () { delete files[name]; });
    }
    return files[name];
  }

  function open() {
    return load('racine').then(function (found) {
      if (root) return root;
      root = found;
      root.s = root.s.split(' ');
      root.stop = root.x[0].split(' ');
      root.elided = root.x[1].split(' ');
      root.inclusive = root.x[2].split(' ');
      root.marks = root.x[3].split(' ');
      root.endings = root.x[4].split(' ').concat('');
      root.heavy = [];
      root.h.split(',').forEach(function (forms, i) {
        forms.split(' ').forEach(function (form) { if (form) root.heavy.push([form, root.k + i]); });
      });
      root.heavy.sort(function (a, b) { return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]; });
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
    if (shards[name] === undefined) missing[name] = 1;
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
    var groups = lengths.map(function (length, i) {
      start += length;
      return [counts[i], start - length];
    });
    return shards[name] = { forms: forms, groups: groups, text: known, read: {} };
  }

  // ── Words ──────────────────────────────────────────────────────────────────────────────────────────────────────────
  var LETTER = '\\p{Alphabetic}', WORD = '[\\p{Alphabetic}\\p{N}]';
  function rx(source, flags) { return new RegExp(source, (flags || '') + 'u'); }
  var OUTSIDE = rx('^[^\\p{Alphabetic}\\p{N}]+|[^\\p{Alphabetic}\\p{N}]+$', 'g'), DOTTED = rx('^' + LETTER + '(\\.' + LETTER + ')+$');
  var BETWEEN = rx('[^\\p{Alphabetic}\\p{N}\']'), BEFORE = rx(LETTER + '{2}$'), AFTER = rx('[^\\p{Alphabetic}]+$');
  var REFUSED = rx('^-' + WORD);
  var LIGATURES = { 'œ': 'oe', 'Œ': 'oe', 'æ': 'ae', 'Æ': 'ae', 'ß': 'ss', 'ẞ': 'ss', 'ø': 'o', 'Ø': 'o', 'ł': 'l', 'Ł': 'l', 'đ': 'd', 'Đ': 'd' };

  function fold(text) {
    return text.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '').replace(/[œŒæÆßẞøØłŁđĐ]/g, function (c) { return LIGATURES[c]; })
      .replace(/[’‘ʼ′´`]/g, "'").replace(/[‐‑–—−]/g, '-').replace(/[«»“”„]/g, '"')
      .normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  }

  function withoutInclusive(chunk) {
    for (var i = 0; i < chunk.length; i++) {
      var mark = chunk[i];
      if ('·•‧∙⋅.(-'.indexOf(mark) < 0) continue;
      var ending = chunk.slice(i + 1).replace(AFTER, '');
      ['·s', '•s', '‧s', '∙s', '⋅s', '.s', '-s', ')s', '(s', '·x', '.x'].forEach(function (plural) {
        if (ending.endsWith(plural)) ending = ending.slice(0, -2);
      });
      var single = /es$/.test(ending) ? ending.slice(0, -1) : ending;
      var narrow = mark === '-' && !/^(e|rice|trice|euse)$/.test(single);
      if (BEFORE.test(chunk.slice(0, i)) && !narrow && root.inclusive.indexOf(single) >= 0) return chunk.slice(0, i);
    }
    return chunk;
  }

  function pieces(chunk) {
    chunk = chunk.replace(OUTSIDE, '');
    if (DOTTED.test(chunk)) return [chunk.replace(/\./g, '')];
    return withoutInclusive(chunk).split(BETWEEN).map(function (piece) {
      piece = piece.replace(/^'+|'+$/g, '');
      var cut = piece.indexOf("'");
      if (cut >= 0 && root.elided.indexOf(piece.slice(0, cut)) >= 0) piece = piece.slice(cut + 1);
      return Array.from(piece.replace(/'/g, '')).slice(0, 40).join('');
    }).filter(Boolean);
  }

  // Takes a question apart: words that count, phrases, words refused.
  function lire(text) {
    var words = [], stopped = [], phrases = [], without = [], place = 0;
    fold(text).split('"').forEach(function (segment, number) {
      var exact = number % 2 === 1, phrase = [];
      segment.split(/\s+/).filter(Boolean).forEach(function (chunk) {
        var refused = !exact && REFUSED.test(chunk);
        pieces(chunk).forEach(function (word) {
          place++;
          if (refused) without.push(word);
          else if (root.stop.indexOf(word) >= 0) stopped.push({ word: word, place: place });
          else if (words.length < MOST) {
            phrase.push(words.length);
            words.push({ word: word, place: place, exact: exact });
          }
        });
      });
      if (exact && phrase.length > 1) phrases.push(phrase);
      place++;
    });
    if (!words.length) words = stopped.slice(0, MOST);
    if (!phrases.length) {
      for (var at = 1; at + 1 < words.length; at++) {
        var a = words[at - 1], b = words[at], c = words[at + 1];
        if (root.marks.indexOf(b.word) >= 0 && /^[0-9]/.test(c.word) && a.place + 1 === b.place && b.place + 1 === c.place) {
          for (var i = 0; i < at; i++) words[i].place++;
          words.splice(at, 1);
        }
      }
      words.forEach(function (asked) { if (root.marks.indexOf(asked.word) >= 0) asked.word = 'no'; });
    }
    return { words: words, phrases: phrases, without: without };
  }

  // ── Lookups ────────────────────────────────────────────────────────────────────────────────────────────────────────
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
    return Math.min(Math.max(partition(root.s, function (bound) { return bound <= word; }) - 1, 0), root.k - 1);
  }

  function first(list, word) {
    return partition(list, function (entry) { return entry[0] < word; });
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
    found.forEach(function (one) {
      var key = one.file + ' ' + one.group;
      if (merged[key]) merged[key].bit |= one.bit; else merged[key] = one;
    });
    return Object.values(merged).map(function (one) { return [size(one), one]; }).sort(function (a, b) {
      return b[0] - a[0] || a[1].file - b[1].file || a[1].group - b[1].group;
    }).slice(0, GROUPS).map(function (pair) { return pair[1]; });
  }

  function inflected(word) {
    var least = word.length < 6 ? 3 : 4, found = [];
    function ends(text, at) { return root.endings.indexOf(text.slice(at)) >= 0; }
    around(word, 1).forEach(function (file) {
      shard(file).forms.forEach(function (entry) {
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
    around(word, 3).forEach(function (file) {
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

  function near(word, errors) {
    var file = fileOf(word), best = [];
    function consider(text, pages) {
      var apart = distance(word, text, errors);
      if (apart >= 0) best.push([apart, pages(), text]);
    }
    shard(file).forms.forEach(function (entry) {
      consider(entry[0], function () { return bits(size(form(file, entry))); });
    });
    root.heavy.forEach(function (heavy) {
      consider(heavy[0], function () { return bits(size({ file: heavy[1], group: 0 })); });
    });
    if (!best.length) {
      var end = word.length > 1 ? word.charCodeAt(word.length - 1) * 31 + word.charCodeAt(word.length - 2) : 0;
      var text = here('f' + end % Math.max(root.f, 1));
      if (text) {
        for (var cursor = new Cursor(text, 0), n = cursor.number(), before = ''; n--;) {
          before = cursor.word(before);
          var common = cursor.number();
          consider(before.split('').reverse().join(''), function () { return common; });
        }
      }
    }
    best.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1] || (a[2] < b[2] ? -1 : 1); });
    return best.filter(function (one) { return one[0] === best[0][0]; }).slice(0, 4).map(function (one) {
      return [exact(one[2]), one[0]];
    }).filter(function (pair) { return pair[0]; });
  }

  var ALL = 0x7fffffff;
  function way(found, allowed, good, other) {
    return { file: found.file, group: found.group, exact: found.bit, allowed: allowed, good: good, other: other };
  }

  function otherwise(word) {
    if (Object.keys(missing).length || word.length < 3 || /^[0-9]/.test(word)) return { ways: [] };
    var ways = inflected(word).map(function (found) { return way(found, ALL, 200, 200); });
    longer(word).forEach(function (found) { ways.push(way(found, found.bit, 170, 170)); });
    if (ways.length || word.length < 4 || Object.keys(missing).length) return { ways: ways };
    var found = near(word, word.length < 8 ? 1 : 2);
    return {
      taken: found.length ? found[0][0].text : null,
      ways: found.map(function (pair) {
        var good = pair[1] === 1 ? 160 : 128;
        return way(pair[0], ALL, good, Math.floor(good * 216 / 256));
      })
    };
  }

  function lookUp(question) {
    var words = question.words;
    var lookups = words.map(function (asked) {
      var found = exact(asked.word);
      return { ways: found ? [way(found, asked.exact ? found.bit : ALL, 256, 216)] : [] };
    });
    for (var i = 1; i < words.length; i++) {
      var a = words[i - 1], b = words[i], joined;
      if (a.exact || b.exact || a.place + 1 !== b.place || !(joined = exact(a.word + b.word))) continue;
      joined = way(joined, ALL, 256, 216);
      lookups[i - 1].ways.push(joined);
      lookups[i].ways.push(joined);
    }
    return lookups.map(function (lookup, i) {
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
    var masks = known.groups[group][0] > 1 ? cursor.numbers(count) : pages.map(function () { return 1; });
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
    postings(found.file, found.group).pages.forEach(function (page) {
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

  // ── Ranking ────────────────────────────────────────────────────────────────────────────────────────────────────────
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

  // What each page gives for a word: the best of the ways it is answered, and where to find its blocks.
  function give(lookup) {
    var given = { value: new Map(), from: new Map() };
    lookup.ways.forEach(function (way) {
      var found = postings(way.file, way.group);
      for (var i = 0; i < found.pages.length; i++) {
        var mask = found.masks[i], page = found.pages[i];
        if (!(mask & way.allowed)) continue;
        var value = Math.floor((mask & way.exact ? way.good : way.other) * root.w[found.levels[i]] / 256);
        if (value > (given.value.get(page) || 0)) {
          given.value.set(page, value);
          given.from.set(page, [found, i]);
        }
      }
    });
    return given;
  }

  function blocksOf(given, page) {
    var from = given.from.get(page);
    return from ? from[0].blocks.slice(from[0].starts[from[1]], from[0].starts[from[1] + 1]) : [];
  }

  function closeness(blocks, words) {
    var present = [], sum = 0;
    words.forEach(function (value, i) { if (value > 0) present.push(i); });
    for (var k = 1; k < present.length; k++) {
      var i = present[k - 1], j = present[k], least = Math.min(words[i], words[j]), best = 0;
      blocks[i].forEach(function (block) { if (blocks[j].indexOf(block) >= 0) best = Math.max(best, block % BLOCKS ? 1 : 2); });
      var section = function (block) { return Math.floor(block / BLOCKS); };
      if (best === 2) sum += least;
      else if (best === 1) sum += Math.floor(least / 2);
      else if (blocks[i].some(function (a) { return blocks[j].some(function (b) { return section(a) === section(b); }); })) sum += Math.floor(least / 8);
    }
    return sum;
  }

  function sectionsOf(blocks, words) {
    var sums = new Map();
    words.forEach(function (value, i) {
      var last = -1;
      blocks[i].forEach(function (block) {
        var section = Math.floor(block / BLOCKS);
        if (section !== last) sums.set(section, (sums.get(section) || 0) + value * (block % BLOCKS ? 1 : 2));
        last = section;
      });
    });
    return Array.from(sums).sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; }).slice(0, 4).map(function (pair) { return pair[0]; });
  }

  function best(a, b) { return b.score - a.score || a.page - b.page; }

  function rank(text) {
    var question = lire(text), lookups = lookUp(question);
    var answers = { hits: [], unknown: [], corrected: null, words: question.words, lookups: lookups };
    if (Object.keys(missing).length) return answers;
    var rarities = [], total = 0, pages = new Set();
    var given = lookups.map(function (lookup, i) {
      if (!lookup.ways.length) answers.unknown.push(question.words[i].word);
      var all = give(lookup);
      rarities[i] = lookup.ways.length ? rarity(all.value.size) : 0;
      total += rarities[i];
      all.value.forEach(function (_, page) { pages.add(page); });
      return all;
    });
    if (lookups.some(function (lookup) { return lookup.taken; })) {
      answers.corrected = question.words.map(function (asked, i) { return lookups[i].taken || asked.word; }).join(' ');
    }
    question.phrases.forEach(function (phrase) {
      var ends = placesOf(question.words[phrase[0]].word);
      for (var i = 1; i < phrase.length; i++) {
        var step = question.words[phrase[i]].place - question.words[phrase[i - 1]].place, kept = new Map();
        placesOf(question.words[phrase[i]].word).forEach(function (spots, page) {
          var before = ends.get(page);
          spots = before ? spots.filter(function (spot) { return spot % 4096 >= step && before.indexOf(spot - step) >= 0; }) : [];
          if (spots.length) kept.set(page, spots);
        });
        ends = kept;
      }
      pages.forEach(function (page) { if (!ends.has(page)) pages.delete(page); });
    });
    question.without.forEach(function (word) {
      var found = exact(word);
      if (found) postings(found.file, found.group).pages.forEach(function (page) { pages.delete(page); });
    });
    if (Object.keys(missing).length) return answers;
    var hits = [];
    pages.forEach(function (page) {
      var has = 0, sum = 0, words = given.map(function (all, i) {
        var value = all.value.get(page) || 0, score = Math.floor(value * rarities[i] / 256);
        if (value) has += rarities[i];
        sum += score;
        return score;
      });
      var share = Math.floor(256 * has / Math.max(total, 1));
      hits.push({ page: page, score: Math.floor(sum * share * share / 65536), words: words, sections: [] });
    });
    hits.sort(best);
    hits.slice(0, CLOSELY).forEach(function (hit) {
      var blocks = given.map(function (all) { return blocksOf(all, hit.page); });
      hit.score += closeness(blocks, hit.words);
      hit.sections = sectionsOf(blocks, hit.words);
    });
    hits.sort(best);
    var least = hits.length ? Math.floor(hits[0].score / LEAST) : 0;
    answers.hits = hits.filter(function (hit) { return hit.score > 0 && hit.score >= least; });
    return answers;
  }

  // Ranks, loads what was missing in one wave, and ranks again.
  function ask(text) {
    return open().then(function again() {
      missing = {};
      var answers = rank(text), names = Object.keys(missing);
      if (!names.length) return answers;
      return Promise.all(names.map(function (name) {
        return load(name).then(function (found) { if (shards[name] === undefined) shards[name] = found; });
      })).then(again);
    });
  }

  // The forms that answer each word, to be marked in what is shown.
  function formsOf(answers) {
    return answers.lookups.map(function (lookup, i) {
      var forms = new Set([answers.words[i].word]);
      lookup.ways.forEach(function (way) {
        shard(way.file).forms.forEach(function (entry) { if (entry[1] === way.group && entry[2] & way.allowed) forms.add(entry[0]); });
      });
      return forms;
    });
  }

  var engine = {
    start: function (address, reader) {
      base = address;
      read = reader || (global.location && location.protocol === 'file:' ? byScript : byFetch);
    },
    open: open, load: load, ask: ask, fold: fold, formsOf: formsOf, payload: payload, Cursor: Cursor,
    root: function () { return root; }
  };
  global.essaimRecherche = engine;
  global.essaimIndex = function (name, found) { if (waiting[name]) waiting[name](found); };
})(this);
