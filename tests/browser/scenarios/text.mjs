// What readers read: no markup left over, no key of the theme without its words, French set as French.

const LEFT_OVER = [
  [/:::/, 'a directive left in the text'],
  [/\[\[|\]\]/, 'a link left in the text'],
  [/\{\{|\}\}|\{%|%\}/, 'a piece of template in the text'],
  [/\{[.#][\w-]+/, 'attributes left in the text'],
  [/\*\*|(^|\s)_{2}\w/, 'Markdown left in the text'],
  [/\]\(/, 'a Markdown link left in the text'],
  [/\b(undefined|NaN|\[object Object\]|Some\(|None\))/, 'a value that no one wrote'],
  [/\ufffd/, 'a character that could not be read'],
  [/\b(corps|pagination|dates|mail|embed)\.[a-z_]+\b/, 'a key of the theme without its words'],
];
const FRENCH = [
  [/\p{L}'\p{L}/u, 'a straight apostrophe'],
  [/[\p{L}\p{N}»)][?!;](?=\s|$)/u, 'no space before ; ! ?'],
  [/ [:;!?»]/, 'a breaking space before : ; ! ? or »'],
  [/« (?!»)/, 'a breaking space after «'],
  [/\.\.\./, 'three dots for an ellipsis'],
];

export default async function (site, tally) {
  await site.each(site.readable, {}, async (tab, one) => {
    await tab.goto(await site.at(one), { waitUntil: 'domcontentloaded' });
    const { texts, french, attributes } = await tab.evaluate(read);
    const found = (rules, list) => rules.flatMap(([pattern, rule]) => {
      const text = list.find((each) => pattern.test(each));
      return text ? [[rule, around(text, pattern)]] : [];
    });
    const problems = [...found(LEFT_OVER, [...texts, ...attributes]), ...(one.html.includes('<html lang="fr"') ? found(FRENCH, french) : [])];
    for (const [rule, detail] of problems) tally.fail(rule, one.url, detail);
    if (!problems.length) tally.pass();
  });
}

function around(text, pattern) {
  const at = text.search(pattern);
  return text.slice(Math.max(0, at - 30), at + 40).replace(/\s+/g, ' ');
}

/** The text nodes of the page, those in French apart, and the attributes that are read aloud. */
function read() {
  const skip = 'script, style, code, pre, kbd, samp, svg path';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  const french = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest(skip)) continue;
    texts.push(node.data);
    const lang = parent.closest('[lang]')?.lang ?? '';
    if (lang.startsWith('fr') && !parent.closest('a.u, .adresse')) french.push(node.data);
  }
  const attributes = ['alt', 'title', 'aria-label', 'placeholder'].flatMap((name) => [...document.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name)));
  return { texts: [...texts, document.title], french, attributes };
}
