// Where the reader is, in the part of the address after "#": a view with its filters, or an article and a place in it.
import { NO_FILTERS } from "./index.js";

export function readRoute() {
  const given = new URLSearchParams(location.hash.slice(1));
  const route = { view: given.get("v") ?? "overview", page: Number(given.get("page")) || 1, filters: { ...NO_FILTERS } };
  for (const name of Object.keys(NO_FILTERS)) route.filters[name] = given.get(name) ?? "";
  if (given.has("a")) Object.assign(route, { view: "article", article: given.get("a"), figure: given.get("f"), finding: given.get("n") });
  return route;
}

export function listLink(view, filters, page = 1) {
  const kept = Object.entries(filters ?? {}).filter(([, value]) => value);
  if (page > 1) kept.push(["page", page]);
  return `#${new URLSearchParams([["v", view], ...kept])}`;
}

// `place` is {f: figure id} or {n: number of the finding in its record}.
export function articleLink(key, place = {}) {
  return `#${new URLSearchParams({ a: key, ...place })}`;
}
