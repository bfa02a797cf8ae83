// Fetches a fragment while somebody types, such as similar proposals: input[data-similar="url"][data-similar-into="id"],
// from data-similar-least characters on (8), as the parameter data-similar-name (the field's own name).
for (const field of document.querySelectorAll("[data-similar]")) {
  const place = document.getElementById(field.dataset.similarInto);
  let timer;
  let running;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    const text = field.value.trim();
    if (text.length < Number(field.dataset.similarLeast || 8)) {
      place.replaceChildren();
      return;
    }
    timer = setTimeout(async () => {
      running?.abort();
      running = new AbortController();
      try {
        const address = new URL(field.dataset.similar, location.href);
        address.searchParams.set(field.dataset.similarName || field.name, text);
        const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: running.signal });
        if (answer.ok) place.innerHTML = await answer.text();
      } catch { /* offline or overtaken by the next word: the form works without */ }
    }, 500);
  });
}
