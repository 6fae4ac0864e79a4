// The way to the server: JSON, uploads, and the live stream that resumes where it was.
export class Refused extends Error {
  constructor(status) {
    super(`refused: ${status}`);
    this.status = status;
  }
}

async function answer(request) {
  const response = await request;
  if (!response.ok) throw new Refused(response.status);
  return response.json();
}

const post = (path, content) =>
  answer(
    fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(content),
      signal: AbortSignal.timeout(20000),
    }),
  );

export const api = {
  setup: () => answer(fetch("/api/setup")),
  history: () => answer(fetch("/api/history")),
  earlier: (conversation, before) =>
    answer(fetch(`/api/history?${new URLSearchParams({ conversation, before })}`)),
  message: (content) => post("/api/messages", content),
  press: (content) => post("/api/presses", content),
  upload: (file) => answer(fetch("/api/pictures", { method: "POST", body: file, signal: AbortSignal.timeout(60000) })),
};

/** The switches for failures, at another address of this machine. */
export const failures = (url) => ({
  list: () => answer(fetch(`${url}/failures`)),
  async arm(name) {
    const response = await fetch(`${url}/failures`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ name, times: 1 }),
    });
    if (!response.ok) throw new Refused(response.status);
  },
  async clear() {
    const response = await fetch(`${url}/failures`, { method: "DELETE" });
    if (!response.ok) throw new Refused(response.status);
  },
});

/** Listens for as long as the page lives. The browser reconnects by itself but for a refusal; then we do. */
export function listen(cursor, { onmessage, onactivity, onstate }) {
  let last = cursor;
  const open = () => {
    const source = new EventSource(`/api/events?${new URLSearchParams({ after: last })}`);
    const take = (handle) => (event) => {
      last = event.lastEventId || last;
      handle(JSON.parse(event.data));
    };
    source.addEventListener("open", () => onstate(true));
    source.addEventListener("message", take(onmessage));
    source.addEventListener("activity", take(onactivity));
    source.addEventListener("error", () => {
      onstate(false);
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 1500);
    });
  };
  open();
}
