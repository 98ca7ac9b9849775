// Starts the two design systems' own behaviour. Their addresses come from the page, because the names of static
// files carry a hash.
const address = (name) => document.querySelector(`meta[name="module-${name}"]`).content;

for (const name of ["govuk", "moj"]) {
  const { initAll } = await import(address(name));
  initAll();
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
