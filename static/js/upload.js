// <picture-drop>: sends pictures one file at a time, three at once (templates/ui/dropzone.html).
//
// What it asks of data-parts-url:
//   GET  ?upload=ID     -> {"received": bytes}   where to go on
//   POST multipart with csrfmiddlewaretoken, upload (32 hex), offset, size (bytes of the whole file),
//        name, sha256 (hex, of the whole file; absent where the browser cannot tell), part (the bytes)
//        -> {"received": bytes}, or at the end
//           {"done": true, "status": "added" | "already-here" | "refused", "message": "…", "url": "…"}
//   4xx with {"message": "…"} means that this file is not taken; 5xx, 429 and no answer are tried again.
// <input type="file" data-most="BYTES" data-too-big="WORDS"> says of a file that is too big that it is, before
// anything of it is sent; also in a plain form.
// It says "uploaded" to the page after each picture, and "belisha:uploaded" when all are through.

const PART = 4 << 20; // bytes in one request
const WHOLE = 64 << 20; // bytes: more of a file is not held at once
const AT_ONCE = 3;
const WAITS = [1, 2, 4, 8, 16, 30]; // seconds between tries
const ENDED = { added: "Added", "already-here": "Already here", refused: "Not taken" };
const NO_ANSWER = "No connection.";
/** Until it is worth trying again: some seconds, or as soon as the browser is back on the line. */
const wait = (seconds) => new Promise((go) => {
  setTimeout(go, seconds * 1000);
  window.addEventListener("online", go, { once: true });
});

/** What is to be said of a file that its input does not take; nothing of one that it does. */
function tooBig(input, file) {
  const most = Number(input.dataset.most ?? 0);
  return most && file.size > most ? input.dataset.tooBig : "";
}

for (const input of document.querySelectorAll("input[type=file][data-most]:not(picture-drop *)")) {
  input.addEventListener("change", () => {
    input.setCustomValidity([...input.files].map((file) => tooBig(input, file)).find(Boolean) ?? "");
    input.reportValidity();
  });
}

class Refusal extends Error {}

/** One request. Answers the server's JSON; throws Refusal for a plain no, Error for try again. */
function ask(method, url, body, onProgress) {
  return new Promise((answer, fail) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.setRequestHeader("Accept", "application/json");
    request.timeout = 120_000;
    if (onProgress) request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onerror = request.ontimeout = () => fail(new Error(NO_ANSWER));
    request.onload = () => {
      let said = null;
      try { said = JSON.parse(request.responseText); } catch { /* not for us: a page */ }
      if (request.status >= 500 || request.status === 429) fail(new Error(said?.message ?? NO_ANSWER));
      else if (request.status === 413) fail(new Refusal(said?.message ?? "This file is too big."));
      else if (request.status >= 400) fail(new Refusal(said?.message ?? "This file was not taken. Load the page again."));
      else if (!said) fail(new Refusal("You are signed out. Load the page again and sign in."));
      else answer(said);
    };
    request.send(body);
  });
}

/** The same file gets the same id until the tab closes, so that a reload goes on where it stopped. */
function idOf(file, place) {
  const key = `upload:${place}:${file.name}:${file.size}:${file.lastModified}`;
  const known = sessionStorage.getItem(key);
  const id = known ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  sessionStorage.setItem(key, id);
  return { id, key, known: known !== null };
}

