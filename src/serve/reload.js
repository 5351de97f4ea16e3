// Follows the preview: loads the page again when the site changes, swaps styles without loading, shows what is wrong.
(() => {
  const KEPT = "essaim-apercu";
  // The number of the build that this page comes from, and that of the report that is shown.
  let generation = Number(document.currentScript?.dataset.generation);
  let told = -1;
  let panel = null;
  let closed = "";

  restore();
  // A browser opens six connections to one address and a stream holds one: a single tab listens, and tells the others.
  const tabs = new BroadcastChannel(KEPT);
  let last = null;
  function listen() {
    const news = new EventSource("/_essaim/evenements");
    let first = false;
    news.onopen = () => { first = true; };
    news.onmessage = ({ data }) => {
      const item = JSON.parse(data);
      if (item.type === "report") {
        item.first = first;
        first = false;
        last = item;
      }
      tabs.postMessage(item);
      take(item);
    };
    tabs.onmessage = ({ data }) => data === "?" && last && tabs.postMessage({ ...last, first: false, again: true });
    addEventListener("pagehide", () => news.close());
  }
  tabs.onmessage = ({ data }) => data !== "?" && take(data);
  const ask = () => tabs.postMessage("?");
  ask();
  // What is told while a page loads, or while one listener follows another, may be missed: pages ask again.
  setInterval(ask, 2000);
  // Without locks, as at an address of the local network, each tab listens for itself.
  if (navigator.locks) navigator.locks.request(KEPT, () => new Promise(listen));
  else listen();

  function take(item) {
    if (item.type === "page") again();
    if (item.type === "styles") swapStyles();
    if (item.type === "report") {
      // The first report of a connection: the site changed meanwhile, or the preview was opened again.
      if (item.first && item.generation !== generation) return again();
      // What was told before this page was asked for, or after.
      if (item.again && item.generation > generation) return again();
      if (item.again && item.generation < generation) return;
      generation = item.generation;
      if (told === generation) return;
      told = generation;
      show(item);
    }
  }

  // What a reader opens: each by its anchor, else by its title and its place among those of the same title.
  function folds() {
    const seen = {};
    return [...document.querySelectorAll("details")].map((details) => {
      const title = details.id || (details.querySelector("summary")?.textContent ?? "").trim();
      seen[title] = (seen[title] ?? 0) + 1;
      return [`${seen[title]} ${title}`, details];
    });
  }

  // Loads the page again, where the reader was: text that comes above does not push away what is being read.
  function again() {
    const marks = [...document.querySelectorAll("main [id]")].map((mark) => [mark.id, mark.getBoundingClientRect().top]);
    const above = marks.filter(([, top]) => top <= innerHeight / 3).pop();
    const open = Object.fromEntries(folds().map(([name, details]) => [name, details.open]));
    try {
      const kept = { path: location.pathname, x: scrollX, y: scrollY, above, open };
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
      history.scrollRestoration = "manual";
    } catch {
      // A browser that keeps nothing goes back to where it thinks best.
    }
    location.reload();
  }

  function restore() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT));
      sessionStorage.removeItem(KEPT);
    } catch {
      return;
    }
    if (kept?.path !== location.pathname) return;
    for (const [name, details] of folds()) if (name in kept.open) details.open = kept.open[name];
    const place = () => {
      const mark = kept.above && kept.y > 0 ? document.getElementById(kept.above[0]) : null;
      const y = mark ? scrollY + mark.getBoundingClientRect().top - kept.above[1] : kept.y;
      scrollTo({ left: kept.x, top: y, behavior: "instant" });
    };
    place();
    // Images that were not measured come later.
    addEventListener("load", () => { place(); history.scrollRestoration = "auto"; }, { once: true });
  }

  // Sheets keep their order; their names may have changed with what they hold.
  async function swapStyles() {
    const sheets = (root) => [...root.querySelectorAll('link[rel="stylesheet"]')];
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const old = sheets(document);
    const fresh = sheets(page);
    if (old.length !== fresh.length) return again();
    old.forEach((link, index) => {
      const next = link.cloneNode();
      const address = new URL(fresh[index].getAttribute("href"), location.href);
      if (address.origin !== location.origin) return;
      address.searchParams.set("apercu", Date.now());
      next.href = address.href;
      next.onload = next.onerror = () => link.remove();
      link.after(next);
    });
  }

  // Opens a file at a line in the editor of this computer; a phone on the network has none.
  const here = ["127.0.0.1", "localhost", "[::1]"].includes(location.hostname);
  async function edit({ target }) {
    const button = target.closest?.("button[data-file]");
    if (!button) return;
    const { file, line, column } = button.dataset;
    const query = new URLSearchParams({ fichier: file, ligne: line, colonne: column });
    const answer = await fetch(`/_essaim/ouvrir?${query}`, { headers: { "X-Essaim": "ouvrir" } });
    const address = answer.ok ? (await answer.text()).trim() : "";
    if (address) location.href = address;
  }
  const prepare = (root) => {
    if (here) root.addEventListener("click", edit);
    else root.querySelectorAll("button[data-file]").forEach((button) => button.remove());
  };
  if (document.body.classList.contains("notice")) prepare(document.body);

  async function show({ html, title, close, open }) {
    panel?.remove();
    panel = null;
    if (!html) return;
    const own = (panel = document.createElement("essaim-apercu"));
    const root = own.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replace(await (await fetch("/_essaim/apercu.css")).text());
    // Another report came while the sheet did.
    if (panel !== own) return;
    root.adoptedStyleSheets = [sheet];
    const details = document.createElement("details");
    details.open = open && closed !== html;
    details.addEventListener("toggle", () => (closed = details.open ? "" : html));
    const summary = document.createElement("summary");
    summary.textContent = title;
    summary.className = open ? "error" : "warning";
    const list = document.createElement("div");
    list.setAttribute("role", "log");
    list.innerHTML = html;
    prepare(list);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = close;
    button.onclick = () => (details.open = false);
    details.append(summary, list, button);
    root.append(details);
    document.documentElement.append(own);
  }

  // A page that the browser kept whole hears of nothing any more.
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
})();
