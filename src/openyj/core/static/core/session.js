// Says five minutes ahead that rest is about to end the session, and lets the person stay.

const meta = document.querySelector('meta[name="session-seconds"]');
const words = document.getElementById("app-words").dataset;
const KEY = "openyj-answered"; // when the site last answered any of this person's tabs
const NUDGE = 300_000; // typing counts as work: tell the site at most this often

if (meta) {
  const length = Number(meta.content) * 1000;
  const ahead = Math.min(300_000, length / 2);
  let answered = Date.now();
  let box = null;

  const read = () => {
    try {
      return Math.max(answered, Number(localStorage.getItem(KEY)) || 0);
    } catch {
      return answered; // storage is switched off: this tab alone counts
    }
  };
  const note = () => {
    answered = Date.now();
    try {
      localStorage.setItem(KEY, String(answered));
    } catch {
      // as above
    }
    box?.remove();
    box = null;
  };
  const stay = async () => {
    try {
      const answer = await fetch("/alive?signed-in", { method: "HEAD", cache: "no-store", redirect: "manual" });
      if (answer.ok) note();
    } catch {
      // Not reached: the warning stays where it is.
    }
  };
  const show = (text, button) => {
    if (!box) {
      box = document.createElement("div");
      box.className = "app-session";
      box.setAttribute("role", "alert");
      box.append(document.createElement("span"));
      document.body.append(box);
    }
    const line = box.firstElementChild;
    if (line.textContent !== text) line.textContent = text;
    box.querySelector("button")?.remove();
    if (!button) return;
    const made = document.createElement("button");
    made.type = "button";
    made.className = "govuk-button govuk-button--secondary";
    made.textContent = words.stay;
    made.addEventListener("click", stay);
    box.append(document.createElement("br"), made);
  };
  const look = () => {
    const left = read() + length - Date.now();
    if (left > ahead) {
      box?.remove();
      box = null;
    } else if (left > 0) {
      const text = words.soon.replace("{minutes}", String(Math.max(1, Math.round(left / 60_000))));
      if (box?.firstElementChild.textContent !== text) show(text, true);
    } else {
      show(words.out, false);
    }
  };

  note();
  // The device was handed to a child in another tab: nothing of this one may stay on the screen.
  new BroadcastChannel("openyj-handed-over").addEventListener("message", () => location.replace("/"));
  document.addEventListener("app:answered", note);
  document.addEventListener("input", () => Date.now() - read() > Math.min(NUDGE, ahead) && stay());
  setInterval(look, Math.min(15_000, length / 8));
  document.addEventListener("visibilitychange", look);
}
