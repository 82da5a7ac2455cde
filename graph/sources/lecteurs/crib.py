"""CRIB (centres de ressources et d'information des bénévoles) of the directory of the administration (DILA).

The directory holds every public service: only those whose pivot type is ``crib`` are taken. Persons in
charge, telephones, e-mails and opening hours are not read.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.bilan import LigneFiltree, LigneRefusee
from graph.sources.lecteurs import partage
from graph.sources.lecteurs.jsons import as_text, read_records
from graph.sources.lecteurs.lignes import convert_row
from graph.sources.lecteurs.partage import Provenance, by_thing, read_day
from graph.sources.lecteurs.parties import Parties
from graph.sources.lecteurs.textes import clean
from graph.sources.ntriples import iri, statement
from graph.sources.registre import Lecteur
from graph.sources.tableau import FichierRefuseError, Ligne
from ontology.namespaces import MAI

LISTE: Final = "service"
"""Key of the list in the whole directory; an extract may be the list itself."""
TYPE: Final = "crib"

_MANDAT: Final = iri(f"{MAI}Mandat")


class Cribs:
    """Reads services of the directory."""

    def __init__(self, atelier: Atelier) -> None:
        self.provenance = Provenance(atelier)
        self.passage = ""
        self._parties = Parties(atelier)
        self._vus = set[str]()

    def convert(self, ligne: Ligne, atelier: Atelier) -> Sequence[str]:
        """Return the statements of a service: the actor, then its mandate."""
        if not ligne.cellules:
            raise LigneRefusee("", "", messages("import.publie.pas-un-objet"))
        pivots = [
            pivot for pivot in nested(ligne["pivot"]) if as_text(pivot.get("type_service_local")) == TYPE
        ]
        if not pivots:
            raise LigneFiltree(messages("import.crib.autre-service"))
        identifiant, nom = ligne["id"], clean(ligne["nom"], 250)
        if not identifiant:
            raise LigneRefusee("id", "", messages("import.publie.sans-identifiant"))
        if not nom:
            raise LigneRefusee("nom", ligne["nom"], messages("import.publie.sans-nom"))
        commune = partage.siege_of(atelier, ligne["code_insee_commune"] or _only_commune(pivots))
        if commune is None:
            raise LigneRefusee(
                "code_insee_commune", ligne["code_insee_commune"], messages("import.crib.commune")
            )
        departement = atelier.departement_of(commune)
        if atelier.options.departements and departement not in atelier.options.departements:
            raise LigneFiltree(messages("import.publie.hors-departements"))
        slug = f"{atelier.slug}-{partage.slug_of(identifiant)}"
        if slug in self._vus:
            raise LigneRefusee("id", identifiant, messages("import.publie.identifiant-double"))
        self._vus.add(slug)
        if jour := read_day(ligne["date_modification"]):
            self.provenance.seen(jour)
        return list(self._statements(atelier, ligne, slug, nom, commune))

    def _statements(self, atelier: Atelier, ligne: Ligne, slug: str, nom: str, commune: str) -> Iterator[str]:
        partie = self._parties.identified(nom, ligne["siret"], slug)
        lines = self._parties.describe(partie, self.passage)
        yield from lines
        acteur = partie.terme
        if any(f" {partage.NOM} " in line for line in lines):
            yield statement(acteur, partage.SIEGE, atelier.thing("territoire", f"commune-{commune}"))
            if mission := clean(ligne["mission"]):
                yield statement(acteur, partage.DESCRIPTION, atelier.text(mission))
            for site in nested(ligne["site_internet"])[:1]:
                yield from partage.homepage(acteur, as_text(site.get("valeur")))
            for adresse in nested(ligne["adresse"])[:1]:
                latitude, longitude = (as_text(adresse.get(cle)) for cle in ("latitude", "longitude"))
                yield from partage.coordinates(atelier, acteur, latitude, longitude)
        mandat = atelier.thing("lien", slug)
        territoire = atelier.thing("territoire", f"departement-{atelier.departement_of(commune)}")
        yield statement(mandat, partage.A, _MANDAT)
        yield statement(mandat, partage.DE, acteur)
        yield statement(mandat, partage.VERS, atelier.concept("dispositif", TYPE))
        yield statement(mandat, iri(f"{MAI}territoire"), territoire)
        yield statement(mandat, partage.NOTE, atelier.text(messages("import.crib.note")))
        yield statement(mandat, partage.SOURCE_DE, self.passage)


def nested(texte: str) -> list[dict[str, Any]]:
    """Return the objects of a nested cell: the directory writes JSON inside JSON strings."""
    try:
        items = json.loads(texte) if texte else []
    except (ValueError, RecursionError):
        return []
    items = items if isinstance(items, list) else [items]
    return [item for item in items if isinstance(item, dict)]


def _only_commune(pivots: Sequence[dict[str, Any]]) -> str:
    """Return the commune that the pivots name, when they name one only."""
    named = [pivot.get("code_insee_commune") for pivot in pivots]
    codes = {as_text(code) for cell in named for code in (cell if isinstance(cell, list) else [cell])}
    return codes.pop() if len(codes) == 1 else ""


def read(fichiers: Sequence[Path], atelier: Atelier) -> Iterator[Sequence[str]]:
    """Yield each CRIB and its mandate.

    Raises:
        FichierRefuseError: absent, a folder, empty or not the directory.
    """
    reader = Cribs(atelier)
    for fichier in fichiers:
        _check(fichier)
        reader.passage = reader.provenance.begin(fichier)
        rows = (
            convert_row(fichier.name, ligne, atelier, reader.convert)
            for ligne in read_records(fichier, LISTE)
        )
        yield from by_thing(row for row in rows if row)
    yield from reader.provenance.describe()


def _check(fichier: Path) -> None:
    nom = fichier.name
    if fichier.is_dir():
        raise FichierRefuseError(messages("import.dossier", fichier=nom))
    try:
        size = fichier.stat().st_size
    except OSError:
        raise FichierRefuseError(messages("import.absent", fichier=nom)) from None
    if size == 0:
        raise FichierRefuseError(messages("import.vide", fichier=nom))


LECTEUR: Final = Lecteur(
    kind="crib",
    titre="Annuaire de l’administration : centres de ressources et d’information des bénévoles",
    editeur="Direction de l’information légale et administrative (DILA)",
    lire=read,
    licence="https://www.etalab.gouv.fr/licence-ouverte-open-licence",
    un_seul=True,
)
