// Totals while typing. The server works them out again; these only show what it will say.
// Amounts are added in whole pence, so that no sum shows a fraction of one.
const AMOUNT = /^-?(\d+|\d{1,3}(,\d{3})+)(\.\d{1,2})?$/;

export function pence(text) {
  const typed = text.replace(/[£\s]/g, "");
  if (typed === "") return null;
  if (!AMOUNT.test(typed)) return NaN;
  const [pounds, part = ""] = typed.replace(/[,-]/g, "").split(".");
  const amount = Number(pounds) * 100 + Number(part.padEnd(2, "0"));
  return typed.startsWith("-") ? -amount : amount;
}

export function say(amount) {
  if (amount === null) return "";
  if (Number.isNaN(amount)) return "?";
  const places = amount % 100 === 0 ? 0 : 2;
  const text = (Math.abs(amount) / 100).toLocaleString("en-GB", { minimumFractionDigits: places, maximumFractionDigits: places });
  return `${amount < 0 ? "-" : ""}£${text}`;
}

const add = (sum, amount) => (amount === null ? sum : (sum ?? 0) + amount);

function work(table) {
  const columns = [];
  let whole = null;
  for (const row of table.querySelectorAll("[data-row]")) {
    let total = null;
    for (const cell of row.querySelectorAll("[data-column]")) {
      const amount = pence(cell.querySelector("input").value);
      total = add(total, amount);
      columns[cell.dataset.column] = add(columns[cell.dataset.column] ?? null, amount);
    }
    row.querySelector("[data-row-total]").textContent = say(total);
    whole = add(whole, total);
  }
  for (const cell of table.querySelectorAll("[data-column-total]")) {
    cell.textContent = say(columns[cell.dataset.columnTotal] ?? null);
  }
  table.querySelector("[data-total]").textContent = say(whole);
}

for (const table of document.querySelectorAll("[data-totals]")) {
  table.addEventListener("input", () => work(table));
  work(table);
}
