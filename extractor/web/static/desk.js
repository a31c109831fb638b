// The review desk's part of every view: verdicts on figures, findings and articles, undo, downloads.
import { Adding, targetOf as figureTarget } from "./adding.js";
import { Page } from "./article.js";
import { announce, h } from "./dom.js";
import { Decisions } from "./decisions.js";
import { correctionForm, correctionText, nameForm, sayError } from "./forms.js";
import { PasteView } from "./paste.js";
import { readRoute } from "./router.js";
import { setting } from "./settings.js";
import { textNodes } from "./text.js";
import { formatNumber, t } from "./words.js";

const DONE = { confirm: "confirmed", reject: "rejected", correct: "corrected", accept: "accepted", dismiss: "dismissed", done: "done", add: "added", undo: "undone" };
const SIGNS = { confirm: "✓", correct: "✎", reject: "✗", add: "+" };
const TOAST = 4000;

export class Desk {
  constructor(source) {
    this.source = source;
    this.decisions = new Decisions(source);
    this.paste = new PasteView(source);
    this.adding = new Adding(this);
    this.open = {}; // what stands open on the target at hand: {target, form, draft, wrong, clash, error}
  }

  async start(app) {
    this.app = app;
    this.kinds = app.index.kinds;
    await this.decisions.look();
    this.decisions.watch((keys) => this.refreshed(keys), (lost) => this.tellLost(lost));
  }

  get revision() {
    return this.decisions.revision;
  }

  // Others decided: what is on show is drawn anew, unless someone is just typing into it.
  refreshed(keys) {
    const route = readRoute();
    const concerned = route.view !== "paste" && (route.view !== "article" || keys.has(route.article));
    this.app.kept = null;
    if (concerned && !document.activeElement?.closest("form, textarea, input")) this.app.render();
  }

  tellLost(lost) {
    if (lost === this.lost) return;
    this.lost = lost;
    this.lostNote?.remove();
    this.lostNote = lost ? h("div", { class: "toast", role: "alert" }, t("lost")) : null;
    if (this.lostNote) document.body.append(this.lostNote);
  }

  views() {
    return ["paste"];
  }

  async view(name) {
    return name === "paste" ? this.paste.nodes() : null;
  }

  pasted(key) {
    return this.paste.pages.get(key) ?? null;
  }

  // The article with the figures that reviewers added, among its own.
  withAdded(page) {
    const added = page.number === undefined ? [] : this.decisions.added(page.key);
    if (!added.length) return page;
    const figures = [...(page.record.figures ?? []), ...added].sort((a, b) => (a.field === b.field ? a.number.start - b.number.start : a.field === "title" ? -1 : 1));
    return new Page({ ...page.record, figures }, page.key, page.number);
  }

  addPanel(page) {
    return this.adding.panel(page);
  }

  tools() {
    const wrap = h("details", { class: "menu" }, h("summary", { class: "button", id: "reviewer" }, `${t("reviewer")}: `, h("strong", {}, this.decisions.reviewer || "–")));
    const fill = (wrong) =>
      panel.replaceChildren(nameForm({ name: this.decisions.reviewer, wrong, english: setting("language") === "en", onSave: async (name) => {
        const answer = await this.source.post("/api/reviewer", { name });
        if (!answer.ok) return fill("name");
        this.decisions.reviewer = (await answer.json()).reviewer;
        this.open = {};
        this.app.frame();
        await this.app.render();
        return document.getElementById("reviewer").focus();
      } }), downloads());
    const panel = h("div", {});
    fill();
    wrap.append(panel);
    return wrap;
  }

  // How far the review has come, for the overview.
  progress() {
    const { index } = this.app;
    const decided = (table) => index[table].article.filter((article, i) => this.decision(article, index[table].target[i])).length;
    const rows = [
      ["articles", index.articles.key.filter((_, a) => this.decision(a, "article")).length, index.articles.key.length],
      ["figures", decided("figures"), index.figures.id.length],
      ["findings", decided("findings"), index.findings.n.length],
    ];
    return h("section", { class: "panel" }, h("h2", {}, t("decided")), h("table", { class: "bars" }, h("tbody", {},
      rows.map(([name, some, all]) => h("tr", {}, h("th", { scope: "row" }, t(name)), h("td", {}, h("progress", { max: Math.max(all, 1), value: some, "aria-label": t(name) })), h("td", { class: "c-share" }, `${formatNumber(some)} / ${formatNumber(all)}`))))));
  }

  // What the filters and tables ask for.
  decision(article, target) {
    return this.decisions.of(this.app.index.articles.key[article], target).decision;
  }

