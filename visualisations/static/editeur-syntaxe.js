// What is marked as wrong while one types: prefixes that the server knows are not; the reason is said in our words.

/**
 * @param {typeof Yasqe} Yasqe the editor's class
 * @param {Record<string, string>} prefixes those of the server
 * @param {{prefixe_inconnu: string, ligne_fausse: string}} mots
 */
export function verifier(Yasqe, prefixes, mots) {
  const modele = Yasqe.modes.sparql11;
  Yasqe.defineMode("sparql11", (...reglages) => {
    const mode = modele(...reglages);
    // Known behind those that the query declares, so that only the latter are read from it.
    return { ...mode, startState: () => ({ ...mode.startState(), prefixes: Object.create(prefixes) }) };
  });

  const { getPrefixesFromQuery, checkSyntax } = Yasqe.prototype;
  Yasqe.prototype.getPrefixesFromQuery = function () {
    return { ...getPrefixesFromQuery.call(this) };
  };

  function raison({ errorMsg, possibleCurrent }) {
    const inconnu = /^Prefix '(.*)'/.exec(errorMsg ?? "")?.[1];
    if (inconnu !== undefined) return mots.prefixe_inconnu.replace("_P_", () => inconnu);
    return mots.ligne_fausse.replace("_A_", () => (possibleCurrent ?? []).join(" "));
  }

  Yasqe.prototype.checkSyntax = function () {
    checkSyntax.call(this);
    this.eachLine((ligne) => {
      const icone = ligne.gutterMarkers?.gutterErrorBar;
      if (!icone) return;
      const { state } = this.getTokenAt({ line: this.getLineNumber(ligne), ch: ligne.text.length }, true);
      const dite = icone.cloneNode(true); // without its tooltip, which is in English
      dite.setAttribute("role", "img");
      dite.setAttribute("aria-label", raison(state));
      dite.setAttribute("title", raison(state));
      this.setGutterMarker(ligne, "gutterErrorBar", dite);
    });
  };
}
