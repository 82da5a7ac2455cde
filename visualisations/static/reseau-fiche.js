// The card: what is known of the chosen actor or link. Everything is text: no markup is ever parsed.

import { countLinks } from "./reseau-etat.js";

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; text children stay text. */
export function make(nom, attributs = {}, ...enfants) {
  const element = document.createElement(nom);
  for (const [cle, valeur] of Object.entries(attributs)) {
    if (cle === "onclick") element.addEventListener("click", valeur);
    else if (valeur !== null) element.setAttribute(cle, valeur);
  }
  element.append(...enfants.filter((enfant) => enfant !== null));
  return element;
}

/** A sentence of the page's catalogue with its places filled. */
export function say(textes, cle, valeurs = {}) {
  return textes[cle].replace(/\{(\w+)\}/g, (_, nom) => String(valeurs[nom]));
}

/** « 0 acteur », « 12 acteurs »; in English only 1 is singular. */
export function count(textes, quoi, n) {
  const un = document.documentElement.lang === "en" ? n === 1 : n < 2;
  return say(textes, `${quoi}_${un ? "un" : "autres"}`, { n });
}

/** A verb before a name, as French joins them: « est membre de S3A », « est membre d’ACEPP 29 ». */
function join(verbe, nom) {
  const voyelle = /^[aeiouy]/i.test(nom.normalize("NFD"));
  return verbe.endsWith(" de") && voyelle ? `${verbe.slice(0, -1)}’` : `${verbe} `;
}

function path(d) {
  const trace = document.createElementNS(SVG, "path");
  trace.setAttribute("d", d);
  return trace;
}

function drawing(classe, cadre, ...traces) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", classe);
  svg.setAttribute("viewBox", cadre);
  svg.setAttribute("aria-hidden", "true");
  svg.append(...traces);
  return svg;
}

/** This very page, with the paths from an actor to the nearest funders. */
function pathAddress({ id }) {
  const adresse = new URL(location.href);
  adresse.searchParams.set("chemin", id);
  adresse.searchParams.set("vers", "Financeur");
  adresse.searchParams.delete("par");
  adresse.hash = "";
  return adresse.href;
}

export class Fiche {
  /** @param {object} gestes `noeud(id)`, `lien(id)`, `fermer()`. */
  constructor(boite, donnees, gestes) {
    this.boite = boite;
    this.donnees = donnees;
    this.textes = donnees.textes;
    this.gestes = gestes;
    this.noeuds = new Map(donnees.noeuds.map((noeud) => [noeud.id, noeud]));
    this.liens = new Map(donnees.liens.map((lien) => [lien.id, lien]));
    this.actions = new Set(donnees.actions.map(({ id }) => id));
  }

