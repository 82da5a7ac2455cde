// Suggestions of places or actors while typing: an ARIA combobox over the field, which works without this file.
// Choosing one sends its reference (commune:14027, s3a); typing again sends the text, as the form does on its own.
(() => {
  "use strict";
  const DELAI = 150;
  const MINIMUM = 2;

  function enhance(boite) {
    const champ = boite.querySelector("input");
    const nom = champ.name;
    const liste = Object.assign(document.createElement("ul"), { id: `${champ.id}-liste`, hidden: true });
    const annonce = Object.assign(document.createElement("p"), { className: "masque" });
    const code = Object.assign(document.createElement("input"), { type: "hidden" });
    let choix = [];
    let actif = -1;
    let minuterie = 0;
    let requete = null;

    liste.setAttribute("role", "listbox");
    liste.setAttribute("aria-label", champ.labels[0].textContent.trim());
    annonce.setAttribute("role", "status");
    for (const [attribut, valeur] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": liste.id,
    })) champ.setAttribute(attribut, valeur);
    boite.append(liste, annonce, code);

    function close() {
      liste.hidden = true;
      actif = -1;
      champ.setAttribute("aria-expanded", "false");
      champ.removeAttribute("aria-activedescendant");
    }

    function highlight(rang) {
      actif = (rang + choix.length) % choix.length;
      [...liste.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === actif)));
      champ.setAttribute("aria-activedescendant", liste.children[actif].id);
      liste.children[actif].scrollIntoView({ block: "nearest" });
    }

    function choose(rang) {
      champ.value = choix[rang].texte;
      champ.removeAttribute("name");
      code.name = nom;
      code.value = choix[rang].code;
      close();
    }

    function forget() {
      champ.name = nom;
      code.removeAttribute("name");
    }

    function show(trouves) {
      choix = trouves;
      liste.replaceChildren(...choix.map((lieu, i) => {
        const option = Object.assign(document.createElement("li"), { id: `${liste.id}-${i}`, textContent: lieu.nom });
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.append(" ", Object.assign(document.createElement("small"), { textContent: lieu.precision }));
        option.addEventListener("pointerdown", (evenement) => { evenement.preventDefault(); choose(i); });
        return option;
      }));
      annonce.textContent = choix.length === 1 ? boite.dataset.compteUn : `${choix.length} ${boite.dataset.compte}`;
      if (choix.length === 0) return close();
      actif = -1;
      liste.hidden = false;
      champ.setAttribute("aria-expanded", "true");
    }

    async function search() {
      requete?.abort();
      requete = new AbortController();
      const texte = champ.value.trim();
      if (texte.length < MINIMUM) return close();
      try {
        const parametres = new URLSearchParams({ q: texte, niveau: boite.dataset.niveau ?? "commune", limite: "8" });
        const adresse = `${boite.dataset.suggestions}?${parametres}`;
        const reponse = await fetch(adresse, { signal: requete.signal, headers: { Accept: "application/json" } });
        if (!reponse.ok) return close();
        const { territoires, acteurs } = await reponse.json();
        show(territoires ? territoires.map((lieu) => readPlace(lieu, texte)) : acteurs.map(readActor));
      } catch (erreur) {
        if (erreur.name !== "AbortError") close();
      }
    }

    champ.addEventListener("input", () => {
      forget();
      clearTimeout(minuterie);
      minuterie = setTimeout(search, DELAI);
    });
    champ.addEventListener("keydown", (evenement) => {
      if (evenement.key === "ArrowDown" && liste.hidden) { search(); evenement.preventDefault(); return; }
      if (liste.hidden) return;
      if (evenement.key === "ArrowDown") { highlight(actif + 1); evenement.preventDefault(); }
      else if (evenement.key === "ArrowUp") { highlight(actif < 0 ? choix.length - 1 : actif - 1); evenement.preventDefault(); }
      else if (evenement.key === "Enter" && actif >= 0) { choose(actif); evenement.preventDefault(); }
      else if (evenement.key === "Escape") { close(); evenement.preventDefault(); }
      else if (evenement.key === "Tab" && actif >= 0) choose(actif);
    });
    champ.addEventListener("blur", close);
  }

  // « Aunay » finds « Les Monts d’Aunay » by the name of a former commune: that name is shown too.
  function readPlace(lieu, texte) {
    const ancien = fold(lieu.nom).includes(fold(texte)) ? "" : lieu.autres_noms.find((nom) => fold(nom).includes(fold(texte)));
    const commune = lieu.niveau === "commune";
    const precision = [ancien, commune ? lieu.departement : lieu.genre, lieu.code].filter(Boolean).join(", ");
    return { code: lieu.territoire ?? lieu.code, nom: lieu.nom, precision, texte: commune && lieu.departement ? `${lieu.nom} (${lieu.departement})` : lieu.nom };
  }

  function readActor({ slug, nom, precision }) {
    return { code: slug, nom, precision, texte: nom };
  }

  function fold(texte) {
    return texte.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
  }

  document.querySelectorAll("[data-suggestions]").forEach(enhance);
})();
