// What the reader chose: language, theme, keys. Kept in the browser where it allows that.

const KEPT = "extractor.settings";
const settings = { language: "vi", theme: null, keys: true, ...readKept() };

function readKept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {}; // a page opened from disk may not be allowed to keep anything
  }
}

export function setting(name) {
  return settings[name];
}

export function choose(name, value) {
  settings[name] = value;
  try {
    localStorage.setItem(KEPT, JSON.stringify(settings));
  } catch {
    // then it holds until the page is closed
  }
  applySettings();
}

export function applySettings() {
  const dark = settings.theme ? settings.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  document.documentElement.lang = settings.language;
}
