// The forms of the review desk: a figure's correction, and the reviewer's name.
import { h } from "./dom.js";
import { formatNumber, nameOf, t } from "./words.js";

const MODIFIERS = ["exact", "approximately", "almost", "more_than", "less_than", "at_least", "at_most", "range", "order_of_magnitude"];
const ERRORS = {
  number: ["Không phải số viết như 8.500 hoặc 32,83", "Not a number written as 8.500 or 32,83"],
  order: ["Phải lớn hơn số trước", "Must be larger than the first"],
  kind: ["Loại không có", "Unknown kind"],
  modifier: ["Mức không có", "Unknown hedge"],
  entity: ["Không thấy những chữ này trong bài", "These words are not in the article"],
  taken: ["Đã có số liệu ở chỗ này: hãy chọn số đó trong bài và sửa", "There is a figure here: choose it in the text and correct it"],
  long: ["Nhiều chữ quá: chỉ chọn con số và đơn vị", "Too many words: choose the number and its unit"],
  name: ["Cần một tên, không quá 60 chữ", "A name is needed, 60 letters at most"],
};

export function sayError(code, english) {
  return ERRORS[code]?.[english ? 1 : 0] ?? code;
}

// `wrong` maps a field to what is wrong with it; `draft` holds what was typed before the form was drawn anew.
export function correctionForm({ figure, kinds, draft, wrong, english, onSave, onCancel, label = t("correct"), withUnit = false }) {
  const plain = (value) => (value === undefined ? "" : vietnamese(value));
  const given = draft ?? {
    value: plain(figure.value), low: plain(figure.low), high: plain(figure.high),
    kind: figure.kind, modifier: figure.modifier, unit: figure.unit ?? "", entity: figure.entity?.text ?? "", note: "",
  };
  const field = (name, label, control, help) => {
    const error = wrong?.[name];
    const described = [help && `help-${name}`, error && `error-${name}`].filter(Boolean).join(" ");
    if (described) control.setAttribute("aria-describedby", described);
    if (error) control.setAttribute("aria-invalid", "true");
    control.name = name;
    control.id = `correct-${name}`;
    return h("div", { class: "field" }, h("label", { for: control.id }, label), control,
      help ? h("p", { class: "help", id: `help-${name}` }, help) : null,
      error ? h("p", { class: "wrong", id: `error-${name}`, role: "alert" }, sayError(error, english)) : null);
  };
  const text = (name, more = {}) => h("input", { type: "text", value: given[name], autocomplete: "off", ...more });
  const choice = (name, values) => h("select", {}, values.map((value) => h("option", { value, selected: value === given[name] }, nameOf(value))));
  const modifier = choice("modifier", MODIFIERS);
  const single = field("value", t("value"), text("value", { inputmode: "decimal" }), t("numberHelp"));
  const pair = h("div", { class: "pair" }, field("low", t("low"), text("low", { inputmode: "decimal" })), field("high", t("high"), text("high", { inputmode: "decimal" })));
  const fit = () => {
    single.hidden = modifier.value === "range";
    pair.hidden = modifier.value !== "range";
  };
  modifier.addEventListener("change", fit);
  fit();
  const save = (event) => {
    event.preventDefault();
    onSave(Object.fromEntries(new FormData(event.target)));
  };
  return h("form", { class: "decide correction", "aria-label": label, on: { submit: save } },
    single, pair, field("modifier", t("modifier"), modifier), field("kind", t("kind"), choice("kind", kinds)),
    withUnit ? field("unit", t("unit"), text("unit", { lang: "vi" }), t("unitHelp")) : null,
    field("entity", t("entity"), h("input", { type: "text", value: given.entity, autocomplete: "off", lang: "vi" }), t("entityHelp")),
    field("note", t("note"), text("note", { maxlength: 2000 })),
    h("div", { class: "row" }, h("button", { class: "main", type: "submit" }, t("save")), h("button", { type: "button", on: { click: onCancel } }, t("cancel"))));
}

// Forms take numbers as the articles write them, in either language of the interface.
function vietnamese(value) {
  const [whole, decimals] = String(value).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ".");
  return decimals ? `${grouped},${decimals}` : grouped;
}

export function nameForm({ name, wrong, english, onSave }) {
  const input = h("input", { type: "text", id: "reviewer-name", name: "name", value: name, maxlength: 60, autocomplete: "name", required: true });
  const save = (event) => {
    event.preventDefault();
    onSave(input.value);
  };
  return h("form", { class: "decide", "aria-label": t("reviewer"), on: { submit: save } },
    h("div", { class: "field" }, h("label", { for: "reviewer-name" }, t("reviewerName")), input,
      wrong ? h("p", { class: "wrong", role: "alert" }, sayError(wrong, english)) : null),
    h("button", { class: "main", type: "submit" }, t("save")));
}

export function correctionText(correction) {
  const value = correction.value ?? `${correction.low ?? ""}..${correction.high ?? ""}`;
  return [formatNumber(value), correction.modifier === "exact" ? "" : nameOf(correction.modifier), nameOf(correction.kind), correction.entity ?? ""].filter(Boolean).join(" · ");
}
