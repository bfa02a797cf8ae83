// Shows while typing how a wording differs from the original, word by word: textarea[data-difference="id"][data-original].
// The box with that id says "added" and "removed" in data attributes and holds a .diff as the server writes it.
const TOKEN = /\s+|[\p{L}\p{N}_'’-]+|[^\s\p{L}\p{N}_]/gu;
const MOST = 1_500;

function middle(before, after) {
  const width = after.length + 1;
  const longest = new Uint16Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      longest[i * width + j] = before[i] === after[j]
        ? longest[(i + 1) * width + j + 1] + 1
        : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  const parts = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      parts.push(["same", after[j++]]);
      i++;
    } else if (i < before.length && (j === after.length || longest[(i + 1) * width + j] >= longest[i * width + j + 1])) {
      parts.push(["del", before[i++]]);
    } else {
      parts.push(["ins", after[j++]]);
    }
  }
  return parts;
}

// What is equal at both ends is cut off first, so that a small change in a long clause costs little.
function difference(original, wording) {
  const before = original.match(TOKEN) || [];
  const after = wording.match(TOKEN) || [];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const old = before.slice(start, before.length - end);
  const young = after.slice(start, after.length - end);
  const between = old.length > MOST || young.length > MOST
    ? [["del", old.join("")], ["ins", young.join("")]]
    : middle(old, young);
  return [["same", before.slice(0, start).join("")], ...between, ["same", before.slice(before.length - end).join("")]];
}

function element(op, text, words) {
  const note = (said) => {
    const span = document.createElement("span");
    span.className = "sr";
    span.textContent = said;
    return span;
  };
  const made = document.createElement(op);
  made.append(note(`[${op === "ins" ? words.added : words.removed}: `), text, note("]"));
  return made;
}

function runs(parts) {
  const joined = [];
  for (const [op, text] of parts) {
    if (!text) continue;
    const last = joined.at(-1);
    if (last && last[0] === op) last[1] += text;
    else joined.push([op, text]);
  }
  return joined;
}

for (const field of document.querySelectorAll("[data-difference]")) {
  const box = document.getElementById(field.dataset.difference);
  const place = box.querySelector(".diff p:last-child");
  const original = field.dataset.original;
  let timer;
  field.form.querySelector("[data-difference-button]")?.setAttribute("hidden", "");
  const show = () => {
    const wording = field.value.replaceAll("\r\n", "\n").trim();
    box.hidden = !wording || wording === original;
    if (box.hidden) return;
    place.replaceChildren(...runs(difference(original, wording)).map(([op, text]) =>
      op === "same" ? document.createTextNode(text) : element(op, text, box.dataset)));
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 250);
  });
  show();
}
