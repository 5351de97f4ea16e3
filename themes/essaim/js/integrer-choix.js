// The kit to republish: buttons that copy, the choice of a form, colours and width, a list to filter. Without it all the code is there to read.
(function () {
  'use strict';
  var kit = document.querySelector('.republier');
  if (!kit) return;

  if (navigator.clipboard) {
    kit.querySelectorAll('pre').forEach(function (box) {
      var button = document.createElement('button');
      var said = document.createElement('span');
      button.type = 'button';
      button.className = 'copier';
      button.textContent = kit.dataset.copier;
      button.setAttribute('aria-label', kit.dataset.copier + ' – ' + box.getAttribute('aria-label'));
      said.className = 'lu';
      said.setAttribute('role', 'status');
      button.addEventListener('click', function () {
        navigator.clipboard.writeText(box.textContent).then(function () {
          button.textContent = said.textContent = kit.dataset.copie;
          setTimeout(function () { button.textContent = kit.dataset.copier; said.textContent = ''; }, 2000);
        });
      });
      // On the box rather than in it, so that its text stays the code alone.
      var around = document.createElement('div');
      around.className = 'a-copier';
      box.replaceWith(around);
      around.append(button, said, box);
    });
  }

  // A choice changes the address in every piece of code, and the preview follows.
  var choice = kit.querySelector('.choix');
  if (choice) {
    // The preview is a frame made when it is opened: until then it costs nothing.
    var preview = kit.querySelector('.apercu');
    var link = preview.querySelector('a');
    var frame = null;
    var blocks = {};
    kit.querySelectorAll('[data-bloc]').forEach(function (code) { blocks[code.dataset.bloc] = { code: code, text: code.textContent }; });
    var base = /src="([^"]*)"/.exec(blocks.cadre.text)[1];
    var page = blocks.adresse.text;
    var source = link.getAttribute('href');
    var update = function () {
      var chosen = function (name) { return choice.querySelector('[name="' + name + '"]:checked').value; };
      var words = [chosen('forme'), chosen('theme')].filter(Boolean);
      var path = words.length ? words.join('/') + '/' : '';
      var width = chosen('largeur');
      var swap = function (text) { return text.split('"' + base + '"').join('"' + base + path + '"').replace('width="100%"', 'width="' + width + '"'); };
      blocks.cadre.code.textContent = swap(blocks.cadre.text);
      blocks.composant.code.textContent = swap(blocks.composant.text);
      blocks.adresse.code.textContent = path ? base + path : page;
      if (!frame && preview.open) {
        frame = document.createElement('iframe');
        frame.title = link.textContent;
        frame.height = link.dataset.hauteur;
        link.parentNode.replaceWith(frame);
      }
      if (!frame) return;
      if (frame.getAttribute('src') !== source + path) frame.setAttribute('src', source + path);
      frame.style.width = /%$/.test(width) ? width : width + 'px';
    };
    preview.addEventListener('toggle', update);
    choice.addEventListener('change', update);
    update();
    addEventListener('message', function (event) {
      if (frame && event.source === frame.contentWindow && event.data && event.data.message === 'height' && event.data.value > 0) frame.style.height = event.data.value + 'px';
    });
  }

  var filter = kit.querySelector('.filtre');
  if (filter) {
    var fold = function (text) { return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[’']/g, ' ').replace(/œ/g, 'oe').toLowerCase(); };
    filter.querySelector('input').addEventListener('input', function (event) {
      var wanted = fold(event.target.value).split(/\s+/).filter(Boolean);
      kit.querySelectorAll('.contenus details').forEach(function (group) {
        var shown = 0;
        group.querySelectorAll('li').forEach(function (item) {
          var title = fold(item.textContent);
          item.hidden = !wanted.every(function (word) { return title.indexOf(word) >= 0; });
          if (!item.hidden) shown += 1;
        });
        group.hidden = !shown;
        if (wanted.length) group.open = shown > 0;
      });
    });
  }
})();
