"""Put an edition on a SPARQL 1.1 server, graph by graph, then have it read: all of it or nothing.

What is already there is never touched: an edition has graphs of its own names. Each graph is sent, counted
there, and only then written down in the edition's index, on the server: the index is the journal of a
publication that was cut, and it cannot say more than what the server holds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.catalogue.comptes import NOM as COMPTES
from graph.catalogue.contours import NOM as CONTOURS
from graph.catalogue.dessins import NOM as DESSINS
from graph.distant.erreurs import PublicationError, ServeurError
from graph.distant.noms import COURANTE, ENTIERE, SOURCE, TRIPLETS, TYPE, Noms
from graph.distant.pointeur import read_current, read_published
from graph.distant.serveur import Serveur, read_solutions
from graph.edition.description import DESCRIPTION
from graph.edition.dossier import STORE
from graph.edition.manifeste import NOM as MANIFESTE
from graph.edition.manifeste import Manifeste
from graph.errors import MaillageError
from graph.messages import messages, write_number
from graph.store import Store

FICHIERS: Final = (MANIFESTE, COMPTES, CONTOURS, DESSINS, DESCRIPTION)
"""What a reader needs beside the graphs; the directory's index it makes by itself."""
PAR_ENVOI: Final = 20_000
"""Statements of a request: about three megabytes."""
MORCEAU: Final = 2000
"""Signs of a piece of a file."""
PAR_ENVOI_FICHIER: Final = 500
DELAI: Final = 600.0
"""Seconds given to one request."""

Progress = Callable[[int, float], None]
"""Told the statements that are there, and their share of the whole."""


@dataclass(frozen=True, slots=True)
class Graphe:
    """A graph to publish; ``origine`` None is the default graph."""

    copie: str
    origine: ox.NamedNode | None
    triplets: int


@dataclass(frozen=True, slots=True)
class Publication:
    """What a publication did."""

    graphes: int
    triplets: int
    repris: int
    """Graphs that were whole already."""
    retirees: tuple[str, ...]
    """Editions removed from the server."""


def publish(
    folder: Path,
    manifeste: Manifeste,
    serveur: Serveur,
    progress: Progress = lambda lus, part: None,
    par_envoi: int = PAR_ENVOI,
    garder: int = 2,
) -> Publication:
    """Put an edition on a server, check it, and make it the one that is read.

    Args:
        folder: of the edition.
        manifeste: its manifest.
        serveur: where.
        progress: told how far it is.
        par_envoi: statements of a request.
        garder: editions that stay on the server, this one included.

    Raises:
        PublicationError: it is not whole, and not read; asked again, it goes on from there.
    """
    envoi = _Envoi(folder, manifeste, serveur, progress, par_envoi)
    try:
        repris = envoi.send_missing()
        envoi.switch()
        retirees = remove_old(serveur, Noms(manifeste.base_iri), garder)
    except PublicationError:
        raise
    except MaillageError as erreur:
        raise PublicationError(messages("publication.arret", raison=erreur.message)) from None
    triplets = sum(graphe.triplets for graphe in envoi.graphes)
    return Publication(len(envoi.graphes), triplets, repris, retirees)


