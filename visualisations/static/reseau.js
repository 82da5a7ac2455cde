// The network page: one state, and everything drawn again from it (figure, tables, card, address).

import { countLinks, findVisible, readFilters, readState, tickFilters, writeAddress } from "./reseau-etat.js";
import { readData } from "./reseau-donnees.js";
import { download, listLinks, listNodes, makeCsv, makePicture } from "./reseau-exports.js";
import { Fiche, count, make, say } from "./reseau-fiche.js";
import { Figure } from "./reseau-figure.js";

const donnees = readData();
const { textes } = donnees;
const by = (id) => document.getElementById(id);
const form = by("filtres");
// The server filters when the page holds a part of the network only, and finds the paths among the links shown.
const parServeur = donnees.partiel || donnees.chemins.length > 0;
const noeuds = new Map(donnees.noeuds.map((noeud) => [noeud.id, noeud]));
const liens = new Map(donnees.liens.map((lien) => [lien.id, lien]));

let etat;
let montre;
let figure;
let fiche;
let retour = null;

function start() {
  document.documentElement.classList.add("avec-script");
  for (const element of document.querySelectorAll("[data-avec-script]")) element.hidden = false;
  for (const element of document.querySelectorAll("[data-sans-script]")) element.hidden = true;
  if (matchMedia("(max-width: 63.99rem)").matches) by("replier").open = false;
  makeRowsActive();
  makePathsActive();
  by("noms").append(...donnees.noeuds.map(({ mention }) => make("option", { value: mention })));
  fiche = new Fiche(by("fiche"), donnees, { noeud: chooseByHand, lien: chooseLinkByHand, fermer: close });
  figure = new Figure(by("toile"), donnees, {
    noeud: (id) => choose({ noeud: id, lien: null }),
    lien: (id) => choose({ lien: id }),
    rien: () => (etat.noeud || etat.lien) && choose({ noeud: null, lien: null, pas: 0 }),
    survol: showSentence,
  });
  by("toile").reseau = figure; // for the console and the tests
  listen();
  restore();
}

// ---------- state ----------

function restore() {
  etat = readState(form, location);
  if (!noeuds.has(etat.noeud)) etat.noeud = null;
  if (!liens.has(etat.lien)) etat.lien = null;
  draw();
  figure.fit(followed()?.noeuds);
}

/** Change the state; a choice is a step that the Back button undoes, a filter is not. */
function change(nouveau, { etape = false, cadrer = false } = {}) {
  etat = { ...etat, ...nouveau };
  if (!etat.noeud) etat.pas = 0;
  draw();
  const adresse = writeAddress(etat, donnees.territoire.ref);
  if (etape) history.pushState(null, "", adresse);
  else history.replaceState(null, "", adresse);
  if (cadrer) figure.fit();
}

function choose(choix) {
  change(choix, { etape: true, cadrer: etat.pas > 0 });
}

function chooseByHand(id) {
  retour ??= document.activeElement;
  choose({ noeud: id, lien: null });
  if (!etat.tableau && montre.noeuds.has(id)) figure.reveal(id);
  fiche.focus();
}

function chooseLinkByHand(id) {
  retour ??= document.activeElement;
  choose({ lien: id });
  fiche.focus();
}

/** Leave a link for its node, a node for nothing, and go back to where the card was opened from. */
function close() {
  choose(etat.lien && etat.noeud ? { lien: null } : { noeud: null, lien: null, pas: 0 });
  if (etat.noeud) {
    fiche.focus();
    return;
  }
  const cible = retour?.isConnected ? retour : etat.tableau ? by("voir-tableau") : figure.cadre;
  retour = null;
  cible.focus();
}

// ---------- drawing ----------

function draw() {
  montre = findVisible(donnees, etat);
  const choix = { noeud: etat.lien ? null : etat.noeud, lien: etat.lien };
  figure.update(montre, drawnRoles(), choix, etat.taille);
  figure.follow(followed());
  fiche.show(etat, montre);
  drawTables();
  by("etat").textContent = sayState();
  figure.cadre.setAttribute("aria-label", say(textes, "figure", { etat: sayState() }));
  by("figure").hidden = etat.tableau;
  by("tableaux").hidden = !etat.tableau;
  by("voir-figure").setAttribute("aria-pressed", String(!etat.tableau));
  by("voir-tableau").setAttribute("aria-pressed", String(etat.tableau));
  by("exporter-image").hidden = etat.tableau;
  by("voisinage").disabled = !etat.noeud;
  by("voisinage").value = String(etat.pas);
}

