// A long select as a box to type in (the combobox pattern of ARIA 1.2). The select stays, hidden, and is what the
// form sends; without JavaScript it is simply the select.

const words = document.getElementById("app-words").dataset;
const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();

class Pick {
  constructor(select) {
    this.select = select;
    this.options = [...select.options].filter((option) => option.value !== "");
    this.blank = [...select.options].find((option) => option.value === "");
    this.shown = [];
    this.at = -1;
    const id = select.id;
    select.id = `${id}_select`;
    select.hidden = true;
    this.input = this.make("input", {
      id, // the label and the error summary lead here
      type: "text",
      class: select.className.replaceAll("govuk-select", "govuk-input"),
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": `${id}_list`,
    });
    const described = select.getAttribute("aria-describedby");
    if (described) this.input.setAttribute("aria-describedby", described);
    this.input.disabled = select.disabled;
    this.list = this.make("ul", { id: `${id}_list`, role: "listbox", class: "app-pick__list" });
    const label = document.querySelector(`label[for="${id}"]`);
    if (label) this.list.setAttribute("aria-label", label.textContent.trim());
    this.list.hidden = true;
    this.count = this.make("span", { role: "status", class: "govuk-visually-hidden" });
    const box = this.make("div", { class: "app-pick" });
    select.before(box);
    box.append(this.input, this.list, this.count, select);
    this.show(select.selectedOptions[0]);
    this.input.addEventListener("input", () => this.open(this.input.value));
    this.input.addEventListener("click", () => this.list.hidden && this.open(""));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.leave());
    // Pressed, not clicked: the box must not lose focus first.
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const item = event.target.closest("[role=option]");
      if (item) this.choose(this.shown[Number(item.dataset.index)]);
    });
  }

  make(name, attributes) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  show(option) {
    this.input.value = option && option.value !== "" ? option.textContent.trim() : "";
  }

  open(typed) {
    const parts = plain(typed).split(/\s+/).filter(Boolean);
    this.shown = this.options.filter((option) => {
      const text = plain(option.textContent);
      return parts.every((part) => text.includes(part));
    });
    this.list.replaceChildren(
      ...this.shown.map((option, index) => {
        const item = this.make("li", {
          id: `${this.list.id}_${index}`,
          role: "option",
          class: "app-pick__option",
          "data-index": index,
          "aria-selected": "false",
        });
        item.textContent = option.textContent.trim();
        return item;
      }),
    );
    this.count.textContent = this.shown.length
      ? words.found.replace("{count}", String(this.shown.length))
      : words.noneFound;
    this.list.hidden = this.shown.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.mark(-1);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  mark(index) {
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = index;
    const item = this.list.children[index];
    if (!item) return this.input.removeAttribute("aria-activedescendant");
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", item.id);
  }

  key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.open("");
      const step = event.key === "ArrowDown" ? 1 : -1;
      const from = this.at < 0 && step < 0 ? 0 : this.at;
      if (this.shown.length) this.mark((from + step + this.shown.length) % this.shown.length);
    } else if (event.key === "Enter" && !this.list.hidden) {
      event.preventDefault(); // chooses, and does not send the form
      this.choose(this.shown[this.at] ?? (this.shown.length === 1 ? this.shown[0] : null));
    } else if (event.key === "Escape") {
      this.close();
    }
  }

  choose(option) {
    if (!option) return;
    this.set(option);
    this.show(option);
    this.close();
  }

  /** On leaving, what stands in the box is what is sent: the option it names, else none. */
  leave() {
    const typed = plain(this.input.value.trim());
    const exact = this.options.filter((option) => plain(option.textContent.trim()) === typed);
    const current = this.select.selectedOptions[0];
    if (!exact.includes(current)) this.set(exact[0] ?? this.blank ?? null);
    this.close();
  }

  set(option) {
    if (option === this.select.selectedOptions[0]) return;
    if (option) option.selected = true;
    else this.select.selectedIndex = -1;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

for (const select of document.querySelectorAll("select[data-pick]")) new Pick(select);
