// The first page: how much there is, of what kinds, and how much of it is wrong or open.
import { h, svg } from "./dom.js";
import { NO_FILTERS } from "./index.js";
import { listLink } from "./router.js";
import { formatNumber, nameOf, t } from "./words.js";

const CHART = { width: 1200, height: 200, bottom: 24, top: 18 };
const MOST_COLUMNS = 40;

export function overview(app) {
  const { index } = app;
  const rows = index.findings.article.map((_, i) => i);
  const alarms = rows.filter((i) => index.isAlarm(i)).length;
  return h("div", { class: "overview" },
    h("ul", { class: "cards" },
      card("articles", index.articles.key.length, listLink("articles")),
      card("figures", index.figures.id.length, listLink("figures")),
      card("findings", rows.length, listLink("findings")),
      card("alarms", alarms, listLink("findings", { ...NO_FILTERS, verdict: "alarm" }), alarms ? "alarm" : "")),
    h("div", { class: "panels" },
      bars(t("byKind"), index.counts("figures", "kind"), (kind) => listLink("figures", { ...NO_FILTERS, kind }), (kind) => `k-${kind}`),
      h("div", {},
        bars(t("byVerdict"), index.counts("findings", "verdict"), (verdict) => listLink("findings", { ...NO_FILTERS, verdict }), (verdict) => `v-${verdict}`),
        doubts(index), app.desk?.progress() ?? null)),
    yearChart(index));
}

function card(name, count, href, extra = "") {
  return h("li", {}, h("a", { class: `card ${extra}`, href }, h("strong", {}, formatNumber(count)), h("span", {}, t(name))));
}

function bars(title, counts, link, className) {
  const most = Math.max(1, ...counts.map(([, count]) => count));
  const bar = (name, count) =>
    svg("svg", { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { class: className(name), width: Math.max(1, (100 * count) / most), height: 10, rx: 1 }));
  return h("section", { class: "panel" }, h("h2", {}, title),
    h("table", { class: "bars" },
      h("tbody", {}, counts.map(([name, count]) =>
        h("tr", {}, h("th", { scope: "row" }, h("a", { href: link(name) }, nameOf(name))), h("td", {}, bar(name, count)), h("td", { class: "c-count" }, formatNumber(count)))))));
}

function doubts(index) {
  const { articles, figures } = index;
  const sum = (column) => column.reduce((a, b) => a + Number(b), 0);
  const rows = [
    ["ambiguousFigures", sum(figures.doubt), listLink("figures", { ...NO_FILTERS, doubt: "1" })],
    ["openAbbreviations", sum(articles.doubts), listLink("articles")],
    ["articleWarnings", articles.warnings.filter(Boolean).length, listLink("articles")],
    ["undated", sum(articles.missing), listLink("articles")],
  ];
  return h("section", { class: "panel" }, h("h2", {}, t("doubts")),
    h("table", { class: "bars" }, h("tbody", {}, rows.map(([name, count, href]) =>
      h("tr", {}, h("th", { scope: "row" }, h("a", { href }, t(name))), h("td", { class: "c-count" }, formatNumber(count)))))));
}

// Figures by year of publication: columns in one drawing, told in words for those who cannot see it.
function yearChart(index) {
  const byYear = new Map();
  for (const article of index.figures.article) {
    const year = index.articles.published[article]?.slice(0, 4) ?? "";
    byYear.set(year, (byYear.get(year) ?? 0) + 1);
  }
  byYear.delete("");
  if (byYear.size < 2) return null;
  const last = Math.max(...[...byYear.keys()].map(Number));
  const first = Math.max(Math.min(...[...byYear.keys()].map(Number)), last - MOST_COLUMNS + 1);
  const years = Array.from({ length: last - first + 1 }, (_, i) => [String(first + i), byYear.get(String(first + i)) ?? 0]);
  const { width, height, bottom, top } = CHART;
  const most = Math.max(...years.map(([, count]) => count));
  const step = width / years.length;
  const columns = years.map(([year, count], i) => {
    const tall = ((height - bottom - top) * count) / most;
    const middle = i * step + step / 2;
    return svg("g", {},
      svg("rect", { class: "column", x: middle - Math.min(step * 0.35, 24), width: Math.min(step * 0.7, 48), y: height - bottom - tall, height: tall, rx: 2 }),
      svg("text", { x: middle, y: height - bottom - tall - 5 }, formatNumber(count)),
      svg("text", { x: middle, y: height - 6 }, year));
  });
  const words = years.map(([year, count]) => `${year}: ${formatNumber(count)}`).join("; ");
  return h("section", { class: "panel" }, h("h2", {}, t("byYear")),
    h("div", { class: "chart", tabindex: 0, role: "group", "aria-label": t("byYear") },
      svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words }, columns)));
}
