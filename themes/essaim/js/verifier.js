// Says whether a copy is current: by its mark, else by comparing its words with those of the page. All in the browser.
(function () {
  'use strict';
  var form = document.querySelector('.verifier');
  if (!form || !window.fetch) return;
  var words = form.dataset;
  var box = form.querySelector('textarea');
  var verdict = form.querySelector('.verdict');
  var root = new URL(words.racine, location.href).href;
  var versions;

  function fold(text) {
    return text.normalize('NFKD').replace(/[\u0300-\u036f\u00ad]/g, '').replace(/œ/g, 'oe').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
  }

  function load() {
    versions = versions || fetch(words.versions).then(function (answer) {
      if (!answer.ok) throw new Error('versions');
      return answer.json();
    });
    versions.catch(function () { versions = null; });
    return versions;
  }

  function say(text, one, missing, state) {
    verdict.replaceChildren();
    verdict.className = 'verdict ' + state;
    var line = document.createElement('p');
    line.className = 'reponse';
    line.textContent = text;
    verdict.append(line);
    if (one) {
      var way = document.createElement('p');
      var link = document.createElement('a');
      link.href = new URL(one.adresse.replace(/^\//, ''), root).href;
      link.textContent = one.titre;
      way.append(words.lire + ' ', link, (one.version ? ', ' + one.version : '') + ', ' + one.empreinte);
      verdict.append(way);
      if (state !== 'bien') {
        var again = document.createElement('p');
        var kit = document.createElement('a');
        kit.href = new URL(one.integrer.replace(/^\//, '') + 'republier/', root).href;
        kit.textContent = words.reprendre;
        again.append(kit);
        verdict.append(again);
      }
    }
    if (missing && missing.length) {
      var title = document.createElement('p');
      var list = document.createElement('ul');
      title.textContent = words.manque;
      missing.slice(0, 12).forEach(function (text) {
        var item = document.createElement('li');
        item.textContent = text.length > 240 ? text.slice(0, 240) + '…' : text;
        list.append(item);
      });
      verdict.append(title, list);
    }
  }

  // The content a text speaks of: by the mark it bears, by an address of ours, by its title.
  function find(all, text) {
    var marks = text.match(/\b[0-9a-f]{12}\b/g) || [];
    var current = all.find(function (one) { return marks.indexOf(one.empreinte) >= 0; });
    if (current) return { one: current, current: true };
    var addresses = all.filter(function (one) {
      return text.indexOf(root + one.adresse.slice(1)) >= 0 || text.indexOf(all.site + one.adresse.slice(1)) >= 0;
    }).sort(function (a, b) { return b.adresse.length - a.adresse.length; });
    if (addresses.length) return { one: addresses[0], marked: marks.length > 0 };
    var folded = ' ' + fold(text) + ' ';
    var titled = all.filter(function (one) { return folded.indexOf(' ' + fold(one.titre) + ' ') >= 0; })
      .sort(function (a, b) { return b.titre.length - a.titre.length; });
    return titled.length ? { one: titled[0], marked: marks.length > 0 } : null;
  }

  function compare(one, text) {
    var parts = one.adresse.slice(1).split('#');
    return fetch(new URL(parts[0], root).href).then(function (answer) {
      return answer.ok ? answer.text() : '';
    }).then(function (html) {
      var page = new DOMParser().parseFromString(html, 'text/html');
      var place = parts[1] && page.getElementById(parts[1]);
      var copy = ' ' + fold(text) + ' ';
      var missing = [];
      var count = 0;
      (place ? place.querySelectorAll('p:not(.lieu), li') : page.querySelectorAll('.chapo, .texte p, .texte li, .texte h2, .texte h3')).forEach(function (part) {
        if (part.querySelector('p, li')) return;
        var own = fold(part.textContent);
        if (own.length < 12) return;
        count += 1;
        if (copy.indexOf(' ' + own + ' ') < 0) missing.push(part.textContent.replace(/\s+/g, ' ').trim());
      });
      return { missing: missing, count: count };
    });
  }

  function judge(data, text) {
    var all = data.contenus;
    all.site = data.site;
    var found = find(all, text);
    if (!found) return say(words.inconnue, null, null, 'doute');
    if (found.current) return say(words.aJour, found.one, null, 'bien');
    return compare(found.one, text).then(function (result) {
      if (result.count && !result.missing.length) return say(words.aJour, found.one, null, 'bien');
      if (found.marked) return say(words.ancienne, found.one, result.missing, 'mal');
      return say(words.modifiee, found.one, result.missing, 'mal');
    });
  }

  form.addEventListener('submit', function (event) {
    event.preventDefault();
    var text = box.value.trim();
    if (!text) return box.focus();
    // Copied as code: its words and its links.
    if (/<(p|a|h[1-6]|div|li|blockquote)\b/i.test(text)) {
      var copied = new DOMParser().parseFromString(text, 'text/html');
      text = copied.body.textContent + ' ' + [].map.call(copied.querySelectorAll('a[href]'), function (link) { return link.getAttribute('href'); }).join(' ');
    }
    load().then(function (data) {
      if (!/^https?:\/\/\S+$/.test(text)) return judge(data, text);
      var ours = data.contenus.find(function (one) {
        return [root, data.site].some(function (home) {
          return text === home + one.adresse.slice(1) || text.indexOf(home + one.integrer.slice(1)) === 0;
        });
      });
      if (ours) return say(words.chezNous, ours, null, 'bien');
      return fetch(text, { credentials: 'omit' }).then(function (answer) { return answer.text(); }).then(function (html) {
        var page = new DOMParser().parseFromString(html, 'text/html');
        var links = [].map.call(page.querySelectorAll('a[href]'), function (link) { return link.getAttribute('href'); });
        page.querySelectorAll('script, style').forEach(function (one) { one.remove(); });
        return judge(data, page.body.textContent + ' ' + links.join(' '));
      }, function () { say(words.fermee, null, null, 'doute'); });
    }).catch(function () { say(words.panne, null, null, 'doute'); });
  });
})();
