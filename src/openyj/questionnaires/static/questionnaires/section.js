// A page of questions: shows and hides questions as the answers before them change, and says how many answers wait
// for the connection. Without it every question that may come up is shown with the words that say when it counts, and
// the site decides.

const form = document.querySelector("form[data-questions]");
const elsewhere = JSON.parse(document.getElementById("answers-elsewhere").textContent);
const questions = [...form.querySelectorAll("[data-question]")];

/** The answer to a question as the site would read it. */
function answer(box) {
  const { question, type } = box.dataset;
  const named = [...box.querySelectorAll(`[name="${question}"]`)];
  const ticked = named.filter((each) => each.checked).map((each) => each.value);
  if (type === "choices") return ticked;
  if (type === "choice") return ticked[0];
  if (type === "scale") return ticked.length ? Number(ticked[0]) : undefined;
  return named[0]?.value;
}

/** Whether a condition holds over the answers that count: as questionnaires/conditions.py has it. */
function holds(condition, answers) {
  if (condition.any) return condition.any.some((part) => holds(part, answers));
  if (condition.all) return condition.all.every((part) => holds(part, answers));
  const given = answers[condition.question];
  if ("is" in condition) return given === condition.is;
  if ("includes" in condition) return (given ?? []).includes(condition.includes);
  return (given ?? 0) >= condition["at least"];
}

function show() {
  const answers = { ...elsewhere };
  for (const box of questions) {
    box.hidden = box.dataset.condition ? !holds(JSON.parse(box.dataset.condition), answers) : false;
    if (!box.hidden) answers[box.dataset.question] = answer(box);
  }
}

for (const words of form.querySelectorAll("[data-only-if]")) words.hidden = true;
form.addEventListener("change", show);
show();

// What waits. A question counts once, however much is typed into it.
const waiting = new Set();
const words = form.querySelector("[data-waiting]");
let unreached = !navigator.onLine;

function say() {
  const text = waiting.size === 1 ? form.dataset.waitingOne : form.dataset.waitingMany;
  words.hidden = !(unreached && waiting.size);
  const said = words.hidden ? "" : text.replace("{count}", waiting.size);
  if (words.textContent !== said) words.textContent = said;
}

for (const event of ["input", "change"]) {
  form.addEventListener(event, ({ target }) => {
    const box = target.closest("[data-question]");
    if (box) waiting.add(box.dataset.question);
    say();
  });
}
form.addEventListener("app:draft", ({ detail }) => {
  unreached = detail.failed;
  if (detail.kept) waiting.clear();
  say();
});
window.addEventListener("offline", () => {
  unreached = true;
  say();
});
