// Keeps what is typed in form[data-draft="key"] on this device until the server says it has arrived
// (an element with data-draft-clear="key" on the next page). Never keeps passwords, files or hidden fields.
const PREFIX = "rembuk-draft:";
const keeps = (field) =>
  field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type) && !field.dataset.draftSkip;

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key)) || null;
  } catch {
    return null;
  }
}

function collect(form) {
  const values = {};
  for (const field of form.elements) {
    if (!keeps(field)) continue;
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) (values[field.name] ||= []).push(field.value);
    } else if (field.value.trim()) {
      (values[field.name] ||= []).push(field.value);
    }
  }
  return values;
}

function restore(form, values) {
  let changed = false;
  for (const field of form.elements) {
    const kept = keeps(field) && values[field.name];
    if (!kept) continue;
    if (field.type === "checkbox" || field.type === "radio") {
      if (kept.includes(field.value) && !field.checked) changed = field.checked = true;
    } else if (!field.value.trim() && kept.length) {
      field.value = kept[0];
      changed = true;
    }
    if (changed) {
      field.closest("details")?.setAttribute("open", "");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  return changed;
}

for (const mark of document.querySelectorAll("[data-draft-clear]")) {
  try {
    localStorage.removeItem(PREFIX + mark.dataset.draftClear);
  } catch { /* storage is closed: nothing was kept */ }
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = form.dataset.draft;
  const kept = read(key);
  const note = form.querySelector("[data-draft-note]");
  if (kept && restore(form, kept.values) && note) note.hidden = false;
  let timer;
  const keep = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      try {
        localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), values: collect(form) }));
      } catch { /* storage full or closed: the form still works */ }
    }, 400);
  };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.querySelector("[data-draft-discard]")?.addEventListener("click", () => {
    localStorage.removeItem(PREFIX + key);
    form.reset();
    note.hidden = true;
  });
}
