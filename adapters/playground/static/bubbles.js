// One message as an element.
import { button, el, icon } from "./dom.js";
import { avatar, gist, nameOf } from "./names.js";
import { rich } from "./rich.js";
import { clock, t } from "./words.js";

const TOGETHER = 300;
const WIDEST = 512;
const HIGHEST = 440;
const NARROWEST = 264;

/** Whether a message begins a new group: another sender, or some minutes later. */
export const begins = (message, before) =>
  !before || before.sender !== message.sender || message.at - before.at > TOGETHER;

/**
 * A bubble. `actions` are the page's: reply(message), enlarge(picture, message), press(message, button),
 * jump(id).
 */
export function bubble(model, message, before, actions) {
  const mine = message.sender === model.user;
  const group = model.isGroup(message.conversation);
  const first = begins(message, before);
  const classes = ["message", message.kind, mine && "mine", first && "first", isStep(message) && "past"];
  const who = t("page.says", { name: mine ? t("page.you") : nameOf(model, message.sender), time: clock(message.at) });
  const label = message.pictures.length ? "page.use_picture" : "page.reply";
  return el(
    "li",
    { class: classes.filter(Boolean).join(" "), "data-id": message.id, tabIndex: -1 },
    avatar(model, message.sender),
    el(
      "div",
      { class: "stack" },
      el("span", { class: "unseen" }, who),
      group && first && !mine && el("span", { class: "name", "aria-hidden": "true" }, nameOf(model, message.sender)),
      el(
        "div",
        { class: "line" },
        content(model, message, actions, mine, group),
        message.kind !== "press" &&
          button(t(label), "reply", () => actions.reply(message), { class: "act tool", tabIndex: -1 }),
      ),
      buttons(model, message, actions),
    ),
  );
}

const isStep = ({ kind }) => kind === "start" || kind === "progress";

function content(model, message, actions, mine, group) {
  const forSomebody = group && message.sender === model.bot && !message.quote && message.to;
  const pinged = message.ping && message.to === model.user;
  return el(
    "div",
    { class: `bubble${message.pictures.length ? " pictured" : ""}${group && pinged ? " pinged" : ""}` },
    message.quote && quoted(model, message.quote, () => actions.jump(message.quote.id)),
    forSomebody && el("span", { class: "for" }, t("page.for_person", { name: nameOf(model, message.to) })),
    pictures(message, actions),
    message.kind === "press" && icon("check"),
    message.text && el("div", { class: "text" }, rich(message.text), meta(message)),
    !message.text && meta(message),
    isStep(message) && meter(message),
  );
}

const meta = (message) =>
  el("time", { class: "meta", dateTime: new Date(message.at * 1000).toISOString(), "aria-hidden": "true" }, clock(message.at));

/** How far the work is: a share where the message tells one, else only that something moves. */
function meter(message) {
  const known = typeof message.percent === "number";
  const bar = el("div", { class: known ? "meter" : "meter unknown", role: "progressbar", "aria-label": t("page.progress") }, el("i"));
  if (known) {
    bar.setAttribute("aria-valuenow", message.percent);
    bar.style.setProperty("--done", `${message.percent}%`);
  }
  return bar;
}

/** The quote above a reply, or above the box to write in. */
export function quoted(model, quote, onclick) {
  const picture = quote.picture ?? quote.pictures?.[0];
  const name = quote.sender === model.user ? t("page.you") : nameOf(model, quote.sender);
  return el(
    onclick ? "button" : "div",
    { class: "quoted", onclick, ...(onclick && { type: "button", tabIndex: -1 }) },
    picture?.src && el("img", { src: picture.src, alt: "", loading: "lazy" }),
    el("span", {}, el("b", {}, name), el("i", {}, gist(quote))),
  );
}

function pictures(message, actions) {
  if (!message.pictures.length) return null;
  const frame = el(
    "div",
    { class: message.pictures.length > 1 ? "pictures many" : "pictures" },
    message.pictures.map((picture) => shot(message, picture, actions)),
  );
  const [{ width, height }] = message.pictures;
  fit(frame, width, height);
  return frame;
}

/** How wide a single picture is shown: within bounds, in its own proportion. The words beneath follow it. */
function fit(frame, width, height) {
  if (!width || !height) return;
  const wide = Math.max(NARROWEST, Math.min(width, WIDEST, (HIGHEST * width) / height));
  frame.style.setProperty("--width", `${Math.round(wide)}px`);
}

function shot(message, picture, actions) {
  const alt = picture.alt || t("page.picture");
  if (!picture.src) {
    return el("a", { class: "link-only", href: picture.link, target: "_blank", rel: "noopener noreferrer" }, icon("open"), t("page.open_link"));
  }
  const image = el("img", { alt, decoding: "async" });
  if (picture.width && picture.height) Object.assign(image, { width: picture.width, height: picture.height });
  const opener = el(
    "button",
    { type: "button", class: "shot", "aria-label": t("page.open_picture", { alt }), onclick: () => actions.enlarge(picture, message) },
    image,
  );
  image.addEventListener("load", () => {
    opener.classList.add("ready");
    fit(opener.parentElement, image.naturalWidth, image.naturalHeight);
  });
  image.addEventListener("error", () => {
    opener.classList.add("gone");
    opener.disabled = true;
    opener.append(t("page.picture_gone"));
  });
  image.src = picture.src;
  return opener;
}

/**
 * The buttons under a message. An offer works once, so that all of it is off after a press; the buttons of a
 * picture live on, and only wait for the bot's answer.
 */
function buttons(model, message, actions) {
  if (!message.buttons.length) return null;
  const presses = model.pressed(message);
  const once = !message.pictures.length;
  const open = presses.some(({ id }) => !model.answered(id, message.conversation));
  const off = model.pressing.has(message.id) || open || (once && presses.length > 0);
  const chosen = new Set(off ? presses.map(({ text }) => text) : []);
  return el(
    "div",
    { class: "buttons", role: "group" },
    message.buttons.map(({ label, value }) =>
      el(
        "button",
        { type: "button", disabled: off, class: chosen.has(label) ? "chosen" : null, onclick: () => actions.press(message, value) },
        chosen.has(label) && icon("check"),
        label,
      ),
    ),
  );
}

/** A message that is on its way, or did not get through. */
export function waitingBubble(model, item, { retry, discard }) {
  const failed = item.state === "failed";
  return el(
    "li",
    { class: `message mine first ${item.state}`, "data-id": item.id },
    avatar(model, item.user),
    el(
      "div",
      { class: "stack" },
      el(
        "div",
        { class: `bubble${item.pictures.length ? " pictured" : ""}` },
        item.quote && quoted(model, item.quote),
        item.pictures.length > 0 &&
          el(
            "div",
            { class: item.pictures.length > 1 ? "pictures many" : "pictures" },
            item.pictures.map(({ name }) => el("span", { class: "shot ready" }, el("img", { src: `/pictures/${name}`, alt: t("page.picture") }))),
          ),
        item.text && el("div", { class: "text" }, rich(item.text)),
        !failed && el("span", { class: "unseen" }, t("page.sending")),
      ),
      failed &&
        el(
          "div",
          { class: "not-sent", role: "alert" },
          icon("alert"),
          t("page.not_sent"),
          el("button", { type: "button", onclick: () => retry(item) }, t("page.try_again")),
          el("button", { type: "button", onclick: () => discard(item) }, t("page.discard")),
        ),
    ),
  );
}
