"""What the readers of published files share: the passage of a file, identifiers, dates, places."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from itertools import groupby
from math import nan
from pathlib import Path
from typing import Final

from graph.dates import aujourd_hui
from graph.messages import messages
from graph.sources.atelier import Atelier, slugify
from graph.sources.bilan import LigneRefusee
from graph.sources.lecteurs.textes import clean
from graph.sources.ntriples import iri, literal, statement
from ontology.namespaces import MAI, PREFIXES

A: Final = iri(PREFIXES["rdf"] + "type")
NOM: Final = iri(PREFIXES["skos"] + "prefLabel")
AUTRE_NOM: Final = iri(PREFIXES["skos"] + "altLabel")
NOTE: Final = iri(PREFIXES["skos"] + "note")
TITRE: Final = iri(PREFIXES["dcterms"] + "title")
DESCRIPTION: Final = iri(PREFIXES["dcterms"] + "description")
IDENTIFIANT: Final = iri(PREFIXES["dcterms"] + "identifier")
SOURCE_DE: Final = iri(PREFIXES["dcterms"] + "source")
PARTIE_DE: Final = iri(PREFIXES["dcterms"] + "isPartOf")
PARUTION: Final = iri(PREFIXES["dcterms"] + "issued")
SITE: Final = iri(PREFIXES["foaf"] + "homepage")
LATITUDE: Final = iri("http://www.w3.org/2003/01/geo/wgs84_pos#lat")
LONGITUDE: Final = iri("http://www.w3.org/2003/01/geo/wgs84_pos#long")
ACTEUR: Final = iri(f"{MAI}Acteur")
SIEGE: Final = iri(f"{MAI}siege")
SIRET: Final = iri(f"{MAI}siret")
OFFRE: Final = iri(f"{MAI}Offre")
PROPOSE_PAR: Final = iri(f"{MAI}proposePar")
FONCTION: Final = iri(f"{MAI}fonction")
COUVRE: Final = iri(f"{MAI}couvre")
DE: Final = iri(f"{MAI}de")
VERS: Final = iri(f"{MAI}vers")
DECIMAL: Final = PREFIXES["xsd"] + "decimal"

_DATE: Final = PREFIXES["xsd"] + "date"
_JOUR_DU_NOM: Final = re.compile(r"(?<!\d)(20\d{2})-?(\d{2})-?(\d{2})(?!\d)")
_ISO: Final = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]\d{1,2}:\S*)?\Z", re.ASCII)
_FRANCAISE: Final = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-]((?:20)?\d{2}|1\d{3})(?:[T ]\d{1,2}:\S*)?\Z", re.ASCII
)
_TABLEUR: Final = re.compile(r"(\d{5})(?:\.\d+)?\Z", re.ASCII)
_ADRESSE: Final = re.compile(r"https?://[^\s/?#@:]+\.[^\s/?#@:]+(?::\d+)?(?:[/?#][^\s@]*)?\Z", re.IGNORECASE)
_DECIMALES: Final = re.compile(r"[.,]0{1,2}\s*\Z", re.ASCII)
"""What a spreadsheet adds to a number: « 99900001100018,00 »."""
_HORS_IRI: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def hash64(texte: str) -> int:
    """Return 8 bytes that stand for a text, to remember it without keeping it."""
    return int.from_bytes(blake2b(texte.encode("utf-8", "replace"), digest_size=8).digest(), "big")


class Memoire:
    """What was already met, eight bytes each, whatever the length of the texts."""

    def __init__(self) -> None:
        self._vus: set[int] = set()

    def first(self, texte: str) -> bool:
        """Tell whether a text is met for the first time, and remember it."""
        key = hash64(texte)
        if key in self._vus:
            return False
        self._vus.add(key)
        return True


def slug_of(texte: str) -> str:
    """Make a slug of an identifier; a digest is added where the slug loses signs, so that few ever meet."""
    short = slugify(texte, 48)
    return short if short == texte.replace("--", "-") else f"{short}-{hash64(texte):016x}"


class Provenance:
    """The passages of an import, one a file, and the newest date the files give."""

    def __init__(self, atelier: Atelier) -> None:
        self._atelier = atelier
        self._noms: list[str] = []
        self._publie: date | None = None
        self._recent: date | None = None

    def begin(self, fichier: Path) -> str:
        """Return the term of the passage of a file that begins."""
        self._noms.append(clean(fichier.name, 120))
        found = _JOUR_DU_NOM.search(fichier.name)
        self._publie = max(
            filter(None, (self._publie, found and _day(*map(int, found.groups())))), default=None
        )
        return self._passage(len(self._noms))

    def seen(self, jour: date) -> None:
        """Take note of a date of the file, unless it is to come."""
        if jour <= aujourd_hui() and (self._recent is None or jour > self._recent):
            self._recent = jour

    def describe(self) -> Iterator[Sequence[str]]:
        """Write the passages, then the date of the source, or that it is not known."""
        atelier, graphe = self._atelier, iri(self._atelier.graphe)
        for rang, nom in enumerate(self._noms, 1):
            passage = self._passage(rang)
            lines = [
                statement(passage, A, iri(f"{MAI}Passage")),
                statement(passage, PARTIE_DE, graphe),
                statement(passage, iri(f"{MAI}lieu"), atelier.text(f"fichier {nom}")),
            ]
            if rang == len(self._noms):
                lines.append(self._parution(graphe))
            yield lines

    def _parution(self, graphe: str) -> str:
        jour = self._publie or self._recent
        if jour is None:
            return statement(graphe, NOTE, self._atelier.text(messages("import.publie.sans-date")))
        return statement(graphe, PARUTION, literal(jour.isoformat(), type_donnee=_DATE))

    def _passage(self, rang: int) -> str:
        return self._atelier.passage("fichier" if rang == 1 else f"fichier-{rang}")


def by_thing(groups: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Cut the statements of a row where the subject changes: one group a thing."""
    for group in groups:
        for _, lines in groupby(group, key=lambda line: line.split(" ", 1)[0]):
            yield list(lines)


