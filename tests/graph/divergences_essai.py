"""A small edition written in TriG: each source in its graph, all together in the default one."""

from pathlib import Path

import pyoxigraph as ox

from graph.catalogue import Catalogue
from graph.catalogue.lecture import load_catalogue
from graph.catalogue.registre import Registre
from graph.store import Store
from ontology.namespaces import MAI, MAILLAGE, PREFIXES, VOC

ENTETE = "".join(
    f"@prefix {nom}: <{iri}> .\n"
    for nom, iri in (
        PREFIXES
        | {"mai": MAI, "foaf": "http://xmlns.com/foaf/0.1/", "a": f"{MAILLAGE}id/acteur/"}
        | {"com": f"{MAILLAGE}id/territoire/commune-", "stade": f"{VOC}stade/"}
        | {"tranche": f"{VOC}tranche-effectif/", "s": f"{MAILLAGE}source/"}
    ).items()
)
VOCABULAIRE = """
s:voc {
  tranche:02 a skos:Concept ; skos:prefLabel "3 à 5 salariés"@fr ; mai:stadeSuggere stade:employeur .
  stade:employeur a skos:Concept ; skos:prefLabel "Employeur"@fr .
}
"""


def source(slug: str, enonces: str, titre: str = "", parution: str = "", registre: bool = False) -> str:
    """Write a source and what it says."""
    kind = "mai:Registre, prov:Entity" if registre else "prov:Entity"
    paru = f'; dcterms:issued "{parution}"' if parution else ""
    return f's:{slug} {{ s:{slug} a {kind} ; dcterms:title "{titre or slug}"@fr {paru} . {enonces} }}\n'


def catalogue_of(*sources: str) -> Catalogue:
    """Read the catalogue of sources, the store within reach."""
    store = ox.Store()
    store.bulk_load(ENTETE + VOCABULAIRE + "".join(sources), ox.RdfFormat.TRIG)
    store.bulk_extend(
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.DefaultGraph()) for quad in list(store)
    )
    trusted = Store(store)
    return load_catalogue(trusted, "essai", Registre(trusted, Path("annuaire.sqlite")))
