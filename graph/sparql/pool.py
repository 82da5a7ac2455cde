"""Queries that anybody may type, run by a few worker processes that can be killed.

A query is read (:mod:`graph.sparql.limites`), handed to a free worker and given so many seconds. A
worker that is late is killed, one that dies is replaced; the server itself never evaluates anything.
"""

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, LifoQueue
from types import TracebackType
from typing import Self

from graph.errors import EditionError, OuvriersOccupesError, RequeteRefuseeError
from graph.messages import messages
from graph.sparql.arret import Arret, RequeteAbandonneeError
from graph.sparql.cadre import Entete
from graph.sparql.diagnostic import explain_death, explain_refusal, too_slow
from graph.sparql.formats import Format, Forme, formats_of
from graph.sparql.limites import RequeteLue, check_requete
from graph.sparql.processus import (
    OuvrierInutileError,
    OuvrierLentError,
    OuvrierMortError,
    Processus,
    Reglages,
)
from ontology.namespaces import PREFIXES

logger = logging.getLogger("maillage.sparql")


@dataclass(frozen=True, slots=True)
class ResultatSparql:
    """The answer to a query, ready to be sent."""

    type_media: str
    corps: bytes
    tronque: bool
    """True when rows, or triples, were left out."""
    lignes: int | None
    """Rows, or triples; None for ASK."""
    forme: Forme


