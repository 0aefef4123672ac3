// Notes that save themselves: says when they could not be saved, tries again, and loses no word.
// Without this file they are saved with each button.
const form = document.querySelector("[data-notes]");
const text = form.elements.text;
const first = 5000;
const longest = 60000;
let pause = first;
let sent = text.value;
let waiting = false; // a save is on its way
let failed = false;
let pressed = null; // the button that waits until everything is saved
let timer = 0;

const isOurs = ({ detail }) => (detail.requestConfig?.elt ?? detail.elt) === text;

function say(words) {
  const saved = document.getElementById("saved");
  saved.classList.add("saved--careful");
  saved.textContent = words;
}

function fail(words) {
  failed = true;
  pressed = null;
  say(words);
  clearTimeout(timer);
  timer = setTimeout(() => htmx.trigger(text, "save"), pause);
  pause = Math.min(2 * pause, longest);
}

// What another window wrote comes first; what was typed since this was sent goes on after it.
function takeOver(kept) {
  const since = text.value.startsWith(sent) ? text.value.slice(sent.length) : `\n${text.value}`;
  const fromEnd = text.value.length - text.selectionEnd;
  text.value = kept + since;
  if (document.activeElement === text) text.selectionStart = text.selectionEnd = text.value.length - fromEnd;
}

document.addEventListener("htmx:configRequest", (event) => {
  if (!isOurs(event)) return;
  // Who signed in again in another window has a new token.
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  if (!token) return;
  form.elements.csrfmiddlewaretoken.value = token[1];
  event.detail.parameters.csrfmiddlewaretoken = token[1];
  event.detail.headers["X-CSRFToken"] = token[1];
});

document.addEventListener("htmx:beforeSend", (event) => {
  if (!isOurs(event)) return;
  waiting = true;
  sent = text.value;
});

// A page to sign in comes with a good status; it is no answer to what was sent.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isOurs(event) || event.detail.xhr.status >= 400) return;
  if (event.detail.xhr.responseText.includes('id="saved"')) return;
  event.detail.shouldSwap = false;
  waiting = false;
  fail(form.dataset.signedOut);
});

for (const name of ["sendError", "responseError", "timeout"]) {
  document.addEventListener(`htmx:${name}`, (event) => {
    if (!isOurs(event)) return;
    waiting = false;
    fail(form.dataset.notSaved);
  });
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (!isOurs(event)) return;
  const { version, kept } = document.getElementById("saved").dataset;
  const button = pressed;
  pressed = null;
  waiting = failed = false;
  pause = first;
  clearTimeout(timer);
  if (version) form.elements.seen.value = version;
  if (kept) takeOver(kept);
  // Whoever has just been shown another text reads it first.
  else if (version && button) form.requestSubmit(button);
});

// Once something is noted the session did start.
text.addEventListener("input", () => document.querySelector("[data-take-back]")?.toggleAttribute("hidden", text.value.trim() !== ""));

// A button leads on only when nothing typed is still under way, or could be lost.
form.addEventListener("submit", (event) => {
  if (!waiting && !failed) return;
  event.preventDefault();
  pressed = event.submitter;
  if (failed) htmx.trigger(text, "save");
});

window.addEventListener("online", () => failed && htmx.trigger(text, "save"));
window.addEventListener("beforeunload", (event) => failed && event.preventDefault());