async function sha256(file) {
  if (!crypto.subtle || file.size > WHOLE) return ""; // plain http on a school's network, or a long clip
  const sum = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Send one file, part by part. `say(share, words)` is told how far it is. */
async function send(file, place, token, say) {
  const { id, key, known } = idOf(file, place);
  const hash = await sha256(file);
  let offset = 0, unsure = known;
  for (let tries = 0; ;) {
    try {
      if (unsure) offset = (await ask("GET", `${place}?upload=${id}`)).received;
      unsure = false;
      const part = file.slice(offset, offset + PART);
      const fields = { csrfmiddlewaretoken: token, upload: id, offset, size: file.size, name: file.name };
      const body = new FormData();
      for (const [name, value] of Object.entries(hash ? { ...fields, sha256: hash } : fields)) body.append(name, value);
      body.append("part", part, "part");
      const said = await ask("POST", place, body, (sent) => {
        const share = file.size ? Math.min((offset + sent) / file.size, 1) : 1;
        say(share, share < 1 ? `Sending ${Math.floor(share * 100)}%` : "Reading…");
      });
      if (said.done) {
        sessionStorage.removeItem(key);
        return said;
      }
      tries = said.received > offset ? 0 : tries + 1;
      if (tries >= WAITS.length) throw new Refusal("It stopped halfway.");
      offset = said.received;
    } catch (error) {
      if (error instanceof Refusal) { sessionStorage.removeItem(key); throw error; }
      if (tries >= WAITS.length) throw error;
      say(file.size ? offset / file.size : 0, `${error.message} Trying again…`);
      await wait(WAITS[tries++]);
      unsure = true;
    }
  }
}

customElements.define("picture-drop", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.panel = this.querySelector(".sending");
    this.total = this.querySelector("[data-total]");
    this.bar = this.querySelector("progress");
    this.rows = [];
    this.querySelector("[data-plain]").hidden = true;
    for (const input of this.querySelectorAll("input[type=file]")) {
      input.addEventListener("change", () => { this.add(input.files, input); input.value = ""; });
    }
    this.form.addEventListener("dragover", (event) => { event.preventDefault(); this.form.classList.add("over"); });
    this.form.addEventListener("dragleave", () => this.form.classList.remove("over"));
    this.form.addEventListener("drop", (event) => {
      event.preventDefault();
      this.form.classList.remove("over");
      this.add(event.dataTransfer.files, this.querySelector("input[type=file]"));
    });
    this.leaving = (event) => { if (this.rows.some((row) => row.open)) event.preventDefault(); };
    window.addEventListener("beforeunload", this.leaving);
  }

  disconnectedCallback() {
    window.removeEventListener("beforeunload", this.leaving);
  }

  add(files, input) {
    for (const file of files) {
      const row = new Row(file, this.panel.querySelector("ul"), () => this.go());
      const refusal = tooBig(input, file);
      if (refusal) row.tell("refused", refusal);
      this.rows.push(row);
    }
    this.panel.hidden = this.rows.length === 0;
    this.go();
  }

  /** Start what may start, and tell how far all are. */
  go() {
    const busy = this.rows.filter((row) => row.state === "sending").length;
    const next = this.rows.filter((row) => row.state === "waiting").slice(0, Math.max(0, AT_ONCE - busy));
    for (const row of next) row.start(this.dataset.partsUrl, this.form.elements.csrfmiddlewaretoken.value, () => this.through(row));
    this.count();
  }

  through(row) {
    if (row.state === "added") document.body.dispatchEvent(new CustomEvent("uploaded"));
    this.go();
    if (this.rows.some((other) => other.open)) return;
    const detail = Object.fromEntries(["added", "already-here", "refused", "failed"].map((state) => [state, this.rows.filter((other) => other.state === state).length]));
    this.dispatchEvent(new CustomEvent("belisha:uploaded", { bubbles: true, detail }));
  }

  count() {
    const of = (...states) => this.rows.filter((row) => states.includes(row.state)).length;
    const here = of("already-here"), bad = of("refused", "failed");
    this.total.textContent = `${of("added")} of ${this.rows.length} added`
      + (here ? `, ${here} already here` : "") + (bad ? `, ${bad} not taken` : "");
    this.bar.max = this.rows.length || 1;
    this.bar.value = this.rows.reduce((sum, row) => sum + (row.open ? row.share : 1), 0);
  }
});

/** One file on its way: its line in the list, and where it stands. */
class Row {
  constructor(file, list, changed) {
    Object.assign(this, { file, changed, state: "waiting", share: 0 });
    this.line = document.createElement("li");
    const name = document.createElement("b");
    name.textContent = file.name;
    this.words = document.createElement("span");
    this.bar = document.createElement("progress");
    this.bar.className = "thin";
    this.bar.setAttribute("aria-label", file.name);
    this.line.append(name, this.words, this.bar);
    list.append(this.line);
    this.tell("waiting", "Waiting");
  }

  get open() { return this.state === "waiting" || this.state === "sending"; }

  tell(state, words, url) {
    this.state = state;
    this.line.className = state;
    this.bar.hidden = state !== "sending";
    this.bar.value = this.share;
    const place = url ? Object.assign(document.createElement("a"), { href: url }) : document.createElement("span");
    place.textContent = words;
    this.words.replaceChildren(place);
    if (state === "refused" || state === "failed") this.line.parentElement.prepend(this.line); // not below what went well
  }

  async start(place, token, ended) {
    this.tell("sending", "Starting");
    try {
      const said = await send(this.file, place, token, (share, words) => {
        this.share = share;
        this.tell("sending", words);
        this.changed();
      });
      this.tell(said.status, said.status === "refused" && said.message ? said.message : ENDED[said.status], said.url);
    } catch (error) {
      this.tell("failed", `${error.message} `);
      const again = document.createElement("button");
      again.type = "button";
      again.className = "btn small second";
      again.textContent = "Try again";
      again.addEventListener("click", () => { this.share = 0; this.tell("waiting", "Waiting"); this.changed(); });
      this.words.append(again);
    }
    ended();
  }
}
