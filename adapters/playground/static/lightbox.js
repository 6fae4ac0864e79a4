// A picture, large. The dialog element keeps the focus inside and gives it back.
import { $, button, el, icon } from "./dom.js";
import { t } from "./words.js";

export class Lightbox {
  constructor(model, { reply }) {
    this.model = model;
    this.reply = reply;
    this.dialog = $("lightbox");
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key === "ArrowLeft") this.step(-1);
      if (event.key === "ArrowRight") this.step(1);
    });
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog || event.target.tagName === "FIGURE") this.dialog.close();
    });
  }

  open(picture, message) {
    this.all = this.model
      .messages(message.conversation)
      .flatMap((other) => other.pictures.filter(({ src }) => src).map((shown) => ({ shown, message: other })));
    this.at = this.all.findIndex(({ shown, message: other }) => other.id === message.id && shown.src === picture.src);
    this.draw();
    this.dialog.showModal();
    this.dialog.querySelector("[data-close]").focus();
  }

  step(by) {
    if (!this.all[this.at + by]) return;
    this.at += by;
    this.draw();
    this.dialog.querySelector(by < 0 ? "[data-before]" : "[data-after]").focus();
  }

  draw() {
    const { shown, message } = this.all[this.at];
    const alt = shown.alt || t("page.picture");
    const several = this.all.length > 1;
    const off = (by) => (this.all[this.at + by] ? null : "true");
    this.dialog.setAttribute("aria-label", alt);
    this.dialog.replaceChildren(
      el(
        "header",
        {},
        el("span", { class: "caption" }, alt),
        several && button(t("page.previous_picture"), "back", () => this.step(-1), { class: "tool", "data-before": "", "aria-disabled": off(-1) }),
        several && button(t("page.next_picture"), "next", () => this.step(1), { class: "tool", "data-after": "", "aria-disabled": off(1) }),
        el("a", { class: "tool", href: shown.src, download: shown.src.split("/").at(-1), title: t("page.download"), "aria-label": t("page.download") }, icon("download")),
        button(t("page.close"), "close", () => this.dialog.close(), { class: "tool", "data-close": "" }),
      ),
      el("figure", {}, el("img", { src: shown.src, alt })),
      el("footer", {}, el("button", { type: "button", class: "wide-button", onclick: () => this.use(message) }, icon("reply"), t("page.use_picture"))),
    );
  }

  use(message) {
    this.dialog.close();
    this.reply(message);
  }
}
