// Keeps what is typed in form[data-draft="key"] on this device until the server says it has arrived
// (an element with data-draft-clear="key" on the next page; a key that ends in * stands for all that begin so). Never keeps
// passwords, files or hidden fields. With data-draft-base="digest" of what the server filled in, what was typed comes back
// whole, over it, as long as the server still fills in the same; else only empty fields are filled.
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

// Everything as it was left, emptied fields too; whether that differs from what stands.
function putBack(form, values) {
  let changed = false;
  for (const field of form.elements) {
    if (!keeps(field)) continue;
    const kept = values[field.name] || [];
    if (field.type === "checkbox" || field.type === "radio") {
      const checked = kept.includes(field.value);
      if (checked !== field.checked) changed = true;
      field.checked = checked;
    } else if (field.value !== (kept[0] || "")) {
      field.value = kept[0] || "";
      changed = true;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  return changed;
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
  const key = PREFIX + mark.dataset.draftClear;
  try {
    const all = key.endsWith("*") ? Object.keys(localStorage).filter((one) => one.startsWith(key.slice(0, -1))) : [key];
    for (const one of all) localStorage.removeItem(one);
  } catch { /* storage is closed: nothing was kept */ }
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = form.dataset.draft;
  const kept = read(key);
  const note = form.querySelector("[data-draft-note]");
  const base = form.dataset.draftBase;
  const bring = kept && base !== undefined && kept.base === base ? putBack : restore;
  if (kept && bring(form, kept.values) && note) note.hidden = false;
  let timer;
  const keep = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      try {
        localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), base, values: collect(form) }));
      } catch { /* storage full or closed: the form still works */ }
    }, 400);
  };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.querySelector("[data-draft-discard]")?.addEventListener("click", () => {
    localStorage.removeItem(PREFIX + key);
    form.reset();
    for (const field of form.elements) field.dispatchEvent(new Event("input", { bubbles: true }));
    clearTimeout(timer);
    localStorage.removeItem(PREFIX + key);
    note.hidden = true;
  });
}
