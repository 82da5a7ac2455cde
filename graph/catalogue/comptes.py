"""What an edition counts when it is built, because registers make it too long later: money, employers."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from graph.catalogue.modele import Iri, Territoire
from graph.queries import load_requete
from graph.store import Store

NOM: Final = "comptes.json"
"""File of an edition; one made before it existed has none, and its counts are unknown."""


@dataclass(frozen=True, slots=True)
class Recu:
    """Funding received: how many, how many with an amount, and the sum of these amounts in euros."""

    nombre: int = 0
    chiffres: int = 0
    euros: float = 0.0

    def plus(self, autre: "Recu") -> "Recu":
        """Add what was received elsewhere, or in another year."""
        return Recu(self.nombre + autre.nombre, self.chiffres + autre.chiffres, self.euros + autre.euros)


@dataclass(frozen=True, slots=True)
class Comptes:
    """Counts by departement, of the actors that have their seat in it."""

    recus: Mapping[tuple[Iri, str], Recu] = field(default_factory=dict)
    """By (departement, year): empty texts where the seat, or the date, is unknown."""
    employeuses: Mapping[Iri, int] = field(default_factory=dict)
    """Employing associations that registers know; a departement of which they know none is absent."""


def count_store(store: Store, territoires: Mapping[Iri, Territoire]) -> Comptes:
    """Count from the store of an edition."""
    dans = dict(_departements(territoires))
    recus: dict[tuple[Iri, str], Recu] = defaultdict(Recu)
    vus = set[tuple[str | None, str]]()
    for acteur, annee, siege, nombre, chiffres, euros in store.rows(_texte("financements-recus")):
        if (acteur, annee or "") not in vus:  # one that has two seats is counted once
            vus.add((acteur, annee or ""))
            cle = (dans.get(siege or "", ""), annee or "")
            recus[cle] = recus[cle].plus(Recu(int(nombre or 0), int(chiffres or 0), float(euros or 0)))
    sieges = (siege for _, siege in store.rows(_texte("employeuses")) if siege in dans)
    employeuses = Counter(dans[siege] for siege in sieges)
    return Comptes(dict(recus), dict(employeuses))


def write_comptes(fichier: Path, comptes: Comptes) -> None:
    """Write the counts of an edition under construction."""
    contenu = {
        "recus": [
            [departement, annee, recu.nombre, recu.chiffres, round(recu.euros, 2)]
            for (departement, annee), recu in sorted(comptes.recus.items())
        ],
        "employeuses": dict(sorted(comptes.employeuses.items())),
    }
    fichier.write_text(json.dumps(contenu, indent=0) + "\n", encoding="utf-8")


def read_comptes(fichier: Path) -> Comptes:
    """Read the counts of an edition; nothing is known where it has none.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not what was written.
    """
    if not fichier.is_file():
        return Comptes()
    contenu: dict[str, Any] = json.loads(fichier.read_text(encoding="utf-8"))
    return Comptes(
        {(ou, annee): Recu(*reste) for ou, annee, *reste in contenu["recus"]}, contenu["employeuses"]
    )


def _departements(territoires: Mapping[Iri, Territoire]) -> Iterator[tuple[Iri, Iri]]:
    """Yield each place with the one departement that holds it."""
    for iri, lieu in territoires.items():
        held = [parent for parent in _known(lieu.ancetres, territoires) if parent.niveau == "departement"]
        if len(held) == 1:
            yield iri, held[0].iri


def _known(iris: Iterable[Iri], territoires: Mapping[Iri, Territoire]) -> Iterator[Territoire]:
    return (territoires[iri] for iri in iris if iri in territoires)


def _texte(nom: str) -> str:
    return load_requete(f"catalogue/{nom}").texte
