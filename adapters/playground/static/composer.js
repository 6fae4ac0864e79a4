// The box to write in: text, pictures, a quote. A draft for each person in each chat.
import { Refused, api } from "./api.js";
import { quoted } from "./bubbles.js";
import { $, button, el, icon } from "./dom.js";
import { nameOf } from "./names.js";
import { mentionPattern } from "./rich.js";
import { t } from "./words.js";

const TYPES = new Set(["image/png", "image/jpeg", "image/webp", "image/gif"]);

export class Composer {
  constructor(model) {
    this.model = model;
    this.drafts = new Map();
    this.input = $("input");
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    $("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    $("attach").addEventListener("click", () => $("file").click());
    $("file").addEventListener("change", () => {
      this.attach([...$("file").files]);
      $("file").value = "";
    });
    $("mention").addEventListener("click", () => this.mention());
    document.addEventListener("paste", (event) => this.paste(event));
    this.dragging();
    new ResizeObserver(([entry]) => {
      $("chat").style.setProperty("--composer", `${entry.target.offsetHeight}px`);
    }).observe($("composer"));
  }

  get draft() {
    const key = `${this.model.user} ${this.model.conversation}`;
    if (!this.drafts.has(key)) this.drafts.set(key, { text: "", pictures: [], quote: null, error: "" });
    return this.drafts.get(key);
  }

  /** Show the draft of the chat that is open now. */
  show() {
    this.input.value = this.draft.text;
    this.input.placeholder = t(this.model.isGroup() ? "page.input_group" : "page.input");
    this.input.setAttribute("aria-label", this.input.placeholder);
    $("mention").hidden = !this.model.isGroup();
    this.draw();
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  draw() {
    const { text, pictures, quote, error } = this.draft;
    this.input.style.height = "auto";
    this.input.style.height = `${Math.max(44, Math.min(180, this.input.scrollHeight + 3))}px`;
    $("send").disabled = !text.trim() && !pictures.length;
    $("error").hidden = !error;
    $("error").textContent = error;
    $("hint").hidden = !this.model.isGroup() || !text.trim() || this.heard();
    $("hint").textContent = t("page.mention_needed");
    this.drawQuote(quote);
    this.drawTray(pictures);
  }

  /** Whether the bot will hear what is written here. */
  heard() {
    return mentionPattern("iu").test(this.draft.text) || this.draft.quote?.sender === this.model.bot;
  }

  drawQuote(quote) {
    $("quote").hidden = !quote;
    if (!quote) return;
    const name = nameOf(this.model, quote.sender);
    const shown = quoted(this.model, quote);
    shown.querySelector("b").textContent = t(quote.pictures.length ? "page.using_picture" : "page.replying_to", { name });
    $("quote").replaceChildren(shown, button(t("page.cancel_reply"), "close", () => this.reply(null), { class: "tool" }));
  }

  drawTray(pictures) {
    $("tray").hidden = !pictures.length;
    $("tray").replaceChildren(
      ...pictures.map((picture) =>
        el(
          "li",
          { class: picture.state === "loading" ? "loading-up" : null },
          el("span", { class: "thumb" }, el("img", { src: picture.preview, alt: picture.file.name || t("page.picture") })),
          picture.state === "loading" && el("span", { class: "unseen" }, t("page.uploading")),
          picture.state === "failed" &&
            el("button", { type: "button", class: "retry", title: t("page.upload_failed"), "aria-label": t("page.upload_failed"), onclick: () => this.upload(picture) }, icon("alert")),
          button(t("page.remove_picture"), "close", () => this.remove(picture), { class: "remove" }),
        ),
      ),
    );
  }

  typed() {
    this.draft.text = this.input.value;
    this.draft.error = "";
    this.draw();
  }

  key(event) {
    // While an input method composes, Enter chooses a word: it never sends. 229 is what older browsers say then.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.draft.quote) {
      this.reply(null);
    } else if (event.key === "ArrowUp" && !this.input.value) {
      event.preventDefault();
      this.model.tell("to-log");
    }
  }

  write(text) {
    this.draft.text = text;
    this.input.value = text;
    this.draw();
    this.focus();
  }

  mention() {
    const { selectionStart: at, selectionEnd: end, value } = this.input;
    const before = value.slice(0, at);
    const name = `${before && !/\s$/.test(before) ? " " : ""}@${t("page.bot_name")} `;
    this.write(before + name + value.slice(end).trimStart());
    this.input.setSelectionRange(at + name.length, at + name.length);
  }

  reply(message) {
    this.draft.quote = message;
    this.draw();
    this.focus();
  }

  fail(error) {
    this.draft.error = error;
    this.draw();
  }

  // --- pictures ---

  paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.attach(files);
    this.focus();
  }

