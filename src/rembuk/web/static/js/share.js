// Buttons data-share="url" (system share sheet, else copy) and data-print; shown only when they work.
for (const button of document.querySelectorAll("[data-share]")) {
  const url = button.dataset.share;
  if (!navigator.share && !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const label = button.querySelector("span") || button.lastChild;
    const before = label.textContent;
    try {
      if (navigator.share) {
        await navigator.share({ url, title: button.dataset.title || document.title });
        return;
      }
      await navigator.clipboard.writeText(url);
      label.textContent = button.dataset.done;
      setTimeout(() => { label.textContent = before; }, 3000);
    } catch { /* the person closed the sheet */ }
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
