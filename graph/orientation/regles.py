"""Who may use a scheme (DLA, point d'appui, first-job help): rules in ``regles.toml``, shown as reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from graph.catalogue import Catalogue
from graph.catalogue.modele import Acteur, Iri, Offre
from graph.orientation.citations import load_citations, read_donnees
from graph.orientation.modele import Condition, SourceCitee
from ontology.namespaces import VOC

Verdict = Literal["oui", "a-verifier", "non", "inconnu"]
_FONCTION: Final = f"{VOC}fonction/"


@dataclass(frozen=True, slots=True)
class Regle:
    """Whom a scheme is for, by stage, and the offers it speaks of."""

    code: str
    roles: frozenset[str]
    """Roles of the actors concerned; any when empty."""
    fonctions: frozenset[Iri]
    stades: Mapping[str, Verdict]
    textes: Mapping[str, str]
    ferme: bool
    """An offer that states no stage itself is out when the verdict is « non »."""
    source: SourceCitee | None

    def judge(self, stade: str | None) -> Condition:
        """Say whether an association at a stage (None: unknown) may use the scheme."""
        verdict: Verdict = self.stades[stade] if stade else "inconnu"
        return Condition(self.code, verdict, self.textes[verdict], self.source)

    def concerns(self, catalogue: Catalogue, acteur: Acteur, offre: Offre) -> bool:
        """Tell whether the rule speaks of an offer."""
        if self.roles and not self.roles & set(acteur.types):
            return False
        return any(self.fonctions & {code, *catalogue.elargir(code)} for code in offre.fonctions)


def judge_offer(catalogue: Catalogue, offre: Offre, stade: str | None) -> list[Condition]:
    """Return what the rules say of an offer for a stage."""
    acteur = catalogue.acteurs[offre.acteur]
    said = [regle.judge(stade) for regle in load_regles() if regle.concerns(catalogue, acteur, offre)]
    return [condition for condition in said if condition.texte]


def refused_stages(
    catalogue: Catalogue, regles: Iterable[Regle], acteur: Acteur, offre: Offre
) -> frozenset[str]:
    """Return the stages at which a rule closes an offer; what the offer says itself comes first."""
    if offre.stades:
        return frozenset()
    return frozenset(
        stade
        for regle in regles
        if regle.ferme and regle.concerns(catalogue, acteur, offre)
        for stade, verdict in regle.stades.items()
        if verdict == "non"
    )


@cache
def load_regles() -> tuple[Regle, ...]:
    """Read the published rules."""
    return tuple(
        Regle(
            code=code,
            roles=frozenset(table["roles"]),
            fonctions=frozenset(_FONCTION + fonction for fonction in table["fonctions"]),
            stades=table["stades"],
            textes=table["textes"],
            ferme=table["ferme"],
            source=load_citations().get(table["source"]),
        )
        for code, table in read_donnees("regles").items()
    )


def find_regle(code: str) -> Regle:
    """Return the rule of a code."""
    return next(regle for regle in load_regles() if regle.code == code)
