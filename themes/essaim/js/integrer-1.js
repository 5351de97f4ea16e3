/*! integrer.js 1: https://crates.io/crates/essaim */
(function () {
  'use strict';
  var script = document.currentScript;
  if (!(script instanceof HTMLScriptElement) || !script.src) return;
  var root = new URL('.', script.src).href;
  var own = root + 'integrer/';
  var origin = new URL(root).origin;

  // Frames: each takes the height that its own page tells, and no other message counts.
  function frames() {
    return [].filter.call(document.querySelectorAll('iframe'), function (frame) {
      return frame.src.indexOf(own) === 0;
    });
  }
  addEventListener('message', function (event) {
    var data = event.data;
    if (!data || data.message !== 'height' || (event.origin !== origin && event.origin !== 'null')) return;
    var height = Math.ceil(+data.value);
    if (!(height > 0 && height < 30000)) return;
    frames().forEach(function (frame) {
      if (frame.contentWindow !== event.source) return;
      frame.style.border = '0';
      frame.style.width = frame.style.width || (/%$/.test(frame.width) ? frame.width : '100%');
      frame.style.maxWidth = /^\d+$/.test(frame.width) ? frame.width + 'px' : '100%';
      frame.style.boxSizing = 'content-box';
      frame.style.padding = '0';
      frame.style.height = height + 'px';
    });
  });
  function greet() {
    frames().forEach(function (frame) {
      frame.contentWindow.postMessage({ message: 'ready', secret: '' }, '*');
    });
  }
  greet();
  addEventListener('load', greet);

  // <essaim-recit src="…">: the same page in a shadow, without a frame. Sites that share a host share the element.
  var known = customElements.get('essaim-recit');
  if (known) {
    if (known.roots) known.roots.push(root);
    document.querySelectorAll('essaim-recit').forEach(function (one) { if (one.show) one.show(); });
    return;
  }
  class Recit extends HTMLElement {
    static observedAttributes = ['src', 'forme', 'theme', 'sans-noms', 'niveau'];
    connectedCallback() { this.show(); }
    attributeChangedCallback() { if (this.isConnected) this.show(); }
    async show() {
      try {
        var src = new URL(this.getAttribute('src'), document.baseURI).href.split('#')[0];
        var home = Recit.roots.find(function (one) { return src.indexOf(one) === 0; });
        if (!home) return;
        var path = src.slice(home.length).replace(/^integrer\//, '').replace(/\/?$/, '/');
        var theme = this.hasAttribute('sans-noms') ? 'sans-noms' : this.getAttribute('theme');
        [this.getAttribute('forme'), theme].forEach(function (word) {
          if (word && word !== 'auto' && word !== 'resume' && /^[a-z-]+$/.test(word)) path += word + '/';
        });
        var url = home + 'integrer/' + path;
        if (this.url === url + this.getAttribute('niveau')) return;
        this.url = url + this.getAttribute('niveau');
        var answer = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer' });
        if (!answer.ok || this.url.indexOf(url) !== 0) return;
        // Styles travel as text, which no policy of the host objects to.
        var text = (await answer.text()).replace(/(<\/?)style>/g, '$1textarea>');
        var page = new DOMParser().parseFromString(text, 'text/html');
        var article = page.querySelector('.essaim');
        var sheet = new CSSStyleSheet();
        sheet.replaceSync([].map.call(page.querySelectorAll('textarea'), function (one) { return one.textContent; }).join(''));
        this.clean(article, url);
        var shadow = this.shadowRoot || this.attachShadow({ mode: 'open' });
        shadow.adoptedStyleSheets = [sheet];
        shadow.replaceChildren(document.importNode(article, true));
        this.lang = page.documentElement.lang;
      } catch (error) { /* The link inside stays. */ }
    }
    // Scripts stay behind, addresses become full, titles go down to the level of the place.
    clean(article, url) {
      article.querySelectorAll('script,iframe,object,embed,form,style,link,textarea').forEach(function (one) { one.remove(); });
      article.querySelectorAll('*').forEach(function (one) {
        [].slice.call(one.attributes).forEach(function (at) {
          if (/^on/i.test(at.name) || at.name === 'style') one.removeAttribute(at.name);
          else if (/^(href|src|srcset)$/.test(at.name) && at.value[0] !== '#') {
            one.setAttribute(at.name, at.value.replace(at.name === 'srcset' ? /[^\s,]\S*(?=\s+\d+[wx])/g : /^.*$/, function (way) {
              var full = new URL(way, url);
              return /^(https?|mailto):$/.test(full.protocol) ? full.href : '#';
            }));
          }
        });
      });
      var down = (+this.getAttribute('niveau') || 2) - 1;
      article.querySelectorAll('h1,h2,h3,h4,h5,h6').forEach(function (title) {
        title.setAttribute('aria-level', +title.localName[1] + down);
      });
    }
  }
  Recit.roots = [root];
  customElements.define('essaim-recit', Recit);
})();
