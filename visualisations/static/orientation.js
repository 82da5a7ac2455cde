// What only a browser with scripts can offer: copy the link of the answer, print it, open the picture where there is room.
(() => {
  "use strict";
  if (matchMedia("(min-width: 56rem)").matches) {
    for (const volet of document.querySelectorAll("details[data-ouvert-au-large]")) volet.open = true;
  }
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