  stateBadge(article, target) {
    const decision = article === undefined ? null : this.decision(article, target);
    return decision ? h("span", { class: "badge state", title: `${decision.reviewer}, ${when(decision)}` }, t(DONE[decision.action])) : null;
  }

  articleBadge(article) {
    return this.stateBadge(article, "article");
  }

  exportMenu(view, rows) {
    const button = (format) => h("button", { type: "button", on: { click: () => this.download(view, rows, format) } }, format.toUpperCase());
    return h("div", { class: "row", role: "group", "aria-label": `${t("export")}: ${t("exportScreen")}` }, h("span", { class: "quiet" }, `${t("exportScreen")}: `), button("csv"), " ", button("xlsx"));
  }

  async download(view, rows, format) {
    const answer = await this.source.post("/export/table", { view, rows, format });
    if (!answer.ok) return this.toast(`${t("failed")} ${answer.status}`);
    const address = URL.createObjectURL(await answer.blob());
    h("a", { href: address, download: `${view}.${format}` }).click();
    return setTimeout(() => URL.revokeObjectURL(address), TOAST);
  }

  // A figure in the text shows what was decided on it.
  decorate(mark, page, figure) {
    const { decision } = this.decisions.of(page.key, figureTarget(figure));
    mark.classList.remove("decided-confirm", "decided-reject", "decided-correct", "decided-add");
    if (!decision) return;
    mark.classList.add(`decided-${decision.action}`);
    mark.dataset.mark = SIGNS[decision.action];
  }

  // The panels in the views.
  articlePanel(page) {
    if (page.number === undefined) return null;
    const figures = page.record.figures ?? [];
    const decided = figures.filter((figure) => this.decisions.of(page.key, figureTarget(figure)).decision).length;
    const state = this.decisions.of(page.key, "article");
    const sent = { article: page.key };
    return h("div", { class: "article-state", "data-decide": "article" }, h("span", { class: "quiet" }, `${decided}/${figures.length} ${t("reviewed")} `),
      state.decision ? [h("span", { class: "badge state" }, t("done")), " ", this.button("undo", sent, "article")] : this.button("done", sent, "article", t("markDone")),
      " ", this.adding.button(page), this.trouble("article", page.key));
  }

  figurePanel(page, figure) {
    if (page.number === undefined) return null;
    const target = figureTarget(figure);
    const { decision } = this.decisions.of(page.key, target);
    if (decision?.action === "add") return this.addedPanel(page, figure, decision);
    const sent = { article: page.key, figure: figure.id };
    const here = this.openAt(page.key, target);
    if (here?.form) return this.correction(page, figure, sent, here);
    return h("section", { class: "decide", "data-decide": "figure", "aria-label": t("decision") },
      this.standing(page.key, target, decision, sent), this.trouble(target, page.key),
      h("div", { class: "row" }, this.button("confirm", sent, target),
        h("button", { type: "button", on: { click: () => this.show({ key: page.key, target, form: true }, "correct-value") } }, t("correct")),
        this.button("reject", sent, target)));
  }

  // A figure that was added can be changed or taken back.
  addedPanel(page, figure, decision) {
    const target = figureTarget(figure);
    const sent = { article: page.key, added: { field: figure.field, number: figure.number } };
    return h("section", { class: "decide", "data-decide": "figure", "aria-label": t("decision") },
      this.standing(page.key, target, decision, sent), this.trouble(target, page.key),
      h("div", { class: "row" }, h("button", { type: "button", on: { click: () => this.adding.edit(page, figure) } }, t("correct"))));
  }

  correction(page, figure, sent, here) {
    const target = here.target;
    return h("div", {}, this.trouble(target, page.key), correctionForm({
      figure: this.corrected(page, figure), kinds: this.kinds, draft: here.draft, wrong: here.wrong, english: setting("language") === "en",
      onCancel: () => this.show({}, null),
      onSave: ({ note, ...correction }) => this.send({ ...sent, action: "correct", note, correction }, target, { form: true, draft: { note, ...correction } }),
    }));
  }

  // The figure as last corrected, for the form to start from.
  corrected(page, figure) {
    const { decision } = this.decisions.of(page.key, figureTarget(figure));
    if (decision?.action !== "correct") return figure;
    const { entity, ...rest } = decision.correction;
    return { ...rest, entity: entity ? { text: entity } : undefined };
  }

