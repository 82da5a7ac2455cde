"""The page of the files of an edition: the whole, and each source."""

from dataclasses import dataclass

from graph.edition.dump import dump_path
from graph.edition.manifeste import Manifeste
from graph.messages import write_number
from ontology.namespaces import EDITION
from visualisations.rendu import messages, render_view


@dataclass(frozen=True, slots=True)
class FichierVue:
    """A file to download."""

    titre: str
    adresse: str
    taille: str


@dataclass(frozen=True, slots=True)
class DumpsVue:
    """Context of ``pages/dumps.html``."""

    edition: str
    ensemble: str
    """Address of the whole."""
    documents: tuple[FichierVue, ...]
    vocabulaires: tuple[FichierVue, ...]


def page_dumps(manifeste: Manifeste) -> str:
    """The page of the files of an edition."""
    documents: list[FichierVue] = []
    vocabulaires: list[FichierVue] = []
    for source in manifeste.sources:
        fichier = _file(manifeste.id, source.graphe, source.titre, source.quads)
        (documents if "/source/" in source.graphe else vocabulaires).append(fichier)
    if (deduits := manifeste.comptes.get("énoncés dérivés")) is not None:
        graphe = f"{EDITION}{manifeste.id}"
        documents.append(_file(manifeste.id, graphe, messages("dumps_page.deduits"), deduits))
    ensemble = f"/{dump_path(manifeste.id)}"
    return render_view(
        "pages/dumps.html", DumpsVue(manifeste.id, ensemble, tuple(documents), tuple(vocabulaires))
    )


def _file(identifiant: str, graphe: str, titre: str, quads: int) -> FichierVue:
    taille = messages("dumps_page.taille", n=quads, nombre=write_number(str(quads)))
    return FichierVue(titre, f"/{dump_path(identifiant, graphe)}", taille)
