// A figure that the program missed: words chosen in the text or typed, what is read in them, and the form to save it.
import { announce, h } from "./dom.js";
import { correctionForm, sayError } from "./forms.js";
import { articleLink, readRoute } from "./router.js";
import { setting } from "./settings.js";
import { textNodes } from "./text.js";
import { t } from "./words.js";

export class Adding {
  constructor(desk) {
    this.desk = desk;
    this.selected = null; // the words last chosen in an article: {article, field, start, end}
    document.addEventListener("selectionchange", () => this.remember());
  }

  // A selection outside of the text (in a form, by pressing a button) leaves the last one as it is.
  remember() {
    const selection = getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    const from = range && pointOf(range.startContainer, range.startOffset);
    const to = range && pointOf(range.endContainer, range.endOffset);
    if (!from) return;
    const fits = to && to.field === from.field && to.at > from.at;
    this.selected = fits ? { article: readRoute().article, field: from.field, start: from.at, end: to.at } : null;
  }

  button(page) {
    const press = () => (this.selected?.article === page.key ? this.read(page.key, this.selected) : this.ask(page.key));
    return h("button", { type: "button", class: "do-add", title: t("addHelp"), on: { click: press } }, t("addFigure"));
  }

  ask(key, more = {}) {
    return this.desk.show({ key, target: "add", adding: {}, ...more }, "add-words");
  }

  async read(key, place) {
    this.selected = null;
    if (!this.desk.decisions.reviewer) return this.desk.askName({ key, target: "article" });
    try {
      const answer = await this.desk.source.post("/api/reading", { ...place, article: key });
      const told = await answer.json();
      if (!answer.ok) return await this.ask(key, { words: place.words ?? "", wrong: told.fields ?? { words: told.error } });
      return await this.choose(key, told.readings, 0);
    } catch {
      return this.ask(key, { words: place.words ?? "", wrong: { words: t("lost") } });
    }
  }

  choose(key, readings, chosen, focus = "correct-value") {
    const ranged = readings[chosen].modifier === "range" && focus === "correct-value";
    return this.desk.show({ key, target: targetOf(readings[chosen]), adding: { readings, chosen } }, ranged ? "correct-low" : focus);
  }

  // The form on a figure that was added before.
  edit(page, figure) {
    const reading = { ...figure, words: figure.text, before: "", after: "" };
    return this.choose(page.key, [reading], 0);
  }

  panel(page) {
    const here = this.desk.open;
    if (here.key !== page.key || !here.adding || page.number === undefined) return null;
    const content = here.adding.readings ? this.form(page, here) : this.words(page, here);
    return h("section", { class: "sheet", "aria-label": t("addFigure"), "data-decide": "add" }, h("h2", {}, t("addFigure")), content);
  }

  words(page, here) {
    const error = here.wrong?.words;
    const input = h("input", {
      type: "text", id: "add-words", maxlength: 300, autocomplete: "off", lang: "vi", required: true, value: here.words ?? "",
      "aria-describedby": error ? "help-words error-words" : "help-words", "aria-invalid": error ? "true" : null,
    });
    const find = (event) => {
      event.preventDefault();
      this.read(page.key, { words: input.value });
    };
    return h("form", { class: "decide", "aria-label": t("addFigure"), on: { submit: find } },
      h("div", { class: "field" }, h("label", { for: "add-words" }, t("addWords")), input, h("p", { class: "help", id: "help-words" }, t("addWordsHelp")),
        error ? h("p", { class: "wrong", id: "error-words", role: "alert" }, sayError(error, setting("language") === "en")) : null),
      h("div", { class: "row" }, h("button", { class: "main", type: "submit" }, t("find")), h("button", { type: "button", on: { click: () => this.close() } }, t("cancel"))));
  }

  form(page, here) {
    const { readings, chosen } = here.adding;
    const reading = readings[chosen];
    return [
      this.desk.trouble(here.target, page.key),
      h("p", { lang: "vi" }, h("span", { class: "quiet" }, textNodes(`…${reading.before}`)), h("strong", {}, textNodes(reading.words)), h("span", { class: "quiet" }, textNodes(`${reading.after}…`))),
      readings.length > 1 ? this.places(page, readings, chosen) : null,
      correctionForm({
        figure: reading, kinds: this.desk.kinds, draft: here.draft, wrong: here.wrong, english: setting("language") === "en", label: t("addFigure"), withUnit: true,
        onCancel: () => this.close(), onSave: (given) => this.save(page, here, given),
      }),
    ];
  }

  places(page, readings, chosen) {
    const name = (reading, i) => h("option", { value: i, selected: i === chosen }, `${i + 1}: …${reading.before.slice(-20)}${reading.words}${reading.after.slice(0, 20)}…`);
    const change = (event) => this.choose(page.key, readings, Number(event.target.value), "add-place");
    return h("div", { class: "field" }, h("label", { for: "add-place" }, t("addPlace")), h("select", { id: "add-place", on: { change } }, readings.map(name)));
  }

  async save(page, here, given) {
    const { note, unit, ...correction } = given;
    const reading = here.adding.readings[here.adding.chosen];
    const { field, number, start, end } = reading;
    const added = { field, number, span: { start, end }, unit, ...(reading.unit_code && unit === reading.unit ? { unit_code: reading.unit_code } : {}) };
    await this.desk.send({ article: page.key, action: "add", note, correction, added }, here.target, { adding: here.adding, draft: given, form: true });
    const { decision } = this.desk.decisions.of(page.key, here.target);
    if (this.desk.open.adding || !decision?.figure) return;
    announce(t("saved"));
    const place = articleLink(page.key, { f: decision.figure.id });
    if (location.hash === place) document.querySelector(".sheet h2")?.focus();
    else location.hash = place;
  }

  async close() {
    await this.desk.show({}, null);
    document.querySelector(".do-add")?.focus();
  }
}

// What names a figure for good: field and place of its number.
export function targetOf({ field, number }) {
  return `figure:${field}:${number.start}-${number.end}`;
}

// A place of the page as a place of the article, in code points; null outside of its text.
function pointOf(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const paragraph = element?.closest("[data-from]");
  if (!paragraph) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  return { field: paragraph.dataset.field, at: Number(paragraph.dataset.from) + [...before.toString()].length };
}
