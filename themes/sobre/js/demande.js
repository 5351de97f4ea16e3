// The engine of the search comes when someone asks: a page at rest stays light.
(() => {
  const { moteur } = document.currentScript.dataset;
  const champ = document.getElementById("q");
  const venir = () => {
    const script = document.createElement("script");
    script.src = moteur;
    document.head.append(script);
  };
  if (new URLSearchParams(location.search).get("q")) venir();
  else champ.addEventListener("focus", venir, { once: true });
})();
