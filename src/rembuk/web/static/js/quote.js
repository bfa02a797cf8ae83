// Quotes a passage of [data-quote-from] into the field data-quote-into: mark it with the mouse or a finger and press the
// button that appears, or focus the words and mark with Shift and the arrow keys, then Enter. The buttons beside each
// paragraph, which work without this script too, fill the field at once.
for (const words of document.querySelectorAll("[data-quote-from]")) {
  const field = document.getElementById(words.dataset.quoteInto);
  const said = document.createElement("output");
  said.className = "sr";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-line taking-mark";
  button.textContent = words.dataset.button;
  button.hidden = true;
  words.tabIndex = 0;
  words.setAttribute("role", "group");
  words.setAttribute("aria-label", words.dataset.label);
  words.after(button, said);

  const marked = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return "";
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(words)) return "";
    const pieces = [];
    for (const paragraph of words.querySelectorAll(".taking-passage > p")) {
      if (!range.intersectsNode(paragraph)) continue;
      const part = document.createRange();
      part.selectNodeContents(paragraph);
      if (paragraph.contains(range.startContainer)) part.setStart(range.startContainer, range.startOffset);
      if (paragraph.contains(range.endContainer)) part.setEnd(range.endContainer, range.endOffset);
      const text = part.toString().trim();
      if (text) pieces.push(text);
    }
    return pieces.join("\n");
  };
  const quote = (text) => {
    if (!text) return;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.scrollIntoView({ block: "center" });
    said.textContent = words.dataset.done.replace("%n", text);
    getSelection().removeAllRanges();
    button.hidden = true;
  };

  document.addEventListener("selectionchange", () => {
    button.hidden = !marked();
  });
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => quote(marked()));
  words.addEventListener("keydown", (event) => {
    if (event.target !== words) return;
    const forward = event.key === "ArrowRight" || event.key === "ArrowDown";
    const grain = event.key === "ArrowDown" || event.key === "ArrowUp" ? "line" : "word";
    const selection = getSelection();
    if (forward || event.key === "ArrowLeft" || event.key === "ArrowUp") {
      const first = words.querySelector(".taking-passage > p");
      if (!selection.rangeCount || !words.contains(selection.focusNode)) selection.collapse(first.firstChild, 0);
      const before = [selection.anchorNode, selection.anchorOffset, selection.focusNode, selection.focusOffset];
      selection.modify(event.shiftKey ? "extend" : "move", forward ? "forward" : "backward", grain);
      if (!words.contains(selection.focusNode)) selection.setBaseAndExtent(...before);
      said.textContent = marked();
      event.preventDefault();
    } else if (event.key === "Enter" && marked()) {
      quote(marked());
      event.preventDefault();
    }
  });
  for (const one of words.querySelectorAll("[data-quote-passage]")) {
    one.type = "button";
    one.addEventListener("click", () => {
      quote(one.parentElement.querySelector("p").textContent.trim());
      field.focus();
    });
  }
}
