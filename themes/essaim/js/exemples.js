// The list of examples, chosen by several facets at once; without this script each facet leads to a list of its own.
(function () {
  'use strict';

  var box = document.querySelector('.exemples[data-inventaire]');
  var side = document.querySelector('.facettes');
  var opener = side && side.querySelector('.croiser');
  if (!box || !opener) return;
  if (!window.fetch || location.protocol === 'file:') {
    opener.hidden = true;
    return;
  }
  var words = JSON.parse(box.dataset.mots);
  var status = box.querySelector('[role="status"]');
  var shelf = box.querySelector('.rangee');
  var pages = box.querySelector('.pagination');
  var inventory = new URL(box.dataset.inventaire, location.href);
  var STEP = 30;
  var data = null;
  var shown = STEP;

  function make(name, attributes, text) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (text !== undefined) element.textContent = text;
    return element;
  }

  // One list to choose from for each facet, made of the links that stand there.
  var form = make('form', { 'class': 'choix', 'aria-label': words.affiner });
  var selects = {};
  var folds = Array.prototype.slice.call(side.querySelectorAll('details[data-facette]'));
  folds.forEach(function (fold) {
    var name = fold.dataset.facette;
    var id = 'choix-' + name;
    var line = make('p');
    line.append(make('label', { 'for': id }, fold.querySelector('summary').textContent));
    var select = make('select', { id: id, name: name });
    select.append(make('option', { value: '' }, words.tous));
    fold.querySelectorAll('a').forEach(function (link) {
      var option = make('option', { value: link.dataset.valeur }, link.textContent + link.nextSibling.textContent);
      option.name = link.textContent;
      select.append(option);
    });
    line.append(select);
    form.append(line);
    selects[name] = select;
  });
  var clear = make('button', { type: 'button', hidden: '' }, words.effacer);
  form.append(clear);
  var more = make('p', { 'class': 'suite', hidden: '' });
  more.append(make('button', { type: 'button' }, words.suite));
  shelf.after(more);

  /* The lists to choose from take the place of the links. */
  function open() {
    folds.forEach(function (fold) { fold.hidden = true; });
    opener.hidden = true;
    side.prepend(form);
  }

  function chosen() {
    var found = {};
    Object.keys(selects).forEach(function (name) { if (selects[name].value) found[name] = selects[name].value; });
    return found;
  }

  /* Without the inventory, the links come back. */
  function giveUp() {
    form.remove();
    more.remove();
    opener.hidden = true;
    folds.forEach(function (fold) { fold.hidden = false; });
  }

  function load(then) {
    if (data) return then();
    fetch(inventory).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    }).then(function (read) {
      data = read;
      data.exemples = read.elements.filter(function (element) { return typeof element[4] === 'number'; });
      data.exemples.forEach(function (element) {
        element.cles = {};
        read.facettes.forEach(function (name, place) {
          element.cles[name] = element[5][place].map(function (number) { return read.termes[place][number][0]; });
        });
      });
      then();
    }).catch(giveUp);
  }

  function answers(element, wanted, but) {
    return Object.keys(wanted).every(function (name) { return name === but || element.cles[name].indexOf(wanted[name]) >= 0; });
  }

  function card(element) {
    var page = data.pages[element[4]];
    var place = element[2] === null ? null : data.lieux[element[2]];
    var article = make('article', { 'class': 'vignette teinte-' + page[1] });
    var where = [place && place[0], element[3]].filter(Boolean).join(' · ');
    if (where) article.append(make('p', { 'class': 'lieu' }, where));
    var title = make('h2');
    title.append(make('a', { href: new URL(element[1].slice(1), inventory).href }, element[0]));
    article.append(title);
    if (place && place[3] && document.getElementById('fr-f')) article.append(map(place[3]));
    article.append(make('p', {}, page[0]));
    return article;
  }

  function map(point) {
    function svg(name, attributes) {
      var element = document.createElementNS('http://www.w3.org/2000/svg', name);
      Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
      return element;
    }
    var drawing = svg('svg', { 'class': 'carte carte-situation', viewBox: '0 0 400 416', 'aria-hidden': 'true' });
    drawing.append(svg('use', { href: '#fr-f' }), svg('circle', { 'class': 'carte-point', cx: point[0], cy: point[1], r: 9, 'stroke-width': 3.5 }));
    return drawing;
  }

  function count(number) {
    return number === 0 ? words.aucun : number === 1 ? words.un : words.plusieurs.replace('{x}', number.toLocaleString(document.documentElement.lang));
  }

  function draw() {
    var wanted = chosen();
    var any = Object.keys(wanted).length > 0;
    clear.hidden = !any;
    var query = new URLSearchParams(wanted).toString();
    history.replaceState(null, '', box.dataset.facette && any && query === box.dataset.facette + '=' + encodeURIComponent(box.dataset.valeur) ? location.pathname : new URL(box.dataset.liste, home).pathname + (query ? '?' + query : ''));
    var found = data.exemples.filter(function (element) { return answers(element, wanted); });
    status.textContent = count(found.length);
    shelf.replaceChildren.apply(shelf, found.slice(0, shown).map(card));
    more.hidden = found.length <= shown;
    if (pages) pages.hidden = true;
    // What each choice would give, the other ones kept.
    Object.keys(selects).forEach(function (name) {
      var numbers = {};
      data.exemples.forEach(function (element) {
        if (answers(element, wanted, name)) element.cles[name].forEach(function (key) { numbers[key] = (numbers[key] || 0) + 1; });
      });
      Array.prototype.forEach.call(selects[name].options, function (option) {
        if (!option.value) return;
        option.textContent = option.name + ' (' + (numbers[option.value] || 0) + ')';
        option.disabled = !numbers[option.value] && !option.selected;
      });
    });
  }

  var home = location.href;
  form.addEventListener('submit', function (event) { event.preventDefault(); });
  form.addEventListener('change', function () { shown = STEP; load(draw); });
  clear.addEventListener('click', function () {
    Object.keys(selects).forEach(function (name) { selects[name].value = ''; });
    shown = STEP;
    load(draw);
    form.querySelector('select').focus();
  });
  more.firstChild.addEventListener('click', function () {
    var next = shown;
    shown += STEP;
    draw();
    var first = shelf.children[next];
    if (first) first.querySelector('a').focus();
  });

  opener.addEventListener('click', function () {
    open();
    form.querySelector('select').focus();
  });

  // What the address asks for, or the value that this page is the list of.
  var asked = new URLSearchParams(location.search);
  if (box.dataset.facette) selects[box.dataset.facette].value = box.dataset.valeur;
  var any = false;
  asked.forEach(function (value, name) { if (selects[name]) { selects[name].value = value; any = any || selects[name].value === value; } });
  if (any) {
    open();
    load(draw);
  }
})();
