"""The files of an edition, each with what its description says of it."""

from dataclasses import dataclass
from pathlib import Path

from graph.edition.description import LICENCE, open_description
from graph.edition.dump import dump_path, graphs_of
from graph.edition.manifeste import Manifeste
from graph.messages import langue_courante
from graph.queries import load_requete
from ontology.namespaces import EDITION, MAILLAGE


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file of an edition."""

    graphe: str
    """IRI of the graph it holds, empty for the whole."""
    chemin: str
    """Where it is, below the site."""
    titre: str
    date: str
    """When what it holds was published: ``2009``, ``2026-01-01``; empty when its source does not say."""
    licence: str
    enonces: int
    octets: int | None
    """About how long it is; None in an edition that did not measure it."""

    @property
    def media(self) -> str:
        """Media type once decompressed."""
        return "text/turtle" if self.graphe else "application/n-quads"


def list_fichiers(folder: Path, manifeste: Manifeste) -> tuple[Fichier, ...]:
    """Return the files of an edition: the whole, then its graphs in the order of the manifest."""
    said = _read_description(folder)
    titres = {source.graphe: source.titre for source in manifeste.sources}
    enonces = {source.graphe: source.quads for source in manifeste.sources}
    enonces[f"{EDITION}{manifeste.id}"] = manifeste.comptes.get("énoncés dérivés", 0)
    fichiers = []
    for graphe in ("", *graphs_of(manifeste).values()):
        chemin = dump_path(manifeste.id, graphe)
        dit = said.get(chemin, {})
        octets = dit.get("octets")
        fichiers.append(
            Fichier(
                graphe,
                chemin,
                titre=dit.get("titre") or titres.get(graphe, ""),
                date=dit.get("date", ""),
                licence=dit.get("licence", LICENCE),
                enonces=enonces[graphe] if graphe else sum(enonces.values()),
                octets=int(octets) if octets else None,
            )
        )
    return tuple(fichiers)


def _read_description(folder: Path) -> dict[str, dict[str, str]]:
    """What the description says of each file, by path, its title in the current language."""
    description = open_description(folder)
    said: dict[str, dict[str, str]] = {}
    for ligne in description.select(load_requete("linked-data/fichiers").texte) if description else ():
        chemin = ligne["fichier"].removeprefix(MAILLAGE)
        if chemin not in said or ligne.get("langue") == langue_courante.get():
            said[chemin] = ligne
    return said
