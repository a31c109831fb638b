// Text as the program counts it: offsets are code points, the browser counts UTF-16 units.

const ASTRAL = /[\u{10000}-\u{10FFFF}]/gu;
const MARKS = /\p{M}+/gu;
// Characters that no one sees but that turn or join what stands around them.
const UNSEEN = /[\u0000-\u0008\u000B-\u001F\u007F\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u;

export class CodePoints {
  // `astral` holds, in code points, the places of the characters that take two units.
  constructor(text) {
    this.text = text;
    this.astral = [];
    for (const found of text.matchAll(ASTRAL)) this.astral.push(found.index - this.astral.length);
    this.length = text.length - this.astral.length;
  }

  unit(point) {
    let low = 0;
    let high = this.astral.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.astral[middle] < point) low = middle + 1;
      else high = middle;
    }
    return point + low;
  }

  slice(start, end) {
    return this.text.slice(this.unit(start), this.unit(end));
  }
}

// For comparing as a reader does: no case, no marks (unless the query has some), đ as d.
export function fold(text) {
  return text.normalize("NFD").replace(MARKS, "").toLowerCase().replaceAll("đ", "d");
}

export function matcher(query) {
  const plain = query.trim().normalize("NFC").toLowerCase();
  const folded = fold(plain);
  if (!plain) return null;
  return folded === plain
    ? (text) => fold(text).includes(folded)
    : (text) => text.normalize("NFC").toLowerCase().includes(plain);
}

// Nodes of a stretch of text; what cannot be seen stands in an isolated element of its own that shows its code.
export function textNodes(text) {
  if (!UNSEEN.test(text)) return [document.createTextNode(text)];
  const nodes = [];
  let plain = "";
  for (const character of text) {
    if (!UNSEEN.test(character)) {
      plain += character;
      continue;
    }
    if (plain) nodes.push(document.createTextNode(plain));
    plain = "";
    const shown = document.createElement("bdi");
    shown.className = "unseen";
    shown.dataset.code = `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    shown.textContent = character;
    nodes.push(shown);
  }
  if (plain) nodes.push(document.createTextNode(plain));
  return nodes;
}
