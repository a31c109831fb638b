// The long form of an abbreviation, or a figure in short, beside what the pointer or the focus is on.
import { h } from "./dom.js";
import { formatNumber, nameOf, t } from "./words.js";

const GAP = 6;
const LINGER = 200; // milliseconds in which the pointer may move onto the tip

export function addTips(container, figureOf) {
  const tip = h("div", { class: "tip", role: "tooltip", id: "tip", hidden: true });
  let owner = null;
  let leaving = 0;
  const hide = () => {
    owner?.removeAttribute("aria-describedby");
    owner = null;
    tip.hidden = true;
  };
  const show = (target) => {
    clearTimeout(leaving);
    if (target === owner) return;
    hide();
    tip.replaceChildren(...content(target, figureOf));
    owner = target;
    owner.setAttribute("aria-describedby", "tip");
    tip.hidden = false;
    place(tip, target);
  };
  const over = (event) => {
    if (tip.contains(event.target)) return clearTimeout(leaving);
    const target = event.target.closest?.("abbr, .fig");
    if (target && container.contains(target)) show(target);
    else if (owner) leaving = setTimeout(hide, LINGER);
    return undefined;
  };
  container.append(tip);
  container.addEventListener("pointerover", over);
  container.addEventListener("pointerleave", () => (leaving = setTimeout(hide, LINGER)));
  container.addEventListener("focusin", (event) => {
    const target = event.target.closest("abbr, .fig");
    if (target) show(target);
    else hide();
  });
  container.addEventListener("focusout", hide);
  container.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && owner) {
      hide();
      event.stopPropagation();
    }
  });
}

function content(target, figureOf) {
  if (target.matches("abbr")) return longForm(target.abbreviation);
  const figure = figureOf(target.dataset.figure);
  const value = formatNumber(figure.value ?? `${figure.low ?? ""}..${figure.high ?? ""}`);
  const hedge = figure.modifier === "exact" ? "" : `${nameOf(figure.modifier)} `;
  const inside = [...target.querySelectorAll("abbr")].flatMap((use) => [h("br"), ...longForm(use.abbreviation)]);
  return [h("strong", {}, nameOf(figure.kind)), ` ${hedge}${value} ${figure.unit ?? ""}`, figure.ambiguous ? ` (${t("unresolved")})` : "", ...inside];
}

export function longForm(use) {
  const origin = { article: t("definedHere"), lexicon: t("fromLexicon"), ambiguous: t("ambiguous") }[use.origin];
  const meaning = use.long ?? (use.candidates?.length ? `${t("candidates")}: ${use.candidates.join("; ")}` : t("unresolved"));
  return [h("strong", {}, use.short), ` ${meaning} `, h("span", { class: "quiet" }, `(${origin})`)];
}

// Under the target, or over it near the foot of the window; always inside the window.
function place(tip, target) {
  const line = target.getClientRects()[0] ?? target.getBoundingClientRect();
  const below = line.bottom + GAP + tip.offsetHeight < innerHeight;
  tip.style.left = `${Math.max(8, Math.min(line.left, innerWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${below ? line.bottom + GAP : line.top - GAP - tip.offsetHeight}px`;
}
