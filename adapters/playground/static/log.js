// The conversation that is open: its bubbles in order, kept in sight as they come.
import { api } from "./api.js";
import { bubble, waitingBubble } from "./bubbles.js";
import { $, el, quietly } from "./dom.js";
import { dayKey, dayName, t } from "./words.js";

const NEAR = 140;
const SWIPE = 56;

export class Log {
  constructor(model, actions) {
    this.model = model;
    this.actions = { ...actions, jump: (id) => this.jump(id) };
    this.list = $("log");
    this.scroller = $("scroller");
    this.missed = 0;
    this.below = true;
    model.on("message", (detail) => this.arrived(detail));
    model.on("outbox", () => this.showWaiting());
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    // What grows (a picture that has loaded, the keyboard of a phone) must not push the newest out of sight.
    const keep = new ResizeObserver(() => this.below && this.toEnd(false));
    keep.observe(this.list);
    keep.observe(this.scroller);
    $("newest").addEventListener("click", () => this.toEnd(true));
    $("earlier").addEventListener("click", () => this.earlier());
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("focusin", (event) => this.activate(event.target.closest(".message")));
    this.swipes();
  }

  rebuild() {
    const messages = this.model.messages();
    quietly(this.list, () => {
      const nodes = [];
      messages.forEach((message, index) => nodes.push(...this.nodes(message, messages[index - 1])));
      this.list.replaceChildren(...nodes);
    });
    $("earlier").hidden = !this.model.hasMore();
    this.showWaiting();
    this.refresh();
    this.activate(this.list.querySelector(".message:last-child"));
    this.missed = 0;
    this.toEnd(false);
  }

  nodes(message, before) {
    const newDay = !before || dayKey(before.at) !== dayKey(message.at);
    const node = bubble(this.model, message, newDay ? undefined : before, this.actions);
    return newDay ? [el("li", { class: "day" }, dayName(message.at)), node] : [node];
  }

  node(id) {
    return this.list.querySelector(`[data-id="${CSS.escape(id)}"]`);
  }

  arrived({ message, fresh }) {
    if (message.conversation !== this.model.conversation) return;
    const messages = this.model.messages();
    const index = messages.indexOf(message);
    const mine = message.sender === this.model.user;
    if (!fresh) {
      this.replace(message);
    } else if (index === messages.length - 1) {
      const nodes = this.nodes(message, messages[index - 1]);
      nodes.at(-1).classList.add("new");
      this.list.insertBefore(fragment(nodes), this.list.querySelector(".sending, .failed"));
      this.activate(nodes.at(-1), true);
    } else {
      this.rebuild();
    }
    // A press or an answer to one changes whether the buttons above may be pressed.
    const pressed = message.kind === "press" ? message : this.model.find(message.request);
    if (pressed?.kind === "press") this.replaceById(pressed.request);
    this.refresh();
    if (mine) this.toEnd(true);
    else if (!this.below && fresh) this.showMissed(this.missed + 1);
  }

  replaceById(id) {
    const message = this.model.find(id);
    if (message) quietly(this.list, () => this.replace(message));
  }

  replace(message) {
    const old = this.node(message.id);
    if (!old) return;
    const messages = this.model.messages();
    const before = messages[messages.indexOf(message) - 1];
    const held = old.contains(document.activeElement);
    const focused = [...old.querySelectorAll("button")].indexOf(document.activeElement);
    const node = this.nodes(message, before).at(-1);
    node.tabIndex = old.tabIndex;
    old.replaceWith(node);
    // Focus stays where it was: on the same button, or on the message where that one is off now.
    if (held) {
      const target = node.querySelectorAll("button")[focused];
      (target && !target.disabled ? target : node).focus({ preventScroll: true });
    }
    this.activate(this.active);
  }

  /** What depends on several messages at once: which bubble is at work, whether the bot is about to answer. */
  refresh() {
    const working = this.model.working();
    for (const node of this.list.querySelectorAll(".past")) node.classList.toggle("live", working.has(node.dataset.id));
    $("typing").hidden = !this.model.awaited(Date.now() / 1000);
    $("empty").hidden = this.model.messages().length > 0 || this.model.waiting().length > 0;
    if (this.below) this.toEnd(false);
  }

