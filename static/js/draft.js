// A report is kept on this device until it is sent: <form data-draft="NAME">.
//
// It lies in localStorage for three hours at most, so that the next one at a shared device does not find it;
// files and what belongs to the form itself are never kept. Without this script the form works as it is.

const KEEP = 3 * 60 * 60 * 1000; // milliseconds
const PREFIX = "draft:";

function keys() {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
}

function forget(keep = () => false) {
  for (const key of keys()) if (!keep(key)) localStorage.removeItem(key);
}

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

try {
  forget((key) => Date.now() - (read(key)?.at ?? 0) < KEEP);
  if (document.querySelector("[data-draft-sent]")) forget();
  for (const form of document.querySelectorAll("form[data-draft]")) begin(form);
} catch { /* a browser that keeps nothing */ }

function begin(form) {
  const key = PREFIX + form.dataset.draft;
  const said = form.querySelector("[data-draft-said]"), clear = form.querySelector("[data-draft-clear]");
  const fields = () => [...form.elements].filter((field) => field.name && !["hidden", "file", "submit", "button"].includes(field.type));
  const show = (kept) => { said.hidden = clear.hidden = !kept; };
  const kept = read(key);
  if (kept && !form.querySelector(".wrong")) {
    for (const field of fields()) {
      const value = kept.fields[field.name];
      if (value === undefined) continue;
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type === "checkbox") field.checked = value;
      else if (!field.value || field.tagName === "SELECT") field.value = value;
    }
    show(true);
  }
  form.addEventListener("input", () => {
    const values = {};
    for (const field of fields()) {
      if (field.type === "radio") { if (field.checked) values[field.name] = field.value; }
      else values[field.name] = field.type === "checkbox" ? field.checked : field.value;
    }
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: values }));
    show(true);
  });
  clear.addEventListener("click", () => {
    localStorage.removeItem(key);
    form.reset();
    show(false);
  });
}