  /** Show what is chosen among what is visible. */
  show(etat, montre) {
    const lien = this.liens.get(etat.lien);
    const noeud = this.noeuds.get(etat.noeud);
    if (lien) this.boite.replaceChildren(...this.#link(lien));
    else if (noeud) this.boite.replaceChildren(...this.#node(noeud, montre));
    else this.boite.replaceChildren(...this.#welcome(montre));
    this.boite.classList.toggle("accueil", !lien && !noeud);
    this.boite.scrollTop = 0;
  }

  focus() {
    this.boite.focus();
  }

  #welcome(montre) {
    const premiers = [...countLinks(this.donnees, montre)].sort((un, autre) => autre[1] - un[1]).slice(0, 6);
    const lignes = premiers.map(([id, n]) => this.#line(this.noeuds.get(id), count(this.textes, "lien", n)));
    return [
      make("h2", {}, this.textes.accueil_titre),
      make("p", {}, this.textes.accueil),
      ...(lignes.length
        ? [make("h3", {}, this.textes.plus_relies), make("ul", { class: "fiche-liens" }, ...lignes)]
        : []),
    ];
  }

  #node(noeud, montre) {
    const voisins = new Map();
    for (const lien of this.donnees.liens) {
      if (!montre.liens.has(lien.id) || (lien.de !== noeud.id && lien.vers !== noeud.id)) continue;
      const autre = lien.de === noeud.id ? lien.vers : lien.de;
      voisins.set(autre, [...(voisins.get(autre) ?? []), lien]);
    }
    const liens = [...voisins.values()].flat();
    const roles = noeud.types.map((code) =>
      make("li", {}, this.#symbol(code), ` ${this.donnees.types_noeud[code].nom}`),
    );
    const complete = say(this.textes, "fiche_complete", { nom: noeud.nom });
    return [
      this.#head(noeud.nom),
      make("ul", { class: "roles" }, ...roles),
      noeud.description ? make("p", { lang: "fr" }, noeud.description) : null,
      this.#facts(noeud),
      noeud.adresse ? make("p", {}, make("a", { href: noeud.adresse }, complete)) : null,
      noeud.adresse ? make("p", {}, make("a", { href: pathAddress(noeud) }, this.textes.vers_financeur)) : null,
      make("h3", {}, this.#count(voisins)),
      liens.length
        ? make("ul", { class: "fiche-liens" }, ...liens.map((lien) => this.#neighbour(noeud, lien)))
        : make("p", { class: "absent" }, this.textes.sans_lien),
      ...this.#proofs(noeud.sources),
    ].filter(Boolean);
  }

  #facts({ lieu, quand, porte, fonctions, site }) {
    const liste = make("dl", { class: "fiche-faits" });
    const add = (cle, ...valeurs) => {
      liste.append(make("div", {}, make("dt", {}, this.textes[cle]), ...valeurs.map((v) => make("dd", {}, v))));
    };
    if (lieu) add("lieu", lieu);
    if (quand) add("quand", quand);
    if (porte.length) add("porte", ...porte);
    if (fonctions.length) add("fonctions", fonctions.join(", "));
    if (site) add("site", make("a", { href: site, rel: "noreferrer" }, site.replace(/^https?:\/\//, "")));
    return liste.childElementCount ? liste : null;
  }

  /** « 9 liens, avec 6 acteurs et 2 actions »: each actor once, though several links join it. */
  #count(voisins) {
    if (!voisins.size) return this.textes.sans_liens;
    const actions = [...voisins.keys()].filter((id) => this.actions.has(id)).length;
    return say(this.textes, actions ? "liens_avec_actions" : "liens_avec", {
      liens: count(this.textes, "lien", [...voisins.values()].flat().length),
      acteurs: count(this.textes, "acteur", voisins.size - actions),
      actions: count(this.textes, "action", actions),
    });
  }

  /** A linked actor or action: the relation and its direction in words, and a button to its proof. */
  #neighbour(noeud, lien) {
    const sortant = lien.de === noeud.id;
    const autre = this.noeuds.get(sortant ? lien.vers : lien.de);
    const verbe = sortant ? lien.aller : lien.retour;
    const ligne = this.#line(autre, lien.precision ? `(${lien.precision})` : "", verbe, lien.type);
    ligne.append(
      make(
        "button",
        {
          type: "button",
          class: "fiche-pourquoi",
          "aria-label": say(this.textes, "voir_lien", { phrase: this.sentence(lien) }),
          onclick: () => this.gestes.lien(lien.id),
        },
        "›",
      ),
    );
    return ligne;
  }

  #line(noeud, apres, verbe = "", type = "") {
    const trait = type
      ? drawing(`fiche-trait reseau-trait trait-${type}`, "0 0 20 12", this.#stroke("M0 6h20"))
      : this.#symbol(noeud.types[0]);
    const bouton = make(
      "button",
      { type: "button", class: "fiche-lien", onclick: () => this.gestes.noeud(noeud.id) },
      trait,
      verbe ? make("span", { class: "verbe" }, `${verbe} `) : null,
      make("span", { class: "nom" }, noeud.court),
      apres ? make("span", { class: "verbe" }, ` ${apres}`) : null,
    );
    return make("li", {}, bouton);
  }

  #stroke(d) {
    const trait = path(d);
    trait.setAttribute("class", "trait");
    return trait;
  }

  #symbol(code) {
    const { classe, trace } = this.donnees.types_noeud[code];
    return drawing(`symbole ${classe}`, "-1.2 -1.2 2.4 2.4", path(trace));
  }

  #link(lien) {
    const nom = (id) =>
      make("button", { type: "button", onclick: () => this.gestes.noeud(id) }, this.noeuds.get(id).court);
    const faits = lien.faits.filter(({ texte, quand }) => texte || quand);
    return [
      this.#head(this.textes.lien_titre),
      make(
        "p",
        { class: "fiche-phrase" },
        nom(lien.de),
        ` ${join(lien.aller, this.noeuds.get(lien.vers).court)}`,
        nom(lien.vers),
        lien.precision ? ` (${lien.precision})` : null,
      ),
      faits.length
        ? make("ul", { class: "liste" }, ...faits.map((fait) => make("li", {}, [fait.texte, fait.quand].filter(Boolean).join(", "))))
        : null,
      ...this.#proofs(lien.sources),
    ].filter(Boolean);
  }

  #head(titre) {
    return make(
      "div",
      { class: "fiche-tete" },
      make("h2", {}, titre),
      make(
        "button",
        { type: "button", class: "fiche-fermer", "aria-label": this.textes.fermer, onclick: () => this.gestes.fermer() },
        drawing("", "0 0 20 20", path("M4 4l12 12M16 4L4 16")),
      ),
    );
  }

  #proofs(rangs) {
    if (!rangs.length) return [];
    const preuves = rangs.map((rang) => {
      const { titre, date, lieu, citation, adresse } = this.donnees.sources[rang];
      const cite = make("cite", { lang: "fr" }, titre);
      const document_ = adresse ? make("a", { href: adresse, rel: "noreferrer" }, cite) : cite;
      const suite = [date, lieu].filter(Boolean).map((part) => `, ${part}`).join("");
      return make(
        "li",
        {},
        make(
          "figure",
          { class: "preuve" },
          citation ? make("blockquote", { lang: "fr" }, make("p", {}, citation)) : null,
          make("figcaption", {}, document_, suite),
        ),
      );
    });
    return [make("h3", {}, this.textes.sources), make("ul", { class: "fiche-preuves" }, ...preuves)];
  }

  /** A link as a sentence: « S3A représente RNMA ». */
  sentence({ de, vers, aller }) {
    const [sujet, objet] = [de, vers].map((id) => this.noeuds.get(id).court);
    return `${sujet} ${join(aller, objet)}${objet}`;
  }
}
