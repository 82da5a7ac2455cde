// Puts YASGUI's editor and table in place of the plain form, once they and the vocabulary are here.
import { enseigner } from "./editeur-completion.js";
import { verifier } from "./editeur-syntaxe.js";
import { securiser } from "./editeur-tableau.js";

const ADRESSE_MAX = 6000; // characters of a query kept in the address
const $ = (id) => document.getElementById(id);
const zone = $("editeur");
const langue = document.documentElement.lang;
const sparql = new URL($("simple").action); // wherever the site is: its path is written in the page
const racine = new URL(".", sparql).href;
const { mots, outil, table } = JSON.parse($("mots").textContent);

function charger(adresse) {
  return new Promise((fini, echec) => {
    const script = document.createElement("script");
    script.src = adresse;
    script.onload = fini;
    script.onerror = () => echec(new Error(adresse));
    document.head.append(script);
  });
}

async function lireVocabulaire() {
  const reponse = await fetch(`${racine}sparql/vocabulaire?lang=${langue}`);
  if (!reponse.ok) throw new Error(reponse.statusText);
  return reponse.json();
}

// ---- the editor

function faireEditeur({ Yasqe }, vocabulaire) {
  verifier(Yasqe, vocabulaire.prefixes, mots);
  const demander = enseigner(Yasqe, vocabulaire, mots);
  const yasqe = new Yasqe($("saisie"), {
    value: $("query").value,
    requestConfig: {
      endpoint: sparql.origin + sparql.pathname,
      method: (editeur) => (editeur.getValue().length > ADRESSE_MAX ? "POST" : "GET"), // a GET can be answered 304
    },
    prefixCcApi: null,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto", // no scroll inside the page: a keyboard could not reach it
    viewportMargin: Infinity,
    screenReaderLabel: mots.saisie,
  });
  yasqe.showNotification = () => {}; // in English; the page says it
  yasqe.addPrefixes(connus(yasqe, vocabulaire.prefixes));
  yasqe.setOption("extraKeys", {
    ...yasqe.getOption("extraKeys"),
    "Ctrl-Space": demander,
    Tab: false, // leaves the editor, as everywhere on the page
    "Shift-Tab": false,
  });
  return yasqe;
}

// The server knows them; written out, the query is right everywhere.
function connus(yasqe, prefixes) {
  const declares = yasqe.getPrefixesFromQuery();
  const employes = new Set(Array.from(yasqe.getValue().matchAll(/(?<![\w?$<-])([a-z]+):/g), ([, nom]) => nom));
  return Object.fromEntries(Object.entries(prefixes).filter(([nom]) => employes.has(nom) && !(nom in declares)));
}

// ---- the answer

function faireReponse({ Yasr }, vocabulaire) {
  const reglages = Yasr.plugins.table.defaults.tableConfig;
  reglages.language = {
    ...reglages.language,
    ...table,
    aria: {
      orderable: mots.trier,
      orderableReverse: mots.trier_inverse,
      orderableRemove: mots.trier_plus,
      paginate: { first: mots.premiere, previous: mots.precedente, next: mots.suivante, last: mots.derniere },
    },
  };
  const prefixes = Object.entries(vocabulaire.prefixes).sort(([, a], [, b]) => b.length - a.length);
  securiser(Yasr, { base: zone.dataset.base, racine, prefixes, rang: mots.rang });
  const yasr = new Yasr($("resultats"), { persistenceId: null, getDownloadFileName: () => "maillage" });
  new MutationObserver(() => ranger(yasr)).observe($("resultats"), { childList: true, subtree: true });
  ranger(yasr);
  return yasr;
}

// YASGUI speaks English, and leaves a control without a name.
function ranger(yasr) {
  for (const partie of yasr.rootEl.querySelectorAll(".yasr_header *, .booleanResult span")) {
    for (const nom of ["title", "aria-label", "placeholder"]) {
      const dit = outil[partie.getAttribute(nom)];
      if (dit) partie.setAttribute(nom, dit);
    }
    const dit = !partie.childElementCount && outil[partie.textContent.trim()];
    if (dit && dit !== partie.textContent) partie.textContent = dit;
  }
  yasr.rootEl.querySelector(".tableSizer")?.setAttribute("aria-label", outil["Page size:"]);
}

function dire(etat, refus = "", coupee = "") {
  $("suite").hidden = false;
  $("etat").textContent = etat;
  for (const [id, texte] of [["refus", refus], ["coupee", coupee]]) {
    $(id).textContent = texte;
    $(id).hidden = !texte;
  }
}

function direRefus(erreur) {
  if (erreur.name === "AbortError") return dire(mots.arretee);
  try {
    return dire("", JSON.parse(erreur.message).detail);
  } catch {
    return dire("", mots.panne);
  }
}

function compter(resultats, secondes) {
  const booleen = resultats.getBoolean();
  if (typeof booleen === "boolean") return booleen ? mots.oui : mots.non;
  const nombre = resultats.getBindings()?.length ?? 0;
  return (new Intl.PluralRules(langue).select(nombre) === "one" ? mots.ligne : mots.lignes)
    .replace("_N_", nombre.toLocaleString(langue))
    .replace("_S_", secondes.toLocaleString(langue, { maximumFractionDigits: 2 }));
}

function montrer(yasr, reponse, duree) {
  const bon = !(reponse instanceof Error);
  $("arreter").hidden = true;
  $("resultats").hidden = !bon;
  if ($("reponse").getBoundingClientRect().top > innerHeight * 0.75) $("suite").scrollIntoView();
  if (!bon) return direRefus(reponse);
  yasr.setResponse(reponse, duree);
  const gardees = /lignes=(\d+)/.exec(reponse.headers.get("X-Maillage-Tronque"))?.[1];
  const coupee = gardees ? mots.coupee.replace("_N_", Number(gardees).toLocaleString(langue)) : "";
  return dire(compter(yasr.results, Math.max(duree, 10) / 1000), "", coupee);
}

function retenir(yasqe) {
  const requete = yasqe.getValue();
  if (requete.length <= ADRESSE_MAX) history.replaceState(null, "", `?query=${encodeURIComponent(requete)}`);
}

// ---- together

const [, vocabulaire] = await Promise.all([charger($("yasgui").href), lireVocabulaire()]);
zone.hidden = false;
$("simple").hidden = true;
const yasqe = faireEditeur(globalThis.Yasgui, vocabulaire);
const yasr = faireReponse(globalThis.Yasgui, vocabulaire);
Object.assign(yasr.resultsEl, { tabIndex: 0, role: "region", ariaLabel: mots.region });

yasqe.on("query", () => {
  $("arreter").hidden = false;
  dire(mots.cours);
  retenir(yasqe);
});
yasqe.on("queryResponse", (_, reponse, duree) => montrer(yasr, reponse, duree));
$("lancer").addEventListener("click", () => yasqe.query().catch(() => {})); // said by queryResponse
$("arreter").addEventListener("click", () => yasqe.abortQuery());
zone.dataset.prete = "";
if ("lancee" in zone.dataset) $("lancer").click();
