// One article: its text with the figures marked, the findings beside it, and the details of what is chosen.
import { announce, h, svg } from "./dom.js";
import { drawLinks } from "./links.js";
import { markedNodes, marksOf, paragraphs, standsThere } from "./marks.js";
import { articleLink, listLink } from "./router.js";
import { figureSheet, findingNote } from "./sheet.js";
import { findingLink, kindBadge } from "./tables.js";
import { CodePoints, textNodes } from "./text.js";
import { addTips, longForm } from "./tip.js";
import { formatDate, formatNumber, nameOf, say, t } from "./words.js";

// A record on show: finds its figures by id, knows its texts by code points.
export class Page {
  constructor(record, key, number) {
    this.record = record;
    this.key = key;
    this.number = number;
    this.byId = new Map((record.figures ?? []).map((figure) => [figure.id, figure]));
    this.texts = { text: new CodePoints(record.text ?? ""), title: new CodePoints(record.title ?? "") };
  }

  figure(id) {
    return this.byId.get(id);
  }

  points(field) {
    return this.texts[field];
  }

  placed(figure) {
    return standsThere(figure, this.points(figure.field));
  }
}

export function articleView(app, route, page) {
  const chosen = { figure: page.figure(route.figure), finding: route.finding === null ? null : Number(route.finding) };
  const finding = page.record.findings?.[chosen.finding];
  const text = h("div", { class: "text", lang: "vi" }, fieldNodes(page, "text"));
  const layer = svg("svg", { class: "links", "aria-hidden": "true" });
  const heading = h("h1", { tabindex: -1, lang: "vi", ...(page.record.title ? { "data-from": 0, "data-field": "title" } : {}) }, page.record.title ? fieldNodes(page, "title") : textNodes(app.titleOf(page)));
  const adding = app.desk?.addPanel(page) ?? null;
  const sheet = adding ?? (chosen.figure
    ? h("div", { class: "sheet", role: "region", "aria-label": t("figures") },
        h("a", { class: "button close", href: articleLink(page.key), "aria-label": t("close") }, "×"), figureSheet(app, page, chosen.figure))
    : null);
  const reading = h("article", { class: "reading" },
    h("header", {}, heading, about(page)), legend(page),
    h("div", { class: "text-box" }, text, layer), warnings(page), allFigures(app, page), abbreviations(page));
  const view = h("div", { class: "article" },
    h("div", { class: "bar-top" },
      h("a", { class: "button", href: listLink(app.lastList.view, app.lastList.filters, app.lastList.page) }, "←", h("span", { class: "wide" }, t("back"))),
      app.desk?.articlePanel(page) ?? null, stepper(app, page, chosen.finding)),
    h("div", { class: "columns" }, reading, h("aside", { "aria-label": t("findings") }, sheet, notes(app, page, chosen.finding))));
  addTips(reading, (id) => page.figure(id));
  highlight(app, view, page, chosen, finding);
  return { view, ready: (moved) => settle(view, text, layer, chosen, finding, moved) };
}

function fieldNodes(page, field) {
  const points = page.points(field);
  const marks = marksOf(page.record, field, points);
  if (field === "title") return markedNodes(points, 0, points.length, marks, page.key);
  let next = 0;
  let open = [];
  return paragraphs(points, page.record.blocks).map(([start, end, role, duplicate]) => {
    open = open.filter((mark) => mark.end > start);
    while (next < marks.length && marks[next].start < end) open.push(marks[next++]);
    const here = open.filter((mark) => mark.start < end && mark.end > start);
    const tag = role === "title" ? "h2" : "p";
    return h(tag, { class: `role-${role}${duplicate ? " duplicate" : ""}`, title: duplicate ? t("repeated") : null, "data-from": start, "data-field": "text" },
      markedNodes(points, start, end, here, page.key));
  });
}

function about({ record }) {
  const link = /^https?:\/\//.test(record.url ?? "") ? h("a", { href: record.url, rel: "noopener noreferrer nofollow", target: "_blank" }, textNodes(record.url)) : null;
  return h("p", { class: "quiet about" },
    [record.published ? formatDate(record.published) : t("noDate"), record.byline, record.id, link ?? record.source?.uri]
      .filter(Boolean).map((part, i) => [i ? " · " : "", typeof part === "string" ? textNodes(part) : part]));
}

function legend({ record }) {
  const kinds = new Map();
  for (const figure of record.figures ?? []) kinds.set(figure.kind, (kinds.get(figure.kind) ?? 0) + 1);
  const part = (what) => h("span", { class: `p-${what}` }, t(what));
  return h("details", { class: "legend" }, h("summary", {}, t("legend")),
    h("p", {}, [...kinds].map(([kind, count]) => [kindBadge(kind), ` ${count} `])),
    h("p", {}, part("hedge"), " · ", part("number"), " · ", part("unit"), " · ", h("span", { class: "ent k-class_count" }, t("entity")), " · ",
      h("abbr", { class: "short" }, "CĐCS"), " ", t("abbreviations"), " · ", h("span", { class: "fig open k-money" }, "?"), " ", t("unresolved")));
}

