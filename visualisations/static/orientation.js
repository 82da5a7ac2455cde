// Copy the link of the answer, print it: two buttons that only a browser with scripts can offer.
(() => {
  "use strict";
  const boite = document.querySelector(".emporter-boutons");
  if (!boite) return;
  const annonce = document.createElement("span");
  annonce.setAttribute("role", "status");

  function add(texte, action) {
    const bouton = Object.assign(document.createElement("button"), { type: "button", className: "bouton bouton-clair", textContent: texte });
    bouton.addEventListener("click", action);
    boite.append(bouton);
  }

  add(boite.dataset.copier, async () => {
    try {
      await navigator.clipboard.writeText(document.querySelector(".emporter a").href);
      annonce.textContent = boite.dataset.copie;
    } catch {
      annonce.textContent = boite.dataset.echec;
    }
  });
  add(boite.dataset.imprimer, () => window.print());
  boite.append(annonce);
})();
