// The script of a page in a frame: it tells its height to the page around it, and hands over the links; the way WordPress wants it.
(function () {
  'use strict';
  if (parent === window) return;
  var article = document.querySelector('.essaim');
  var secret = '';
  var sent = 0;
  function read() {
    var found = /secret=([A-Za-z0-9]{1,20})/.exec(location.hash);
    if (found) secret = found[1];
  }
  function post(message, value) {
    parent.postMessage({ message: message, value: value, secret: secret }, '*');
  }
  function tell(again) {
    var height = Math.ceil(article.getBoundingClientRect().height);
    if (height < 1 || (height === sent && again !== true)) return;
    sent = height;
    post('height', height);
  }
  read();
  post('ready', '');
  tell();
  addEventListener('hashchange', function () { read(); tell(true); });
  addEventListener('load', tell);
  if (window.ResizeObserver) new ResizeObserver(tell).observe(article);
  else addEventListener('resize', tell);
  addEventListener('message', function (event) {
    var data = event.data;
    if (event.source !== parent || !data || data.message !== 'ready') return;
    if (!secret || data.secret === secret) tell(true);
  });
  // A frame without the right to leave asks the page around it to follow the link: to this site only, so other links lead to the page that has them.
  document.addEventListener('click', function (event) {
    var link = event.target.closest && event.target.closest('a[href]');
    if (!link || !secret || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    var home = document.querySelector('.suite a');
    post('link', link.host === location.host || !home ? link.href : home.href);
    event.preventDefault();
  });
})();
