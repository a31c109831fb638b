// The page as a whole: head, filters, the view that the address names, keys.
import { Page, articleView } from "./article.js";
import { announce, h } from "./dom.js";
import { filterBar, isFiltered } from "./filters.js";
import { Index, NO_FILTERS } from "./index.js";
import { overview } from "./overview.js";
import { listLink, readRoute } from "./router.js";
import { applySettings, choose, setting } from "./settings.js";
import { articlesTable, figuresTable, findingLink, findingsTable } from "./tables.js";
import { t } from "./words.js";

const LISTS = { findings: findingsTable, figures: figuresTable, articles: articlesTable };

export class App {
  // `source` gives index(), article(n) and search(query); `desk`, on a review desk, adds its panels to the views.
  constructor(source, desk = null) {
    this.source = source;
    this.desk = desk;
    this.lastList = { view: "findings", filters: NO_FILTERS, page: 1 };
    this.searched = { query: "", hits: null };
    this.turn = 0;
  }

  async start() {
    applySettings();
    this.root = document.getElementById("app");
    this.index = new Index(await this.source.index());
    await this.desk?.start(this);
    this.frame();
    addEventListener("hashchange", () => this.render());
    document.addEventListener("keydown", (event) => this.onKey(event));
    await this.render();
  }

  frame() {
    this.main = h("main", { id: "main", tabindex: -1 });
    this.nav = h("nav", { class: "tabs", "aria-label": t("product") });
    const dark = document.documentElement.dataset.theme === "dark";
    const again = (name, value) => () => {
      choose(name, value);
      this.frame();
      this.render();
    };
    this.root.replaceChildren(
      h("a", { class: "skip", href: "#main", on: { click: (e) => { e.preventDefault(); this.main.focus(); } } }, t("skip")),
      h("header", { class: "head" },
        h("a", { class: "brand", href: "#v=overview" }, t("product")), this.nav,
        h("div", { class: "tools" }, this.desk?.tools() ?? null,
          h("label", { class: "tick wide" }, h("input", { type: "checkbox", checked: setting("keys"), on: { change: (e) => choose("keys", e.target.checked) } }), t("keys")),
          h("button", { type: "button", id: "language", lang: setting("language") === "en" ? "vi" : "en", on: { click: again("language", setting("language") === "en" ? "vi" : "en") } }, t("language")),
          h("button", { type: "button", id: "theme", on: { click: again("theme", dark ? "light" : "dark") } }, dark ? t("light") : t("dark")))),
      this.main,
      h("div", { id: "live", class: "unheard", "aria-live": "polite" }));
    document.title = t("product");
  }

  // The view that the address names. A later call overtakes an earlier one that still waits for its article.
  async render() {
    const turn = (this.turn += 1);
    const route = readRoute();
    if (route.view in LISTS) this.lastList = { view: route.view, filters: route.filters, page: route.page };
    this.tabs(route.view);
    try {
      await this.find(this.lastList.filters.q);
      const made = await this.view(route);
      if (turn !== this.turn) return;
      const first = this.shownView === undefined;
      const moved = this.shownView !== location.hash;
      const beside = this.main.querySelector("aside")?.scrollTop;
      this.main.replaceChildren(...made.nodes);
      if (!moved && beside) this.main.querySelector("aside")?.scrollTo(0, beside);
      this.focus(made.ready?.(moved), moved && !first);
      this.shownView = location.hash;
    } catch (error) {
      if (turn === this.turn) this.main.replaceChildren(h("p", { class: "empty", role: "alert" }, `${t("failed")} ${error.message}`));
    }
  }

  tabs(view) {
    const tab = (name) => h("a", { href: name === "overview" ? "#v=overview" : listLink(name, this.lastList.filters), "aria-current": name === view ? "page" : null }, t(name));
    this.nav.replaceChildren(...["overview", ...Object.keys(LISTS), ...(this.desk?.views() ?? [])].map(tab));
    const { nav } = this;
    const chosen = nav.querySelector("[aria-current]");
    if (chosen) nav.scrollLeft = chosen.offsetLeft - nav.offsetLeft - nav.clientWidth / 2 + chosen.clientWidth / 2;
  }

