// Keys for the matrix: on the list j and k (or the arrows) move, Enter opens, x selects; on a row j and k go to the
// next and the previous one, u back to the list. Everything works by plain links and forms without this.
const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
const list = document.querySelector("[data-matrix]");
const rows = list ? [...list.querySelectorAll("[data-matrix-row]")] : [];
let here = -1;

const go = (step) => {
  const next = Math.max(0, Math.min(rows.length - 1, here + step));
  if (here >= 0) rows[here].removeAttribute("aria-current");
  here = next;
  rows[here].setAttribute("aria-current", "true");
  rows[here].querySelector("a").focus();
  rows[here].scrollIntoView({ block: "nearest" });
};
const pick = () => {
  const box = here >= 0 ? rows[here].querySelector("input[type=checkbox]") : null;
  if (box) box.click();
};
const follow = (name) => document.querySelector(`[data-matrix-${name}]`)?.click();
const keys = list
  ? { j: () => go(1), ArrowDown: () => go(1), k: () => go(-1), ArrowUp: () => go(-1), x: pick }
  : { j: () => follow("next"), k: () => follow("prev"), u: () => follow("list") };

if (rows.length > 0) {
  document.querySelector("[data-keys-hint]")?.removeAttribute("hidden");
  list.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-matrix-row]");
    if (row === null || rows.indexOf(row) === here) return;
    if (here >= 0) rows[here].removeAttribute("aria-current");
    here = rows.indexOf(row);
    row.setAttribute("aria-current", "true");
  });
}
addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = keys[event.key];
  if (!act || (list && rows.length === 0)) return;
  event.preventDefault();
  act();
});
