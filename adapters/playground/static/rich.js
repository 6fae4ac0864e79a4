// Text as text: only web links and mentions of the bot are more than that.
import { el } from "./dom.js";
import { words } from "./words.js";

const LINK = /https?:\/\/[^\s<>"'，。！？；：、（）「」《》【】]+/giu;
const TRAILING = /[.,;:!?)\]}…]+$/u;

function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The pattern that finds a mention of the bot by any of its names. */
export function mentionPattern(flags = "giu") {
  const names = words.everywhere("page.bot_name").map(escape).join("|");
  return new RegExp(`[@＠](?:${names})(?![A-Za-z0-9_])`, flags);
}

/** Nodes for a message's text. */
export function rich(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    const trailing = trailingOf(found[0]);
    const address = trailing ? found[0].slice(0, -trailing.length) : found[0];
    nodes.push(...mentions(text.slice(end, found.index)), link(address));
    end = found.index + address.length;
  }
  nodes.push(...mentions(text.slice(end)));
  return nodes;
}

function trailingOf(address) {
  const found = address.match(TRAILING)?.[0] ?? "";
  // A closing bracket belongs to the address where it was opened inside it.
  return found.startsWith(")") && address.includes("(") ? found.slice(1) : found;
}

function link(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return address;
  }
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, address);
}

function mentions(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(mentionPattern())) {
    nodes.push(text.slice(end, found.index), el("span", { class: "mention" }, found[0]));
    end = found.index + found[0].length;
  }
  nodes.push(text.slice(end));
  return nodes.filter((node) => node !== "");
}
