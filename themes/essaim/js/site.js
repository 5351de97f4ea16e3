// What every page gains from a script; without it the page reads and navigates all the same.
(function () {
  'use strict';

  // Opened from a folder, a link to « dossier/ » shows the folder's files: name the page instead.
  if (location.protocol === 'file:') {
    document.querySelectorAll('a[href], form[action]').forEach(function (element) {
      var name = element.tagName === 'A' ? 'href' : 'action';
      var written = element.getAttribute(name);
      var parts = /^([^?#]*)(.*)$/.exec(written);
      if (/^[a-z][a-z0-9+.-]*:/i.test(written) || !parts[1]) return;
      if (/(^|\/)\.{0,2}$/.test(parts[1])) element.setAttribute(name, parts[1].replace(/\/?$/, '/') + 'index.html' + parts[2]);
    });
  }

  // Paper has no folds.
  var opened = [];
  addEventListener('beforeprint', function () {
    document.querySelectorAll('details:not([open])').forEach(function (details) {
      details.open = true;
      opened.push(details);
    });
  });
  addEventListener('afterprint', function () {
    opened.splice(0).forEach(function (details) { details.open = false; });
  });

  // Beside the text, the title being read is marked.
  var links = {};
  document.querySelectorAll('.leviers a, .sommaire a').forEach(function (link) {
    var title = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (title) links[title.id] = [link, title];
  });
  if (Object.keys(links).length && 'IntersectionObserver' in window) {
    var watch = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        Object.keys(links).forEach(function (id) { links[id][0].removeAttribute('aria-current'); });
        links[entry.target.id][0].setAttribute('aria-current', 'location');
      });
    }, { rootMargin: '0px 0px -65% 0px' });
    Object.keys(links).forEach(function (id) { watch.observe(links[id][1]); });
  }

  // Events that are over are fainter.
  var today = new Date().toLocaleDateString('sv');
  document.querySelectorAll('.agenda > [data-fin]').forEach(function (event) {
    event.classList.toggle('passe', event.dataset.fin < today);
  });

  // A button copies what stands in a box to be pasted elsewhere.
  if (navigator.clipboard) {
    document.querySelectorAll('.integrer pre').forEach(function (box) {
      var words = box.parentElement.dataset;
      var button = document.createElement('button');
      button.type = 'button';
      button.className = 'copier';
      button.setAttribute('aria-live', 'polite');
      button.textContent = words.copier;
      button.addEventListener('click', function () {
        navigator.clipboard.writeText(box.textContent).then(function () {
          button.textContent = words.copie;
          setTimeout(function () { button.textContent = words.copier; }, 2000);
        });
      });
      box.after(button);
    });
  }

  // Maps to look at closely have a script of their own, asked for when the first of them comes near.
  var mapped = document.querySelectorAll('.carte-outil');
  if (mapped.length && window.IntersectionObserver) {
    var maps = document.createElement('script');
    maps.src = document.currentScript.dataset.carte;
    var near = new IntersectionObserver(function (seen) {
      if (!seen.some(function (one) { return one.isIntersecting; })) return;
      near.disconnect();
      document.head.append(maps);
    }, { rootMargin: '300px' });
    mapped.forEach(function (map) { near.observe(map); });
  }

  // The search is fetched when it is wanted: by its box, by « / » or Ctrl+K, by words to mark on arrival.
  var search = document.currentScript.dataset.recherche;
  function fetchSearch(open) {
    if (!search || document.getElementById('recherche-forme')) return;
    var script = document.createElement('script');
    script.src = search;
    if (open) {
      script.dataset.ouvrir = '1';
      script.focused = document.activeElement;
    }
    document.head.append(script);
    search = '';
  }
  document.addEventListener('focusin', function (event) {
    if (event.target.matches('form[role="search"] input')) fetchSearch(false);
  });
  addEventListener('keydown', function (event) {
    var typing = event.target.closest && event.target.closest('input, textarea, select, [contenteditable]');
    var slash = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    var wanted = slash || event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!wanted || !search) return;
    event.preventDefault();
    fetchSearch(true);
    // What is typed while it comes goes into the box of the page, and from there into the dialog.
    var box = document.querySelector('form[role="search"] input');
    if (box) box.focus({ preventScroll: true });
  });
  if (/[?&]surligner=/.test(location.search)) fetchSearch(false);
})();
