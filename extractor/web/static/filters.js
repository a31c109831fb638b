// The filter bar: what is chosen goes into the address, so that a filtered list can be kept and sent on.
import { h } from "./dom.js";
import { NO_FILTERS } from "./index.js";
import { listLink } from "./router.js";
import { nameOf, t } from "./words.js";

const SUGGESTIONS = 300;
const PAUSE = 250;

export function filterBar(app, route) {
  const { index } = app;
  const filters = route.filters;
  let waiting = 0;
  const change = (name, value) => {
    clearTimeout(waiting);
    filters[name] = value;
    app.keepFocus = `filter-${name}`;
    history.replaceState(null, "", listLink(route.view === "overview" ? "findings" : route.view, filters));
    app.render();
  };
  const select = (name, label, options) =>
    field(name, label, h("select", { id: `filter-${name}`, on: { change: (e) => change(name, e.target.value) } },
      options.map(([value, text]) => h("option", { value, selected: value === filters[name] }, text))));
  const typed = (name, label, attributes, ...more) => {
    const later = (e) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => change(name, e.target.value), PAUSE);
    };
    const input = h("input", { id: `filter-${name}`, autocomplete: "off", value: filters[name], on: { input: later }, ...attributes });
    return field(name, label, input, ...more);
  };
  const listed = (name, label, column) => typed(name, label, { type: "text", list: `list-${name}` }, suggestions(index, name, column));
  const years = index.years().map((year) => [year, year]);
  const kinds = index.counts("figures", "kind").map(([kind, count]) => [kind, `${nameOf(kind)} (${count})`]);
  const verdicts = index.counts("findings", "verdict").map(([verdict, count]) => [verdict, `${nameOf(verdict)} (${count})`]);
  const any = ["", t("any")];
  return h("form", { class: "filters", role: "search", "aria-label": t("filters"), on: { submit: (e) => e.preventDefault() } },
    typed("q", t("search"), { type: "search" }),
    select("kind", t("kind"), [any, ...kinds]),
    select("verdict", t("verdict"), [any, ["alarm", t("onlyAlarms")], ...verdicts]),
    listed("org", t("organization"), "organization"),
    listed("place", t("place"), "place"),
    select("from", t("fromYear"), [any, ...years]),
    select("to", t("toYear"), [any, ...years]),
    app.desk ? select("state", t("decision"), [any, ["open", t("undecided")], ["decided", t("decided")],
      ...["rejected", "corrected", "dismissed"].map((x) => [ACTION_OF[x], t(x)])]) : null,
    h("label", { class: "tick" },
      h("input", { type: "checkbox", id: "filter-doubt", checked: Boolean(filters.doubt), on: { change: (e) => change("doubt", e.target.checked ? "1" : "") } }),
      t("onlyDoubts")),
    isFiltered(filters) ? h("a", { class: "button", href: listLink(route.view, NO_FILTERS) }, t("clear")) : null);
}

const ACTION_OF = { rejected: "reject", corrected: "correct", dismissed: "dismiss" };

export function isFiltered(filters) {
  return Object.values(filters).some(Boolean);
}

function field(name, label, ...control) {
  return h("div", { class: `field field-${name}` }, h("label", { for: `filter-${name}` }, label), ...control);
}

function suggestions(index, name, column) {
  const words = index.counts("figures", column).slice(0, SUGGESTIONS);
  return h("datalist", { id: `list-${name}` }, words.map(([word]) => h("option", { value: word })));
}
