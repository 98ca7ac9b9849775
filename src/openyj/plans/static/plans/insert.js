// Puts the chosen figure where the cursor is, without sending the form. Without JavaScript the server puts it in.
const CODE = /^[0-9A-Z]{6,7}$/;
const box = document.querySelector("textarea[name=text]");
const panel = document.querySelector("[data-insert]");
const said = panel?.querySelector("[data-inserted]");
let cursor = null; // where it last was, for the box loses it to the panel

for (const event of ["select", "keyup", "click", "input", "blur"]) {
  box?.addEventListener(event, () => (cursor = [box.selectionStart, box.selectionEnd]));
}

/** The token with the space around it that its place needs. A table or chart stands in a paragraph of its own. */
function spaced(kind, code, before, after) {
  const token = `{{ ${kind} ${code} }}`;
  if (kind === "table" || kind === "chart") {
    const above = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const below = after === "" || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
    return above + token + below;
  }
  return (before === "" || /[\s([]$/.test(before) ? "" : " ") + token + (/^\w/.test(after) ? " " : "");
}

panel?.querySelector("[name=insert]").addEventListener("click", (event) => {
  const field = (name) => panel.querySelector(`select[name=insert-${name}], input[name=insert-${name}]`);
  const code = field("code").value.replace(/\s/g, "").toUpperCase() || field("figure").value;
  if (!CODE.test(code)) return; // the server says what is missing
  event.preventDefault();
  event.stopImmediatePropagation(); // nothing is sent, so the button is not to be held back
  const [start, end] = cursor ?? [box.value.length, box.value.length];
  const token = spaced(field("kind").value, code, box.value.slice(0, start), box.value.slice(end));
  box.focus();
  box.setRangeText(token, start, end, "end");
  cursor = [box.selectionStart, box.selectionEnd];
  box.dispatchEvent(new Event("input", { bubbles: true }));
  said.textContent = `${code} is in the text. Save to see what it says.`;
});
