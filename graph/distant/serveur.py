"""A SPARQL 1.1 server as this project needs it: ask a query, and put, add to or remove a graph."""

import json
from collections.abc import Iterator, Sequence
from typing import IO, Any, Final, Self
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from graph.distant.erreurs import ServeurError, ServeurLentError
from graph.distant.flux import FluxJson
from graph.distant.http import Adresse, Reponse
from graph.distant.secret import Secret
from graph.messages import messages
from graph.sparql.arret import Arret

ROWS: Final = "application/sparql-results+json"
"""Rows are asked in JSON: XML's readers drop the spaces and line ends around a text."""
_TRIPLES: Final = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_NT: Final = "application/n-triples"
_LECTURES: Final = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_VIRTUOSO: Final = ("/sparql", "/sparql-graph-crud-auth", "?graph-uri=")

Graphes = Sequence[str]


class Serveur:
    """A server by its two addresses. It keeps no connection and may be shared between threads."""

    def __init__(self, requetes: Adresse, graphes: Adresse | None = None, parametre: str = "?graph=") -> None:
        self._requetes, self._graphes, self._parametre = requetes, graphes, parametre

    @classmethod
    def open(cls, url: str, url_graphes: str = "", secret: Secret | None = None) -> Self:
        """Read addresses; without the second one, graphs cannot be written, but on a Virtuoso.

        Raises:
            ServeurError: one is no address.
        """
        fin, graphes, parametre = _VIRTUOSO
        if not url_graphes and url.rstrip("/").endswith(fin):
            url_graphes = url.rstrip("/").removesuffix(fin) + graphes
        nom = parametre if url_graphes.rstrip("/").endswith(graphes) else "?graph="
        return cls(Adresse(url, secret), Adresse(url_graphes, secret) if url_graphes else None, nom)

    def query(
        self,
        texte: str,
        graphes: Graphes,
        nommes: Graphes = (),
        *,
        delai: float,
        rows: bool = True,
        octets_max: int | None = None,
        arret: Arret | None = None,
    ) -> Reponse:
        """Ask a query on some graphes: those merged as default graph, then those that ``GRAPH`` sees.

        Raises:
            MaillageError: see :meth:`graph.distant.http.Adresse.ask`; also when the server says, in
                whatever way of its own, that it did not answer in full.
        """
        champs = [("query", texte), ("timeout", str(max(1000, int(delai * 1000))))]
        champs += [("default-graph-uri", iri) for iri in graphes]
        champs += [("named-graph-uri", iri) for iri in nommes]
        reponse = self._requetes.ask(
            "POST",
            delai=delai,
            corps=urlencode(champs).encode(),
            entetes={
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": ROWS if rows else _TRIPLES,
            },
            octets_max=octets_max,
            arret=arret,
        )
        _refuse_part(reponse)
        return reponse

    def put(self, graphe: str, triplets: bytes, delai: float) -> None:
        """Make a graph hold exactly these N-Triples."""
        self._write("PUT", graphe, triplets, delai)

    def post(self, graphe: str, triplets: bytes, delai: float) -> None:
        """Add N-Triples to a graph."""
        self._write("POST", graphe, triplets, delai)

    def delete(self, graphe: str, delai: float) -> None:
        """Remove a graph, were it gone already."""
        try:
            self._write("DELETE", graphe, None, delai)
        except ServeurError as erreur:
            if erreur.cle != "404":
                raise

    def _write(self, methode: str, graphe: str, triplets: bytes | None, delai: float) -> None:
        if self._graphes is None:
            raise ServeurError("graphes")
        suite = f"{self._parametre}{quote(graphe, safe='')}"
        entetes = {"Content-Type": _NT} if triplets is not None else {}
        self._graphes.ask(methode, delai=delai, suite=suite, corps=triplets, entetes=entetes)


def read_solutions(reponse: Reponse) -> ox.QuerySolutions:
    """Return the rows of an answer.

    Raises:
        ServeurError: it is not SPARQL results.
    """
    lues = _read_results(reponse)
    if not isinstance(lues, ox.QuerySolutions):
        raise ServeurError("reponse")
    return lues


def read_boolean(reponse: Reponse) -> ox.QueryBoolean:
    """Return the answer to an ASK; a Virtuoso 7 says yes by a row and no by none.

    Raises:
        ServeurError: it is not one.
    """
    lue = _read_results(reponse)
    if isinstance(lue, ox.QueryBoolean):
        return lue
    said = json.dumps({"head": {}, "boolean": next(lue, None) is not None})
    boolean = ox.parse_query_results(said.encode(), ox.QueryResultsFormat.JSON)
    assert isinstance(boolean, ox.QueryBoolean)  # noqa: S101 — just written
    return boolean


def _read_results(reponse: Reponse) -> ox.QuerySolutions | ox.QueryBoolean:
    if reponse.type_media not in (ROWS, "application/json"):
        raise ServeurError("reponse")
    try:
        return ox.parse_query_results(_stream(reponse), ox.QueryResultsFormat.JSON)
    except (SyntaxError, OSError, ValueError):
        raise ServeurError("reponse") from None


def read_triples(reponse: Reponse) -> Iterator[ox.Triple]:
    """Yield the statements of an answer.

    Raises:
        ServeurError: it is not RDF.
    """
    format_ = _LECTURES.get(reponse.type_media)
    if format_ is None:
        raise ServeurError("reponse")
    try:
        for quad in ox.parse(_stream(reponse), format_):
            yield quad.triple
    except (SyntaxError, OSError, ValueError):
        raise ServeurError("reponse") from None


def _stream(reponse: Reponse) -> IO[bytes]:
    flux: Any = FluxJson(reponse.open(), reponse.fichier)
    stream: IO[bytes] = flux  # all that the engine asks of a stream is ``read``
    return stream


def _refuse_part(reponse: Reponse) -> None:
    """Refuse an answer that a Virtuoso gives in part, with a status of success: late, or cut to its rows."""
    noms = {nom.lower() for nom in reponse.entetes}
    if "x-sql-state" in noms:
        raise ServeurLentError(messages("distant.lent-statut"))
    if "x-sparql-maxrows" in noms:
        raise ServeurError("lignes")
