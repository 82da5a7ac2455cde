"""The payments that registers publish, on an actor's card: the sums, then the latest."""

from dataclasses import dataclass
from urllib.parse import quote

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Versement, Versements
from visualisations.pages.commun import ChoseVue, SourceVue, say_euros, say_number, view_sources
from visualisations.rendu import messages


@dataclass(frozen=True, slots=True)
class VersementVue:
    """One payment."""

    montant: str
    autre: ChoseVue
    date: str
    objet: str


@dataclass(frozen=True, slots=True)
class SensVue:
    """What is received, or what is given."""

    somme: str
    """How many payments, for how much."""
    derniers: tuple[VersementVue, ...]
    reste: int
    """Payments not listed."""


@dataclass(frozen=True, slots=True)
class VersementsVue:
    """What registers say that an actor receives and gives."""

    sens: tuple[SensVue, ...]
    sources: tuple[SourceVue, ...]


def view_payments(catalogue: Catalogue, acteur: Iri) -> VersementsVue | None:
    """The payments of an actor, None when no register tells any."""
    versements = catalogue.registre.versements(acteur) if catalogue.registre else Versements()
    recus = [versement for versement in versements.derniers if versement.recu]
    donnes = [versement for versement in versements.derniers if not versement.recu]
    sens = (
        _view_way("recus", versements.recus, versements.total_recu, recus),
        _view_way("donnes", versements.donnes, versements.total_donne, donnes),
    )
    if not any(sens):
        return None
    passages = dict.fromkeys(iri for versement in versements.derniers for iri in versement.passages)
    return VersementsVue(tuple(vue for vue in sens if vue), view_sources(catalogue, passages))


def _view_way(cle: str, nombre: int, total: float, derniers: list[Versement]) -> SensVue | None:
    if not nombre:
        return None
    return SensVue(
        somme=messages(
            f"versements.{cle}", n=nombre, nombre=say_number(str(nombre)), euros=say_euros(f"{total:.2f}")
        ),
        derniers=tuple(_view_payment(versement) for versement in derniers),
        reste=nombre - len(derniers),
    )


def _view_payment(versement: Versement) -> VersementVue:
    slug = versement.autre.rsplit("/", 1)[-1]
    return VersementVue(
        montant=say_euros(versement.montant) if versement.montant else "",
        autre=ChoseVue(versement.nom, f"/acteurs/{quote(slug, safe='')}"),
        date=versement.date.en_clair if versement.date else "",
        objet=versement.objet,
    )
