// The maps: closer views, a choice by theme, kit and year, and a list that follows; without this script the picture and its list say all.
(function () {
  'use strict';

  var CLOSEST = 12;
  var STEP = 40;

  function make(name, attributes, text) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function tool(figure) {
    var drawing = figure.querySelector('svg.carte-ensemble');
    if (!drawing) return;
    var words = JSON.parse(figure.dataset.mots);
    var language = document.documentElement.lang;
    var whole = drawing.viewBox.baseVal;
    whole = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
    var view = { x: whole.x, y: whole.y, width: whole.width };
    var marks = Array.prototype.map.call(drawing.querySelectorAll('.carte-marques > a'), function (link) {
      var circle = link.querySelector('circle');
      var number = link.querySelector('text');
      return {
        link: link,
        circle: circle,
        number: number,
        slug: link.getAttribute('href').split('/').filter(Boolean).pop(),
        name: link.getAttribute('aria-label').split('\u00a0: ')[0],
        x: Number(circle.getAttribute('cx')),
        y: Number(circle.getAttribute('cy')),
        radius: Number(circle.getAttribute('r')),
        elements: null
      };
    });

    // The window on the map: a button for each move, and the keys.
    var frame = make('div', { 'class': 'carte-vue', tabindex: '0', role: 'group', 'aria-label': words.aide });
    // A mark that has the focus keeps it although the drawing moves.
    var held = drawing.contains(document.activeElement) ? document.activeElement : null;
    drawing.before(frame);
    frame.append(drawing);
    if (held) held.focus({ preventScroll: true });
    var bar = make('div', { 'class': 'carte-commandes' });
    var closer = make('button', { type: 'button', title: words.agrandir, 'aria-label': words.agrandir }, '+');
    var farther = make('button', { type: 'button', title: words.reduire, 'aria-label': words.reduire }, '−');
    var all = make('button', { type: 'button', hidden: '' }, words.entiere);
    var buttons = make('div', { 'class': 'carte-zoom' });
    buttons.append(closer, farther, all);
    frame.before(buttons);
    frame.after(bar);

    function zoom() { return whole.width / view.width; }

    function look() {
      view.width = Math.min(whole.width, Math.max(whole.width / CLOSEST, view.width));
      var height = view.width * whole.height / whole.width;
      view.x = Math.min(whole.x + whole.width - view.width, Math.max(whole.x, view.x));
      view.y = Math.min(whole.y + whole.height - height, Math.max(whole.y, view.y));
      drawing.setAttribute('viewBox', [view.x, view.y, view.width, height].map(function (n) { return n.toFixed(1); }).join(' '));
      var near = zoom();
      frame.classList.toggle('proche', near > 1.01);
      drawing.style.setProperty('--zoom', near);
      farther.disabled = all.hidden = near < 1.01;
      closer.disabled = near > CLOSEST - 0.01;
      marks.forEach(size);
      list();
    }

    // A mark keeps its size on the screen: what comes closer is the ground.
    function size(mark) {
      var near = Math.sqrt(zoom());
      var radius = mark.radius * (mark.part === undefined ? 1 : Math.sqrt(mark.part));
      radius = Math.max(radius, Math.min(mark.radius, 13)) / near;
      mark.circle.setAttribute('r', radius.toFixed(1));
      mark.circle.setAttribute('stroke-width', (3 / near).toFixed(2));
      if (mark.number) {
        var tall = Math.min(radius, 32 / near);
        mark.number.setAttribute('font-size', tall.toFixed(1));
        mark.number.setAttribute('y', (mark.y + tall * 0.34).toFixed(1));
        mark.number.setAttribute('visibility', radius * near < 20 ? 'hidden' : 'visible');
      }
    }

    function closeTo(x, y, factor) {
      var before = view.width;
      view.width = Math.min(whole.width, Math.max(whole.width / CLOSEST, view.width / factor));
      var share = view.width / before;
      view.x = x - (x - view.x) * share;
      view.y = y - (y - view.y) * share;
      look();
    }

    function middle() { return [view.x + view.width / 2, view.y + view.width * whole.height / whole.width / 2]; }
    // Around the mark that has the focus, else the greatest one in view, else the middle.
    function byFactor(factor) {
      var mark = marks.filter(function (one) { return one.link === document.activeElement; })[0];
      if (!mark) {
        mark = marks.filter(function (one) { return one.part !== 0 && inside(one); }).sort(function (left, right) { return right.radius - left.radius; })[0];
      }
      if (mark && factor > 1) {
        view.width = Math.max(whole.width / CLOSEST, view.width / factor);
        view.x = mark.x - view.width / 2;
        view.y = mark.y - view.width * whole.height / whole.width / 2;
        return look();
      }
      var at = middle();
      closeTo(at[0], at[1], factor);
    }
    function move(x, y) { view.x += x * view.width; view.y += y * view.width; look(); }
    function reset() { view.x = whole.x; view.y = whole.y; view.width = whole.width; look(); }

    closer.addEventListener('click', function () { byFactor(1.6); });
    farther.addEventListener('click', function () { byFactor(1 / 1.6); });
    all.addEventListener('click', function () { reset(); closer.focus(); });
    frame.addEventListener('keydown', function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      var moves = { ArrowLeft: [-0.15, 0], ArrowRight: [0.15, 0], ArrowUp: [0, -0.15], ArrowDown: [0, 0.15] };
      if (event.key === '+' || event.key === '=') byFactor(1.6);
      else if (event.key === '-') byFactor(1 / 1.6);
      else if (event.key === '0') reset();
      else if (moves[event.key] && zoom() > 1.01) move(moves[event.key][0], moves[event.key][1]);
      else return;
      event.preventDefault();
    });
    // A mark that gets the focus comes into view.
    frame.addEventListener('focusin', function (event) {
      var mark = marks.filter(function (one) { return one.link === event.target; })[0];
      if (!mark || inside(mark)) return;
      var at = middle();
      view.x += mark.x - at[0];
      view.y += mark.y - at[1];
      look();
    });

    function point(event) {
      var box = drawing.getBoundingClientRect();
      return [view.x + (event.clientX - box.left) / box.width * view.width, view.y + (event.clientY - box.top) / box.width * view.width];
    }
    frame.addEventListener('wheel', function (event) {
      if (!event.ctrlKey) return;
      event.preventDefault();
      var at = point(event);
      closeTo(at[0], at[1], event.deltaY < 0 ? 1.2 : 1 / 1.2);
    }, { passive: false });
    frame.addEventListener('dblclick', function (event) {
      var at = point(event);
      closeTo(at[0], at[1], 1.8);
    });

    // Dragging, once the map is larger than its window; two fingers bring it closer.
    var fingers = {};
    var dragged = 0;
    frame.addEventListener('pointerdown', function (event) {
      fingers[event.pointerId] = { x: event.clientX, y: event.clientY };
      dragged = 0;
    });
    frame.addEventListener('pointermove', function (event) {
      var last = fingers[event.pointerId];
      if (!last) return;
      var ids = Object.keys(fingers);
      var scale = view.width / drawing.getBoundingClientRect().width;
      var now = { x: event.clientX, y: event.clientY };
      if (ids.length === 2) {
        var other = fingers[ids.filter(function (id) { return Number(id) !== event.pointerId; })[0]];
        var was = Math.hypot(last.x - other.x, last.y - other.y);
        var is = Math.hypot(now.x - other.x, now.y - other.y);
        var at = point({ clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 });
        if (was > 0) closeTo(at[0], at[1], is / was);
      } else if (zoom() > 1.01) {
        dragged += Math.abs(now.x - last.x) + Math.abs(now.y - last.y);
        view.x -= (now.x - last.x) * scale;
        view.y -= (now.y - last.y) * scale;
        look();
      }
      fingers[event.pointerId] = now;
    });
    ['pointerup', 'pointercancel', 'pointerleave'].forEach(function (name) {
      frame.addEventListener(name, function (event) { delete fingers[event.pointerId]; });
    });
    frame.addEventListener('click', function (event) {
      if (dragged > 6) event.preventDefault();
    }, true);
    drawing.addEventListener('dragstart', function (event) { event.preventDefault(); });

    // What is on the map, to choose from and to list.
    var data = null;
    var selects = {};
    var lists = figure.nextElementSibling && figure.nextElementSibling.matches('ul.lieux') ? figure.nextElementSibling : null;
    var status = null;
    var more = null;
    var shown = STEP;
    var inventory = figure.dataset.inventaire && new URL(figure.dataset.inventaire, location.href);
    var root = inventory && new URL('.', inventory);

    function inside(mark) {
      return mark.x >= view.x && mark.x <= view.x + view.width && mark.y >= view.y && mark.y <= view.y + view.width * whole.height / whole.width;
    }

    function key(element, facet) {
      var place = data.facettes.indexOf(facet);
      return element[5][place].map(function (number) { return data.termes[place][number][0]; });
    }

    function belongs(element) {
      if (element[2] === null) return false;
      var isExample = typeof element[4] === 'number';
      if (figure.dataset.nature === 'exemple' && !isExample) return false;
      if (figure.dataset.page && data.pages[element[4]][2] !== figure.dataset.page) return false;
      return ['theme', 'kit'].every(function (name) { return !figure.dataset[name] || key(element, name).indexOf(figure.dataset[name]) >= 0; });
    }

    function prepare(read) {
      data = read;
      var bySlug = {};
      marks.forEach(function (mark) { mark.elements = []; bySlug[mark.slug] = mark; });
      data.elements.filter(belongs).forEach(function (element) {
        var place = data.lieux[element[2]];
        var slug = [place[1]].concat(place[2]).filter(function (one) { return bySlug[one]; })[0];
        if (slug) bySlug[slug].elements.push(element);
      });
      ['theme', 'kit', 'annee'].forEach(function (name) {
        if (figure.dataset[name]) return;
        var at = data.facettes.indexOf(name);
        var used = {};
        marks.forEach(function (mark) {
          mark.elements.forEach(function (element) { element[5][at].forEach(function (number) { used[number] = true; }); });
        });
        var numbers = Object.keys(used).map(Number);
        if (numbers.length < 2) return;
        var terms = numbers.map(function (number) { return data.termes[at][number]; });
        terms.sort(function (left, right) {
          return name === 'annee' ? Number(right[0]) - Number(left[0]) : left[1].localeCompare(right[1], language);
        });
        var label = make('label', {}, words[name] + ' ');
        var select = make('select', { name: name });
        select.append(make('option', { value: '' }, name === 'annee' ? words.toutes : words.tous));
        terms.forEach(function (term) { select.append(make('option', { value: term[0] }, term[1])); });
        label.append(select);
        bar.append(label);
        selects[name] = select;
        select.addEventListener('change', function () { shown = STEP; choose(); });
      });
      status = make('p', { 'class': 'etat', role: 'status' });
      figure.after(status);
      if (!lists) {
        lists = make('ul', { 'class': 'lieux' });
        var fold = make('details', { 'class': 'replie' });
        fold.append(make('summary', {}, words.liste), lists);
        status.after(fold);
      }
      more = make('p', { 'class': 'suite', hidden: '' });
      more.append(make('button', { type: 'button' }, words.suite));
      lists.after(more);
      more.firstChild.addEventListener('click', function () {
        var next = shown;
        shown += STEP;
        list();
        var first = lists.children[next];
        if (first) first.querySelector('a').focus();
      });
      choose();
    }

    function answers(element) {
      return Object.keys(selects).every(function (name) { return !selects[name].value || key(element, name).indexOf(selects[name].value) >= 0; });
    }

    function choose() {
      marks.forEach(function (mark) {
        mark.seen = mark.elements.filter(answers);
        mark.part = mark.elements.length ? mark.seen.length / mark.elements.length : 0;
        var empty = !mark.seen.length;
        mark.link.style.display = empty ? 'none' : '';
        if (!empty) {
          var label = mark.name + '\u00a0: ' + count(mark.seen.length);
          mark.link.setAttribute('aria-label', label);
          mark.link.querySelector('title').textContent = label;
          if (mark.number) mark.number.textContent = mark.seen.length;
        }
      });
      look();
    }

    function count(number) {
      return number === 1 ? words.un : words.plusieurs.replace('{x}', number.toLocaleString(language));
    }

    function list() {
      if (!data) return;
      var places = {};
      var total = 0;
      marks.filter(function (mark) { return mark.seen.length && inside(mark); }).forEach(function (mark) {
        mark.seen.forEach(function (element) {
          (places[element[2]] = places[element[2]] || []).push(element);
          total += 1;
        });
      });
      var numbers = Object.keys(places).sort(function (left, right) { return data.lieux[left][0].localeCompare(data.lieux[right][0], language); });
      var text = words.aucun;
      if (total) text = count(total) + ', ' + (numbers.length === 1 ? words.un_lieu : words.lieux.replace('{x}', numbers.length.toLocaleString(language)));
      if (status.textContent !== text) status.textContent = text;
      lists.replaceChildren.apply(lists, numbers.slice(0, shown).map(function (number) {
        var place = data.lieux[number];
        var line = make('li');
        line.append(make('a', { href: new URL('territoires/' + place[1] + '/', root).href }, place[0]), '\u00a0: ');
        places[number].forEach(function (element, rank) {
          if (rank) line.append(', ');
          line.append(make('a', { href: new URL(element[1].slice(1), root).href }, element[0]));
        });
        return line;
      }));
      more.hidden = numbers.length <= shown;
    }

    look();
    // The inventory is fetched when someone comes to the map.
    function load() {
      if (!inventory || !window.fetch || location.protocol === 'file:') return;
      fetch(inventory).then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      }).then(prepare).catch(function () { /* The picture and its list stay as they were. */ });
      inventory = null;
    }
    ['pointerenter', 'focusin', 'touchstart'].forEach(function (name) { figure.addEventListener(name, load, { once: true, passive: true }); });
  }

  document.querySelectorAll('.carte-outil').forEach(tool);
})();
