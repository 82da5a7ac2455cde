"""Publishing the current edition from the terminal: what is said while it goes, and when it is there."""

from pathlib import Path

from api.cli.barre import show_progress
from api.settings import Settings, read_secret
from graph.distant.publication import Publication, publish
from graph.distant.serveur import Serveur
from graph.edition.manifeste import read_manifeste
from graph.messages import messages, write_number


def publish_edition(
    folder: Path, settings: Settings, endpoint: str, graphes: str, par_envoi: int, garder: int
) -> list[str]:
    """Put an edition on a SPARQL server and return what to say of it.

    Raises:
        MaillageError: an address is none, or the edition could not be put there whole.
    """
    manifeste = read_manifeste(folder)
    serveur = Serveur.open(endpoint, graphes, read_secret(settings))
    with show_progress() as progress:
        faite = publish(folder, manifeste, serveur, progress, par_envoi, garder)
    return _say(manifeste.id, faite)


def _say(identifiant: str, faite: Publication) -> list[str]:
    said = []
    if faite.repris:
        said.append(messages("publication.reprise", n=faite.repris))
    if faite.retirees:
        said.append(messages("publication.retirees", n=len(faite.retirees)))
    n = write_number(str(faite.triplets))
    said.append(messages("publication.faite", id=identifiant, graphes=faite.graphes, n=n))
    return said
