"""What other sources say of an actor, under what the card shows; the stage that a head count suggests."""

from dataclasses import dataclass

from graph.catalogue import Catalogue
from graph.catalogue.divergences import Dire, Dires, others
from graph.catalogue.modele import Acteur
from visualisations.pages.commun import ChoseVue, say_number
from visualisations.pages.lieux import view_place
from visualisations.rendu import messages


@dataclass(frozen=True, slots=True)
class DireVue:
    """« D’après X (2026) : … »."""

    selon: str
    valeur: ChoseVue


@dataclass(frozen=True, slots=True)
class TrancheVue:
    """A head-count band, who gives it, and the stage it suggests when no source says one."""

    libelle: str
    precision: str
    stade: str


def view_dires(catalogue: Catalogue, said: Dires) -> dict[str, tuple[DireVue, ...]]:
    """What the sources say that the catalogue does not show, by property."""
    return {
        propriete: tuple(_view(catalogue, propriete, dire) for dire in others(propriete, dires))
        for propriete, dires in said.items()
    }


def view_tranche(catalogue: Catalogue, acteur: Acteur, said: Dires) -> TrancheVue | None:
    """The head-count band of an actor; None when no source gives one."""
    if acteur.tranche is None:
        return None
    first = next(iter(said.get("trancheEffectif", ())), None)
    concept = catalogue.concepts.get(acteur.tranche)
    suggere = concept.stade_suggere if concept and acteur.stade is None else None
    return TrancheVue(
        libelle=catalogue.libelle(acteur.tranche),
        precision=", ".join(filter(None, (_source(catalogue, first), _year(first)))) if first else "",
        stade=catalogue.libelle(suggere).lower() if suggere else "",
    )


def _view(catalogue: Catalogue, propriete: str, dire: Dire) -> DireVue:
    source, annee = _source(catalogue, dire), _year(dire)
    cle = "acteur.selon_date" if annee else "acteur.selon"
    return DireVue(messages(cle, source=source, annee=annee), _value(catalogue, propriete, dire.valeur))


def _value(catalogue: Catalogue, propriete: str, valeur: str) -> ChoseVue:
    if propriete == "siege":
        return view_place(catalogue, valeur)
    if propriete == "effectif":
        return ChoseVue(say_number(valeur))
    return ChoseVue(catalogue.libelle(valeur) if valeur in catalogue.concepts else valeur)


def _source(catalogue: Catalogue, dire: Dire) -> str:
    """The title of a source, without what follows a colon: « Répertoire SIRENE »."""
    return catalogue.libelle(dire.source).partition(" : ")[0]


def _year(dire: Dire) -> str:
    return str(dire.date.debut.year) if dire.date else ""
