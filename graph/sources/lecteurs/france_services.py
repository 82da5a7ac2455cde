"""France services: the houses where anyone is received and oriented (ANCT, Licence Ouverte).

The file gives no area served: the offer covers the commune of the seat, and a note says so. Neither mail,
telephone nor opening hours are read.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.bilan import LigneFiltree, LigneRefusee
from graph.sources.lecteurs import partage
from graph.sources.lecteurs.lignes import read_tables
from graph.sources.lecteurs.partage import Provenance, by_thing, read_day
from graph.sources.lecteurs.textes import clean
from graph.sources.ntriples import iri, literal, statement
from graph.sources.registre import Lecteur
from graph.sources.tableau import Ligne, column_name
from ontology.namespaces import MAI, PREFIXES

COLONNES: Final = ("id_fs", "lib_fs", "insee_com")
FONCTIONS: Final = ("orientation", "information")
_LABEL: Final = "espace_labellise"


def read(fichiers: Sequence[Path], atelier: Atelier) -> Iterator[Sequence[str]]:
    """Yield each house and its offer."""
    provenance, seen = Provenance(atelier), set[str]()
    for fichier in fichiers:
        passage = provenance.begin(fichier)

        def convert(ligne: Ligne, atelier: Atelier, passage: str = passage) -> Sequence[str]:
            return _convert(ligne, atelier, passage, provenance, seen)

        yield from by_thing(read_tables([fichier], atelier, COLONNES, convert))
    yield from provenance.describe()


def _convert(
    ligne: Ligne, atelier: Atelier, passage: str, provenance: Provenance, seen: set[str]
) -> Sequence[str]:
    numero, nom = ligne["id_fs"], clean(ligne["lib_fs"], 200)
    if not numero:
        raise LigneRefusee("id_fs", "", messages("import.publie.sans-identifiant"))
    if not nom:
        raise LigneRefusee("lib_fs", ligne["lib_fs"], messages("import.publie.sans-nom"))
    commune = atelier.commune("insee_com", ligne["insee_com"].upper())
    wanted = atelier.options.departements
    if wanted and atelier.departement_of(commune) not in wanted:
        raise LigneFiltree(messages("import.publie.hors-departements"))
    slug = f"{atelier.slug}-{partage.slug_of(numero)}"
    if slug in seen:
        raise LigneRefusee("id_fs", numero, messages("import.publie.identifiant-double"))
    labellise = _label_day(ligne["labellisation_fs"])
    if labellise is not None:
        provenance.seen(labellise)
    seen.add(slug)
    acteur, siege = atelier.thing("acteur", slug), atelier.thing("territoire", f"commune-{commune}")
    return [
        statement(acteur, partage.A, partage.ACTEUR),
        statement(acteur, partage.NOM, atelier.text(nom)),
        statement(acteur, partage.SIEGE, siege),
        *partage.coordinates(atelier, acteur, ligne["latitude"], ligne["longitude"]),
        statement(acteur, partage.SOURCE_DE, passage),
        *_offer(atelier, slug, siege, passage, labellise),
    ]


def _label_day(texte: str) -> date | None:
    """Read « Espace labellisé 01/01/2022 »."""
    last = texte.rsplit(" ", 1)[-1]
    return read_day(last) if column_name(texte).startswith(_LABEL) else None


def _offer(atelier: Atelier, slug: str, siege: str, passage: str, labellise: date | None) -> Iterator[str]:
    offre = atelier.thing("offre", slug)
    yield statement(offre, partage.A, partage.OFFRE)
    yield statement(offre, partage.TITRE, atelier.text(messages("import.france-services.offre")))
    yield statement(offre, partage.PROPOSE_PAR, atelier.thing("acteur", slug))
    for fonction in FONCTIONS:
        yield statement(offre, partage.FONCTION, atelier.concept("fonction", fonction))
    yield statement(offre, partage.COUVRE, siege)
    if labellise is not None:
        jour = literal(labellise.isoformat(), type_donnee=PREFIXES["xsd"] + "date")
        yield statement(offre, iri(f"{MAI}debut"), jour)
    yield statement(offre, partage.NOTE, atelier.text(messages("import.france-services.territoire")))
    yield statement(offre, partage.SOURCE_DE, passage)


LECTEUR: Final = Lecteur(
    kind="france-services",
    titre="Structures France services",
    editeur="Agence nationale de la cohésion des territoires (ANCT)",
    lire=read,
    licence="https://www.etalab.gouv.fr/licence-ouverte-open-licence",
    un_seul=True,
)
