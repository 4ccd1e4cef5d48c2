// <name-picker>: a text box over a list of children (templates/ui/picker.html) as an ARIA combobox.
// Letters filter the list, Up and Down move, Enter presses the marked name, Escape empties the box.
// The server's list is complete: nothing is fetched, and nothing is ever guessed.

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Where the typed letters begin a word of the name, or -1. */
function found(name, typed) {
  const text = plain(name);
  for (let at = text.indexOf(typed); at >= 0; at = text.indexOf(typed, at + 1)) {
    if (at === 0 || /[\s'’-]/.test(text[at - 1])) return at;
  }
  return -1;
}

customElements.define("name-picker", class extends HTMLElement {
  connectedCallback() {
    this.box = this.querySelector("input[type=text]");
    this.list = this.querySelector(".options");
    this.says = this.querySelector("[data-says]");
    if (!this.box || !this.list) return;
    this.names = new Map(); // button: name
    this.querySelectorAll("[data-plain]").forEach((button) => { button.hidden = true; });
    for (const button of this.list.querySelectorAll("button")) {
      button.id = `${this.list.id}-${this.names.size}`;
      button.parentElement.setAttribute("role", "none");
      button.setAttribute("role", "option");
      button.tabIndex = -1;
      this.names.set(button, button.querySelector("span").textContent.normalize());
    }
    this.list.setAttribute("role", "listbox");
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-expanded": "true", "aria-controls": this.list.id, "aria-autocomplete": "list",
    })) this.box.setAttribute(name, value);
    this.box.addEventListener("input", () => this.filter());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.filter();
  }

  filter() {
    const typed = plain(this.box.value.trim());
    for (const [button, name] of this.names) {
      const at = typed ? found(name, typed) : -1;
      button.parentElement.hidden = Boolean(typed) && at < 0;
      underline(button.querySelector("span"), name, at, typed.length);
    }
    this.mark(typed ? this.shown()[0] : undefined);
    const left = this.shown().length;
    this.says.textContent = !typed ? "" : left === 0 ? "Nobody here has that name." : left === 1 ? "1 name" : `${left} names`;
  }

  shown() {
    return [...this.names.keys()].filter((button) => !button.parentElement.hidden);
  }

  mark(button) {
    this.names.forEach((_, other) => other.setAttribute("aria-selected", String(other === button)));
    this.marked = button;
    if (button) {
      this.box.setAttribute("aria-activedescendant", button.id);
      button.scrollIntoView({ block: "nearest" });
    } else this.box.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.isComposing) return;
    const shown = this.shown();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) {
      const at = shown.indexOf(this.marked);
      this.mark(shown[at < 0 ? (step > 0 ? 0 : shown.length - 1) : (at + step + shown.length) % shown.length]);
    } else if (event.key === "Enter") {
      this.marked?.click();
    } else if (event.key === "Escape" && this.box.value) {
      this.box.value = "";
      this.filter();
    } else return;
    event.preventDefault();
  }
});

/** Write the name with the typed letters marked. Accents may be typed or not. */
function underline(place, name, at, length) {
  if (at < 0) { place.textContent = name; return; }
  const mark = document.createElement("mark");
  mark.textContent = name.slice(at, at + length);
  place.replaceChildren(name.slice(0, at), mark, name.slice(at + length));
}
