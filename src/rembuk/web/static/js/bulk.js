// Counts the rows picked in a queue and offers to pick all of the page; the next page asks before anything happens.
for (const bar of document.querySelectorAll("[data-bulk]")) {
  const picks = [...document.querySelectorAll(`input[type=checkbox][form="${bar.id}"]`)];
  const all = bar.querySelector("[data-bulk-all]");
  const shown = bar.querySelector("output");
  const buttons = [...bar.querySelectorAll("button")];
  all.closest("label").hidden = false;
  const update = () => {
    const count = picks.filter((pick) => pick.checked).length;
    shown.textContent = bar.dataset.word.replace("%n", count);
    all.checked = count > 0 && count === picks.length;
    all.indeterminate = count > 0 && count < picks.length;
    for (const button of buttons) button.disabled = count === 0;
  };
  all.addEventListener("change", () => {
    for (const pick of picks) pick.checked = all.checked;
    update();
  });
  for (const pick of picks) pick.addEventListener("change", update);
  addEventListener("pageshow", update);
  update();
}
