"""What the files of the geographic codes say, put together: some 40 000 rows, held in memory."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.bilan import LigneRefusee

MOUVEMENTS_RESOLUS: Final = frozenset({"31", "32", "33", "34", "41", "50"})
"""Movements after which a code names the territory of another one (mergers, changes of code)."""
PARENTS_DES_ARRONDISSEMENTS: Final = frozenset({"13055", "69123", "75056"})

Cle = tuple[str, str]
"""Kind of commune (``COM``, ``ARM``, ``COMD``, ``COMA``) and code: a delegated one may share its parent's."""


@dataclass(frozen=True, slots=True)
class CommuneLue:
    """A row of the table of communes."""

    nom: str
    departement: str
    arrondissement: str
    parent: str
    fichier: str
    ligne: int


@dataclass
class Tables:
    """Everything read so far. What is missing stays empty."""

    regions: dict[str, str] = field(default_factory=dict)
    departements: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Code to name and region; overseas collectivities have no region."""
    arrondissements: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Code to name and departement."""
    communes: dict[Cle, CommuneLue] = field(default_factory=dict)
    epci: dict[str, str] = field(default_factory=dict)
    membres: dict[str, str] = field(default_factory=dict)
    """Commune to its EPCI."""
    membres_ept: dict[str, str] = field(default_factory=dict)
    """Commune of the Grand Paris to its établissement public territorial, inside the EPCI."""
    populations: dict[str, int] = field(default_factory=dict)
    postaux: dict[str, tuple[str, ...]] = field(default_factory=dict)
    mouvements: dict[str, tuple[date, str]] = field(default_factory=dict)
    """Former code to the last movement that moved it: its day and the code it went to."""
    anciens: dict[str, str] = field(default_factory=dict)
    """Former codes already resolved, as the npm package gives them."""
    genres: set[str] = field(default_factory=set)
    """Kinds of tables that files gave, over which the package does not come back."""

    @property
    def jour(self) -> date | None:
        """The day of the newest movement: the tables are those of this day."""
        return max((moved for moved, _ in self.mouvements.values()), default=None)

    def is_commune(self, code: str) -> bool:
        """True when a code is a commune of today."""
        return ("COM", code) in self.communes

    def resolve(self, code: str) -> str | None:
        """Follow movements from a former code to a commune of today; None when they lead nowhere."""
        seen: set[str] = set()
        while not self.is_commune(code):
            if code in seen or code not in self.mouvements:
                return self.anciens.get(code)
            seen.add(code)
            code = self.mouvements[code][1]
        return code

    def former_codes(self) -> Mapping[str, list[str]]:
        """Return the former codes of each commune of today, sorted."""
        found: dict[str, list[str]] = {}
        for ancien in sorted({*self.mouvements, *self.anciens}):
            today = None if self.is_commune(ancien) else self.resolve(ancien)
            if today is not None and self.is_commune(today):
                found.setdefault(today, []).append(ancien)
        return found

    def population(self, code: str) -> int | None:
        """Return the population of a commune; Paris, Lyon and Marseille add up their arrondissements."""
        if code in self.populations or code not in PARENTS_DES_ARRONDISSEMENTS:
            return self.populations.get(code)
        parts = [c for (kind, c), lue in self.communes.items() if kind == "ARM" and lue.parent == code]
        known = [self.populations[part] for part in parts if part in self.populations]
        return sum(known) if known else None

    def settle(self, atelier: Atelier) -> None:
        """Take back the rows that nothing holds: no such departement, no such parent."""
        for cle in list(self._orphans()):
            lue = self.communes.pop(cle)
            atelier.bilan.pris -= 1
            if atelier.options.departements and cle[0] != "COM":
                atelier.bilan.filtres[messages("import.cog.hors-departements")] += 1
                continue
            valeur = lue.departement if cle[0] == "COM" else lue.parent
            colonne = "DEP" if cle[0] == "COM" else "COMPARENT"
            verdict = LigneRefusee(colonne, valeur, messages("import.cog.contenant-inconnu"))
            atelier.bilan.reject(lue.fichier, lue.ligne, verdict)
        self._move_members(atelier)
        self._move_populations()

    def _orphans(self) -> Iterator[Cle]:
        lost = {c for (k, c), lue in self.communes.items() if k == "COM" and not self._is_held(lue)}
        for cle, lue in self.communes.items():
            kind, code = cle
            held = (
                code not in lost if kind == "COM" else self.is_commune(lue.parent) and lue.parent not in lost
            )
            if not held:
                yield cle

    def _is_held(self, lue: CommuneLue) -> bool:
        return lue.departement in self.departements

    def _move_members(self, atelier: Atelier) -> None:
        """Members of an EPCI merged since the workbook count for the commune they became."""
        for membres in (self.membres, self.membres_ept):
            for code in [code for code in membres if not self.is_commune(code)]:
                siren, today = membres.pop(code), self.resolve(code)
                if today is not None:
                    membres.setdefault(today, siren)
                elif not atelier.options.departements:
                    atelier.bilan.avertissements[messages("import.cog.membre-inconnu")] += 1

    def _move_populations(self) -> None:
        """A population counted before a merger adds up in today's commune, when that one has none."""
        districts = {code for kind, code in self.communes if kind == "ARM"}
        added: dict[str, int] = {}
        for code in [c for c in self.populations if not self.is_commune(c) and c not in districts]:
            number, today = self.populations.pop(code), self.resolve(code)
            if today is not None:
                added[today] = added.get(today, 0) + number
        self.populations = added | self.populations
