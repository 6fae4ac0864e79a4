// The page's own words. Every one is handed in by the server; none is written here.
let catalogues = {};
let language = "en";

export const words = {
  get language() {
    return language;
  },
  load(all, chosen) {
    catalogues = all;
    words.use(chosen);
  },
  use(chosen) {
    language = chosen in catalogues ? chosen : Object.keys(catalogues)[0];
    document.documentElement.lang = language;
    words.apply(document);
    document.title = t("page.title");
  },
  get others() {
    return Object.keys(catalogues).filter((name) => name !== language);
  },
  /** The same word in every language: the bot is called by each of its names. */
  everywhere: (key) => Object.values(catalogues).map((catalogue) => catalogue[key]),
  apply(root) {
    for (const element of root.querySelectorAll("[data-word]")) element.textContent = t(element.dataset.word);
    for (const element of root.querySelectorAll("[data-label]")) {
      element.setAttribute("aria-label", t(element.dataset.label));
      if (element.tagName === "BUTTON") element.title = t(element.dataset.label);
    }
  },
};

export function t(key, values = {}) {
  return (catalogues[language]?.[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

const formats = new Map();
function format(options) {
  const key = language + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : language, options));
  return formats.get(key);
}

export const clock = (at) => format({ hour: "2-digit", minute: "2-digit", hour12: false }).format(at * 1000);
export const exactClock = (at) =>
  format({ hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false }).format(at * 1000);
export const dayKey = (at) => new Date(at * 1000).toDateString();

export function dayName(at) {
  const yesterday = new Date();
  yesterday.setDate(yesterday.getDate() - 1);
  if (dayKey(at) === new Date().toDateString()) return t("page.today");
  if (dayKey(at) === yesterday.toDateString()) return t("page.yesterday");
  return format({ year: "numeric", month: "long", day: "numeric" }).format(at * 1000);
}

/** Time for the list of chats: the clock today, the date before. */
export const shortTime = (at) =>
  dayKey(at) === new Date().toDateString() ? clock(at) : format({ month: "numeric", day: "numeric" }).format(at * 1000);
