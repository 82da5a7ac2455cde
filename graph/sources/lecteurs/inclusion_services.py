"""Services of data·inclusion, as offers to persons."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.bilan import LigneRefusee
from graph.sources.lecteurs import partage
from graph.sources.lecteurs.inclusion_structures import Structures
from graph.sources.lecteurs.partage import Memoire, Provenance, read_day
from graph.sources.lecteurs.textes import clean
from graph.sources.lecteurs.zones import read_list, territories
from graph.sources.ntriples import iri, literal, statement
from graph.sources.tableau import Ligne
from ontology.namespaces import MAI

FONCTIONS: Final = {
    "accompagnement": "accompagnement-generaliste",
    "aide-financiere": "financement",
    "aide-materielle": "financement",
    "atelier": "formation",
    "formation": "formation",
    "information": "information",
}
"""Types of services to the functions they come nearest to; for want of a type, information, and a note."""

_PUBLIC: Final = iri(f"{MAI}public")
_PUBLIC_VISE: Final = iri(f"{MAI}publicVise")
_THEMATIQUE: Final = iri(f"{MAI}thematique")
_CODE: Final = re.compile(r"[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\Z", re.ASCII)


class Services:
    """Reads services, once the structures are known."""

    def __init__(self, atelier: Atelier, structures: Structures, provenance: Provenance) -> None:
        self._atelier, self._structures, self._provenance = atelier, structures, provenance
        self._first = Memoire().first

    def convert(self, ligne: Ligne, passage: str) -> Sequence[str]:
        """Return the statements of a service."""
        identifiant, titre = ligne["id"], clean(ligne["nom"], 250)
        if not identifiant:
            raise LigneRefusee("id", "", messages("import.publie.sans-identifiant"))
        if not titre:
            raise LigneRefusee("nom", ligne["nom"], messages("import.publie.sans-nom"))
        acteur = self._structures.find(ligne["structure_id"])
        slug = f"{self._atelier.slug}-{partage.slug_of(identifiant)}"
        if not self._first(slug):
            raise LigneRefusee("id", identifiant, messages("import.publie.identifiant-double"))
        if jour := read_day(ligne["date_maj"]):
            self._provenance.seen(jour)
        offre = self._atelier.thing("offre", slug)
        return [
            statement(offre, partage.A, partage.OFFRE),
            statement(offre, partage.TITRE, self._atelier.text(titre)),
            statement(offre, partage.PROPOSE_PAR, acteur),
            *self._what(offre, ligne),
            *self._for_whom(offre, ligne),
            *self._where(offre, ligne),
            statement(offre, partage.SOURCE_DE, passage),
        ]

    def _what(self, offre: str, ligne: Ligne) -> Iterator[str]:
        fonction = FONCTIONS.get(ligne["type"])
        yield statement(offre, partage.FONCTION, self._atelier.concept("fonction", fonction or "information"))
        if fonction is None:
            yield self._note(offre, messages("import.data-inclusion.sans-type"))
        if description := clean(ligne["description"]):
            yield statement(offre, partage.DESCRIPTION, self._atelier.text(description))
        for code in read_list(ligne["thematiques"]):
            if _CODE.match(code):
                yield statement(offre, _THEMATIQUE, literal(code[:100]))
            else:
                self._atelier.bilan.avertissements[messages("import.data-inclusion.thematique")] += 1

    def _for_whom(self, offre: str, ligne: Ligne) -> Iterator[str]:
        yield statement(offre, _PUBLIC, self._atelier.concept("public", "personnes"))
        for code in read_list(ligne["publics"]):
            if _CODE.match(code):
                yield statement(offre, _PUBLIC_VISE, self._atelier.text(code[:100].replace("-", " ")))
        if ligne["frais"] in ("gratuit", "payant"):
            yield self._note(offre, messages(f"import.data-inclusion.{ligne['frais']}"))

    def _where(self, offre: str, ligne: Ligne) -> Iterator[str]:
        places = territories(self._atelier, read_list(ligne["zone_eligibilite"]))
        for place in places:
            yield statement(offre, partage.COUVRE, place)
        if not places:
            yield self._note(offre, messages("import.data-inclusion.sans-zone"))

    def _note(self, offre: str, texte: str) -> str:
        return statement(offre, partage.NOTE, self._atelier.text(texte))
