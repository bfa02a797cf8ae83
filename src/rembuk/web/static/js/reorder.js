// Rows of a managed list are put in order by dragging their handle, with a mouse, a pen or a finger. What is dropped is
// sent as a plain form; the arrows beside the handle do the same without this script and by keyboard.
const form = document.querySelector("[data-reorder]");
const rows = () => [...document.querySelectorAll("[data-sort-key]")];
const marks = ["sort-before", "sort-after", "sort-inside"];
const EDGE = 60;
let dragged = null;
let target = null;

const clear = () => {
  for (const row of rows()) row.classList.remove(...marks);
  target = null;
};
const stop = () => {
  clear();
  dragged?.classList.remove("sort-dragged");
  document.body.classList.remove("sorting");
  dragged = null;
};
const isNested = () => "reorderNested" in form.dataset;
const siblings = (parent) => rows().filter((row) => row.dataset.sortParent === parent && row !== dragged);
const isBelowDragged = (row) => {
  for (let one = row; one; one = rows().find((other) => other.dataset.sortKey === one.dataset.sortParent)) {
    if (one === dragged) return true;
    if (!isNested() || one.dataset.sortParent === "") return false;
  }
  return false;
};
const zone = (row, y) => {
  const box = row.getBoundingClientRect();
  const part = (y - box.top) / box.height;
  if (!isNested()) return part < 0.5 ? "before" : "after";
  if (part < 0.3) return "before";
  return part > 0.7 ? "after" : "inside";
};
const aim = (x, y) => {
  clear();
  const row = document.elementFromPoint(x, y)?.closest("[data-sort-key]");
  if (!row || row === dragged || isBelowDragged(row)) return;
  if (!isNested() && row.dataset.sortParent !== dragged.dataset.sortParent) return;
  target = { row, zone: zone(row, y) };
  row.classList.add(`sort-${target.zone}`);
};
const drop = () => {
  const { row, zone: where } = target;
  const parent = where === "inside" ? row.dataset.sortKey : row.dataset.sortParent;
  const beside = siblings(parent);
  let after = where === "after" ? row : beside[beside.indexOf(row) - 1];
  if (where === "inside") after = beside.at(-1);
  form.action = dragged.dataset.sortUrl;
  form.elements.di.value = parent;
  form.elements.setelah.value = after?.dataset.sortKey ?? "";
  form.requestSubmit();
};

if (form) {
  document.querySelector("[data-sort-hint]")?.removeAttribute("hidden");
  for (const grip of document.querySelectorAll("[data-sort-grip]")) {
    grip.hidden = false;
    grip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      dragged = grip.closest("[data-sort-key]");
      dragged.classList.add("sort-dragged");
      document.body.classList.add("sorting");
    });
    grip.addEventListener("pointermove", (event) => {
      if (!dragged) return;
      if (event.clientY < EDGE) scrollBy(0, -12);
      if (event.clientY > innerHeight - EDGE) scrollBy(0, 12);
      aim(event.clientX, event.clientY);
    });
    grip.addEventListener("pointerup", () => {
      if (dragged && target) drop();
      stop();
    });
    grip.addEventListener("pointercancel", stop);
  }
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") stop();
  });
}
