// The details of one figure or one finding.
import { h } from "./dom.js";
import { articleLink } from "./router.js";
import { kindBadge, verdictBadge } from "./tables.js";
import { textNodes } from "./text.js";
import { formatDate, formatNumber, nameOf, say, t } from "./words.js";

const NOT_ROLES = new Set(["type", "found_by"]);

export function figureSheet(app, page, figure) {
  const rows = [
    [t("asWritten"), textNodes(figure.text), page.placed(figure) ? null : h("span", { class: "badge doubt" }, t("notInPlace"))],
    [t("value"), h("strong", {}, valueOf(figure)), figure.unit ? ` ${figure.unit}` : "", figure.unit_code ? h("span", { class: "quiet" }, ` ${figure.unit_code}`) : null],
    [t("modifier"), nameOf(figure.modifier)],
    figure.ambiguous ? [t("otherReading"), h("span", { class: "badge doubt" }, valueOf(figure.ambiguous) || "?"), " ", figure.ambiguous.why] : null,
    [t("entity"), withExpanded(figure.entity)],
    [t("organization"), withExpanded(figure.organization)],
    [t("place"), placeOf(figure.place)],
    [t("period"), periodOf(figure.period)],
    [t("status"), nameOf(figure.status)],
    figure.duplicate_of ? [t("duplicateOf"), figureRef(page, figure.duplicate_of)] : null,
    [t("evidence"), h("q", { lang: "vi" }, textNodes(page.points(figure.field).slice(figure.evidence.start, figure.evidence.end).trim()))],
    [t("foundBy"), h("code", {}, (figure.found_by ?? []).join(", "))],
  ];
  return h("div", { class: "sheet-body" },
    h("h2", { tabindex: -1 }, kindBadge(figure.kind), " ", h("span", { class: "quiet" }, figure.id)),
    app.desk?.figurePanel(page, figure),
    h("dl", {}, rows.filter(Boolean).map(([name, ...value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
    relationsOf(page, figure),
    h("p", {}, h("a", { href: articleLink(page.key, { f: figure.id }) }, t("share"))));
}

function valueOf(reading) {
  if (reading.low !== undefined || reading.high !== undefined) return formatNumber(`${reading.low ?? ""}..${reading.high ?? ""}`);
  return formatNumber(reading.value);
}

function nothing() {
  return h("span", { class: "quiet" }, "–");
}

function withExpanded(part) {
  if (!part) return nothing();
  const same = part.expanded === part.text;
  return [textNodes(part.text), same ? null : h("div", { class: "quiet" }, textNodes(part.expanded))];
}

function placeOf(place) {
  if (!place) return nothing();
  const more = [place.current && `${t("today")} ${place.current}`, place.code && `${t("code")} ${place.code}`].filter(Boolean).join(", ");
  const open = place.candidates?.length ? h("div", { class: "badge doubt" }, `${t("candidates")}: ${place.candidates.join("; ")}`) : null;
  return [textNodes(place.text), more ? h("span", { class: "quiet" }, ` (${more})`) : null, open];
}

function periodOf(period) {
  if (!period) return nothing();
  const days = [...new Set([period.from, period.to].filter(Boolean).map(formatDate))].join(" – ");
  return [textNodes(period.text), days ? h("span", { class: "quiet" }, ` (${days})`) : h("span", { class: "badge doubt" }, t("unresolved"))];
}

export function figureRef(page, id) {
  const figure = page.figure(id);
  return h("a", { href: articleLink(page.key, { f: id }), class: "ref" }, figure ? textNodes(figure.text) : id);
}

function relationsOf(page, figure) {
  const roles = (relation) => Object.entries(relation).filter(([name]) => !NOT_ROLES.has(name));
  const mine = (page.record.relations ?? []).filter((r) => roles(r).some(([, ids]) => [ids].flat().includes(figure.id)));
  if (!mine.length) return null;
  const refs = (ids) => [ids].flat().flatMap((id, i) => [i ? ", " : "", figureRef(page, id)]);
  return h("section", {}, h("h3", {}, t("relations")),
    h("ul", {}, mine.map((relation) => h("li", {}, `${nameOf(relation.type)}: `,
      roles(relation).map(([name, ids], i) => [i ? "; " : "", `${nameOf(name === "ratio" ? "ratio_role" : name)} `, refs(ids)])))));
}

// One finding as a note beside the text; the chosen one is open.
export function findingNote(app, page, n, chosen) {
  const finding = page.record.findings[n];
  const numbers = [
    ["expected", finding.expected],
    ["reported", finding.reported],
  ].filter(([, value]) => value !== undefined);
  return h("li", { class: `note v-${finding.verdict}${chosen ? " chosen" : ""}`, id: `note-${n}`, "aria-current": chosen ? "true" : null },
    h("a", { class: "note-head", href: articleLink(page.key, { n }) }, verdictBadge(finding.verdict), " ", h("span", {}, nameOf(finding.check))),
    h("p", { class: "sum" }, textNodes(say(finding.message))),
    chosen && numbers.length ? h("p", { class: "quiet" }, numbers.map(([name, value]) => `${t(name)}: ${formatNumber(value)}`).join(" · ")) : null,
    h("p", { class: "refs" }, finding.figures.map((id, i) => [i ? " · " : "", figureRef(page, id)])),
    app.desk?.findingPanel(page, n, chosen) ?? null);
}