  findingPanel(page, n, chosen) {
    if (page.number === undefined) return null;
    const row = this.app.index.findingRows(page.number).find((i) => this.app.index.findings.n[i] === n);
    const target = this.app.index.findings.target[row];
    const { decision } = this.decisions.of(page.key, target);
    const sent = { article: page.key, finding: n };
    if (!chosen) return decision ? h("span", { class: "badge state" }, t(DONE[decision.action])) : null;
    const note = h("input", { type: "text", id: `note-of-${n}`, maxlength: 2000, autocomplete: "off" });
    return h("section", { class: "decide", "data-decide": "finding", "aria-label": t("decision") }, this.standing(page.key, target, decision, sent), this.trouble(target, page.key),
      h("div", { class: "field" }, h("label", { for: `note-of-${n}` }, t("note")), note),
      h("div", { class: "row" }, ["accept", "dismiss"].map((action) => this.button(action, sent, target, t(action), note))));
  }

  standing(key, target, decision, sent) {
    const { history } = this.decisions.of(key, target);
    return [
      decision ? h("p", { class: "row" }, h("span", { class: "badge state" }, t(DONE[decision.action])), ` ${decision.reviewer}, ${when(decision)} `, this.button("undo", sent, target)) : null,
      decision?.correction ? h("p", {}, textNodes(correctionText(decision.correction))) : null,
      decision?.note ? h("p", { class: "quiet" }, textNodes(`“${decision.note}”`)) : null,
      history.length > 1 ? h("details", {}, h("summary", {}, `${t("history")} (${history.length})`), h("ol", {}, history.map((one) => h("li", {}, `${t(DONE[one.action])} – `, textNodes(one.reviewer), `, ${when(one)}`)))) : null,
    ];
  }

  // What stopped the last decision on this target.
  trouble(target, key) {
    const here = this.openAt(key, target);
    if (here?.clash) {
      const { decision } = here.clash;
      return h("div", { class: "clash", role: "alert" }, h("p", {}, h("strong", {}, t("conflictHead"))),
        decision ? h("p", {}, `${t(DONE[decision.action])} – `, textNodes(decision.reviewer), `, ${when(decision)}`, decision.correction ? [": ", textNodes(correctionText(decision.correction))] : null) : null,
        h("p", {}, t("conflictText")));
    }
    return here?.error ? h("p", { class: "wrong", role: "alert" }, here.error) : null;
  }

  openAt(key, target) {
    return this.open.key === key && this.open.target === target ? this.open : null;
  }

  async show(open, focus) {
    this.open = open;
    await this.app.render();
    (focus && document.getElementById(focus))?.focus();
  }

  button(action, sent, target, label = t(action), note = null) {
    const press = () => this.send({ ...sent, action, note: note?.value ?? "" }, target);
    return h("button", { type: "button", class: `do-${action}`, on: { click: press } }, label);
  }

  // Sends a decision with the base that was on show; a conflict shows theirs, and pressing again then overrides it.
  async send(body, target, kept = {}) {
    const open = { key: body.article, target, ...kept };
    if (!this.decisions.reviewer) return this.askName(open);
    const { base } = this.decisions.of(body.article, target);
    try {
      const answer = await this.source.post("/api/decisions", { ...body, base });
      const told = await answer.json();
      if (answer.status === 409) {
        this.decisions.take(told.state);
        return await this.show({ ...open, clash: told.state });
      }
      if (!answer.ok) return await this.show({ ...open, wrong: told.fields, error: open.form ? null : errorText(told) }, open.form ? `correct-${Object.keys(told.fields ?? {})[0]}` : null);
      this.decisions.takeOwn(told);
      this.app.kept = null;
      this.toast(body.action === "undo" ? t("undone") : t("saved"));
      await this.show({}, null);
      return document.querySelector(`[data-decide="${body.figure ? "figure" : body.finding === undefined ? "article" : "finding"}"] button`)?.focus();
    } catch {
      return this.show({ ...open, error: t("lost") });
    }
  }

  async askName(open) {
    await this.show({ ...open, error: t("needName") });
    const menu = document.getElementById("reviewer").parentElement;
    menu.open = true;
    menu.querySelector("input").focus();
  }

  toast(message) {
    announce(message);
    this.toasted?.remove();
    this.toasted = h("div", { class: "toast", "aria-hidden": "true" }, message);
    document.body.append(this.toasted);
    setTimeout(() => this.toasted?.remove(), TOAST);
  }
}

function errorText(told) {
  const said = Object.values(told.fields ?? {}).map((code) => sayError(code, setting("language") === "en"));
  return said.join("; ") || told.error;
}

function downloads() {
  const link = (href, label) => h("a", { href, download: true }, label);
  return h("div", { class: "downloads" }, h("strong", {}, t("export")), h("br"), link("/export/decisions.jsonl", t("exportDecisions")), h("br"), link("/export/gold.jsonl", t("exportGold")));
}

function when(decision) {
  return new Date(decision.at).toLocaleString(setting("language") === "en" ? "en-GB" : "vi-VN", { dateStyle: "short", timeStyle: "short" });
}