  showWaiting() {
    for (const node of this.list.querySelectorAll(".sending, .failed")) node.remove();
    this.list.append(...this.model.waiting().map((item) => waitingBubble(this.model, item, this.actions)));
    $("empty").hidden = this.model.messages().length > 0 || this.model.waiting().length > 0;
    if (this.model.waiting().length) this.toEnd(true);
  }

  async earlier() {
    const { conversation } = this.model;
    const [first] = this.model.messages();
    const { messages, more } = await api.earlier(conversation, first.position);
    this.model.prepend(conversation, messages, more);
    if (conversation !== this.model.conversation) return;
    const fromEnd = this.scroller.scrollHeight - this.scroller.scrollTop;
    this.below = false;
    this.rebuildKeeping(fromEnd);
  }

  rebuildKeeping(fromEnd) {
    const toEnd = this.toEnd;
    this.toEnd = () => {};
    this.rebuild();
    this.toEnd = toEnd;
    this.scroller.scrollTop = this.scroller.scrollHeight - fromEnd;
    this.below = false;
  }

  // --- where one looks ---

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.below = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.below) this.showMissed(0);
    $("newest").hidden = this.below;
  }

  toEnd(smooth) {
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth && !this.below ? "smooth" : "instant" });
    this.below = true;
  }

  showMissed(count) {
    this.missed = count;
    const label = count ? t("page.unread", { count }) : t("page.newest");
    $("newest").setAttribute("aria-label", label);
    $("newest").lastChild.textContent = count || "";
    $("newest").hidden = this.below;
  }

  jump(id) {
    const node = this.node(id);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    this.activate(node);
    node.focus({ preventScroll: true });
    node.classList.add("flash");
    setTimeout(() => node.classList.remove("flash"), 1200);
  }

  // --- by keyboard and by touch ---

  /** One message at a time is in the tab order, with its own actions; arrows move to the others. */
  activate(node, unlessFocused = false) {
    if (!node?.classList.contains("message") || (unlessFocused && this.list.contains(document.activeElement))) return;
    if (this.active && this.active !== node) this.tabStops(this.active, -1);
    this.active = node;
    this.tabStops(node, 0);
  }

  tabStops(node, index) {
    node.tabIndex = index;
    for (const part of node.querySelectorAll(".act, .bubble .quoted")) part.tabIndex = index;
  }

  key(event) {
    const node = event.target.closest(".message");
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = [...this.list.querySelectorAll(".message")];
    const at = all.indexOf(node);
    const target = { ArrowUp: all[at - 1], ArrowDown: all[at + 1], Home: all[0], End: all.at(-1) }[event.key];
    if (target) {
      event.preventDefault();
      this.activate(target);
      target.focus();
    } else if (event.key.toLowerCase() === "r" && event.target === node) {
      const message = this.model.find(node.dataset.id);
      if (message) {
        event.preventDefault();
        this.actions.reply(message);
      }
    } else if (event.key === "Escape") {
      $("input").focus();
    }
  }

  focusLast() {
    const last = [...this.list.querySelectorAll(".message")].at(-1);
    this.activate(last);
    last?.focus();
  }

  swipes() {
    let start;
    this.list.addEventListener("touchstart", (event) => {
      const node = event.target.closest(".message");
      const [touch] = event.touches;
      start = node && event.touches.length === 1 ? { node, x: touch.clientX, y: touch.clientY, by: 0 } : undefined;
    }, { passive: true });
    this.list.addEventListener("touchmove", (event) => {
      if (!start) return;
      const [touch] = event.touches;
      if (Math.abs(touch.clientY - start.y) > 24) start.by = 0;
      else start.by = Math.max(-SWIPE - 14, Math.min(0, touch.clientX - start.x));
      start.node.classList.toggle("swiping", start.by < -8);
      start.node.style.setProperty("--swipe", `${start.by}px`);
    }, { passive: true });
    const end = (event) => {
      if (!start) return;
      start.node.classList.remove("swiping");
      const message = this.model.find(start.node.dataset.id);
      if (event.type === "touchend" && start.by <= -SWIPE && message && message.kind !== "press") this.actions.reply(message);
      start = undefined;
    };
    this.list.addEventListener("touchend", end);
    this.list.addEventListener("touchcancel", end);
  }
}

function fragment(nodes) {
  const whole = document.createDocumentFragment();
  whole.append(...nodes);
  return whole;
}

