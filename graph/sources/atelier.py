"""What a reader works with: the terms it may write, the places it may name, the counts it keeps."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from graph.catalogue.modele import Iri
from graph.dates import DatePartielle
from graph.messages import messages
from graph.sources.bilan import Bilan, LigneRefusee
from graph.sources.ntriples import iri, literal, statement
from graph.texte import fold
from ontology.namespaces import IGEO, MAI, MAILLAGE, PREFIXES, SOURCE, VOC

_PREFIXED: Final = re.compile(r"([a-z]+):(.+)\Z")
_CODE_EPCI: Final = re.compile(r"2\d{8}\Z", re.ASCII)
_CODE_COMMUNE: Final = re.compile(r"(?:\d{5}|2[AB]\d{3})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class OptionsImport:
    """What the person asked for, beside the files."""

    departements: frozenset[str] = frozenset()
    """Keep only what is seated in these (codes); empty keeps all."""
    depuis: date | None = None
    """Keep only what is dated from this day on."""
    base_iri: str = MAILLAGE
    paquet: Path | None = None
    """Folder of the npm package installed: the postal codes that INSEE's files lack are taken from it."""


@dataclass(frozen=True, slots=True)
class Lieux:
    """What readers may name: every known commune code to today's, the departement of each, today's EPCI."""

    communes: Mapping[str, str] = field(default_factory=dict)
    departements: Mapping[str, str] = field(default_factory=dict)
    epci: frozenset[str] = frozenset()
    """Their SIREN; INSEE's files do not say which one took over from another that ended."""


@dataclass
class Atelier:
    """The workshop of one import: passed to the reader of each row."""

    kind: str
    slug: str
    """Slug of the source: its named graph is ``source/<slug>``."""
    options: OptionsImport = field(default_factory=OptionsImport)
    bilan: Bilan = field(default_factory=Bilan)
    lieux: Lieux = field(default_factory=lambda: Lieux())

    @property
    def graphe(self) -> Iri:
        """Named graph of the source."""
        return f"{SOURCE}{self.slug}"

    def thing(self, segment: str, slug: str) -> str:
        """Write the term of a thing: ``thing("acteur", "siret-…")``."""
        return iri(f"{self.options.base_iri.rstrip('/')}/id/{segment}/{slug}")

    def concept(self, schema: str, code: str) -> str:
        """Write the term of a concept."""
        return iri(f"{VOC}{schema}/{code}")

    def passage(self, nom: str) -> str:
        """Write the term of a passage of this source (``ligne-12``)."""
        return iri(f"{self.graphe}#{nom}")

    def triple(self, sujet: str, propriete: str, objet: str) -> str:
        """Write a statement; the property is a prefixed name (``mai:siege``, ``a``), the object a term."""
        return statement(sujet, self.property(propriete), objet)

    def property(self, nom: str) -> str:
        """Write the term of a prefixed name: ``a``, ``mai:siege``, ``skos:prefLabel``, ``igeo:nom``."""
        if nom == "a":
            return iri(PREFIXES["rdf"] + "type")
        found = _PREFIXED.match(nom)
        if found is None:
            raise ValueError(f"prefixed name expected: {nom}")
        return iri({**PREFIXES, "mai": str(MAI), "igeo": str(IGEO)}[found[1]] + found[2])

    def text(self, valeur: str) -> str:
        """Write a French text."""
        return literal(valeur, langue="fr")

    def partial_date(self, colonne: str, valeur: str) -> str:
        """Write a partial date.

        Raises:
            LigneRefusee: not a date.
        """
        try:
            lue = DatePartielle.parse(valeur)
        except ValueError as erreur:
            raise LigneRefusee(colonne, valeur, str(erreur)) from None
        kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(lue.texte)]
        return literal(lue.texte, type_donnee=PREFIXES["xsd"] + kind)

    def commune(self, colonne: str, code: str) -> str:
        """Return today's code of a commune, former codes and districts resolved, a lost zero given back.

        Raises:
            LigneRefusee: no such commune.
        """
        known = self.lieux.communes
        code = f"0{code}" if len(code) == 4 and f"0{code}" in known else code
        if not _CODE_COMMUNE.match(code) or (known and code not in known):
            raise LigneRefusee(colonne, code, messages("import.commune-inconnue"))
        return known.get(code, code)

    def epci(self, colonne: str, code: str) -> str:
        """Return the SIREN of an EPCI of today; without a list of them, its form alone is checked.

        Raises:
            LigneRefusee: no such EPCI, or not any more.
        """
        known = self.lieux.epci
        if not _CODE_EPCI.match(code) or (known and code not in known):
            raise LigneRefusee(colonne, code, messages("import.epci-inconnu"))
        return code

    def departement_of(self, code: str) -> str:
        """Return the departement of a commune code."""
        known = self.lieux.departements.get(code)
        return known or (code[:3] if code.startswith(("97", "98")) else code[:2])

    def provenance(self, ligne: int, lieu: str) -> Iterator[str]:
        """Write the passage of a row, so that each statement says where it comes from."""
        passage = self.passage(f"ligne-{ligne}")
        yield self.triple(passage, "a", iri(f"{MAI}Passage"))
        yield self.triple(passage, "dcterms:isPartOf", iri(self.graphe))
        yield self.triple(passage, "mai:lieu", self.text(lieu))


def slugify(texte: str, longueur: int = 60) -> str:
    """Make a slug of any text: words without accents joined by hyphens, never empty."""
    return fold(texte).replace(" ", "-")[:longueur].strip("-") or "sans-nom"
