"""Queries that anybody may type, on an edition that is on a server.

Each is first run by a worker on a store that holds nothing: what the engine refuses is refused here with
the same sentences, whatever the server thinks of it, and its columns are known. It then goes to the server
with a deadline on both sides, and its answer is written by the same serialisers within the same bounds.
"""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.distant.erreurs import RefusServeurError, ServeurError, ServeurLentError
from graph.distant.http import Reponse
from graph.distant.reecriture import Copies, Demande, rewrite
from graph.distant.serveur import Serveur, read_boolean, read_solutions, read_triples
from graph.errors import OuvriersOccupesError, RequeteRefuseeError
from graph.messages import messages
from graph.sparql.arret import Arret
from graph.sparql.formats import Format, Forme
from graph.sparql.limites import RequeteLue, check_requete
from graph.sparql.pool import PoolSparql, ResultatSparql, check_format
from graph.sparql.serialisation import Bornes, Ecrit, write_answer, write_triples

_VERBEUX: Final = 4
"""How much longer the server's JSON is than what is made of it, at most: what is beyond is never read."""


class PoolDistant(PoolSparql):
    """Asks a server; refuses, bounds and writes as the workers of this machine do."""

    def __init__(self, vide: Path, serveur: Serveur, copies: Copies, taille: int, delai: float) -> None:
        """Describe where queries go.

        Args:
            vide: folder of a store that holds nothing.
            serveur: that holds the edition.
            copies: its graphs there.
            taille: queries asked at the same time.
            delai: seconds given to a query.
        """
        super().__init__(vide, taille=taille, delai=delai, union=False)
        self._serveur, self._copies = serveur, copies
        self._places = threading.BoundedSemaphore(taille)
        self._occupees = 0

    def executer(
        self,
        requete: str | RequeteLue,
        format: Format = Format.JSON,
        graphes_defaut: Sequence[str] | None = None,
        graphes_nommes: Sequence[str] | None = None,
        lignes_max: int | None = None,
        octets_max: int | None = None,
        base_iri: str | None = None,
        arret: Arret | None = None,
    ) -> ResultatSparql:
        """Run a query and return its answer in a format; see :meth:`PoolSparql.executer`.

        Raises:
            ServeurError: the server does not answer.
        """
        lue = requete if isinstance(requete, RequeteLue) else check_requete(requete, self.prefixes)
        arret = arret or Arret()
        bornes = Bornes(
            min(lignes_max or self.lignes_max, self.lignes_max),
            min(octets_max or self.octets_max, self.octets_max),
        )
        forme = lue.forme or Forme.SELECT
        check_format(forme, format)
        rows = forme in (Forme.SELECT, Forme.ASK)
        with self._place():
            here = super().executer(
                lue,
                Format.JSON if rows else Format.NT,
                graphes_defaut,
                graphes_nommes,
                base_iri=base_iri,
                arret=arret,
            )
            demande = rewrite(
                lue.texte, self._copies, self.prefixes, base_iri, graphes_defaut, graphes_nommes
            )
            reponse = self._ask_server(demande, bornes, arret, rows=rows)
            ecrit = _write(reponse, forme, _columns(here), format, bornes, self.prefixes)
        return ResultatSparql(format.type_media, ecrit.corps, ecrit.tronque, ecrit.lignes, forme)

    def etat(self) -> dict[str, int | bool]:
        """Return what a health page shows; queries that the server did not answer in time are « tues »."""
        return super().etat() | {"occupes": self._occupees, "tues": self._tues}

    def _ask_server(self, demande: Demande, bornes: Bornes, arret: Arret, *, rows: bool) -> Reponse:
        try:
            return self._serveur.query(
                demande.texte,
                demande.graphes,
                demande.nommes,
                delai=self.delai,
                rows=rows,
                octets_max=bornes.octets * _VERBEUX,
                arret=arret,
            )
        except RefusServeurError:
            raise RequeteRefuseeError(messages("distant.requete")) from None
        except ServeurLentError:
            with self._verrou:
                self._tues += 1
            raise

    @contextmanager
    def _place(self) -> Iterator[None]:
        if self._ferme or not self._places.acquire(timeout=self._attente):
            raise OuvriersOccupesError(messages("sparql.occupes"))
        self._occupees += 1
        try:
            yield
        finally:
            self._occupees -= 1
            self._places.release()


def _columns(here: ResultatSparql) -> list[str]:
    """Return the columns of a SELECT in the order of the engine, which knows what ``*`` is."""
    if here.forme is not Forme.SELECT:
        return []
    noms: list[str] = json.loads(here.corps)["head"]["vars"]
    return noms


def _write(
    reponse: Reponse,
    forme: Forme,
    colonnes: list[str],
    format_: Format,
    bornes: Bornes,
    prefixes: dict[str, str],
) -> Ecrit:
    match forme:
        case Forme.ASK:
            return write_answer(read_boolean(reponse), format_, bornes, prefixes)
        case Forme.SELECT:
            rows, cut = _read_rows(reponse, colonnes, bornes)
            lues = ox.parse_query_results(rows, ox.QueryResultsFormat.TSV)
            ecrit = write_answer(lues, format_, bornes, prefixes)
        case _:
            cut = reponse.coupee
            ecrit = write_triples(_until_cut(reponse), format_, bornes, prefixes)
    return replace(ecrit, tronque=ecrit.tronque or cut)


def _read_rows(reponse: Reponse, colonnes: list[str], bornes: Bornes) -> tuple[bytes, bool]:
    """Return rows as TSV, and whether some were left out: what is cut ends in its last whole row."""
    lignes = ["\t".join(f"?{nom}" for nom in colonnes)]
    solutions = read_solutions(reponse)
    noms = {variable.value for variable in solutions.variables}
    try:
        for solution in solutions:
            if len(lignes) > bornes.lignes:
                return _tsv(lignes), True
            termes = (solution[nom] if nom in noms else None for nom in colonnes)
            lignes.append(
                "\t".join("" if terme is None else str(terme).replace("\t", "\\t") for terme in termes)
            )
    except (SyntaxError, OSError, ValueError):
        if not reponse.coupee:
            raise ServeurError("reponse") from None
    return _tsv(lignes), reponse.coupee


def _tsv(lignes: list[str]) -> bytes:
    return "".join(f"{ligne}\n" for ligne in lignes).encode()


def _until_cut(reponse: Reponse) -> Iterator[ox.Triple]:
    """Yield statements; where an answer was cut, the last one may be no whole one."""
    try:
        yield from read_triples(reponse)
    except ServeurError:
        if not reponse.coupee:
            raise
