// Moves the ring of time on. The server drew where it stood; here only the figure and the dash change.
function turn(ring) {
  const minutes = Number(ring.dataset.ringMinutes);
  const gone = Math.max(0, (Date.now() - Date.parse(ring.dataset.ringStarted)) / 60000);
  const circle = ring.querySelector("[data-ring-length]");
  const length = Number(circle.dataset.ringLength);
  circle.setAttribute("stroke-dasharray", `${length * Math.min(1, gone / minutes)} ${length}`);
  ring.querySelector("[data-ring-figure]").textContent = String(Math.floor(gone));
  ring.classList.toggle("ring--over", gone > minutes);
}

setInterval(() => document.querySelectorAll("[data-ring-started]").forEach(turn), 5000);
