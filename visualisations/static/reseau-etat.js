// What is shown and what is chosen: read from the page's address and form, written back to the address.
// Filters live in the query (the server understands them too), the rest after « # ».
// A node is an actor or an action: { id, types, … }; a link joins two of them: { id, de, vers, type, … }.

const AUCUN = "aucun";
const INCONNU = "non-renseigne";
const FACETTES = ["secteur", "stade", "reseau", "source"];
const DITS = ["territoire", "type", "lien", "isoles", ...FACETTES, "date", "taille", "communautes"]; // the rest of an address is kept as it is

/** Tick the boxes that an address asks for: none named means all. */
export function tickFilters(form, search) {
  const requete = new URLSearchParams(search);
  for (const nom of ["type", "lien"]) {
    const demandes = requete.getAll(nom);
    for (const une of form.querySelectorAll(`input[name="${nom}"]`)) {
      une.checked = !demandes.length || demandes.includes(une.value);
    }
  }
  form.querySelector('input[name="isoles"]').checked = requete.get("isoles") === "0";
  for (const nom of [...FACETTES, "date"]) {
    if (form.elements[nom]) form.elements[nom].value = requete.get(nom) ?? "";
  }
  form.elements.taille.value = requete.get("taille") || "liens";
  form.elements.communautes.checked = requete.get("communautes") === "1";
}

/** Read the whole state: ticked boxes, then #a=node&l=link&v=steps&c=path&t=table. */
export function readState(form, { search, hash }) {
  tickFilters(form, search);
  const ancre = new URLSearchParams(hash.replace(/^#/, ""));
  const pas = Number(ancre.get("v"));
  return {
    ...readFilters(form),
    noeud: ancre.get("a"),
    lien: ancre.get("l"),
    pas: pas === 1 || pas === 2 ? pas : 0,
    chemin: /^\d$/.test(ancre.get("c") ?? "") ? Number(ancre.get("c")) : null,
    tableau: ancre.get("t") === "1",
  };
}

/** Filters as the boxes say; `tousTypes` and `tousLiens` are true when no box is unticked. */
export function readFilters(form) {
  const read = (nom) => {
    const cases = [...form.querySelectorAll(`input[name="${nom}"]`)];
    const choisis = cases.filter((une) => une.checked).map((une) => une.value);
    return [new Set(choisis), choisis.length === cases.length];
  };
  const [types, tousTypes] = read("type");
  const [liens, tousLiens] = read("lien");
  const relies = form.querySelector('input[name="isoles"]').checked;
  const facettes = FACETTES.map((nom) => [nom, form.elements[nom]?.value]).filter(([, valeur]) => valeur);
  const { date, taille, communautes } = form.elements;
  return {
    types,
    tousTypes,
    liens,
    tousLiens,
    relies,
    facettes,
    jour: date.value,
    taille: taille.value,
    communautes: communautes.checked,
  };
}

/** The address that restores a state; filters that hide nothing are left out. */
export function writeAddress(etat, territoire) {
  const requete = new URLSearchParams();
  if (territoire) requete.set("territoire", territoire);
  for (const [nom, valeur] of new URLSearchParams(location.search)) {
    if (!DITS.includes(nom)) requete.append(nom, valeur);
  }
  const add = (nom, tous, choisis) => {
    if (tous) return;
    for (const code of choisis.size ? choisis : [AUCUN]) requete.append(nom, code);
  };
  add("type", etat.tousTypes, etat.types);
  add("lien", etat.tousLiens, etat.liens);
  if (etat.relies) requete.set("isoles", "0");
  for (const [nom, valeur] of etat.facettes) requete.set(nom, valeur);
  if (etat.jour) requete.set("date", etat.jour);
  if (etat.taille !== "liens") requete.set("taille", etat.taille);
  if (etat.communautes) requete.set("communautes", "1");
  const ancre = new URLSearchParams();
  if (etat.noeud) ancre.set("a", etat.noeud);
  if (etat.lien) ancre.set("l", etat.lien);
  if (etat.noeud && etat.pas) ancre.set("v", etat.pas);
  if (etat.chemin !== null) ancre.set("c", etat.chemin);
  if (etat.tableau) ancre.set("t", "1");
  const avant = requete.size ? `?${requete}` : "";
  // « : » and « . » may stand as they are; a readable address is one that people dare to share.
  const lisible = (texte) => texte.replaceAll("%3A", ":");
  return location.pathname + lisible(avant + (ancre.size ? `#${ancre}` : ""));
}

/** Nodes and links that a state shows: the same rule as `filter_reseau` on the server, then the focus. */
export function findVisible({ noeuds: tous, liens: relations }, etat) {
  let noeuds = new Set(tous.filter((noeud) => showsNode(noeud, etat)).map(({ id }) => id));
  let liens = relations.filter(
    (lien) => noeuds.has(lien.de) && noeuds.has(lien.vers) && showsLink(lien, etat),
  );
  if (etat.relies) noeuds = new Set(liens.flatMap(({ de, vers }) => [de, vers]));
  if (etat.pas && noeuds.has(etat.noeud)) {
    const proches = reach(etat.noeud, liens, etat.pas);
    noeuds = new Set([...noeuds].filter((id) => proches.has(id)));
    liens = liens.filter(({ de, vers }) => proches.has(de) && proches.has(vers));
  }
  return { noeuds, liens: new Set(liens.map(({ id }) => id)) };
}

const has = (codes, voulu) => (codes?.length ? codes.includes(voulu) : voulu === INCONNU);

/** True unless a date says that something had not begun, or was over, that day. */
const mayHold = ([debut, fin], jour) => !(debut && debut > jour) && !(fin && fin < jour);

function showsNode({ types, facettes, periode }, etat) {
  return (
    types.some((code) => etat.types.has(code)) &&
    (!etat.jour || !periode || mayHold(periode, etat.jour)) &&
    etat.facettes.every(([nom, voulu]) => has(facettes[nom], voulu))
  );
}

function showsLink({ type, documents, periodes }, { liens, facettes, jour }) {
  const source = facettes.find(([nom]) => nom === "source")?.[1];
  return (
    liens.has(type) &&
    (!source || has(documents, source)) &&
    (!jour || !periodes.length || periodes.some((periode) => mayHold(periode, jour)))
  );
}

/** Number of visible links of each node. */
export function countLinks({ liens }, montre) {
  const degres = new Map();
  for (const { id, de, vers } of liens) {
    if (!montre.liens.has(id)) continue;
    for (const bout of [de, vers]) degres.set(bout, (degres.get(bout) ?? 0) + 1);
  }
  return degres;
}

/** Nodes within some steps of one, itself included. */
function reach(depart, liens, pas) {
  const atteints = new Set([depart]);
  for (let tour = 0; tour < pas; tour += 1) {
    const avant = new Set(atteints);
    for (const { de, vers } of liens) {
      if (avant.has(de)) atteints.add(vers);
      if (avant.has(vers)) atteints.add(de);
    }
  }
  return atteints;
}
