// Offers offence codes while a word of the offence is typed. Without it the code, or a word, can still be sent: the
// form answers with the nearest codes.
const box = document.querySelector("input[list=offence-codes]");
const list = document.getElementById("offence-codes");
let timer = 0;

async function offer() {
  const answer = await fetch(`${list.dataset.from}?q=${encodeURIComponent(box.value)}`).catch(() => null);
  if (!answer?.ok) return;
  const { codes } = await answer.json();
  list.replaceChildren(...codes.map(({ code, title }) => new Option(`${title} (${code})`, code)));
}

box?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(offer, 200);
});
