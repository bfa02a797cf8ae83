// Forms with data-once are sent once: further presses wait for the answer; the server holds the real guard. Without a network
// they are not sent at all: a note beside the button says so, and what was typed stands. Where text or a file would be
// lost with the page, the site is asked for first. Words come from the meta element that the tag `modules` writes.
const words = document.querySelector('meta[name="rembuk-unsent"]');
const PATIENCE = 8000;

const atStake = (form) =>
  !form.hasAttribute("hx-post") &&
  [...form.elements].some((field) => (field.localName === "textarea" && field.value.trim()) || field.files?.length);

// A line that is slow is none that is broken: then the browser's own patience counts.
async function isReachable() {
  if (!navigator.onLine) return false;
  try {
    await fetch("/healthz", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return true;
  } catch (fault) {
    return fault.name === "TimeoutError";
  }
}

function release(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}

function hold(form, submitter) {
  release(form);
  form.querySelector("[data-unsent]")?.remove();
  const note = document.createElement("p");
  note.className = "draft-note draft-off";
  note.dataset.unsent = "";
  note.setAttribute("role", "alert");
  const again = document.createElement("button");
  again.type = "button";
  again.className = "btn-text";
  again.textContent = words.dataset.again;
  again.addEventListener("click", () => form.requestSubmit(submitter));
  note.append(words.content, " ", again);
  const buttons = submitter?.closest(".actions");
  if (buttons && form.contains(buttons)) buttons.after(note);
  else form.append(note);
  note.scrollIntoView({ block: "nearest" });
}

addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-once]");
  if (!form) return;
  const { submitter } = event;
  const stop = () => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  if (form.dataset.sent === "reached") {
    form.dataset.sent = "1";
    return;
  }
  if (form.dataset.sent) return stop();
  const asks = atStake(form);
  if (asks || !navigator.onLine) stop();
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
  form.querySelector("[data-unsent]")?.remove();
  if (!asks) return navigator.onLine || hold(form, submitter);
  if (!(await isReachable())) return hold(form, submitter);
  form.dataset.sent = "reached";
  form.requestSubmit(submitter);
}, true);

addEventListener("htmx:sendError", (event) => {
  const form = event.target.closest("form[data-once]");
  if (form) hold(form, null);
});
addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form[data-once]");
  if (form) release(form);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
addEventListener("online", () => document.querySelectorAll("[data-unsent]").forEach((note) => note.remove()));
