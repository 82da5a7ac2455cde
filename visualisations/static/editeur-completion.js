// What is proposed while one types: the terms that contain the word under the cursor, by name or by label.
const AVANT = /[^\s{}()[\],;"'?$|^*+!=&]*$/;
const APRES = /^[^\s{}()[\],;"'?$|^*+!=&]*/;
const COURT = 2; // letters before anything is proposed by itself
const NOMBRE = 60;

// Without accents nor case: « Employé » is found by « employe ».
const plier = (texte) => texte.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function prepare([nom, libelle, genre]) {
  const local = plier(nom.replace(/^.*[:/]|>$/g, ""));
  return { nom, libelle, genre, local, cherche: plier(`${nom} ${libelle}`), dit: plier(libelle) };
}

// Names that begin with the word come first, then labels, then words of labels, then the rest.
function rang(terme, mot) {
  if (!terme.cherche.includes(mot)) return -1;
  return [terme.local.startsWith(mot), terme.dit.startsWith(mot), terme.dit.includes(` ${mot}`), true].indexOf(true);
}

function motSous(yasqe) {
  const { line, ch } = yasqe.getDoc().getCursor();
  const ligne = yasqe.getLine(line);
  const debut = ch - AVANT.exec(ligne.slice(0, ch))[0].length;
  const fin = ch + APRES.exec(ligne.slice(ch))[0].length;
  const avant = ligne.slice(0, debut);
  const dansUnTexte = ['"', "'"].some((signe) => avant.split(signe).length % 2 === 0); // closed or not yet
  const declare = /(^|\s)(prefix|base)\s+$/i.test(avant); // a name to give, or the IRI that it stands for
  return { line, debut, fin, texte: ligne.slice(debut, fin), autre: dansUnTexte || declare || /[?$]$/.test(avant) };
}

// After `a`, a class; where a predicate may stand, a property; elsewhere anything.
function genresAttendus(yasqe, mot) {
  const token = yasqe.getTokenAt({ line: mot.line, ch: mot.debut });
  const avant = yasqe.getPreviousNonWsToken(mot.line, token.type === "ws" ? token : { ...token, start: mot.debut });
  if (["a", "rdf:type"].includes(avant?.string)) return ["classe"];
  return yasqe.getCompleteToken().state.possibleCurrent.includes("a") ? ["propriete"] : ["notion", "lieu", "classe", "propriete"];
}

// As the query declares it, else by the known prefix, else whole.
function ecrire(yasqe, nom, prefixes) {
  const [, prefixe, local] = /^([\w-]+):(.*)$/.exec(nom) ?? [];
  const iri = prefixe in prefixes ? prefixes[prefixe] + local : /^<(.*)>$/.exec(nom)?.[1];
  if (!iri) return nom;
  const declares = yasqe.getPrefixesFromQuery();
  const sien = Object.entries(declares)
    .find(([, base]) => iri.startsWith(base) && /^[\w-]+$/.test(iri.slice(base.length)));
  if (sien) return `${sien[0]}:${iri.slice(sien[1].length)}`;
  return prefixe in declares ? `<${iri}>` : nom; // the name stands for something else there
}

/**
 * Teach the editor the terms of the graph.
 * @param {typeof Yasqe} Yasqe the editor's class
 * @param {{prefixes: Record<string, string>, schemas: Record<string, string>, termes: [string, string, string][]}} vocabulaire
 * @param {Record<string, string>} mots names of the kinds
 * @returns {(yasqe: Yasqe) => void} how to ask for proposals
 */
export function enseigner(Yasqe, vocabulaire, mots) {
  const termes = vocabulaire.termes.map(prepare);
  const parNom = new Map(termes.map((terme) => [terme.nom, terme]));
  const prefixes = { ...vocabulaire.schemas, ...vocabulaire.prefixes };
  let demande = false;

  Yasqe.forkAutocompleter("prefixes", {
    name: "maillage-prefixes",
    persistenceId: null,
    get: () => Object.entries(prefixes).map(([nom, base]) => `${nom}: <${base}>`),
  }, false);

  Yasqe.registerAutocompleter({
    name: "maillage-termes",
    bulk: false,
    autoShow: true,
    isValidCompletionPosition(yasqe) {
      const mot = motSous(yasqe);
      if (mot.autre || mot.texte.startsWith("#") || yasqe.getCompleteToken().type === "comment") return false;
      return (demande || mot.texte.length >= COURT) && !parNom.has(mot.texte);
    },
    preProcessToken(yasqe, token) {
      const mot = motSous(yasqe);
      return { ...token, string: mot.texte || " ", autocompletionString: mot.texte, from: { ch: mot.debut }, to: { ch: mot.fin } };
    },
    get(yasqe, token) {
      const mot = plier(token.autocompletionString);
      const genres = genresAttendus(yasqe, motSous(yasqe));
      return termes
        .filter((terme) => genres.includes(terme.genre))
        .map((terme) => ({ terme, place: rang(terme, mot) }))
        .filter(({ place }) => place >= 0)
        .sort((a, b) => a.place - b.place || genres.indexOf(a.terme.genre) - genres.indexOf(b.terme.genre))
        .slice(0, NOMBRE)
        .map(({ terme }) => terme.nom);
    },
    postprocessHints: (yasqe, propositions) => propositions.map((proposition) => {
      const { nom, libelle, genre } = parNom.get(proposition.text);
      const dit = ["notion", "lieu"].includes(genre) ? libelle : libelle ? `${nom} : ${libelle}` : nom;
      return { ...proposition, text: ecrire(yasqe, nom, prefixes), displayText: `${dit} · ${mots[genre]}` };
    }),
  }, false);

  // The library's own would ask other hosts; its settings add to lists, so the list itself is replaced.
  for (const nom of ["prefixes", "property", "class"]) delete Yasqe.Autocompleters[nom];
  Yasqe.defaults.autocompleters = ["maillage-prefixes", "maillage-termes", "variables"];

  return (yasqe) => {
    demande = true;
    yasqe.autocomplete();
    demande = false;
  };
}
