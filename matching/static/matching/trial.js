// Sliders beside the numbers of two sets of rules. Without this file the numbers stand alone.
for (const slider of document.querySelectorAll("[data-slides]")) {
  const number = document.getElementById(slider.dataset.slides);
  const follow = () => { slider.value = number.value; };
  follow();
  slider.hidden = false;
  slider.addEventListener("input", () => { number.value = slider.value; });
  number.addEventListener("input", follow);
}

const trial = document.querySelector("[data-trial]");
const said = document.getElementById("trial-said");
const result = document.getElementById("trial");

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.elt === trial) result.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.elt === trial) result.removeAttribute("aria-busy");
});

// What stood there belongs to other rules, so it must not stay.
for (const name of ["sendError", "responseError"]) {
  document.addEventListener(`htmx:${name}`, ({ detail }) => {
    if (detail.elt !== trial) return;
    result.textContent = said.textContent = trial.dataset.trial;
  });
}

// A page to sign in comes with a good status; it is no answer to what was sent.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target !== result || event.detail.xhr.responseText.includes('id="trial-said"')) return;
  event.detail.shouldSwap = false;
  result.textContent = said.textContent = trial.dataset.trial;
});
