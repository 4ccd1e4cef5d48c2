// <face-layer>: drawing a missed face and moving a box (templates/ui/faces.html), by mouse, finger or
// keys. The box that is kept goes into the very form that a person could fill by hand: x, y, w, h as
// fractions of the picture, four decimals. Left and right arrows turn to the previous and next picture.

const SVG = "http://www.w3.org/2000/svg";
const LEAST = 0.005; // a smaller drag is a slip of the finger
const STEP = 0.005;
const MIDDLE = { x: 0.45, y: 0.425, w: 0.1, h: 0.15 };
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

customElements.define("face-layer", class extends HTMLElement {
  connectedCallback() {
    this.svg = this.querySelector(".faces");
    this.says = this.querySelector("[data-says]");
    this.byHand = this.querySelector("[data-by-hand]");
    this.buttons = Object.fromEntries([...this.querySelectorAll("[data-do]")].map((button) => [button.dataset.do, button]));
    this.byHand.hidden = true;
    for (const [name, button] of Object.entries(this.buttons)) button.addEventListener("click", (event) => this[name](event));
    this.svg.addEventListener("pointerdown", (event) => this.press(event));
    this.svg.addEventListener("pointermove", (event) => this.pull(event));
    for (const end of ["pointerup", "pointercancel"]) this.svg.addEventListener(end, () => this.release());
    this.svg.addEventListener("keydown", (event) => this.key(event));
    this.svg.addEventListener("dragstart", (event) => event.preventDefault());
    this.mode("");
  }

  draw(event) {
    // A click of a key has no place: begin with a box in the middle.
    this.start("draw", event.detail === 0 ? MIDDLE : null,
      "Drag over the face, or use the arrow keys. Shift and arrows change the size. Enter keeps the box, Escape leaves it.");
  }

  move() {
    const [x, y, w, h] = this.svg.querySelector("[data-box]").dataset.box.split(" ").map(Number);
    this.start("move", { x, y, w, h },
      "Drag the box or its corner, or use the arrow keys. Shift and arrows change the size. Enter keeps it, Escape leaves it.");
  }

  keep() {
    if (!this.box) return;
    const form = this.querySelector(`form[data-for="${this.doing}"]`);
    for (const name of ["x", "y", "w", "h"]) form.elements[name].value = this.box[name].toFixed(4);
    this.mode("");
    form.requestSubmit();
  }

  drop() {
    const button = this.buttons[this.doing];
    this.mode("");
    this.says.textContent = "";
    button.focus();
  }

  start(doing, box, words) {
    this.mode(doing);
    this.box = box;
    this.paint();
    this.says.textContent = words;
    this.svg.focus();
  }

  mode(doing) {
    this.doing = doing;
    this.box = null;
    this.grabbed = null;
    this.sketch?.remove();
    this.sketch = null;
    this.svg.classList.toggle("drawing", Boolean(doing));
    if (doing) this.svg.tabIndex = 0; else this.svg.removeAttribute("tabindex");
    this.svg.setAttribute("role", doing ? "application" : "group");
    this.svg.setAttribute("aria-label", doing ? "The box" : "Faces in the picture");
    for (const name of ["draw", "move"]) if (this.buttons[name]) this.buttons[name].hidden = Boolean(doing);
    for (const name of ["keep", "drop"]) this.buttons[name].hidden = !doing;
  }

  /** The pointer's place as fractions of the picture. */
  at(event) {
    const area = this.svg.getBoundingClientRect();
    return { x: clamp((event.clientX - area.left) / area.width, 0, 1), y: clamp((event.clientY - area.top) / area.height, 0, 1) };
  }

  press(event) {
    if (!this.doing || event.button !== 0) return;
    event.preventDefault();
    this.svg.setPointerCapture(event.pointerId);
    const from = this.at(event);
    const kind = event.target.classList.contains("grip") ? "corner" : event.target.classList.contains("sketch") ? "whole" : "new";
    if (kind === "new" && this.doing === "move") return;
    this.grabbed = { kind, from, box: this.box && { ...this.box } };
  }

  pull(event) {
    if (!this.grabbed) return;
    const { kind, from, box } = this.grabbed;
    const to = this.at(event);
    if (kind === "new") {
      this.box = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), w: Math.abs(to.x - from.x), h: Math.abs(to.y - from.y) };
    } else if (kind === "whole") this.put({ ...box, x: box.x + to.x - from.x, y: box.y + to.y - from.y });
    else this.put({ ...box, w: box.w + to.x - from.x, h: box.h + to.y - from.y });
    this.paint();
  }

  release() {
    if (!this.grabbed) return;
    const { box } = this.grabbed;
    this.grabbed = null;
    if (this.box && Math.min(this.box.w, this.box.h) < LEAST) this.box = box;
    this.paint();
  }

  key(event) {
    if (!this.doing) return;
    const [dx, dy] = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key] ?? [0, 0];
    if (dx || dy) {
      const box = this.box ?? MIDDLE;
      this.put(event.shiftKey ? { ...box, w: box.w + dx, h: box.h + dy } : { ...box, x: box.x + dx, y: box.y + dy });
      this.paint();
    } else if (event.key === "Enter") this.keep();
    else if (event.key === "Escape") this.drop();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Hold a box inside the picture. */
  put(box) {
    const w = clamp(box.w, LEAST, 1), h = clamp(box.h, LEAST, 1);
    this.box = { x: clamp(box.x, 0, 1 - w), y: clamp(box.y, 0, 1 - h), w, h };
  }

  paint() {
    if (!this.box) { this.sketch?.remove(); this.sketch = null; return; }
    if (!this.sketch) {
      this.sketch = document.createElementNS(SVG, "g");
      for (const [shape, kind] of [["rect", "sketch"], ["rect", "sketch-edge"], ["circle", "grip"]]) {
        const part = document.createElementNS(SVG, shape);
        part.setAttribute("class", kind);
        if (kind === "grip") part.setAttribute("r", "12");
        this.sketch.append(part);
      }
      this.svg.append(this.sketch);
    }
    const { x, y, w, h } = this.box;
    const [area, edge, grip] = this.sketch.children;
    for (const part of [area, edge]) set(part, { x, y, width: w, height: h });
    set(grip, { cx: x + w, cy: y + h });
    const share = (part) => `${Math.round(part * 100)}%`;
    this.svg.setAttribute("aria-label", `The box: ${share(x)} from the left, ${share(y)} from the top, ${share(w)} wide, ${share(h)} high`);
  }
});

function set(part, lengths) {
  for (const [name, value] of Object.entries(lengths)) part.setAttribute(name, `${(value * 100).toFixed(2)}%`);
}

document.addEventListener("keydown", (event) => {
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  if (!rel || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("input, select, textarea, .options, .film, .scroll, .drawing")) return;
  document.querySelector(`a[rel="${rel}"]`)?.click();
});

// The strip of pictures shows the one that is open, also where it is the twentieth.
const shown = document.querySelector("#film .film [aria-current]");
const strip = shown?.closest(".film");
if (strip) strip.scrollLeft = shown.offsetLeft - (strip.clientWidth - shown.offsetWidth) / 2;
