// Articles that stand in the page itself, each parsed only when it is needed.
import { matcher } from "./text.js";

const AT_ONCE = 100;

export class EmbeddedSource {
  constructor() {
    this.blocks = document.querySelectorAll("script[data-article]");
    this.texts = [];
  }

  async index() {
    return JSON.parse(document.getElementById("index").textContent);
  }

  async article(n) {
    return JSON.parse(this.blocks[n].textContent);
  }

  // The articles whose title or text holds the query, as a set of their places.
  async search(query) {
    const matches = matcher(query);
    if (!matches) return null;
    const found = new Set();
    for (let n = 0; n < this.blocks.length; n += 1) {
      if (n % AT_ONCE === AT_ONCE - 1) await new Promise((resume) => setTimeout(resume)); // let the page breathe
      this.texts[n] ??= searchable(JSON.parse(this.blocks[n].textContent));
      if (matches(this.texts[n])) found.add(n);
    }
    return found;
  }
}

function searchable(record) {
  return [record.id, record.title, record.text].filter(Boolean).join("\n");
}
