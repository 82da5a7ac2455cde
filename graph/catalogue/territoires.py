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
        names = {(name, t.iri) for t in territoires.values() for name in _names(t)}
        self._names = sorted(names)
        self._postal: dict[str, list[Iri]] = {}
        for territoire in territoires.values():
            for code in territoire.codes_postaux:
                self._postal.setdefault(code, []).append(territoire.iri)

    def read(self, texte: str) -> Territoire | None:
        """Return the territory of a reference (``departement:14``, ``14027``, ``national``) or None.

        A bare five-character code is a commune (or an arrondissement of Paris, Lyon or Marseille); one
        that ended, or a part that kept its name, gives today's commune.
        """
        texte = texte.strip()
        if texte == "national":
            return self._get("national")
        if re.fullmatch(r"\d[0-9AB]\d{3}", texte, re.ASCII):
            texte = f"commune:{texte}"
        parsed = _REFERENCE.match(texte)
        if parsed is None:
            return None
        kind, code = parsed.groups()
        if kind not in ("commune", "commune-deleguee", "commune-associee"):
            return self._get(texte)
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

        The exact name comes first, then communes by population.
        """
        wanted = _say_saint(fold(texte))
        if not wanted:
            return []
        exact = self.read(texte)
        iris: dict[Iri, bool] = {exact.iri: True} if exact else {}
        for iri in self._postal.get(texte.strip(), ()):
            iris.setdefault(iri, True)
        start = bisect_left(self._names, (wanted, ""))
        for name, iri in self._names[start : start + 2000]:
            if not name.startswith(wanted):
                break
            iris[iri] = iris.get(iri, False) or name == wanted
        ranked = sorted(iris, key=lambda iri: self._rank(iri, iris[iri]))
        return [self._territoires[iri] for iri in ranked[:limite]]

    def by_postal_code(self, code: str) -> list[Territoire]:
        """Return the communes of a postal code, by name."""
        found = (self._territoires[iri] for iri in self._postal.get(code, ()))
        return sorted(found, key=lambda place: place.nom)

    def nearest(self, texte: str, limite: int = 8) -> list[Territoire]:
        """Return the places spelt nearly like a text, among the names with the same first letters."""
        wanted = _say_saint(fold(texte))
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


def _say_saint(folded: str) -> str:
    """Write « st » and « ste » as the names of communes do."""
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in folded.split())


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
