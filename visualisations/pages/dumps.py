"""The page of the files of an edition: the whole, and each source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.edition.fichiers import Fichier
from graph.messages import write_number
from ontology.namespaces import EDITION, MAILLAGE
from visualisations.pages.commun import safe_url, say_date
from visualisations.rendu import messages, render_view

LICENCES: Final[Mapping[str, str]] = {
    "https://creativecommons.org/licenses/by/4.0": "CC BY 4.0",
    "https://www.etalab.gouv.fr/licence-ouverte-open-licence": "Licence Ouverte",
}
"""Names of licences; another is shown by its address."""


@dataclass(frozen=True, slots=True)
class FichierVue:
    """A file to download."""

    titre: str
    adresse: str
    taille: str
    date: str
    licence: str
    adresse_licence: str


@dataclass(frozen=True, slots=True)
class DumpsVue:
    """Context of ``pages/dumps.html``."""

    edition: str
    ensemble: FichierVue
    documents: tuple[FichierVue, ...]
    vocabulaires: tuple[FichierVue, ...]


def page_dumps(edition: str, fichiers: Sequence[Fichier]) -> str:
    """The page of the files of an edition."""
    ensemble, *parties = fichiers
    modele = [f for f in parties if f.graphe.removeprefix(MAILLAGE).startswith(("def", "voc/"))]
    documents = tuple(_view(f) for f in parties if f not in modele)
    return render_view(
        "pages/dumps.html", DumpsVue(edition, _view(ensemble), documents, tuple(map(_view, modele)))
    )


def say_title(fichier: Fichier) -> str:
    """Title of a file, in the current language when its source has one."""
    if not fichier.graphe:
        return messages("dumps_page.ensemble")
    return messages("dumps_page.deduits") if fichier.graphe.startswith(str(EDITION)) else fichier.titre


def _view(fichier: Fichier) -> FichierVue:
    adresse_licence = safe_url(fichier.licence) or ""
    return FichierVue(
        titre=say_title(fichier),
        adresse=f"/{fichier.chemin}",
        taille=", ".join(filter(None, (_say_size(fichier.octets), _say_statements(fichier.enonces)))),
        date=say_date(fichier.date) or "",
        licence=LICENCES.get(adresse_licence.rstrip("/"), adresse_licence),
        adresse_licence=adresse_licence,
    )


def _say_statements(enonces: int) -> str:
    return messages("dumps_page.taille", n=enonces, nombre=write_number(str(enonces)))


def _say_size(octets: int | None) -> str:
    if octets is None:
        return ""
    if octets < 100_000:
        return messages("dumps_page.ko", nombre=write_number(str(max(1, round(octets / 1000)))))
    return messages("dumps_page.mo", nombre=write_number(f"{octets / 1_000_000:.1f}"))
