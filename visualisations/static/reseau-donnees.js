// The network that the page holds, as the scripts read it: what the server packed is spread out again.

const NOEUD = {
  lieu: "",
  quand: "",
  description: "",
  adresse: "",
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

export function readData() {
  const donnees = JSON.parse(document.getElementById("donnees").textContent);
  for (const table of ["types_noeud", "types_lien"]) {
    donnees[table] = Object.fromEntries(donnees[table].map((type) => [type.code, type]));
  }
  const spread = (noeud) => ({ ...NOEUD, court: noeud.nom, mention: noeud.nom, ...noeud });
  donnees.acteurs = donnees.acteurs.map(spread);
  donnees.actions = donnees.actions.map(spread);
  donnees.noeuds = [...donnees.acteurs, ...donnees.actions];
  donnees.liens = donnees.liens.map((lien) => {
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
