// Reads tags and attributes out of HTML that a program wrote; enough for links, not a browser.

const TAG = /<([a-zA-Z][\w-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*\/?>/g;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** Replaces character references by their characters. */
export function unescape(text) {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name) => {
    if (name[0] !== '#') return ENTITIES[name] ?? whole;
    const code = name[1].toLowerCase() === 'x' ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Lists the tags of a page: [{ name, at: Map of attributes }]. Comments and the text of scripts and styles are left out. */
export function tags(html) {
  const bare = html.replace(/<!--[\s\S]*?-->/g, '').replace(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/gi, '$1');
  return [...bare.matchAll(TAG)].map(([, name, rest]) => ({
    name: name.toLowerCase(),
    at: new Map([...rest.matchAll(ATTRIBUTE)].map(([, key, double, single, plain]) => [key.toLowerCase(), unescape(double ?? single ?? plain ?? '')])),
  }));
}

/** Lists the addresses that a page uses: [{ tag, attribute, value }]. */
export function addresses(list) {
  const found = [];
  for (const { name, at } of list) {
    if (name === 'base') continue;
    for (const attribute of ['href', 'src', 'poster', 'data', 'action']) {
      if (at.has(attribute)) found.push({ tag: name, attribute, value: at.get(attribute) });
    }
    for (const attribute of ['srcset', 'imagesrcset']) {
      for (const candidate of (at.get(attribute) ?? '').split(/,\s+/)) {
        if (candidate.trim()) found.push({ tag: name, attribute, value: candidate.trim().split(/\s+/)[0] });
      }
    }
  }
  return found;
}