class PoolSparql:
    """A few workers on one read-only store; safe to share between threads."""

    def __init__(
        self,
        chemin_store: Path,
        taille: int = 2,
        delai: float = 10.0,
        memoire_octets: int = 2 * 1024**3,
        lignes_max: int = 100_000,
        octets_max: int = 20 * 1024**2,
        union: bool = True,
        attente: float = 1.0,
        prefixes: Mapping[str, str] = PREFIXES,
    ) -> None:
        """Describe the workers; none is started before the first query.

        Args:
            chemin_store: folder of a store that nobody writes.
            taille: queries run at the same time, one process each.
            delai: seconds given to a query before its worker is killed.
            memoire_octets: address space of a worker.
            lignes_max: rows, or triples, in an answer.
            octets_max: bytes in an answer.
            union: whether a query sees all graphs as one, unless it names its own.
            attente: seconds to wait for a free worker.
            prefixes: prefixes that queries need not declare.
        """
        self.delai = delai
        self.lignes_max = lignes_max
        self.prefixes = dict(prefixes)
        self.octets_max = octets_max
        self.taille = taille
        self._attente = attente
        reglages = Reglages(str(chemin_store.resolve()), self.prefixes, union, memoire_octets)
        self._tous = tuple(Processus(reglages) for _ in range(taille))
        self._libres: LifoQueue[Processus] = LifoQueue()
        for processus in self._tous:
            self._libres.put(processus)
        self._verrou = threading.Lock()
        self._tues = 0
        self._ferme = False
        self._manque_dit = False

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
        """Run a query and return its answer in a format.

        Args:
            requete: SPARQL text, as typed, or already read by ``check_requete``.
            format: one that fits the form of the query (see ``formats_of``).
            graphes_defaut: IRIs of the graphs to merge as default graph, instead of the usual ones.
            graphes_nommes: IRIs of the graphs that ``GRAPH`` sees, instead of all.
            lignes_max: rows wanted at most, when fewer than the pool allows.
            octets_max: bytes wanted at most, likewise.
            base_iri: what relative IRIs of the query are relative to; without it they are refused.
            arret: what stops the query from another thread.

        Raises:
            RequeteRefuseeError: a query that is not run, or that the engine cannot evaluate.
            DelaiDepasseError: too much time or memory; the query was stopped.
            OuvriersOccupesError: no free worker.
            RequeteAbandonneeError: it was stopped through ``arret``.
            EditionError: the store cannot be opened.
        """
        lue = requete if isinstance(requete, RequeteLue) else check_requete(requete, self.prefixes)
        forme = lue.forme or Forme.SELECT
        check_format(forme, format)
        demande: Entete = {
            "requete": lue.texte,
            "base_iri": base_iri,
            "format": format.value,
            "graphes_defaut": _iris(graphes_defaut),
            "graphes_nommes": _iris(graphes_nommes),
            "lignes_max": min(lignes_max or self.lignes_max, self.lignes_max),
            "octets_max": min(octets_max or self.octets_max, self.octets_max),
        }
        arret = arret or Arret()
        with self._borrow() as processus, arret.watch(processus):
            entete, corps = self._ask(processus, demande, arret)
        if "erreur" in entete:
            raise explain_refusal(lue.texte, self.prefixes, entete)
        return ResultatSparql(format.type_media, corps, entete["tronque"], entete["lignes"], forme)

    def etat(self) -> dict[str, int | bool]:
        """Return what a health page shows: slots, how many are started and busy, workers killed."""
        started = sum(processus.pid is not None for processus in self._tous)
        busy = len(self._tous) - self._libres.qsize()
        return {
            "ouvriers": len(self._tous),
            "demarres": started,
            "occupes": busy if not self._ferme else 0,
            "tues": self._tues,
            "reseau_coupe": all("reseau" not in processus.manque for processus in self._tous),
        }

    def close(self) -> None:
        """Stop every worker, even one at work; nothing is left running."""
        with self._verrou:
            if self._ferme:
                return
            self._ferme = True
        held = len(self._tous)
        while held:
            for processus in self._tous:
                processus.interrupt()
            try:
                self._libres.get(timeout=0.2).kill()
            except Empty:
                continue
            held -= 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _borrow(self) -> Iterator[Processus]:
        try:
            processus = self._libres.get(timeout=0 if self._ferme else self._attente)
        except Empty:
            raise OuvriersOccupesError(messages("sparql.occupes")) from None
        try:
            yield processus
        finally:
            if self._ferme:
                processus.kill()
            self._libres.put(processus)

    def _ask(self, processus: Processus, demande: Entete, arret: Arret) -> tuple[Entete, bytes]:
        try:
            try:
                answer = processus.ask(demande, self.delai)
            except OuvrierMortError as mort:
                if mort.parti or self._ferme or arret.demande:
                    raise
                answer = processus.ask(demande, self.delai)  # it died idle: the query was not at fault
        except OuvrierLentError:
            self._replace(processus, "deadline")
            raise too_slow(self.delai) from None
        except OuvrierMortError as mort:
            self._replace(processus, "left alone" if arret.demande else f"signal {mort.signal}")
            if arret.demande:
                raise RequeteAbandonneeError from None
            if self._ferme:
                raise OuvriersOccupesError(messages("sparql.occupes")) from None
            raise explain_death(mort, self.delai) from None
        except OuvrierInutileError as erreur:
            logger.error("a worker cannot open the store: %s", erreur)
            raise EditionError(messages("sparql.illisible")) from None
        self._warn_once(processus)
        return answer

    def _replace(self, processus: Processus, cause: str) -> None:
        with self._verrou:
            self._tues += 1
        if self._ferme:
            return
        logger.info("a query worker was stopped (%s) and replaced", cause)
        try:
            processus.start()
        except (OuvrierMortError, OSError):
            logger.warning("a query worker could not be started again")

    def _warn_once(self, processus: Processus) -> None:
        if processus.manque and not self._manque_dit:
            self._manque_dit = True
            logger.warning("query workers are not confined on this machine: %s", ", ".join(processus.manque))


def check_format(forme: Forme, format: Format) -> None:
    """Refuse a format that does not fit a form of query.

    Raises:
        RequeteRefuseeError: it does not.
    """
    if format not in formats_of(forme):
        raise RequeteRefuseeError(messages("sparql.format-forme", format=format.value))


def _iris(iris: Sequence[str] | None) -> list[str] | None:
    return list(iris) if iris is not None else None