  async view(route) {
    if (route.view === "article") return this.article(route);
    if (route.view in LISTS) {
      const shown = this.shown();
      const title = h("h1", { tabindex: -1 }, t(route.view));
      return { nodes: [title, this.filterBox(route), LISTS[route.view](this, route, shown)] };
    }
    const own = await this.desk?.view(route.view);
    if (own) return { nodes: own };
    return { nodes: [h("h1", { tabindex: -1, class: "unheard" }, t("overview")), overview(this)] };
  }

  // On a phone the filters fold away, open as long as some are set.
  filterBox(route) {
    const open = isFiltered(route.filters) || this.filtersOpen || matchMedia("(min-width: 700px)").matches;
    return h("details", { class: "filter-box", open, on: { toggle: (e) => (this.filtersOpen = e.target.open) } }, h("summary", {}, t("filters")), filterBar(this, route));
  }

  async article(route) {
    const number = this.index.byKey.get(route.article);
    const page = number === undefined ? this.desk?.pasted(route.article) : await this.page(route.article, number);
    if (!page) return { nodes: [h("h1", { tabindex: -1 }, t("notFound"))] };
    const { view, ready } = articleView(this, route, this.desk?.withAdded(page) ?? page);
    return { nodes: [view], ready };
  }

  // The article on show is kept: drawing it anew needs no server.
  async page(key, number) {
    if (this.held?.key !== key) this.held = new Page(await this.source.article(number), key, number);
    return this.held;
  }

  focus(place, moved) {
    const kept = this.keepFocus && document.getElementById(this.keepFocus);
    this.keepFocus = null;
    if (kept) {
      kept.focus();
      if (kept.type === "search" || kept.type === "text") kept.setSelectionRange(kept.value.length, kept.value.length);
      announce(document.getElementById("count")?.textContent ?? t("none"));
    } else if (moved) {
      (place ?? this.main.querySelector("h1"))?.focus({ preventScroll: true });
      if (!place) scrollTo(0, 0);
    }
  }

  async find(query) {
    if (query === this.searched.query) return;
    if (query) announce(t("searching"));
    this.searched = { query, hits: query ? await this.source.search(query) : null };
  }

  // What the filters leave, worked out anew only when they or the decisions change.
  shown() {
    const { filters } = this.lastList;
    const named = JSON.stringify(filters) + (this.desk?.revision ?? "");
    if (this.kept?.named !== named) {
      const stateOf = this.desk ? (article, target) => this.desk.decision(article, target) : null;
      this.kept = { named, rows: this.index.filter(filters, this.searched.hits, stateOf) };
    }
    return this.kept.rows;
  }

  findingOrder() {
    return this.shown().findings;
  }

  // The ids of an article's figures that pass the filters, null where no filter is set.
  passingFigures(article) {
    const { q, ...others } = this.lastList.filters;
    if (article === undefined || !isFiltered(others)) return null;
    const { figures } = this.index;
    const here = this.shown().figures.filter((i) => figures.article[i] === article);
    return new Set(here.map((i) => figures.id[i]));
  }

  // The finding after (1) or before (-1) the chosen one; with none chosen, this article's first, else the very first.
  neighbour(page, chosen, by) {
    const order = this.findingOrder();
    const { article, n } = this.index.findings;
    const at = chosen === null ? -1 : order.findIndex((i) => article[i] === page?.number && n[i] === chosen);
    if (at >= 0) return order[at + by] ?? null;
    return order.find((i) => article[i] === page?.number) ?? order[0] ?? null;
  }

  titleOf(page) {
    return this.index.articles.title[page.number] ?? page.record.id;
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !setting("keys")) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const route = readRoute();
    if (event.key === "Escape" && route.figure) location.hash = `#${new URLSearchParams({ a: route.article })}`;
    if (event.key !== "n" && event.key !== "p") return;
    const page = route.view === "article" ? { number: this.index.byKey.get(route.article) } : null;
    const to = this.neighbour(page, route.finding === null || !page ? null : Number(route.finding), event.key === "n" ? 1 : -1);
    if (to !== null) location.hash = findingLink(this.index, to);
  }
}
