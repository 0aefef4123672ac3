// Makes a dialog modal. Without this file the link to the dialog's id shows it in the page.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const closer = event.target.closest("[data-closes]");
  const dialog = document.getElementById((opener || closer)?.dataset[opener ? "opens" : "closes"]);
  if (!dialog?.showModal) return;
  if (opener) dialog.showModal();
  else if (dialog.open) dialog.close();
  else return;
  event.preventDefault();
});