/** The path chosen in the list, else all of them. */
function followed() {
  const suivis = donnees.chemins[etat.chemin] ? [donnees.chemins[etat.chemin]] : donnees.chemins;
  for (const [rang, bouton] of [...document.querySelectorAll("[data-chemin] button")].entries()) {
    bouton.setAttribute("aria-pressed", String(rang === etat.chemin));
  }
  if (!suivis.length) return null;
  return {
    noeuds: new Set(suivis.flatMap((chemin) => chemin.noeuds)),
    liens: new Set(suivis.flatMap((chemin) => chemin.etapes.flatMap((etape) => etape.liens))),
  };
}

/** Titles of paths light them up in the figure. */
function makePathsActive() {
  for (const titre of document.querySelectorAll("[data-chemin] h3")) {
    const rang = Number(titre.closest("[data-chemin]").dataset.chemin);
    const montrer = () => change({ chemin: etat.chemin === rang ? null : rang, noeud: null, lien: null });
    titre.replaceChildren(make("button", { type: "button", onclick: montrer }, titre.textContent));
  }
}

/** The role each node is drawn in: its first one that is ticked. */
function drawnRoles() {
  return new Map(
    donnees.noeuds.map(({ id, types }) => [id, types.find((code) => etat.types.has(code)) ?? types[0]]),
  );
}

function drawTables() {
  const degres = countLinks(donnees, montre);
  for (const ligne of document.querySelectorAll("#tableaux [data-noeud]")) {
    const { noeud } = ligne.dataset;
    ligne.hidden = !montre.noeuds.has(noeud);
    ligne.classList.toggle("choisi", noeud === etat.noeud);
    ligne.querySelector(".nombre").textContent = degres.get(noeud) ?? 0;
  }
  for (const ligne of document.querySelectorAll("#tableaux [data-lien]")) {
    ligne.hidden = !montre.liens.has(ligne.dataset.lien);
    ligne.classList.toggle("choisi", ligne.dataset.lien === etat.lien);
  }
}

/** « 32 acteurs, 2 actions et 57 liens affichés », and out of how many when some are hidden. */
function sayState() {
  const visibles = (parmi) => parmi.filter(({ id }) => montre.noeuds.has(id)).length;
  const actions = visibles(donnees.actions);
  const dit = say(textes, actions ? "etat_actions" : "etat", {
    acteurs: count(textes, "acteur", visibles(donnees.acteurs)),
    actions: count(textes, "action", actions),
    liens: count(textes, "lien", montre.liens.size),
  });
  const entier = montre.noeuds.size === donnees.noeuds.length && montre.liens.size === donnees.liens.length;
  if (entier) return dit;
  const tous = count(textes, "acteur", donnees.acteurs.length);
  return say(textes, "etat_sur", { etat: dit, tous, total: count(textes, "lien", donnees.liens.length) });
}

/** The hovered link in words, under the figure. */
function showSentence(_, id) {
  const lien = liens.get(id);
  const phrase = by("phrase");
  phrase.hidden = !lien;
  if (!lien) return;
  const precision = lien.precision ? ` (${lien.precision})` : "";
  phrase.textContent = fiche.sentence(lien) + precision;
}

/** In the tables, names open the card here instead of leaving the page. */
function makeRowsActive() {
  for (const nom of document.querySelectorAll("#tableaux [data-noeud] :is(a, .nom)")) {
    const { noeud } = nom.closest("tr").dataset;
    nom.replaceWith(make("button", { type: "button", onclick: () => chooseByHand(noeud) }, nom.textContent));
  }
  for (const cellule of document.querySelectorAll("#table-liens tbody .verbe")) {
    const id = cellule.closest("tr").dataset.lien;
    const texte = cellule.textContent;
    cellule.replaceChildren(make("button", { type: "button", onclick: () => chooseLinkByHand(id) }, texte));
  }
}

// ---------- gestures ----------

