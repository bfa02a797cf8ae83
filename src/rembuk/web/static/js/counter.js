// Shows how many characters are left in a field with data-count (set by the field template).
for (const box of document.querySelectorAll("[data-count]")) {
  const field = box.querySelector("input, textarea");
  if (!field) continue;
  const limit = Number(box.dataset.count);
  const shown = document.createElement("output");
  shown.className = "counter";
  shown.setAttribute("for", field.id);
  const update = () => {
    const left = limit - [...field.value].length;
    shown.textContent = box.dataset.left.replace("%n", left.toLocaleString(document.documentElement.lang));
    shown.classList.toggle("counter-over", left < 0);
    shown.setAttribute("aria-live", left < limit * 0.1 ? "polite" : "off");
  };
  field.addEventListener("input", update);
  field.after(shown);
  update();
}
