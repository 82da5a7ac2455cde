"""Who may use a scheme (DLA, point d'appui, first-job help): rules in ``regles.toml``, shown as reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from graph.catalogue import Catalogue
from graph.catalogue.modele import Acteur, Iri, Offre
from graph.messages import keep_by_language
from graph.orientation.citations import load_citations, read_donnees, read_phrases
from graph.orientation.modele import Condition, SourceCitee
from ontology.namespaces import VOC

Verdict = Literal["oui", "a-verifier", "non", "inconnu"]


@dataclass(frozen=True, slots=True)
class Regle:
    """Whom a scheme is for, by stage, and the offers it speaks of."""

    code: str
    roles: frozenset[str]
    """Roles of the actors concerned; any when empty."""
    fonctions: frozenset[Iri]
    """Functions of the offers concerned, those below them too; any when empty."""
    tailles: frozenset[Iri]
    """Sizes of association that the offers concerned are for; any, or none said, when empty."""
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
        if self.tailles and not self.tailles & set(offre.tailles):
            return False
        chains = ({code, *catalogue.elargir(code)} for code in offre.fonctions)
        return not self.fonctions or any(self.fonctions & chain for chain in chains)


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


@keep_by_language()
def load_regles() -> tuple[Regle, ...]:
    """Read the published rules, their texts in the current language."""
    phrases = read_phrases("regles")
    return tuple(
        Regle(
            code=code,
            roles=frozenset(table["roles"]),
            fonctions=frozenset(f"{VOC}fonction/{code}" for code in table["fonctions"]),
            tailles=frozenset(f"{VOC}taille/{code}" for code in table["tailles"]),
            stades=table["stades"],
            textes=table["textes"] | phrases.get(code, {}),
            ferme=table["ferme"],
            source=load_citations().get(table["source"]),
        )
        for code, table in read_donnees("regles").items()
    )


def find_regle(code: str) -> Regle:
    """Return the rule of a code."""
    return next(regle for regle in load_regles() if regle.code == code)
