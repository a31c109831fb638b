// The columns over all articles, and what the filters leave of them.
import { fold } from "./text.js";

// Alarms first, the surest errors at the top.
const ORDER = ["impossible", "exceeds_total", "does_not_add_up", "conflict", "incomplete", "consistent"];

export const NO_FILTERS = { kind: "", verdict: "", org: "", place: "", from: "", to: "", q: "", doubt: "", state: "" };

export class Index {
  constructor(columns) {
    Object.assign(this, columns);
    this.alarmSet = new Set(columns.alarms);
    this.byKey = new Map(this.articles.key.map((key, i) => [key, i]));
    this.figureStart = starts(this.figures.article, this.articles.key.length);
    this.findingStart = starts(this.findings.article, this.articles.key.length);
    this.verdictsOf = new Map();
    this.findings.figures.forEach((rows, i) => {
      for (const row of rows) this.verdictsOf.set(row, [...(this.verdictsOf.get(row) ?? []), this.verdict(i)]);
    });
  }

  word(number) {
    return this.words[number];
  }

  verdict(finding) {
    return this.words[this.findings.verdict[finding]];
  }

  isAlarm(finding) {
    return this.alarmSet.has(this.verdict(finding));
  }

  figureRows(article) {
    return range(this.figureStart[article], this.figureStart[article + 1]);
  }

  findingRows(article) {
    return range(this.findingStart[article], this.findingStart[article + 1]);
  }

  // Distinct words of a column with how often they occur, most frequent first.
  counts(table, column) {
    const found = new Map();
    for (const number of this[table][column]) if (number) found.set(number, (found.get(number) ?? 0) + 1);
    return [...found].map(([number, count]) => [this.words[number], count]).sort((a, b) => b[1] - a[1]);
  }

  years() {
    const found = new Set();
    for (const column of [this.figures.from, this.figures.to]) {
      for (const number of column) if (number) found.add(this.words[number].slice(0, 4));
    }
    return [...found].sort();
  }

  // The rows that pass: {figures, findings, articles}. `hits` is the set of articles that hold the text sought, or null;
  // `stateOf(article, target)` gives the decision on a figure or finding, on a review desk.
  filter(filters, hits, stateOf) {
    const passes = this.figureTest(filters, stateOf);
    const figureFree = !(filters.kind || filters.org || filters.place || filters.from || filters.to || filters.doubt);
    const here = (article) => hits === null || hits.has(article);
    const verdictFits = (verdict) => !filters.verdict || filters.verdict === verdict || (filters.verdict === "alarm" && this.alarmSet.has(verdict));
    const figures = [];
    this.figures.article.forEach((article, i) => {
      const verdicts = this.verdictsOf.get(i) ?? [];
      if (here(article) && (!filters.verdict || verdicts.some(verdictFits)) && passes(i, true)) figures.push(i);
    });
    const findings = [];
    this.findings.article.forEach((article, i) => {
      const decided = stateFits(filters.state, stateOf?.(article, this.findings.target[i]));
      const touched = figureFree || this.findings.figures[i].some((row) => passes(row, false));
      if (here(article) && decided && verdictFits(this.verdict(i)) && touched) findings.push(i);
    });
    findings.sort((a, b) => rank(this.verdict(a)) - rank(this.verdict(b)) || a - b);
    return { figures, findings, articles: this.articlesOf(filters, figureFree, here, figures, findings) };
  }

  articlesOf(filters, figureFree, here, figures, findings) {
    if (figureFree && !filters.verdict && !filters.state) return range(0, this.articles.key.length).filter(here);
    const found = new Set();
    if (!filters.verdict) for (const i of figures) found.add(this.figures.article[i]);
    for (const i of findings) found.add(this.findings.article[i]);
    return [...found].sort((a, b) => a - b);
  }

  figureTest(filters, stateOf) {
    const columns = this.figures;
    const kind = filters.kind ? this.words.indexOf(filters.kind) : 0;
    const organizations = this.wordsLike(filters.org);
    const places = this.wordsLike(filters.place);
    return (i, withState) => {
      if (filters.kind && columns.kind[i] !== kind) return false;
      if (organizations && !organizations.has(columns.organization[i])) return false;
      if (places && !places.has(columns.place[i])) return false;
      if (filters.doubt && !columns.doubt[i]) return false;
      if (withState && !stateFits(filters.state, stateOf?.(columns.article[i], columns.target[i]))) return false;
      return this.overlaps(i, filters.from, filters.to);
    };
  }

  overlaps(i, from, to) {
    if (!from && !to) return true;
    const first = this.words[this.figures.from[i]];
    const last = this.words[this.figures.to[i]] ?? first;
    if (!first && !last) return false;
    return (!from || last.slice(0, 4) >= from) && (!to || (first ?? last).slice(0, 4) <= to);
  }

  wordsLike(query) {
    if (!query) return null;
    const sought = fold(query);
    const found = new Set();
    this.words.forEach((word, i) => {
      if (word && fold(word).includes(sought)) found.add(i);
    });
    return found;
  }
}

function stateFits(wanted, decision) {
  if (!wanted) return true;
  return wanted === "open" ? !decision : wanted === "decided" ? Boolean(decision) : decision?.action === wanted;
}

function rank(verdict) {
  const place = ORDER.indexOf(verdict);
  return place < 0 ? ORDER.length : place;
}

function range(start, end) {
  return Array.from({ length: end - start }, (_, i) => start + i);
}

// Where each article's rows start; rows stand in the order of their articles.
function starts(articles, count) {
  const found = new Array(count + 1).fill(0);
  for (const article of articles) found[article + 1] += 1;
  for (let a = 0; a < count; a += 1) found[a + 1] += found[a];
  return found;
}
