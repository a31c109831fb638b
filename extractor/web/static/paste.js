// Trying an article: pasted text or a dropped file goes to the server, its figures come back; nothing is kept.
import { Page } from "./article.js";
import { announce, h } from "./dom.js";
import { articleLink } from "./router.js";
import { textNodes } from "./text.js";
import { formatNumber, t } from "./words.js";

export class PasteView {
  constructor(source) {
    this.source = source;
    this.pages = new Map();
    this.result = null;
    this.text = "";
  }

  nodes() {
    const text = h("textarea", { id: "paste-text", lang: "vi", required: true, value: this.text, on: { input: (e) => (this.text = e.target.value) } });
    const date = h("input", { type: "date", id: "paste-date" });
    const file = h("input", { type: "file", id: "paste-file", accept: ".txt,.html,.htm,.json,.jsonl,.gz,.zst", on: { change: () => file.files[0] && this.sendFile(file.files[0]) } });
    const drop = h("div", { class: "drop" }, h("label", { for: "paste-file" }, t("dropFile")), " ", file);
    const over = (is) => (event) => {
      event.preventDefault();
      drop.classList.toggle("over", is);
    };
    drop.addEventListener("dragover", over(true));
    drop.addEventListener("dragleave", over(false));
    drop.addEventListener("drop", (event) => {
      over(false)(event);
      if (event.dataTransfer.files[0]) this.sendFile(event.dataTransfer.files[0]);
    });
    const submit = (event) => {
      event.preventDefault();
      this.send({ text: text.value, published: date.value });
    };
    this.outcome = h("div", { role: "status" }, this.result);
    return [
      h("h1", { tabindex: -1 }, t("paste")), h("p", { class: "quiet" }, t("pasteNote")),
      h("form", { class: "paste", "aria-label": t("paste"), on: { submit } },
        h("div", { class: "field" }, h("label", { for: "paste-text" }, t("pasteText")), text),
        h("div", { class: "field" }, h("label", { for: "paste-date" }, t("pasteDate")), date),
        h("div", {}, h("button", { class: "main", type: "submit" }, t("pasteRun"))), drop),
      this.outcome,
    ];
  }

  sendFile(file) {
    const form = new FormData();
    form.append("file", file, file.name);
    return this.send(form);
  }

  async send(body) {
    this.show(h("p", { class: "quiet" }, t("working")));
    try {
      const answer = await this.source.post("/api/extract", body);
      const told = await answer.json();
      if (answer.ok) this.take(told);
      else this.show(h("p", { class: "wrong" }, textNodes(`${t("failed")} ${Object.values(told.fields ?? {}).join("; ") || told.error}`)));
    } catch (error) {
      this.show(h("p", { class: "wrong" }, `${t("failed")} ${error.message}`));
    }
  }

  show(node) {
    this.result = node;
    this.outcome.replaceChildren(node);
  }

  // One article opens at once; several are listed.
  take({ articles, titles, more, errors }) {
    this.pages.clear();
    articles.forEach((record, i) => {
      const page = new Page(record, `+${i + 1}`, undefined);
      page.title = titles[i];
      this.pages.set(page.key, page);
    });
    const item = (page) => h("li", {}, h("a", { href: articleLink(page.key) }, textNodes(page.title)), ` (${formatNumber(page.record.figures?.length ?? 0)})`);
    this.show(h("div", {}, more ? h("p", {}, t("moreArticles")) : null, h("ul", {}, [...this.pages.values()].map(item)),
      errors.map((error) => h("p", { class: "wrong" }, textNodes(error)))));
    announce(`${articles.length}`);
    if (articles.length === 1 && !errors.length) location.hash = articleLink("+1");
  }
}
