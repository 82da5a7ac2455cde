// Links to the files of a view ask for what the page shows now: filters change the address without a reload.

function follow(evenement) {
  const lien = evenement.target.closest?.("a[data-emporter]");
  if (!lien) return;
  const requete = new URLSearchParams(location.search).toString().replaceAll("%3A", ":");
  lien.href = lien.pathname + (requete ? `?${requete}` : "");
}

for (const geste of ["pointerdown", "focusin", "click", "contextmenu"]) {
  document.addEventListener(geste, follow, true);
}
