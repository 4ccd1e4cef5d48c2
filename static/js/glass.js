// Signing on the screen: each stroke becomes path data in a box of 600 by 200, sent with the form.
const WIDE = 600, HIGH = 200, STEP = 3, LONGEST = 39000;

for (const glass of document.querySelectorAll("[data-glass]:not([data-ready])")) {
  glass.dataset.ready = "";
  const pane = glass.querySelector("[data-glass-pane]");
  const svg = pane.querySelector("svg");
  const drawn = svg.querySelector(".line");
  const sent = glass.querySelector("input[type=hidden]");
  const typed = glass.querySelector("input[type=checkbox]");
  let last = null, begun = false;

  const at = event => {
    const box = svg.getBoundingClientRect();
    const inside = (part, whole, most) => Math.round(Math.min(1, Math.max(0, part / whole)) * (most - 1));
    return [inside(event.clientX - box.left, box.width, WIDE), inside(event.clientY - box.top, box.height, HIGH)];
  };
  const write = path => {
    drawn.setAttribute("d", path);
    sent.value = path;
  };
  // A stroke is written with its second point: one touch without a move leaves nothing.
  const go = event => {
    if (!last || sent.value.length > LONGEST) return;
    const [x, y] = at(event);
    if (Math.hypot(x - last[0], y - last[1]) < STEP) return;
    write(`${sent.value}${begun ? "" : `M${last[0]} ${last[1]}`}L${x} ${y}`);
    [last, begun] = [[x, y], true];
  };
  svg.addEventListener("pointerdown", event => {
    if (!event.isPrimary || event.button) return;
    svg.setPointerCapture(event.pointerId);
    [last, begun] = [at(event), false];
    typed.checked = false;
    event.preventDefault();
  });
  svg.addEventListener("pointermove", event => {
    for (const one of event.getCoalescedEvents?.() ?? [event]) go(one);
  });
  for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => { last = null; });
  pane.querySelector("[data-glass-clear]").addEventListener("click", () => write(""));
  typed.addEventListener("change", () => { if (typed.checked) write(""); });
  pane.hidden = false;
}
