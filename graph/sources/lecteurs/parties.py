"""The actors of a file of rows: each described once, however many rows name it."""

import re
from dataclasses import dataclass
from typing import Final

from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.bilan import LigneRefusee
from graph.sources.lecteurs import partage
from graph.sources.lecteurs.partage import Memoire, read_siret, siret_key_holds, slug_of
from graph.sources.ntriples import iri, literal, statement
from graph.texte import fold
from ontology.namespaces import MAI

_SIREN: Final = re.compile(r"\d{9}\Z", re.ASCII)
_ABREGE: Final = re.compile(r"\d(?:[.,]\d+)?E\+?\d+\s*\Z", re.ASCII | re.IGNORECASE)
_RNA: Final = iri(f"{MAI}rna")


@dataclass(frozen=True, slots=True)
class Partie:
    """One side of a row, with what the row says of it."""

    terme: str
    nom: str
    types: tuple[str, ...]
    siret: str = ""
    rna: str = ""
    siren: str = ""


class Parties:
    """Remembers by eight bytes which actors, names and numbers were already written."""

    def __init__(self, atelier: Atelier) -> None:
        self._atelier = atelier
        self._first = Memoire().first

    def find(
        self, nom: str, types: tuple[str, ...], identifiant: str, rna: str | None = None
    ) -> Partie | None:
        """Return the actor that numbers identify: SIRET, else RNA, else SIREN; None without any.

        Raises:
            LigneRefusee: a spreadsheet shortened the number, whose last digits are lost.
        """
        if _ABREGE.match(identifiant):
            raise LigneRefusee("", identifiant, messages("import.parties.abrege"))
        bare = re.sub(r"[\s.]", "", identifiant)
        siret = read_siret(identifiant) or ""
        siren = bare if _SIREN.match(bare) and bare.strip("0") else ""
        if siret:
            slug = f"siret-{siret}"
            if not siret_key_holds(siret):
                self._doubt("cle-siret")
        elif rna:
            slug = f"rna-{rna}"
        elif siren:
            slug = f"{self._atelier.slug}-siren-{siren}"
            self._doubt("siren")
        else:
            return None
        return Partie(self._atelier.thing("acteur", slug), nom, types, siret, rna or "", siren)

    def identified(self, nom: str, siret: str, slug: str) -> Partie:
        """Return an actor by its SIRET, else by the slug its source gives it."""
        found = read_siret(siret) or ""
        if found and not siret_key_holds(found):
            self._doubt("cle-siret")
        terme = self._atelier.thing("acteur", f"siret-{found}" if found else slug)
        return Partie(terme, nom, (), found)

    def named(self, nom: str, types: tuple[str, ...]) -> Partie:
        """Return an actor that only its name tells, inside this source."""
        self._doubt("sans-numero")
        return Partie(self._atelier.thing("acteur", f"{self._atelier.slug}-{slug_of(fold(nom))}"), nom, types)

    def describe(self, partie: Partie, passage: str) -> list[str]:
        """Write what was not written yet: a second name is another name."""
        lines = []
        if self._first(partie.terme):
            self._first(f"{partie.terme} {partie.nom}")
            lines = [
                statement(partie.terme, partage.A, partage.ACTEUR),
                statement(partie.terme, partage.NOM, self._atelier.text(partie.nom)),
            ]
        elif self._first(f"{partie.terme} {partie.nom}"):
            lines = [statement(partie.terme, partage.AUTRE_NOM, self._atelier.text(partie.nom))]
        for propriete, valeur in (
            (partage.SIRET, partie.siret),
            (_RNA, partie.rna),
            (partage.IDENTIFIANT, partie.siren),
        ):
            # One number of a kind is kept, the first; another would be a contradiction.
            if valeur and self._first(f"{partie.terme} {propriete}"):
                lines.append(statement(partie.terme, propriete, literal(valeur)))
        lines += [
            statement(partie.terme, partage.A, role)
            for role in partie.types
            if self._first(f"{partie.terme} {role}")
        ]
        if self._first(f"{partie.terme} {passage}"):
            lines.append(statement(partie.terme, partage.SOURCE_DE, passage))
        return lines

    def _doubt(self, cle: str) -> None:
        self._atelier.bilan.avertissements[messages(f"import.parties.{cle}")] += 1
