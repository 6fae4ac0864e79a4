// What happens underneath, for the curious; and failures to provoke.
import { failures } from "./api.js";
import { $, button, el, lasting, storage } from "./dom.js";
import { exactClock, t, words } from "./words.js";

const MOST = 300;
const NARROW = matchMedia("(max-width: 1100px)");

export class Panel {
  constructor(model) {
    this.model = model;
    this.panel = $("panel");
    this.activities = [];
    this.here = true;
    this.armed = new Set();
    this.known = null;
    this.provoking = true;
    this.failures = model.setup.provoke_url && failures(model.setup.provoke_url);
    $("open-panel").addEventListener("click", () => this.toggle());
    $("shade").addEventListener("click", () => this.toggle(false));
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.toggle(false);
      else if (event.key === "Tab" && NARROW.matches) this.keepFocus(event);
    });
    NARROW.addEventListener("change", () => this.toggle(!this.panel.hidden && !NARROW.matches));
    model.on("open", () => this.draw());
    model.on("message", ({ message, fresh }) => this.spent(message, fresh));
    this.toggle(storage.get(lasting, "panel", false) && !NARROW.matches, false);
  }

  toggle(open = this.panel.hidden, byHand = true) {
    const closing = !open && !this.panel.hidden;
    this.panel.hidden = !open;
    $("shade").hidden = !open || !NARROW.matches;
    $("open-panel").setAttribute("aria-expanded", String(open));
    if (byHand) storage.set(lasting, "panel", open);
    if (open) {
      this.load();
      this.draw();
      if (byHand) this.panel.focus();
    } else if (closing && byHand) {
      $("open-panel").focus();
    }
  }

  /** As a drawer it covers the chat, so that the focus stays in it. */
  keepFocus(event) {
    const stops = [...this.panel.querySelectorAll("button, input, summary")].filter((stop) => stop.checkVisibility());
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement === edge || (event.shiftKey && document.activeElement === this.panel)) {
      event.preventDefault();
      (event.shiftKey ? stops.at(-1) : stops[0]).focus();
    }
  }

  observe(activity) {
    this.activities.push(activity);
    if (this.activities.length > MOST) this.activities.shift();
    if (this.panel.hidden || !this.shows(activity)) return;
    const list = this.panel.querySelector(".activity");
    if (!list) return this.draw();
    const item = this.item(activity);
    item.classList.add("new");
    list.prepend(item);
  }

  shows = ({ conversation }) => !this.here || conversation === this.model.conversation;

  draw() {
    if (this.panel.hidden) return;
    const scrolled = this.panel.scrollTop;
    const failuresScrolled = this.panel.querySelector(".failures")?.scrollTop ?? 0;
    const focused = [...this.panel.querySelectorAll("button, input")].indexOf(document.activeElement);
    this.panel.replaceChildren(
      el("header", {}, el("h2", {}, t("page.panel_title")), button(t("page.panel_close"), "close", () => this.toggle(false), { class: "tool" })),
      ...(this.failures ? [this.provoke()] : []),
      this.activity(),
    );
    this.panel.scrollTop = scrolled;
    const list = this.panel.querySelector(".failures");
    if (list) list.scrollTop = failuresScrolled;
    if (focused >= 0) this.panel.querySelectorAll("button, input")[focused]?.focus({ preventScroll: true });
  }

  activity() {
    const shown = this.activities.filter(this.shows).reverse();
    const onchange = (event) => {
      this.here = event.target.checked;
      this.draw();
    };
    return el(
      "section",
      {},
      el("header", {}, el("h3", {}, t("page.panel_activity")), el("label", {}, el("input", { type: "checkbox", checked: this.here, onchange }), t("page.panel_here"))),
      shown.length
        ? el("ol", { class: "activity" }, shown.map((activity) => this.item(activity)))
        : el("p", { class: "note" }, t("page.panel_empty")),
    );
  }

  item({ at, kind, title, fields }) {
    const entries = Object.entries(fields);
    const item = el(
      "li",
      {},
      el("div", { class: "head" }, el("span", { class: "kind" }, kind), el("time", {}, exactClock(at))),
      el("div", { class: "what" }, title),
      entries.length > 0 && el("dl", {}, entries.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
    );
    // Any kind has its own tone, without a list of kinds here.
    const tone = [...kind].reduce((sum, letter) => (sum * 99 + letter.codePointAt(0)) % 360, 0);
    item.style.setProperty("--tone", `light-dark(hsl(${tone} 65% 29%), hsl(${tone} 70% 72%))`);
    return item;
  }

  // --- failures to provoke ---

  async load() {
    if (!this.failures) return;
    try {
      this.known = await this.failures.list();
    } catch {
      this.known = null;
    }
    this.draw();
  }

  provoke() {
    const list = this.known ?? [];
    const text = !this.known ? "page.panel_unreachable" : this.armed.size ? "page.panel_armed" : "page.panel_provoke_hint";
    const ontoggle = (event) => {
      this.provoking = event.target.open;
    };
    return el(
      "section",
      {},
      el(
        "details",
        { open: this.provoking, ontoggle },
        el("summary", {}, el("h3", {}, t("page.panel_provoke"))),
        el(
          "div",
          { class: "note" },
          el("span", { role: "status" }, t(text)),
          this.armed.size > 0 && el("button", { type: "button", class: "plain", onclick: () => this.clear() }, t("page.panel_clear")),
          !this.known && el("button", { type: "button", class: "plain", onclick: () => this.load() }, t("page.try_again")),
        ),
        el("div", { class: "failures" }, list.map((failure) => this.failure(failure))),
      ),
    );
  }

  failure(failure) {
    return el(
      "button",
      { type: "button", "aria-pressed": String(this.armed.has(failure.name)), onclick: () => this.arm(failure.name) },
      failure[`title_${words.language}`] ?? failure.name,
    );
  }

  async arm(name) {
    try {
      // One at a time: what comes next is then no surprise.
      await this.failures.clear();
      if (this.armed.has(name)) {
        this.armed.clear();
      } else {
        this.armed.clear();
        await this.failures.arm(name);
        this.armed.add(name);
      }
    } catch {
      this.known = null;
    }
    this.draw();
  }

  async clear() {
    try {
      await this.failures.clear();
      this.armed.clear();
    } catch {
      this.known = null;
    }
    this.draw();
  }

  /** An armed failure has come out by the end of the next request. */
  spent(message, fresh) {
    if (!fresh || message.kind !== "answer" || message.quote || !this.armed.size) return;
    this.armed.clear();
    this.draw();
  }
}