class _Envoi:
    """One edition on its way to one server."""

    def __init__(
        self, folder: Path, manifeste: Manifeste, serveur: Serveur, progress: Progress, par_envoi: int
    ) -> None:
        self._folder, self._id, self._serveur, self._progress = folder, manifeste.id, serveur, progress
        self._par_envoi = par_envoi
        self._noms = Noms(manifeste.base_iri)
        self._index = self._noms.index(self._id)
        self._store = ox.Store.read_only(str(folder / STORE))
        self.graphes = tuple(self._list_graphs())
        self._total = sum(graphe.triplets for graphe in self.graphes) or 1
        self._la = 0

    def send_missing(self) -> int:
        """Send the graphs that the index does not hold; return how many it held."""
        held = read_held(self._serveur, self._index)
        if not held:  # nothing was sent, or what was is of no use: the index must not hold more than it says
            self._serveur.put(self._index, b"", DELAI)
        repris = 0
        for graphe in self.graphes:
            if held.get(graphe.copie) == graphe.triplets:
                repris += 1
                self._advance(graphe.triplets)
                continue
            debut = self._find_start(graphe)
            self._send(graphe, debut)
            if debut and count_graph(self._serveur, graphe.copie) != graphe.triplets:
                self._la -= graphe.triplets  # what was there was something else
                self._send(graphe, 0)
            self._check(graphe)
            self._serveur.post(self._index, _nt(_record(graphe)), DELAI)
        return repris

    def switch(self) -> None:
        """Write that the edition is whole, then that it is the one to read; look that both are said."""
        nommes = {graphe.copie: graphe.triplets for graphe in self.graphes}
        if read_held(self._serveur, self._index) != nommes:
            raise ServeurError("incomplete")
        edition = ox.NamedNode(self._noms.edition(self._id))
        files = (enonce for nom in FICHIERS for enonce in self._file(nom))
        while lot := list(islice(files, PAR_ENVOI_FICHIER)):
            self._serveur.post(self._index, _nt(lot), DELAI)
        self._serveur.post(self._index, _nt([ox.Triple(edition, TYPE, ENTIERE)]), DELAI)
        if self._id not in read_published(self._serveur, self._noms, DELAI):
            raise ServeurError("incomplete")
        here = ox.Triple(ox.NamedNode(self._noms.pointeur), COURANTE, edition)
        self._serveur.put(self._noms.pointeur, _nt([here]), DELAI)
        if read_current(self._serveur, self._noms, DELAI) != self._id:
            raise PublicationError(messages("publication.bascule", id=self._id))

    def _file(self, nom: str) -> Iterator[ox.Triple]:
        """Yield a small file piece by piece: some servers take no long text."""
        texte = _read(self._folder / nom)
        for rang, debut in enumerate(range(0, len(texte), MORCEAU)):
            sujet = ox.NamedNode(f"{self._noms.fichier(self._id, nom)}/{rang:06}")
            yield ox.Triple(sujet, SOURCE, ox.Literal(texte[debut : debut + MORCEAU]))

    def _list_graphs(self) -> Iterator[Graphe]:
        origines = sorted(
            (nom for nom in self._store.named_graphs() if isinstance(nom, ox.NamedNode)),
            key=lambda nom: nom.value,
        )
        for rang, nom in enumerate(origines, 1):
            yield Graphe(self._noms.copie(self._id, rang), nom, self._count(nom))
        yield Graphe(self._noms.tout(self._id), None, self._count(None))

    def _count(self, nom: ox.NamedNode | None) -> int:
        dans = f"GRAPH {nom} {{ ?s ?p ?o }}" if nom else "?s ?p ?o"
        return int(next(Store(self._store).select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {dans} }}"))["n"])

    def _quads(self, nom: ox.NamedNode | None) -> Iterator[ox.Quad]:
        return self._store.quads_for_pattern(None, None, None, nom or ox.DefaultGraph())

    def _find_start(self, graphe: Graphe) -> int:
        """Return how many statements of a graph are there from a publication that was cut, in whole requests.

        The store gives them in one order, and an edition's name says what it holds: that is its beginning.
        """
        la = count_graph(self._serveur, graphe.copie)
        return la // self._par_envoi * self._par_envoi if la < graphe.triplets else 0

    def _send(self, graphe: Graphe, debut: int) -> None:
        """Send a graph from a statement on; from the first, what was there is replaced."""
        triples = (quad.triple for quad in islice(self._quads(graphe.origine), debut, None))
        send = self._serveur.post if debut else self._serveur.put
        self._advance(debut)
        while lot := list(islice(triples, self._par_envoi)):
            send(graphe.copie, _nt(lot), DELAI)
            send = self._serveur.post
            self._advance(len(lot))

    def _check(self, graphe: Graphe) -> None:
        lus = count_graph(self._serveur, graphe.copie)
        if lus != graphe.triplets:
            nom = graphe.origine.value if graphe.origine else graphe.copie
            said = {"lus": write_number(str(lus)), "voulus": write_number(str(graphe.triplets))}
            raise PublicationError(messages("publication.compte", nom=nom, **said))

    def _advance(self, triplets: int) -> None:
        self._la += triplets
        self._progress(self._la, min(1.0, self._la / self._total))


def count_graph(serveur: Serveur, graphe: str, delai: float = DELAI) -> int:
    """Return the number of statements of a graph on a server."""
    texte = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    for ligne in read_solutions(serveur.query(texte, [graphe], delai=delai)):
        return int(ligne["n"].value)
    return 0


def read_held(serveur: Serveur, index: str) -> dict[str, int]:
    """Return the graphs that an index says are whole, with their statements."""
    texte = f"SELECT ?copie ?n WHERE {{ ?copie <{TRIPLETS.value}> ?n }}"
    lignes = read_solutions(serveur.query(texte, [index], delai=DELAI))
    return {ligne["copie"].value: int(ligne["n"].value) for ligne in lignes}


def remove_old(serveur: Serveur, noms: Noms, garder: int) -> tuple[str, ...]:
    """Remove the oldest editions that are whole on a server, never the one that is read.

    The index goes first: an edition without one is no edition.
    """
    current = read_current(serveur, noms, DELAI)
    old = sorted(set(read_published(serveur, noms, DELAI)) - {current})
    doomed = old[: max(0, len(old) - max(0, garder - 1))]
    for identifiant in doomed:
        copies = read_held(serveur, noms.index(identifiant))
        serveur.delete(noms.index(identifiant), DELAI)
        for copie in copies:
            serveur.delete(copie, DELAI)
    return tuple(doomed)


def _record(graphe: Graphe) -> list[ox.Triple]:
    copie = ox.NamedNode(graphe.copie)
    said = [ox.Triple(copie, TRIPLETS, ox.Literal(graphe.triplets))]
    return [*said, ox.Triple(copie, SOURCE, graphe.origine)] if graphe.origine else said


def _nt(triples: list[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _read(fichier: Path) -> str:
    return fichier.read_text(encoding="utf-8") if fichier.is_file() else ""
