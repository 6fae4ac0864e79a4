// People's names and faces.
import { el } from "./dom.js";
import { t } from "./words.js";

export function nameOf(model, id) {
  return id === model.bot ? t("page.bot_name") : t(`page.person_${id}`);
}

export function titleOf(model, conversation) {
  return conversation === model.group ? t("page.group_name") : t("page.bot_name");
}

/** A round face: the bot's palette, or the letter that a person is known by. */
export function avatar(model, id) {
  if (id === model.bot) return el("span", { class: "avatar bot", "aria-hidden": "true" }, "🎨");
  if (id === model.group) return el("span", { class: "avatar group", "aria-hidden": "true" }, "👥");
  const name = nameOf(model, id);
  const letter = /\p{Script=Han}/u.test(name) ? name.at(-1) : name[0];
  return el("span", { class: `avatar ${id}`, "aria-hidden": "true" }, letter);
}

/** One line about a message, for lists and quotes. */
export function gist(message) {
  const picture = message.picture ?? message.pictures?.[0];
  const text = (picture?.alt || message.text).replace(/\s+/g, " ").trim();
  return [picture && t("page.quoted_picture"), text].filter(Boolean).join(" ");
}
