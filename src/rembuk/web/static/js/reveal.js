// Password fields with data-reveal get a button that shows and hides what is typed.
for (const field of document.querySelectorAll("input[data-reveal]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn-text";
  button.setAttribute("aria-controls", field.id);
  const show = (visible) => {
    field.type = visible ? "text" : "password";
    button.textContent = visible ? field.dataset.conceal : field.dataset.reveal;
    button.setAttribute("aria-pressed", String(visible));
  };
  button.addEventListener("click", () => show(field.type === "password"));
  field.form.addEventListener("submit", () => show(false));
  show(false);
  field.after(button);
}
