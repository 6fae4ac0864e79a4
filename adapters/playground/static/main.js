// Puts the parts together.
import { api, listen } from "./api.js";
import { Composer } from "./composer.js";
import { $, el, icon, lasting, storage } from "./dom.js";
import { Lightbox } from "./lightbox.js";
import { Log } from "./log.js";
import { Model } from "./model.js";
import { avatar } from "./names.js";
import { Panel } from "./panel.js";
import { Sidebar, drawBar, drawSubtitle } from "./sidebar.js";
import { t, words } from "./words.js";

const RETRY = 2000;
const GRACE = 800;

async function untilItWorks(work) {
  for (;;) {
    try {
      return await work();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  }
}

const dark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";

function drawTools() {
  const theme = t(isDark() ? "page.to_light" : "page.to_dark");
  $("theme").replaceChildren(icon(isDark() ? "sun" : "moon"));
  $("theme").title = theme;
  $("theme").setAttribute("aria-label", theme);
  $("language").textContent = t("page.language_short");
  $("language").title = t("page.language");
  $("language").setAttribute("aria-label", t("page.language"));
  $("open-panel").replaceChildren(icon("panel"), el("span", {}, t("page.panel_open")));
  $("open-panel").setAttribute("aria-label", t("page.panel_open"));
}

function drawEmpty(model, composer) {
  const examples = [1, 2, 3, 4].map((number) => t(`page.example_${number}`));
  const mention = model.isGroup() ? `@${t("page.bot_name")} ` : "";
  $("empty").replaceChildren(
    avatar(model, model.bot),
    el("h2", {}, t("page.empty_title")),
    el("p", {}, t(model.isGroup() ? "page.mention_needed" : "page.empty_text")),
    el(
      "div",
      { class: "chips", role: "group", "aria-label": t("page.examples") },
      examples.map((example) =>
        el("button", { type: "button", onclick: () => composer.write(mention + example) }, example),
      ),
    ),
  );
}

function connection() {
  let lost;
  let was = true;
  return (connected) => {
    clearTimeout(lost);
    const show = (text, good) => {
      $("status").className = good ? "good" : "";
      $("status").textContent = text;
    };
    if (!connected) {
      // A short break needs no words.
      lost = setTimeout(() => {
        was = false;
        show(t("page.connection_lost"), false);
      }, GRACE);
    } else if (!was) {
      was = true;
      show(t("page.connection_back"), true);
      lost = setTimeout(() => show("", false), 2500);
    }
  };
}

async function start() {
  const setup = await untilItWorks(api.setup);
  words.load(setup.words, storage.get(lasting, "language", setup.language));
  const history = await untilItWorks(api.history);
  const model = new Model(setup);
  model.load(history.conversations);

  for (const [id, name] of [["back", "back"], ["attach", "attach"], ["mention", "at"], ["send", "send"]]) $(id).append(icon(name));
  $("newest").append(icon("down"), el("b"));

  const composer = new Composer(model);
  const reply = (message) => composer.reply(message);
  const lightbox = new Lightbox(model, { reply });
  const log = new Log(model, {
    reply,
    enlarge: (picture, message) => lightbox.open(picture, message),
    press: (message, value) => press(message, value),
    retry: (item) => composer.deliver(item),
    discard: (item) => composer.restore(item),
  });
  const view = (name) => {
    $("app").dataset.view = name;
  };
  const sidebar = new Sidebar(model, {
    open(user, conversation, enter) {
      model.open(user, conversation);
      if (!enter) return;
      view("chat");
      composer.focus();
    },
  });
  const panel = new Panel(model);

  async function press(message, value) {
    model.pressing.add(message.id);
    log.replaceById(message.id);
    try {
      const { user, conversation } = model;
      model.take(
        await api.press({ id: crypto.randomUUID(), conversation, user, message: message.id, value, locale: words.language }),
      );
    } catch {
      composer.fail(t("page.press_failed"));
    }
    model.pressing.delete(message.id);
    log.replaceById(message.id);
  }

  function drawTitle() {
    const waiting = model.chatsOf(model.user).reduce((sum, chat) => sum + model.unread(model.user, chat), 0);
    document.title = (waiting ? `(${waiting}) ` : "") + t("page.title");
  }
  const seen = () => document.visibilityState === "visible" && $("chat").checkVisibility() && model.markRead();
  function draw() {
    drawTools();
    drawBar(model);
    drawEmpty(model, composer);
    sidebar.draw();
    composer.show();
    log.rebuild();
    panel.draw();
    drawTitle();
  }

  model.on("open", () => {
    draw();
    seen();
  });
  model.on("message", () => {
    drawSubtitle(model);
    seen();
    drawTitle();
  });
  model.on("read", drawTitle);
  model.on("to-log", () => log.focusLast());
  document.addEventListener("visibilitychange", seen);
  $("back").addEventListener("click", () => {
    view("list");
    document.querySelector(".conversation[aria-current]")?.focus();
  });
  $("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", document.documentElement.dataset.theme);
    } catch {
      // Kept for this visit only.
    }
    drawTools();
  });
  dark.addEventListener("change", drawTools);
  $("language").addEventListener("click", () => {
    const [next] = words.others;
    storage.set(lasting, "language", next);
    words.use(next);
    draw();
  });
  // A hint that waits for an answer ends by itself.
  setInterval(() => {
    drawSubtitle(model);
    log.refresh();
  }, 5000);

  view("chat");
  $("app").hidden = false;
  $("loading").remove();
  draw();
  seen();
  if (matchMedia("(hover: hover)").matches) composer.focus();
  listen(history.cursor, {
    onmessage: (message) => model.take(message),
    onactivity: (activity) => panel.observe(activity),
    onstate: connection(),
  });
}

start();