function listen() {
  form.addEventListener("change", ({ target }) => {
    if (target.name && target.name !== "territoire") filter();
  });
  form.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    location.assign(writeAddress({ ...etat, noeud: null, lien: null }, by("territoire").value));
  });
  for (const lien of document.querySelectorAll("[data-par]")) {
    lien.addEventListener("click", () => {
      const adresse = new URL(writeAddress({ ...etat, noeud: null, lien: null, tableau: false }, donnees.territoire.ref), location.href);
      adresse.searchParams.set("par", lien.dataset.par);
      for (const nom of ["chemin", "vers"]) adresse.searchParams.delete(nom);
      lien.href = adresse;
    });
  }
  by("voisinage").addEventListener("change", ({ target }) => {
    change({ pas: Number(target.value) }, { cadrer: true });
  });
  by("tout-afficher").addEventListener("click", showAll);
  by("voir-figure").addEventListener("click", () => change({ tableau: false }, { cadrer: true }));
  by("voir-tableau").addEventListener("click", () => change({ tableau: true }));
  by("agrandir").addEventListener("click", () => figure.zoom(1.35));
  by("reduire").addEventListener("click", () => figure.zoom(1 / 1.35));
  by("cadrer").addEventListener("click", () => figure.fit());
  by("exporter-image").addEventListener("click", exportPicture);
  by("exporter-acteurs").addEventListener("click", () => exportCsv("acteurs", listNodes(donnees, montre, countLinks(donnees, montre))));
  by("exporter-liens").addEventListener("click", () => exportCsv("liens", listLinks(donnees, montre)));
  by("copier").addEventListener("click", copyAddress);
  by("recherche").addEventListener("input", () => search(false));
  by("recherche").addEventListener("keydown", (evenement) => {
    if (evenement.key !== "Enter") return;
    evenement.preventDefault();
    search(true);
  });
  figure.cadre.addEventListener("keydown", ({ key }) => key === "0" && figure.fit());
  by("plan").addEventListener("keydown", ({ key }) => key === "Escape" && (etat.noeud || etat.lien) && close());
  window.addEventListener("popstate", restore);
  window.addEventListener("beforeprint", () => figure.fade(false));
  window.addEventListener("afterprint", () => figure.fade(true));
  document.addEventListener("click", ({ target }) => {
    if (!target.closest("#exports > summary")) by("exports").open = false;
  });
}

function filter() {
  const filtres = readFilters(form);
  // Groups are found by the server, and paths among the links shown.
  if (parServeur || filtres.communautes !== etat.communautes) location.assign(writeAddress({ ...etat, ...filtres }, donnees.territoire.ref));
  else change(filtres);
}

function showAll() {
  tickFilters(form, "");
  etat.pas = 0;
  filter();
  figure.fit();
}

const fold = (texte) => texte.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("’", "'").toLowerCase().trim();

/** A whole name opens its card; Enter takes the first name that holds what was typed. */
function search(entree) {
  const voulu = fold(by("recherche").value);
  const visibles = donnees.noeuds.filter(({ id }) => montre.noeuds.has(id));
  const trouve =
    visibles.find(({ mention }) => fold(mention) === voulu) ??
    (entree && voulu
      ? (visibles.find(({ mention }) => fold(mention).startsWith(voulu)) ??
        visibles.find(({ mention }) => fold(mention).includes(voulu)))
      : undefined);
  const vide = by("recherche-vide");
  vide.hidden = !(entree && voulu && !trouve);
  vide.textContent = vide.hidden ? "" : textes.absent;
  if (trouve) chooseByHand(trouve.id);
}

// ---------- taking away ----------

function fileName(suite) {
  const lieu = donnees.territoire.ref.replace(":", "-");
  return [textes.fichier, lieu, suite].filter(Boolean).join("-");
}

function exportCsv(quoi, lignes) {
  download(new Blob([makeCsv(lignes)], { type: "text/csv;charset=utf-8" }), `${fileName(quoi)}.csv`);
}

async function exportPicture() {
  const roles = drawnRoles();
  const types = new Set([...montre.noeuds].map((id) => roles.get(id)));
  const genres = new Set([...montre.liens].map((id) => liens.get(id).type));
  const titre = say(textes, "titre", { lieu: donnees.territoire.nom });
  const image = await makePicture(figure, donnees, { titre, etat: sayState(), types, genres });
  download(image, `${fileName("")}.png`);
}

async function copyAddress() {
  let dit = textes.copie;
  try {
    await navigator.clipboard.writeText(location.href);
  } catch {
    dit = textes.copie_impossible;
  }
  by("etat").textContent = dit;
  setTimeout(() => {
    by("etat").textContent = sayState();
  }, 4000);
}

start();
