// Follows the preview: loads the page again when the site changes, swaps styles without loading, shows what is wrong.
(() => {
  let generation = 0;
  let panel = null;
  let closed = "";

  const news = new EventSource("/_essaim/evenements");
  news.onmessage = ({ data }) => {
    const item = JSON.parse(data);
    if (item.type === "page") location.reload();
    if (item.type === "styles") swapStyles();
    if (item.type === "report") {
      // The preview was stopped and opened again, or this page slept through a change.
      if (generation && item.generation < generation) location.reload();
      generation = item.generation;
      show(item);
    }
  };

  // Sheets keep their order; their names may have changed with what they hold.
  async function swapStyles() {
    const sheets = (root) => [...root.querySelectorAll('link[rel="stylesheet"]')];
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const old = sheets(document);
    const fresh = sheets(page);
    if (old.length !== fresh.length) return location.reload();
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

  async function show({ html, title, close, open }) {
    panel?.remove();
    panel = null;
    if (!html) return;
    panel = document.createElement("essaim-apercu");
    const root = panel.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replace(await (await fetch("/_essaim/apercu.css")).text());
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
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = close;
    button.onclick = () => (details.open = false);
    details.append(summary, list, button);
    root.append(details);
    document.documentElement.append(panel);
  }

  addEventListener("pagehide", () => news.close());
})();