def read_siret(valeur: str) -> str | None:
    """Return the fourteen digits of a SIRET, a lost leading zero given back; None when it is not one."""
    digits = re.sub(r"[\s\xa0\u202f.]", "", _DECIMALES.sub("", valeur))
    if not digits.isascii() or not digits.isdigit():
        return None
    if len(digits) == 13 and siret_key_holds(f"0{digits}"):
        return f"0{digits}"
    return digits if len(digits) == 14 and digits != "0" * 14 else None


def siret_key_holds(siret: str) -> bool:
    """Check the key of a SIRET (Luhn; La Poste's establishments add their digits up to a multiple of 5)."""
    digits = [int(signe) for signe in siret]
    doubled = sum(sum(divmod(2 * d, 10)) if rang % 2 == 0 else d for rang, d in enumerate(digits))
    return doubled % 10 == 0 or (siret.startswith("356000000") and sum(digits) % 5 == 0)


def read_day(valeur: str) -> date | None:
    """Return the day that a cell gives: ISO, French, with a time, or a spreadsheet's serial number."""
    if found := _ISO.match(valeur):
        return _day(*map(int, found.groups()))
    if found := _FRANCAISE.match(valeur):
        jour, mois, annee = map(int, found.groups())
        return _day(annee if annee > 99 else 2000 + annee, mois, jour)
    if (found := _TABLEUR.match(valeur)) and 20000 < int(found[1]) < 80000:
        return date(1899, 12, 30) + timedelta(days=int(found[1]))
    return None


def _day(annee: int, mois: int, jour: int) -> date | None:
    try:
        return date(annee, mois, jour)
    except ValueError:
        return None


def coordinates(atelier: Atelier, sujet: str, latitude: str, longitude: str) -> list[str]:
    """Write where a thing is (WGS 84, degrees); what is no place of the Earth is a doubt, and not written.

    Both numbers at nought are what a spreadsheet leaves in place of nothing: no place either.
    """
    if not latitude and not longitude:
        return []
    try:
        lat, long = float(latitude.replace(",", ".")), float(longitude.replace(",", "."))
    except ValueError:
        lat, long = nan, nan
    if not (-90 <= lat <= 90 and -180 <= long <= 180) or (lat == 0 and long == 0):
        atelier.bilan.avertissements[messages("import.publie.position")] += 1
        return []
    places = ((LATITUDE, lat), (LONGITUDE, long))
    return [statement(sujet, p, literal(f"{number:.6f}", type_donnee=DECIMAL)) for p, number in places]


def homepage(sujet: str, adresse: str) -> list[str]:
    """Write the site of a thing, when the cell holds a web address and nothing else."""
    bare = adresse.strip()
    if not _ADRESSE.match(bare) or _HORS_IRI.search(bare) or len(bare) > 300:
        return []
    return [statement(sujet, SITE, iri(bare))] if clean(bare) == bare else []


def siege_of(atelier: Atelier, code: str) -> str | None:
    """Return today's code of the commune of a seat; unknown or absent, a doubt is noted and None returned."""
    if not code:
        return None
    try:
        return atelier.commune("", code.upper())
    except LigneRefusee:
        atelier.bilan.avertissements[messages("import.publie.siege-inconnu")] += 1
        return None
