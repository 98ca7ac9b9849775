// A device in a child's hands. What is typed is kept in the browser only locked (AES-GCM), with a key that is in this
// page's memory, cannot be taken out of it, and is made of a secret that only the session holds. It goes when the child
// sends it and a connection is there, and nothing of it stays when the device is handed back or left alone.

const NAME = "openyj-handed-over"; // of the database, and of the channel to other tabs
const STORE = "locked";
const AGAIN = 5000; // milliseconds between tries to send
const PAUSE = 300; // after the last keystroke
const PATIENCE = 8000; // how long an answer may take
const NOT_KEPT = ["csrfmiddlewaretoken", "receipt", "version"];
const PLACE = "answers";

const find = (selector) => document.querySelector(selector);
const settings = document.getElementById("handed-over")?.dataset;

// The browser's store: one row, and nothing in it that can be read without the key.

function inStore(mode, act) {
  return new Promise((done, fail) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const step = database.transaction(STORE, mode);
      const asked = act(step.objectStore(STORE));
      step.oncomplete = () => (database.close(), done(asked.result));
      step.onerror = () => (database.close(), fail(step.error));
    };
  });
}

const forget = () => inStore("readwrite", (store) => store.delete(PLACE));

class Lock {
  constructor(form) {
    this.about = new TextEncoder().encode(form.dataset.number); // another hand-over's row does not open
    this.url = form.dataset.secret;
    this.token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    this.key = null;
  }

  /** Ask for the secret; whether there is a key now. The secret itself is kept nowhere. */
  async ready() {
    if (this.key || !globalThis.crypto?.subtle) return Boolean(this.key);
    try {
      const answer = await fetch(this.url, {
        method: "POST",
        headers: { "X-CSRFToken": this.token },
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (!answer.ok) return false;
      const secret = await answer.arrayBuffer();
      this.key = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt", "decrypt"]);
      new Uint8Array(secret).fill(0);
    } catch {
      return false; // no connection; asked for again
    }
    return true;
  }

  async put(kept) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const how = { name: "AES-GCM", iv, additionalData: this.about };
    const locked = await crypto.subtle.encrypt(how, this.key, new TextEncoder().encode(JSON.stringify(kept)));
    await inStore("readwrite", (store) => store.put({ iv, locked }, PLACE));
  }

  /** What is kept; null for nothing. What another hand-over left cannot be opened and is thrown away. */
  async get() {
    const row = await inStore("readonly", (store) => store.get(PLACE));
    if (!row) return null;
    try {
      const how = { name: "AES-GCM", iv: row.iv, additionalData: this.about };
      return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, this.key, row.locked)));
    } catch {
      await forget();
      return null;
    }
  }
}

