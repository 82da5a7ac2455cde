"""Finding a territory: by reference, by code, by the beginning of any of its names."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from graph.catalogue.modele import NIVEAUX, Iri, Territoire
from graph.texte import fold

_REFERENCE: Final = re.compile(
    r"(commune|commune-deleguee|commune-associee|arrondissement-municipal|epci|departement|region|zone)"
    r":([0-9A-Za-z-]{1,40})\Z"
)
_CODE: Final = re.compile(r"\d[0-9AB]\d{3}", re.ASCII)
_ARRONDISSEMENT: Final = re.compile(r"(\w+) (\d+)er? Arrondissement\Z")
_SHORT_WORDS: Final = frozenset(
    {"le", "la", "les", "l", "saint", "sainte", "st", "ste", "de", "du", "d", "sur"}
)


class IndexTerritoires:
    """Looks territories up; built once per edition."""

    def __init__(self, territoires: Mapping[Iri, Territoire], resolues: Mapping[str, Iri]) -> None:
        """Index territories.

        Args:
            territoires: every territory by IRI.
            resolues: former and delegated commune codes to today's commune.
        """
        self._territoires = territoires
        self._by_reference: dict[str, Iri] = {}
        for territoire in territoires.values():
            self._by_reference.setdefault(reference(territoire), territoire.iri)
        self._resolues = dict(resolues)
        self._finis = {
            f"{reference(t).partition(':')[0]}:{t.code}": t.iri
            for t in territoires.values()
            if t.fin is not None
        }
        self._departements = {
            name: place.iri
            for place in territoires.values()
            if place.niveau == "departement"
            for name in _departement_names(place)
        }
        names = {(name, t.iri) for t in territoires.values() for name in _names(t)}
        self._names = sorted(names)
        self._postal: dict[str, list[Iri]] = {}
        for territoire in territoires.values():
            for code in territoire.codes_postaux:
                self._postal.setdefault(code, []).append(territoire.iri)

    def read(self, texte: str) -> Territoire | None:
        """Return the territory of a reference (``departement:14``, ``14027``, ``national``) or None.

        A bare five-character code is a commune (or an arrondissement of Paris, Lyon or Marseille); one
        that ended, or a part that kept its name, gives today's commune. The code of a former region
        (``region:22``, Picardie) gives that region.
        """
        texte = texte.strip()
        if texte == "national":
            return self._get("national")
        if _CODE.fullmatch(bare := texte.replace(" ", "").upper()):
            texte = f"commune:{bare}"
        parsed = _REFERENCE.match(texte)
        if parsed is None:
            return None
        kind, code = parsed.groups()
        if kind not in ("commune", "commune-deleguee", "commune-associee"):
            return self._get(texte) or self._territoires.get(self._finis.get(texte, ""))
        # A part of Paris, Lyon or Marseille has a code of the same form; a former commune is today's.
        wanted = f"commune:{code}", f"arrondissement-municipal:{code}"
        found = next((place for ref in wanted if (place := self._get(ref)) is not None), None)
        today = None if found is not None else self._resolues.get(code)
        return self._territoires.get(today) if today else found

    def _get(self, ref: str) -> Territoire | None:
        iri = self._by_reference.get(ref)
        return self._territoires[iri] if iri else None

    def search(self, texte: str, limite: int) -> list[Territoire]:
        """Return territories whose name, old name, INSEE or postal code begins like ``texte``.

        The exact name comes first, then communes by population. A name may be followed by its departement
        (« Saint-Denis (La Réunion) », « saint denis 974 »).
        """
        wanted = fold_place(texte)
        if not wanted:
            return []
        ranked = sorted(self._beginning(wanted, texte).items(), key=lambda found: self._rank(*found))
        return [self._territoires[iri] for iri, _ in ranked[:limite]] or self._of_departement(wanted, limite)

    def _beginning(self, wanted: str, texte: str) -> dict[Iri, bool]:
        """What a text may begin: each place, and whether it is exactly its name or code."""
        iris = dict.fromkeys((place.iri for place in self.by_code(texte)), True)
        start = bisect_left(self._names, (wanted, ""))
        for name, iri in self._names[start : start + 2000]:
            if not name.startswith(wanted):
                break
            iris[iri] = iris.get(iri, False) or name == wanted
        return iris

    def _of_departement(self, wanted: str, limite: int) -> list[Territoire]:
        """Return the places of a departement whose name or code ends a text that nothing begins like."""
        words = wanted.split()
        for cut in range(1, len(words)):
            departement = self._departements.get(" ".join(words[cut:]))
            if departement is not None:
                name = " ".join(words[:cut])
                found = self._beginning(name, name).items()
                inside = [pair for pair in found if departement in self._territoires[pair[0]].ancetres]
                ranked = sorted(inside, key=lambda pair: self._rank(*pair))
                return [self._territoires[iri] for iri, _ in ranked[:limite]]
        return []

    def by_code(self, texte: str) -> list[Territoire]:
        """Return the places of a reference, an INSEE or a postal code: today's INSEE code first.

        A former code (75001 was Alfortville's until 1968) counts only where it is nobody's mail.
        """
        code = texte.replace(" ", "").upper()
        named, mail = self.read(texte), self._postal.get(code, ())
        if named is not None and mail and named.code != code and _CODE.fullmatch(code):
            named = None
        served = sorted((self._territoires[iri] for iri in mail), key=lambda place: place.nom)
        return list({place.iri: place for place in (*((named,) if named else ()), *served)}.values())

    def nearest(self, texte: str, limite: int = 8) -> list[Territoire]:
        """Return the places spelt nearly like a text, among the names with the same first letters."""
        wanted = fold_place(texte)
        start = bisect_left(self._names, (wanted[:2], ""))
        stop = bisect_left(self._names, (wanted[:2] + "\uffff", ""))
        names = {name for name, _ in self._names[start:stop]} if len(wanted) > 2 else set()
        iris = dict.fromkeys(
            iri
            for near in get_close_matches(wanted, names, n=limite, cutoff=0.8)
            for name, iri in self._names[bisect_left(self._names, (near, "")) :][:20]
            if name == near
        )
        return [self._territoires[iri] for iri in iris][:limite]

    def _rank(self, iri: Iri, exact: bool) -> tuple[bool, int, int, str]:
        territoire = self._territoires[iri]
        return (not exact, NIVEAUX.index(territoire.niveau), -(territoire.population or 0), territoire.nom)


def fold_place(texte: str) -> str:
    """Fold a name of place, « st » and « ste » written as communes do.

    >>> fold_place("St-Étienne")
    'saint etienne'
    """
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in fold(texte).split())


def _departement_names(departement: Territoire) -> Iterable[str]:
    name = fold(departement.nom)
    yield from (departement.code.lower(), name)
    article, _, rest = name.partition(" ")
    if article in ("la", "le", "les"):
        yield rest


def reference(territoire: Territoire) -> str:
    """Write a territory as people and URLs do: ``departement:14``, ``commune:14027``, ``national``."""
    slug = territoire.iri.rsplit("/", 1)[-1]
    if slug == "national":
        return slug
    kind = "arrondissement-municipal" if slug.startswith("arrondissement-") else slug.partition("-")[0]
    return f"{kind}:{slug.removeprefix(kind)[1:]}"


def _names(territoire: Territoire) -> Iterable[str]:
    """Yield each name folded, whole and from each of its telling words on (« odon » finds Aunay-sur-Odon)."""
    for nom in (territoire.nom, *territoire.autres_noms):
        words = fold(nom).split()
        for rank, word in enumerate(words):
            if rank == 0 or word not in _SHORT_WORDS:
                yield " ".join(words[rank:])
        if "'" in nom or "’" in nom:
            yield fold(nom.replace("'", "").replace("’", ""))
        if (numbered := _ARRONDISSEMENT.match(nom)) is not None:
            yield fold(" ".join(numbered.groups()))