function stepper(app, page, chosen) {
  const order = app.findingOrder();
  const at = order.findIndex((i) => app.index.findings.article[i] === page.number && app.index.findings.n[i] === chosen);
  const step = (by, label, sign) => {
    const to = app.neighbour(page, chosen, by);
    return to === null ? null : h("a", { class: "button", href: findingLink(app.index, to), title: label, rel: by < 0 ? "prev" : "next" }, sign, h("span", { class: "unheard" }, label));
  };
  if (!order.length) return null;
  return h("nav", { class: "stepper", "aria-label": t("findings") },
    step(-1, t("previous"), "↑ p"), h("span", {}, `${at < 0 ? "–" : at + 1} / ${order.length}`), step(1, t("next"), "↓ n"));
}

function notes(app, page, chosen) {
  const rows = app.index.findingRows(page.number).map((i) => app.index.findings.n[i]);
  const findings = page.record.findings ?? [];
  const alarms = app.index.alarmSet;
  const order = (rows.length ? rows : findings.map((_, n) => n)).sort((a, b) => alarms.has(findings[b].verdict) - alarms.has(findings[a].verdict) || a - b);
  return h("section", { class: "notes" }, h("h2", {}, `${t("findings")} (${findings.length})`),
    order.length ? h("ul", {}, order.map((n) => findingNote(app, page, n, n === chosen))) : h("p", { class: "quiet" }, t("noFindings")));
}

function warnings({ record }) {
  if (!record.warnings?.length) return null;
  return h("section", { class: "panel warned" }, h("h2", {}, t("warnings")), h("ul", {}, record.warnings.map((warning) => h("li", {}, textNodes(warning)))));
}

// Every figure is listed, those too that could not be marked in the text.
function allFigures(app, page) {
  const figures = page.record.figures ?? [];
  const value = (figure) => formatNumber(figure.value ?? (figure.low === undefined ? null : `${figure.low}..${figure.high ?? ""}`));
  const row = (figure) => h("tr", {},
    h("td", {}, h("a", { href: articleLink(page.key, { f: figure.id }) }, textNodes(figure.text)), page.placed(figure) ? null : h("span", { class: "badge doubt" }, t("notInPlace")),
      figure.ambiguous ? h("span", { class: "badge doubt" }, t("unresolved")) : null, app.desk?.stateBadge(page.number, `figure:${figure.field}:${figure.number.start}-${figure.number.end}`) ?? null),
    h("td", {}, figure.modifier === "exact" ? "" : `${nameOf(figure.modifier)} `, value(figure)),
    h("td", {}, kindBadge(figure.kind)), h("td", { lang: "vi" }, textNodes(figure.entity?.text ?? "")));
  return h("details", { class: "panel" }, h("summary", {}, `${t("allFigures")} (${figures.length})`),
    h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("allFigures") },
      h("table", {}, h("thead", {}, h("tr", {}, ["asWritten", "value", "kind", "entity"].map((name) => h("th", { scope: "col" }, t(name))))), h("tbody", {}, figures.map(row)))));
}

function abbreviations({ record }) {
  const uses = new Map((record.abbreviations ?? []).map((use) => [`${use.short}\0${use.long}`, use]));
  if (!uses.size) return null;
  return h("details", { class: "panel" }, h("summary", {}, `${t("abbreviations")} (${uses.size})`),
    h("ul", { lang: "vi" }, [...uses.values()].map((use) => h("li", { class: use.long ? null : "open" }, longForm(use)))));
}

function highlight(app, view, page, chosen, finding) {
  const involved = new Set(finding ? finding.figures : chosen.figure ? [chosen.figure.id] : []);
  const passing = app.passingFigures(page.number);
  for (const mark of view.querySelectorAll(".fig[data-figure]")) {
    mark.classList.toggle("hit", involved.has(mark.dataset.figure));
    mark.classList.toggle("faint", passing !== null && !passing.has(mark.dataset.figure));
    app.desk?.decorate(mark, page, page.figure(mark.dataset.figure));
  }
  if (chosen.figure) view.querySelector(`.fig[data-figure="${CSS.escape(chosen.figure.id)}"]`)?.setAttribute("aria-current", "true");
}

// Once the view stands in the document: lines are drawn and the chosen place is brought into sight.
function settle(view, text, layer, chosen, finding, moved) {
  const mark = (id) => text.querySelector(`.fig[data-figure="${CSS.escape(id)}"]`);
  const first = chosen.figure ? view.querySelector(`.fig[data-figure="${CSS.escape(chosen.figure.id)}"]`) : finding ? mark(finding.figures[0]) : null;
  if (finding) {
    const draw = () => drawLinks(text.parentElement, layer, finding.figures.map(mark), finding.verdict);
    new ResizeObserver(draw).observe(text);
    draw();
    if (moved) view.querySelector(`#note-${chosen.finding}`)?.scrollIntoView({ block: "nearest" });
    if (moved) announce(`${nameOf(finding.verdict)}: ${say(finding.message)}`);
  }
  if (first && moved) first.scrollIntoView({ block: "center" });
  return view.querySelector(finding ? `#note-${chosen.finding} .note-head` : ".sheet h2");
}