class Answers {
  constructor(form) {
    this.form = form;
    this.lock = new Lock(form);
    this.box = form.querySelector("[data-answers]");
    this.state = form.querySelector("[data-state]");
    this.change = form.querySelector("[data-change]");
    this.timer = 0;
    this.wanted = false; // the child pressed "Send"
    this.sending = false;
    this.gone = false;
    this.waits = false; // typed and not locked away yet
    this.typed = null; // what is to be sent, while the controls are held
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later());
    form.addEventListener("submit", (event) => this.pressed(event));
    this.change.addEventListener("click", () => this.release());
    window.addEventListener("online", () => this.send());
    setInterval(() => this.send(), AGAIN);
  }

  /** Bring back what is locked away, for instance after the browser was closed and opened again. */
  async begin() {
    if (!(await this.lock.ready())) return;
    const kept = await this.lock.get();
    if (!kept || this.typed || this.waits) return;
    this.restore(kept.fields);
    if (!kept.wanted) return this.say(this.form.dataset.kept);
    await this.hold(kept.fields);
    this.send();
  }

  /** What was typed, as the form would send it, without what only this page knows. */
  fields() {
    return [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && !NOT_KEPT.includes(name));
  }

  restore(fields) {
    for (const control of this.form.elements) {
      if (!control.name || NOT_KEPT.includes(control.name)) continue;
      const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
      if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else if ("value" in control && control.type !== "submit") control.value = values[0] ?? "";
    }
  }

  later() {
    clearTimeout(this.timer);
    this.waits = true;
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  /** Lock what was typed into the browser's store. */
  async keep() {
    if (this.gone) return;
    this.waits = false;
    const fields = this.typed ?? this.fields();
    if (await this.lock.ready()) {
      await this.lock.put({ fields, wanted: this.wanted });
      if (!this.wanted) this.say(this.form.dataset.kept);
    } else if (!this.wanted) {
      this.say(this.form.dataset.notLocked);
    }
  }

  pressed(event) {
    event.preventDefault();
    if (!this.wanted) this.hold(this.fields()).then(() => this.send());
  }

  /** What is to be sent stays as it is until it has gone. */
  async hold(fields) {
    this.typed = fields;
    this.wanted = true;
    this.box.disabled = true;
    clearTimeout(this.timer);
    await this.keep();
  }

  release() {
    if (this.sending) return;
    this.wanted = false;
    this.typed = null;
    this.box.disabled = false;
    this.change.hidden = true;
    this.keep();
  }

  async send() {
    if (!this.wanted || this.sending || this.gone) return;
    this.sending = true;
    const body = new URLSearchParams([...this.typed, ["csrfmiddlewaretoken", this.lock.token]]);
    let answer = null;
    try {
      answer = await fetch(location.pathname, {
        method: "POST",
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch {
      // No connection.
    }
    this.sending = false;
    if (answer?.type === "opaqueredirect") {
      this.gone = true;
      await forget();
      location.assign(this.form.dataset.sent);
    } else if (answer && answer.status === 403) {
      this.gone = true; // the hand-over is over
      await forget();
      location.reload();
    } else if (answer && answer.status === 422) {
      this.box.disabled = false; // let the site say what is wrong with an answer
      this.gone = true;
      await forget();
      this.form.submit();
    } else {
      this.change.hidden = false;
      this.say(this.form.dataset.waiting, true);
      this.keep(); // locked now, if the key was not there before
    }
  }

  say(text, waits = false) {
    if (this.state.textContent !== text) this.state.textContent = text;
    this.state.classList.toggle("app-draft-state--problem", waits);
  }
}

/** Whether the site can be reached now. */
async function reached() {
  try {
    const how = { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE / 2) };
    return (await fetch(settings.alive, how)).ok;
  } catch {
    return false;
  }
}

// Everything this site keeps in the browser, deleted and looked for again.
async function empty() {
  localStorage.clear();
  sessionStorage.clear();
  for (const { name } of (await indexedDB.databases?.()) ?? [{ name: NAME }]) {
    await new Promise((done) => {
      const asked = indexedDB.deleteDatabase(name);
      asked.onsuccess = asked.onerror = asked.onblocked = done;
    });
  }
  const boxes = globalThis.caches;
  for (const name of (await boxes?.keys()) ?? []) await boxes.delete(name);
  const left = (await indexedDB.databases?.()) ?? [];
  return localStorage.length + sessionStorage.length + left.length + ((await boxes?.keys()) ?? []).length === 0;
}

const locked = find("form[data-locked]");
const answers = locked ? new Answers(locked) : null;
answers?.begin();

// Another tab may still show the record.
if (find("[data-just-handed-over]")) new BroadcastChannel(NAME).postMessage("handed over");

// Covering the answers.
const cover = find("[data-hidden-screen]");
const hide = find("[data-hide-screen]");
if (hide) {
  hide.hidden = false;
  hide.addEventListener("click", () => cover.showModal());
  cover.querySelector("[data-show-screen]").addEventListener("click", () => cover.close());
}

// Giving it back needs the site, which alone knows the password.
for (const link of document.querySelectorAll("[data-hand-back]")) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    if (answers?.waits) await answers.keep(); // typed a moment ago
    const box = find("[data-hand-back-held]");
    box.hidden = await reached();
    if (box.hidden) location.assign(link.href);
    else box.textContent = settings.noReach;
  });
}

// Answers that were not sent are not thrown away unawares.
const back = find("form[data-hands-back]");
if (back) {
  const lock = new Lock(back);
  const box = back.querySelector("[data-unsent]");
  const look = async () => {
    box.hidden = !((await lock.ready()) && (await lock.get()));
  };
  const looked = look();
  back.addEventListener("submit", (event) => {
    const refused = !box.hidden && !back.querySelector("[name=throw_away]").checked;
    back.querySelector("[data-unsent-refused]").hidden = !refused;
    if (refused) event.preventDefault();
  });
  await looked;
}

// Left alone: what was sent and waits is still sent, behind a cover; everything else is thrown away and the hand-over
// ends. Each try is a new one, because the device may be out of reach.
if (settings) {
  let touched = Date.now();
  let left = false;
  for (const event of ["pointerdown", "keydown", "input"]) {
    document.addEventListener(event, () => (touched = Date.now()), { passive: true });
  }
  const look = async () => {
    if (Date.now() - touched < Number(settings.rest) * 1000) return;
    if (!cover.open) cover.showModal();
    if (answers?.wanted && !answers.gone) return;
    if (answers) answers.gone = true;
    await forget();
    if (left || !(await reached())) return;
    left = true;
    find("form[data-leave]").submit();
  };
  setInterval(look, Math.min(15_000, Number(settings.rest) * 250));
}

const emptied = find("[data-emptied]");
if (emptied) emptied.textContent = (await empty()) ? emptied.dataset.done : emptied.dataset.notDone;
