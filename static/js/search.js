// The key / goes to the search: to the field of this page, or to the page of the search. It does nothing in a
// field, and whoever turned it off on their own page never gets this file (WCAG 2.1.4 Character Key Shortcuts).

const FIELDS = "input, select, textarea, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.defaultPrevented || event.target.closest?.(FIELDS)) return;
  const field = document.querySelector("main input[type=search]");
  const link = document.querySelector("[data-search]");
  if (!field && !link) return;
  event.preventDefault();
  if (field) field.focus();
  else link.click();
});
