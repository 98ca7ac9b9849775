// Sending a form without losing what was typed: drafts are kept while a person types, a form goes only when the
// site can be reached, and it goes once.

const words = document.getElementById("app-words").dataset;
const PAUSE = 1000; // after the last keystroke
const AGAIN = 5000; // between tries while a draft cannot be kept
const PATIENCE = 4000; // how long to wait for an answer to "are you there?"

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

const ALIVE = document.querySelector('meta[name="session-seconds"]') ? "/alive?signed-in" : "/alive";

/** Why a form may not go now, in words; "" when it may. A page of somebody signed in needs them signed in still:
 * a form that meets the sign-in page is lost. */
async function hindered() {
  try {
    const answer = await fetch(ALIVE, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok) document.dispatchEvent(new Event("app:answered"));
    return answer.ok ? "" : answer.status === 401 ? words.signedOut : words.held;
  } catch {
    return words.held;
  }
}

/** Keeps one form's draft. */
class Draft {
  constructor(form) {
    this.form = form;
    this.timer = 0;
    this.pending = false; // something was typed that no answer has confirmed yet
    this.posting = null;
    this.stopped = false;
    this.state = document.createElement("p");
    this.state.className = "govuk-body app-draft-state";
    this.state.setAttribute("role", "status");
    (form.querySelector(".govuk-button-group") ?? form.lastElementChild).before(this.state);
    for (const event of ["input", "change"]) form.addEventListener(event, () => this.typed());
    window.addEventListener("online", () => this.pending && this.soon(0));
    document.addEventListener("visibilitychange", () => this.pending && this.soon(0));
    window.addEventListener("pagehide", () => {
      if (this.pending && !this.stopped) navigator.sendBeacon(form.dataset.draftUrl, this.fields());
    });
  }

  typed() {
    this.pending = true;
    this.soon(PAUSE);
  }

  soon(wait) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.post(), wait);
  }

  /** What was typed, as the form itself would send it; files are left for the real sending. */
  fields() {
    const sent = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string") sent.append(name, value);
    }
    return sent;
  }

  async post() {
    if (this.posting) return this.posting.then(() => this.soon(PAUSE));
    this.pending = false;
    this.posting = this.send();
    const problem = await this.posting;
    this.posting = null;
    // For a page that says more about what waits: whether this try failed, and whether all that was typed is kept.
    const detail = { failed: problem, kept: !problem && !this.pending };
    this.form.dispatchEvent(new CustomEvent("app:draft", { detail }));
    if (problem) {
      this.pending = true;
      this.soon(AGAIN);
    }
  }

  /** One try. The answer is whether it failed. */
  async send() {
    try {
      const answer = await fetch(this.form.dataset.draftUrl, {
        method: "POST",
        body: this.fields(),
        redirect: "manual",
        signal: AbortSignal.timeout(2 * PATIENCE),
      });
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
        return this.say(words.signedOut, true);
      }
      if (!answer.ok) return this.say(answer.status >= 500 ? words.notSaved : words.refused, true);
      document.dispatchEvent(new Event("app:answered"));
      const kept = answer.status === 204 ? {} : await answer.json();
      if (kept.saved_at === null) return this.say("", false); // nothing worth keeping
      const time = kept.saved_at ?? new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      return this.say(words.saved.replace("{time}", time), false);
    } catch {
      return this.say(words.notSaved, true);
    }
  }

  say(text, problem) {
    if (this.state.textContent !== text) this.state.textContent = text;
    this.state.classList.toggle("app-draft-state--problem", problem);
    return problem;
  }

  /** No draft may arrive after the form itself: it would come back as an unsaved draft of what is saved. */
  async stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.posting;
  }

  resume() {
    this.stopped = false;
    if (this.pending) this.soon(PAUSE);
  }
}

const drafts = new Map();
for (const form of document.querySelectorAll("form[data-draft-url]")) drafts.set(form, new Draft(form));

const checking = new WeakSet(); // the button was pressed, the question is out
const going = new WeakSet(); // the site answered, the form is on its way

function hold(form, why) {
  let box = form.querySelector(".app-held");
  if (!box) {
    box = document.createElement("div");
    box.className = "govuk-body app-held";
    box.setAttribute("role", "alert");
    (form.querySelector(".govuk-button-group") ?? form.lastElementChild).before(box);
  }
  box.textContent = "";
  // In the next turn, so that a screen reader hears it again when the same happens again.
  setTimeout(() => (box.textContent = why), 50);
}

async function ask(form, button) {
  checking.add(form);
  const draft = drafts.get(form);
  await draft?.stop();
  const why = await hindered();
  checking.delete(form);
  if (why) {
    hold(form, why);
    draft?.resume();
    return;
  }
  form.querySelector(".app-held")?.remove();
  going.add(form);
  form.requestSubmit(button?.isConnected ? button : undefined);
  // A form whose answer is a file leaves the page standing.
  await sleep(8000);
  going.delete(form);
  draft?.resume();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (going.has(form)) {
    if (form.dataset.sent === "yes") event.preventDefault();
    form.dataset.sent = "yes";
    return;
  }
  event.preventDefault();
  delete form.dataset.sent;
  if (!checking.has(form)) ask(form, event.submitter);
});

// Back to a page the browser kept: its forms may be sent again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) {
    going.delete(form);
    checking.delete(form);
    drafts.get(form)?.resume();
  }
});
