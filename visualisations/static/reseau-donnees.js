// The network that the page holds, as the scripts read it: what the server packed is spread out again.

const NOEUD = {
  lieu: "",
  quand: "",
  description: "",
  site: "",
  communaute: "",
  periode: null,
  porte: [],
  fonctions: [],
  sources: [],
  facettes: {},
  x: 0,
  y: 0,
};
const LIEN = { precision: "", courbure: 0, faits: [], quand: [], sources: [], documents: [], periodes: [] };

/** Rows of columns of one length, without what they say nothing of. */
function rows(colonnes) {
  const champs = Object.entries(colonnes);
  return Array.from(champs[0]?.[1] ?? [], (_, rang) =>
    Object.fromEntries(champs.map(([champ, valeurs]) => [champ, valeurs[rang]]).filter(([, valeur]) => valeur !== null)),
  );
}

/** The lines of a label: given, or how many words of the name each holds, or the name on one. */
function cut(nom, lignes = [Infinity]) {
  const mots = nom.split(" ");
  return lignes.map((ligne) => (typeof ligne === "number" ? mots.splice(0, ligne).join(" ") : ligne));
}

/** Nodes, with what their rows of the tables say already. */
function spread(colonnes, table) {
  const lignes = document.querySelectorAll(`#${table} tbody tr`);
  return rows(colonnes).map((dit, rang) => {
    const lien = lignes[rang].querySelector("a");
    const nom = lien.textContent;
    const noeud = { ...NOEUD, id: lignes[rang].dataset.noeud, nom, court: nom, mention: nom, adresse: lien.getAttribute("href"), ...dit };
    return { ...noeud, etiquette: cut(noeud.court, dit.etiquette), rayon: dit.rayons.liens };
  });
}

export function readData() {
  const donnees = JSON.parse(document.getElementById("donnees").textContent);
  for (const table of ["types_noeud", "types_lien"]) {
    donnees[table] = Object.fromEntries(donnees[table].map((type) => [type.code, type]));
  }
  donnees.acteurs = spread(donnees.acteurs, "table-acteurs");
  donnees.actions = spread(donnees.actions, "table-actions");
  donnees.noeuds = [...donnees.acteurs, ...donnees.actions];
  donnees.liens = rows(donnees.liens).map((lien) => {
    const [de, vers] = [lien.de, lien.vers].map((rang) => donnees.noeuds[rang].id);
    const faits = (lien.faits ?? []).map((fait) => ({ texte: "", quand: "", ...fait }));
    return { ...LIEN, ...lien, faits, de, vers, id: `${de}.${lien.type}.${vers}` };
  });
  // Rows of links come in the order of the links: their long ids are not sent twice.
  for (const [rang, ligne] of document.querySelectorAll("#tableaux [data-lien]").entries()) {
    ligne.dataset.lien = donnees.liens[rang].id;
  }
  return donnees;
}
