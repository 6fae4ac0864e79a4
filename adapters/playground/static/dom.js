// Elements from values: never from strings of markup, so that no text can become one.
const SVG = "http://www.w3.org/2000/svg";

export const $ = (id) => document.getElementById(id);

/** An element. Properties are set; `class`, `data-*`, `aria-*` and `role` are attributes; `on…` are listeners. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class" || name === "role" || /^(data|aria)-/.test(name)) element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "use"));
  svg.firstChild.setAttribute("href", `#i-${name}`);
  return svg;
}

export function button(label, symbol, onclick, properties = {}) {
  return el("button", { type: "button", "aria-label": label, title: label, onclick, ...properties }, icon(symbol));
}

/** Storage that a browser may have switched off. */
export const storage = {
  get(area, key, otherwise) {
    try {
      return JSON.parse(area().getItem(key)) ?? otherwise;
    } catch {
      return otherwise;
    }
  },
  set(area, key, value) {
    try {
      area().setItem(key, JSON.stringify(value));
    } catch {
      // Full or switched off: the page works, it only forgets.
    }
  },
};
export const lasting = () => localStorage;
export const passing = () => sessionStorage;

/** Runs a change that only matters to the eyes without screen readers reading it all again. */
export function quietly(log, change) {
  log.setAttribute("aria-busy", "true");
  change();
  requestAnimationFrame(() => log.removeAttribute("aria-busy"));
}
