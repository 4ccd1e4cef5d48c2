// The page of a printed letter: the code that the letter's address carries after # goes into the box.
// What stands after # never reaches the server, and it is taken out of the address at once.

const typed = decodeURIComponent(location.hash.slice(1));
const box = document.querySelector("input[name=code]");
if (box && /^[a-z0-9][a-z0-9 -]{10,40}$/i.test(typed)) {
  if (!box.value) box.value = typed;
  history.replaceState(null, "", location.pathname + location.search);
}