  dragging() {
    const carries = (event) => event.dataTransfer?.types.includes("Files");
    let depth = 0;
    const show = (change) => (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      depth = change(depth);
      $("drop").hidden = depth === 0;
    };
    document.addEventListener("dragenter", show((now) => now + 1));
    document.addEventListener("dragleave", show((now) => Math.max(0, now - 1)));
    document.addEventListener("dragover", show((now) => Math.max(1, now)));
    document.addEventListener("drop", (event) => {
      show(() => 0)(event);
      if (carries(event)) this.attach([...event.dataTransfer.files]);
    });
  }

  attach(files) {
    const { draft } = this;
    const { most_pictures: most, largest_picture: largest } = this.model.setup;
    draft.error = "";
    for (const file of files) {
      if (!TYPES.has(file.type)) draft.error = t("page.not_a_picture");
      else if (file.size > largest) draft.error = t("page.picture_too_large");
      else if (draft.pictures.length >= most) draft.error = t("page.too_many_pictures", { count: most });
      else {
        const picture = { file, draft, preview: URL.createObjectURL(file), state: "loading", done: null };
        draft.pictures.push(picture);
        this.upload(picture);
      }
    }
    this.draw();
    this.focus();
  }

  upload(picture) {
    picture.state = "loading";
    this.draw();
    picture.done = Promise.all([api.upload(picture.file), measure(picture.preview)])
      .then(([{ name }, size]) => Object.assign(picture, { state: "ready", shown: { name, ...size } }))
      .catch((error) => {
        picture.state = "failed";
        if (error instanceof Refused && [413, 415].includes(error.status)) {
          this.remove(picture);
          picture.draft.error = t(error.status === 413 ? "page.picture_too_large" : "page.not_a_picture");
        } else {
          picture.draft.error = t("page.upload_failed");
        }
      })
      .finally(() => this.draw());
  }

  remove(picture) {
    picture.draft.pictures = picture.draft.pictures.filter((other) => other !== picture);
    URL.revokeObjectURL(picture.preview);
    this.draw();
    this.focus();
  }

  // --- sending ---

  async submit() {
    const { draft } = this;
    const { user, conversation } = this.model;
    if ((!draft.text.trim() && !draft.pictures.length) || draft.busy) return;
    if (draft.text.length > this.model.setup.longest_text) return this.fail(t("page.text_too_long"));
    for (const picture of draft.pictures) if (picture.state === "failed") this.upload(picture);
    draft.busy = true;
    await Promise.all(draft.pictures.map(({ done }) => done));
    draft.busy = false;
    if (draft.pictures.some(({ state }) => state !== "ready")) return;
    if (!draft.text.trim() && !draft.pictures.length) return;
    const item = {
      id: crypto.randomUUID(),
      conversation,
      user,
      text: draft.text.trim(),
      pictures: draft.pictures.map(({ shown }) => shown),
      quote: draft.quote,
      reply_to: draft.quote?.id ?? "",
    };
    for (const { preview } of draft.pictures) URL.revokeObjectURL(preview);
    Object.assign(draft, { text: "", pictures: [], quote: null, error: "" });
    this.show();
    await this.deliver(item);
  }

  /** Under the same id each time, so that what did get through is not said twice. */
  async deliver(item) {
    this.model.queue({ ...item, state: "sending" });
    const { id, conversation, user, text, pictures, reply_to } = item;
    try {
      this.model.take(await api.message({ id, conversation, user, text, pictures, reply_to, locale: document.documentElement.lang }));
    } catch {
      if (!this.model.find(id, conversation)) this.model.queue({ ...item, state: "failed" });
    }
  }

  /** Back into the box, to be changed and sent anew. */
  restore(item) {
    this.model.settle(item.id);
    if (item.quote) this.draft.quote = item.quote;
    for (const shown of item.pictures) {
      const { draft } = this;
      draft.pictures.push({ file: { name: "" }, draft, preview: `/pictures/${shown.name}`, state: "ready", shown, done: null });
    }
    this.write([this.draft.text, item.text].filter(Boolean).join("\n"));
  }
}

/** A hint for the layout; a file that the browser cannot draw has none. */
async function measure(preview) {
  const image = new Image();
  image.src = preview;
  try {
    await image.decode();
  } catch {
    return { width: 0, height: 0 };
  }
  return { width: image.naturalWidth, height: image.naturalHeight };
}
