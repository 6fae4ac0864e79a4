// Who one is, and the chats that this person has.
import { $, el } from "./dom.js";
import { avatar, gist, nameOf, titleOf } from "./names.js";
import { shortTime, t } from "./words.js";

export class Sidebar {
  constructor(model, { open }) {
    this.model = model;
    this.open = open;
    for (const type of ["message", "open", "read"]) model.on(type, () => this.draw());
    $("people").addEventListener("keydown", (event) => this.key(event));
  }

  draw() {
    const focused = document.activeElement?.dataset?.key;
    $("people").replaceChildren(...this.model.people.map(({ id }) => this.person(id)));
    $("conversations").replaceChildren(...this.model.chatsOf(this.model.user).map((chat) => this.chat(chat)));
    if (focused) document.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  person(id) {
    const chosen = id === this.model.user;
    const unread = this.model.chatsOf(id).reduce((sum, chat) => sum + this.model.unread(id, chat), 0);
    const waits = !chosen && unread > 0;
    return el(
      "button",
      {
        type: "button",
        class: "person",
        role: "radio",
        "aria-checked": String(chosen),
        "data-key": `person ${id}`,
        tabIndex: chosen ? 0 : -1,
        onclick: () => this.become(id),
      },
      avatar(this.model, id),
      nameOf(this.model, id),
      waits && el("span", { class: "dot" }),
      waits && el("span", { class: "unseen" }, t("page.unread", { count: unread })),
    );
  }

  become(id) {
    this.open(id, this.model.isGroup() ? this.model.group : this.model.privateOf(id), false);
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const ids = this.model.people.map(({ id }) => id);
    const next = ids[(ids.indexOf(this.model.user) + step + ids.length) % ids.length];
    this.become(next);
    document.querySelector(`[data-key="person ${next}"]`).focus();
  }

  chat(conversation) {
    const { user } = this.model;
    const group = this.model.isGroup(conversation);
    const last = this.model.messages(conversation).at(-1);
    const unread = this.model.unread(user, conversation);
    const speaker = last && group ? `${last.sender === user ? t("page.you") : nameOf(this.model, last.sender)}: ` : "";
    return el(
      "li",
      {},
      el(
        "button",
        {
          type: "button",
          class: "conversation",
          "data-key": `chat ${conversation}`,
          "aria-current": conversation === this.model.conversation ? "true" : null,
          onclick: () => this.open(user, conversation, true),
        },
        avatar(this.model, group ? this.model.group : this.model.bot),
        el("b", {}, titleOf(this.model, conversation)),
        last ? el("time", {}, shortTime(last.at)) : el("span"),
        el("span", { class: "last" }, last ? speaker + gist(last) : t("page.nothing_yet")),
        unread > 0 && el("span", { class: "badge", "aria-label": t("page.unread", { count: unread }) }, String(unread)),
      ),
    );
  }
}

/** The bar above the conversation. */
export function drawBar(model) {
  const group = model.isGroup();
  const face = avatar(model, group ? model.group : model.bot);
  face.id = "face";
  $("face").replaceWith(face);
  $("title").textContent = titleOf(model, model.conversation);
  drawSubtitle(model);
}

export function drawSubtitle(model) {
  const group = model.isGroup();
  const working = model.working().size > 0;
  const awaited = model.awaited(Date.now() / 1000);
  const idle = group ? t("page.group_members", { count: model.people.length }) : t("page.online");
  $("subtitle").className = working || awaited ? "busy" : "";
  $("subtitle").textContent = working ? t("page.working") : awaited ? t("page.typing") : idle;
}

