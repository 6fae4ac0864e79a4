// What the page knows: conversations, who one is, what was read, what is on its way.
import { lasting, passing, storage } from "./dom.js";

export class Model extends EventTarget {
  constructor(setup) {
    super();
    this.setup = setup;
    this.people = setup.people;
    this.bot = setup.bot;
    this.group = setup.group;
    this.conversations = new Map();
    this.read = storage.get(lasting, "read", {});
    this.outbox = storage.get(passing, "outbox", []).map((item) => ({ ...item, state: "failed" }));
    this.pressing = new Set();
    const user = storage.get(lasting, "user", "");
    this.user = this.people.some((person) => person.id === user) ? user : this.people[0].id;
    this.conversation = storage.get(lasting, "in-group", false) ? this.group : this.privateOf(this.user);
  }

  privateOf(user) {
    return this.people.find((person) => person.id === user).private;
  }

  /** The chats that a person sees. */
  chatsOf(user) {
    return [this.privateOf(user), this.group];
  }

  isGroup(conversation = this.conversation) {
    return conversation === this.group;
  }

  load(conversations) {
    for (const [name, { messages, more }] of Object.entries(conversations)) {
      this.conversations.set(name, { messages, more, byId: new Map(messages.map((message) => [message.id, message])) });
    }
    // Sent after all, just before the page was left.
    this.outbox = this.outbox.filter(({ id, conversation }) => !this.find(id, conversation));
    // A first visit finds nothing unread.
    for (const { id } of this.people) {
      for (const chat of this.chatsOf(id)) this.read[`${id} ${chat}`] ??= this.lastPosition(chat);
    }
    storage.set(lasting, "read", this.read);
  }

  messages(conversation = this.conversation) {
    return this.conversations.get(conversation)?.messages ?? [];
  }

  find(id, conversation = this.conversation) {
    return this.conversations.get(conversation)?.byId.get(id);
  }

  hasMore(conversation = this.conversation) {
    return this.conversations.get(conversation)?.more ?? false;
  }

  lastPosition(conversation) {
    return this.messages(conversation).at(-1)?.position ?? 0;
  }

  prepend(conversation, messages, more) {
    const known = this.conversations.get(conversation);
    const fresh = messages.filter((message) => !known.byId.has(message.id));
    known.messages.unshift(...fresh);
    known.more = more;
    for (const message of fresh) known.byId.set(message.id, message);
  }

  /** A new or edited message, from the stream or as the answer to a post: the later one wins. */
  take(message) {
    const known = this.conversations.get(message.conversation);
    if (!known) return;
    const earlier = known.byId.get(message.id);
    if (earlier && earlier.change >= message.change) return;
    known.byId.set(message.id, message);
    this.settle(message.id);
    if (earlier) {
      known.messages[known.messages.indexOf(earlier)] = message;
    } else {
      const after = known.messages.findLastIndex((other) => other.position < message.position);
      known.messages.splice(after + 1, 0, message);
    }
    this.tell("message", { message, fresh: !earlier });
  }

  unread(user, conversation) {
    const read = this.read[`${user} ${conversation}`] ?? 0;
    let count = 0;
    for (const message of this.messages(conversation).toReversed()) {
      if (message.position <= read) break;
      if (message.sender !== user) count += 1;
    }
    return count;
  }

  markRead() {
    const key = `${this.user} ${this.conversation}`;
    const last = this.lastPosition(this.conversation);
    if (this.read[key] === last) return;
    this.read[key] = last;
    storage.set(lasting, "read", this.read);
    this.tell("read");
  }

  open(user, conversation) {
    this.user = user;
    this.conversation = conversation;
    storage.set(lasting, "user", user);
    storage.set(lasting, "in-group", this.isGroup());
    this.tell("open");
  }

  /** For each request at work, the one bubble that shows it: the newest start or progress with no end yet. */
  working(conversation = this.conversation) {
    const live = new Map();
    for (const { sender, kind, request, id, at } of this.messages(conversation)) {
      if (sender !== this.bot || !request) continue;
      if (kind === "start" || kind === "progress") live.set(request, { id, at });
      else if (kind === "answer") live.delete(request);
    }
    return new Set([...live.values()].map(({ id }) => id));
  }

  /** Whether the bot has heard something here and not answered yet. */
  awaited(now, conversation = this.conversation) {
    const last = this.messages(conversation).findLast((message) => message.heard);
    if (!last || now - last.at > 30) return false;
    return !this.messages(conversation).some(({ sender, request }) => sender === this.bot && request === last.id);
  }

  /** Presses of a message's buttons by this person that matter for whether they may be pressed. */
  pressed(message) {
    return this.messages(message.conversation).filter(
      ({ kind, request, sender }) => kind === "press" && request === message.id && sender === this.user,
    );
  }

  answered(id, conversation) {
    return this.messages(conversation).some(({ sender, request }) => sender === this.bot && request === id);
  }

  // --- what is on its way ---

  queue(item) {
    this.outbox = [...this.outbox.filter(({ id }) => id !== item.id), item];
    this.keepOutbox();
  }

  settle(id) {
    if (!this.outbox.some((item) => item.id === id)) return;
    this.outbox = this.outbox.filter((item) => item.id !== id);
    this.keepOutbox();
  }

  keepOutbox() {
    storage.set(passing, "outbox", this.outbox);
    this.tell("outbox");
  }

  waiting(conversation = this.conversation) {
    return this.outbox.filter((item) => item.conversation === conversation && item.user === this.user);
  }

  tell(type, detail = {}) {
    this.dispatchEvent(Object.assign(new Event(type), { detail }));
  }

  on(type, handle) {
    this.addEventListener(type, (event) => handle(event.detail));
  }
}
