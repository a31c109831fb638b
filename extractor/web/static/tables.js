// The lists: findings, figures and articles, a page at a time, so that thousands of articles never stand in one tree.
import { h } from "./dom.js";
import { articleLink, listLink } from "./router.js";
import { textNodes } from "./text.js";
import { formatDate, formatNumber, nameOf, say, t } from "./words.js";

const PAGE = 50;

export function findingsTable(app, route, shown) {
  const { index } = app;
  const { findings } = index;
  return table(app, route, "findings", shown.findings, [
    ["verdict", t("verdict"), (i) => [verdictBadge(index.verdict(i)), stateBadge(app, findings.article[i], findings.target[i])]],
    ["check", t("check"), (i) => nameOf(index.word(findings.check[i]))],
    ["message", t("arithmetic"), (i) => h("a", { href: findingLink(index, i) }, textNodes(say({ vi: findings.vi[i], en: findings.en[i] })))],
    ["article", t("article"), (i) => articleCell(index, findings.article[i])],
    ["date", t("published"), (i) => formatDate(index.articles.published[findings.article[i]])],
  ]);
}

export function figuresTable(app, route, shown) {
  const { index } = app;
  const { figures } = index;
  const link = (i) => articleLink(index.articles.key[figures.article[i]], { f: figures.id[i] });
  const period = (i) => [...new Set([figures.from[i], figures.to[i]].map((n) => formatDate(index.word(n))))].filter(Boolean).join(" – ");
  return table(app, route, "figures", shown.figures, [
    ["text", t("asWritten"), (i) => [h("a", { href: link(i) }, textNodes(figures.text[i])), ...figureBadges(app, i)]],
    ["value", t("value"), (i) => formatNumber(figures.value[i])],
    ["kind", t("kind"), (i) => kindBadge(index.word(figures.kind[i]))],
    ["entity", t("entity"), (i) => textNodes(index.word(figures.entity[i]) ?? "")],
    ["organization", t("organization"), (i) => textNodes(index.word(figures.organization[i]) ?? "")],
    ["place", t("place"), (i) => textNodes(index.word(figures.place[i]) ?? "")],
    ["date", t("period"), period],
    ["article", t("article"), (i) => articleCell(index, figures.article[i])],
  ]);
}

export function articlesTable(app, route, shown) {
  const { index } = app;
  const alarms = (a) => index.findingRows(a).filter((i) => index.isAlarm(i)).length;
  const doubts = (a) => index.articles.doubts[a] + index.figureRows(a).filter((i) => index.figures.doubt[i]).length;
  return table(app, route, "articles", shown.articles, [
    ["article", t("article"), (a) => [articleCell(index, a), app.desk?.articleBadge(a)]],
    ["date", t("published"), (a) => formatDate(index.articles.published[a])],
    ["count", t("figures"), (a) => index.figureRows(a).length],
    ["count", t("findings"), (a) => index.findingRows(a).length],
    ["count", t("alarms"), (a) => (alarms(a) ? h("strong", { class: "alarm" }, alarms(a)) : 0)],
    ["count", t("doubts"), doubts],
    ["count", t("warnings"), (a) => index.articles.warnings[a]],
  ]);
}

// `columns` are [class, heading, cell(row)]; roles are named because a phone shows rows as cards.
function table(app, route, view, rows, columns) {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const page = Math.min(route.page, pages);
  const shown = rows.slice((page - 1) * PAGE, page * PAGE);
  const count = h("p", { class: "quiet", id: "count" }, `${formatNumber(rows.length)} ${t("shown")}`);
  if (!rows.length) return h("section", {}, count, h("p", { class: "empty" }, t("none")));
  const cell = ([name, heading, make], row) => h("td", { role: "cell", class: `c-${name}`, "data-label": heading }, make(row));
  return h("section", { class: "listing" },
    h("div", { class: "listing-head" }, count, app.desk?.exportMenu(view, rows)),
    h("table", { role: "table", class: `list list-${view}`, "aria-label": t(view) },
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, columns.map(([name, heading]) => h("th", { role: "columnheader", scope: "col", class: `c-${name}` }, heading)))),
      h("tbody", { role: "rowgroup" }, shown.map((row) => h("tr", { role: "row" }, columns.map((column) => cell(column, row)))))),
    pages > 1 ? pager(route, view, page, pages) : null);
}

function pager(route, view, page, pages) {
  const to = (n, label, rel) =>
    n < 1 || n > pages ? h("span", { class: "button off", "aria-hidden": "true" }, label) : h("a", { class: "button", rel, href: listLink(view, route.filters, n) }, label);
  return h("nav", { class: "pager", "aria-label": t("page") },
    to(page - 1, t("earlier"), "prev"), h("span", {}, `${t("page")} ${page} ${t("of")} ${pages}`), to(page + 1, t("later"), "next"));
}

export function findingLink(index, i) {
  return articleLink(index.articles.key[index.findings.article[i]], { n: index.findings.n[i] });
}

function articleCell(index, article) {
  const { key, title } = index.articles;
  return h("a", { href: articleLink(key[article]), lang: "vi" }, textNodes(title[article]));
}

export function verdictBadge(verdict) {
  return h("span", { class: `verdict v-${verdict}` }, nameOf(verdict));
}

export function kindBadge(kind) {
  return h("span", { class: `kind k-${kind}` }, nameOf(kind));
}

function figureBadges(app, i) {
  const { figures } = app.index;
  return [
    figures.doubt[i] ? h("span", { class: "badge doubt" }, t("unresolved")) : null,
    figures.copy[i] ? h("span", { class: "badge" }, t("repeated")) : null,
    stateBadge(app, figures.article[i], figures.target[i]),
  ];
}

function stateBadge(app, article, target) {
  return app.desk?.stateBadge(article, target) ?? null;
}
