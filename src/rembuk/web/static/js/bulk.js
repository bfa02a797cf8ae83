// Counts the rows picked in a queue and offers to pick all of the page, or all that the filters found; the next page
// asks before anything happens.
for (const bar of document.querySelectorAll("[data-bulk]")) {
  const picks = [...document.querySelectorAll(`input[type=checkbox][form="${bar.id}"]`)];
  const all = bar.querySelector("[data-bulk-all]");
  const found = bar.querySelector("[data-bulk-found]");
  const shown = bar.querySelector("output");
  const buttons = [...bar.querySelectorAll("button")];
  all.closest("label").hidden = false;
  const update = () => {
    const picked = picks.filter((pick) => pick.checked).length;
    const takesFound = found !== null && found.checked;
    const count = takesFound ? Math.min(found.dataset.bulkFound, found.dataset.bulkMost) : picked;
    shown.textContent = bar.dataset.word.replace("%n", count.toLocaleString(document.documentElement.lang));
    all.checked = picked > 0 && picked === picks.length;
    all.indeterminate = picked > 0 && picked < picks.length;
    for (const button of buttons) button.disabled = count === 0;
  };
  all.addEventListener("change", () => {
    for (const pick of picks) pick.checked = all.checked;
    if (found !== null && !all.checked) found.checked = false;
    update();
  });
  found?.addEventListener("change", () => {
    for (const pick of picks) pick.checked = found.checked;
    update();
  });
  for (const pick of picks) {
    pick.addEventListener("change", () => {
      if (found !== null && !pick.checked) found.checked = false;
      update();
    });
  }
  addEventListener("pageshow", update);
  update();
}
