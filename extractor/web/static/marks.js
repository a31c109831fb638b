// The text of an article with its figures, their parts and the abbreviations told apart.
import { h } from "./dom.js";
import { articleLink } from "./router.js";
import { textNodes } from "./text.js";
import { nameOf } from "./words.js";

// The paragraphs of a text: its blocks, and whatever visible text stands between them. [start, end, role, duplicate]
export function paragraphs(points, blocks) {
  const found = [];
  let at = 0;
  const between = (end) => {
    if (points.slice(at, end).trim()) found.push([at, end, "body", false]);
  };
  for (const block of [...(blocks ?? [])].sort((a, b) => a.start - b.start)) {
    const start = Math.max(block.start, at);
    if (block.end <= start) continue;
    if (start > at) between(start);
    found.push([start, Math.min(block.end, points.length), block.role, block.duplicate_of !== undefined]);
    at = block.end;
  }
  if (at < points.length) between(points.length);
  return found;
}

// Every mark on a field as {start, end, what, of}: what is figure, number, unit, hedge, entity or short.
export function marksOf(record, field, points) {
  const marks = [];
  for (const figure of record.figures ?? []) {
    if (figure.field !== field || !standsThere(figure, points)) continue;
    marks.push({ start: figure.start, end: figure.end, what: "figure", of: figure });
    marks.push({ ...figure.number, what: "number", of: figure });
    marks.push(...unitAndHedge(figure, points));
    if (figure.entity) marks.push({ start: figure.entity.start, end: figure.entity.end, what: "entity", of: figure });
  }
  for (const use of record.abbreviations ?? []) {
    if ((use.field ?? "text") === field) marks.push({ start: use.start, end: use.end, what: "short", of: use });
  }
  return marks.filter((mark) => mark.end > mark.start).sort((a, b) => a.start - b.start);
}

export function standsThere(figure, points) {
  return figure.end <= points.length && points.slice(figure.start, figure.end) === figure.text;
}

// What stands in a figure beside its number: the unit as written, the rest is the hedge ("hơn", "trở lên").
function unitAndHedge(figure, points) {
  const found = [];
  const { number } = figure;
  for (const [start, end] of [[figure.start, number.start], [number.end, figure.end]]) {
    const text = points.slice(start, end);
    if (!text.trim()) continue;
    const at = figure.unit ? text.indexOf(figure.unit) : -1;
    const from = at < 0 ? -1 : start + [...text.slice(0, at)].length;
    const to = from + [...(figure.unit ?? "")].length;
    const rest = figure.modifier === "exact" ? "unit" : "hedge";
    if (from < 0) found.push({ start, end, what: start < number.start ? "hedge" : rest, of: figure });
    else {
      found.push({ start: from, end: to, what: "unit", of: figure });
      found.push({ start, end: from, what: "hedge", of: figure }, { start: to, end, what: "hedge", of: figure });
    }
  }
  return found.filter((mark) => points.slice(mark.start, mark.end).trim());
}

// One paragraph: cut at every edge of a mark, each piece told which marks cover it. Linear in its marks.
export function markedNodes(points, start, end, marks, key) {
  const edges = new Map();
  const edge = (at, side, mark) => {
    if (!edges.has(at)) edges.set(at, { open: [], close: [] });
    edges.get(at)[side].push(mark);
  };
  for (const mark of marks) {
    edge(Math.max(mark.start, start), "open", mark);
    edge(Math.min(mark.end, end), "close", mark);
  }
  const cuts = [...new Set([start, end, ...edges.keys()])].sort((a, b) => a - b);
  const active = new Set();
  const nodes = [];
  let link = null;
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    for (const mark of edges.get(cuts[i])?.close ?? []) active.delete(mark);
    for (const mark of edges.get(cuts[i])?.open ?? []) active.add(mark);
    const figure = innermost(active, "figure")?.of;
    const content = piece(points.slice(cuts[i], cuts[i + 1]), active, Boolean(figure));
    if (!figure) {
      link = null;
      nodes.push(...content);
    } else {
      if (link?.dataset.figure !== figure.id) nodes.push((link = figureLink(figure, key)));
      link.append(...content);
    }
  }
  return nodes;
}

function innermost(active, what) {
  let found = null;
  for (const mark of active) {
    if (mark.what === what && (!found || mark.end - mark.start < found.end - found.start)) found = mark;
  }
  return found;
}

function figureLink(figure, key) {
  const classes = ["fig", `k-${figure.kind}`];
  if (figure.ambiguous) classes.push("open");
  if (figure.duplicate_of) classes.push("copy");
  return h("a", { class: classes.join(" "), href: articleLink(key, { f: figure.id }), "data-figure": figure.id, "data-kind": nameOf(figure.kind) });
}

function piece(text, active, inFigure) {
  let nodes = textNodes(text);
  const short = innermost(active, "short");
  if (short) nodes = [abbreviation(short.of, nodes, inFigure)];
  const entity = innermost(active, "entity");
  const part = ["number", "unit", "hedge"].find((what) => innermost(active, what));
  const classes = [part ? `p-${part}` : "", entity ? `ent k-${entity.of.kind}` : ""].filter(Boolean).join(" ");
  return classes ? [h("span", { class: classes }, nodes)] : nodes;
}

function abbreviation(use, nodes, inFigure) {
  const made = h("abbr", { class: use.long ? "short" : "short open", tabindex: inFigure ? null : 0 }, nodes);
  made.abbreviation = use;
  return made;
}
