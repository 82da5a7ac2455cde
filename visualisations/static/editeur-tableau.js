// The cells of YASGUI's table, written by us: its own let markup in, and links to any kind of address.
const echapper = (texte) => String(texte).replace(/[&<>"']/g, (signe) => `&#${signe.charCodeAt(0)};`);

/**
 * Make the table of results safe, and its links those of the site.
 * @param {typeof Yasr} Yasr the class of the results
 * @param {{base: string, racine: string, prefixes: [string, string][], rang: string}} site what IRIs of the graph begin
 *   with, where the site is, known prefixes (the longest first), and the name of the first column
 */
export function securiser(Yasr, { base, racine, prefixes, rang }) {
  function abreger(iri) {
    const trouve = prefixes.find(([, debut]) => iri.startsWith(debut) && iri.length > debut.length);
    return trouve ? `${trouve[0]}:${iri.slice(trouve[1].length)}` : iri;
  }

  function lier(iri) {
    const texte = echapper(abreger(iri));
    if (iri.startsWith(base)) return `<a class="iri" href="${echapper(racine + iri.slice(base.length))}">${texte}</a>`;
    if (!/^https?:\/\//i.test(iri)) return texte; // javascript:, data:… are text
    return `<a class="iri" href="${echapper(iri)}" rel="noreferrer noopener nofollow">${texte}</a>`;
  }

  function dire(terme, seul) {
    if (terme.type === "uri") return lier(terme.value);
    const precision = terme["xml:lang"] ? `@${terme["xml:lang"]}` : terme.datatype ? abreger(terme.datatype) : "";
    return echapper(terme.value) + (precision && !seul ? ` <sup>${echapper(precision)}</sup>` : "");
  }

  Yasr.plugins.table = class extends Yasr.plugins.table {
    getColumns() {
      const [numero, ...colonnes] = super.getColumns();
      return [
        { ...numero, title: `<span class="masque">${echapper(rang)}</span>` },
        ...colonnes.map((colonne) => ({
          ...colonne,
          title: echapper(colonne.name),
          render: (terme, usage) => {
            if (terme === "") return "";
            if (!usage || usage === "filter" || usage === "sort") return echapper(terme.value);
            return `<div><span>${dire(terme, this.persistentConfig.compact)}</span></div>`;
          },
        })),
      ];
    }
  };
}
