"""Who gets the next query worker: each client in turn, and none more than its share.

Limits hold in one process: behind several, each counts its own. A client is an IPv4 address, or the
network (/64) of an IPv6 one; behind a proxy, the address that a trusted proxy tells.
"""

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final, TypeVar

from anyio import to_thread
from fastapi import Request

from graph.errors import MaillageError, OuvriersOccupesError
from graph.messages import messages
from graph.sparql.arret import Arret, RequeteAbandonneeError

T = TypeVar("T")

FILE_CLIENT: Final = 8
"""Queries of one client that may wait; more are refused."""
FILE_MAX: Final = 64
"""Queries that may wait in all."""
ATTENTE: Final = 5.0
"""Seconds a query waits for a worker before its client is told to come back."""
LEGER: Final = 1.0
"""Seconds of worker, lately, under which a client known to be quick may hold every worker."""
CLIENTS_MAX: Final = 2000
"""Clients remembered; those who have spent nothing lately are forgotten first."""


REPRISE: Final = 0.3
"""Seconds after which a client that waits and holds nothing takes a worker back from one that holds all."""


class PartDepasseeError(MaillageError):
    """A client asks for more than its share."""

    def __init__(self, patienter: float) -> None:
        self.patienter = max(1, math.ceil(patienter))
        """Seconds after which it may ask again."""
        super().__init__(messages("sparql.part", secondes=self.patienter))


@dataclass(slots=True)
class _Client:
    nom: str
    vu: float
    depense: float = 0.0
    """Seconds of worker spent, forgotten little by little."""
    en_cours: int = 0
    connu: bool = False
    """True once one of its queries has ended."""
    attente: deque[asyncio.Future[None]] = field(default_factory=deque)
    arrets: list[Arret] = field(default_factory=list)
    """What stops its queries under way, the latest last."""


class Partage:
    """Lends a number of workers to clients, in turn; belongs to one event loop."""

    def __init__(self, places: int, part: float, horloge: Callable[[], float] = time.monotonic) -> None:
        """Describe what is shared.

        Args:
            places: queries that run at the same time.
            part: seconds of worker that one client may spend in a minute.
            horloge: seconds, from anywhere.
        """
        self._places, self._part, self._horloge = places, part, horloge
        self._libres = places
        self._clients: dict[str, _Client] = {}
        self._attendent: dict[str, _Client] = {}
        """Those who wait, in turn: what a query costs does not grow with the clients remembered."""
        self.refus = 0
        """Queries refused because their client asked for more than its share."""

    @property
    def en_attente(self) -> int:
        """Queries that wait for a worker."""
        return sum(len(client.attente) for client in self._attendent.values())

    async def run(self, nom: str, work: Callable[[Arret], T], arret: Arret | None = None) -> T:
        """Run blocking work in a thread, once it is this client's turn, and charge it for the time.

        Args:
            nom: the client.
            work: what runs; it must end soon once its argument is stopped.
            arret: what stops the work, when somebody else may.

        Raises:
            PartDepasseeError: the client has spent its share, or waits too often already.
            OuvriersOccupesError: no worker came free in time, too many wait, or the work was stopped because
                its client held every worker while another waited.
            RequeteAbandonneeError: the work was stopped by somebody else.
        """
        client, arret = self._find(nom), arret or Arret()
        await self._wait_turn(client)
        begun = self._horloge()
        client.arrets.append(arret)
        try:
            return await to_thread.run_sync(work, arret)
        except RequeteAbandonneeError:
            if arret in client.arrets:
                raise
            raise OuvriersOccupesError(messages("sparql.occupes")) from None
        finally:
            if arret in client.arrets:
                client.arrets.remove(arret)
            self._decay(client)
            client.depense += self._horloge() - begun
            client.connu = True
            self._give_back(client)

    def _find(self, nom: str) -> _Client:
        if nom not in self._clients:
            if len(self._clients) >= CLIENTS_MAX:
                self._forget()
            self._clients[nom] = _Client(nom, self._horloge())
        client = self._clients[nom]
        self._decay(client)
        return client

    def _decay(self, client: _Client) -> None:
        now = self._horloge()
        client.depense = max(0.0, client.depense - (now - client.vu) * self._part / 60)
        client.vu = now

    def _forget(self) -> None:
        idle = [nom for nom, client in self._clients.items() if not client.en_cours and not client.attente]
        for nom in sorted(idle, key=lambda nom: self._clients[nom].vu)[: CLIENTS_MAX // 2]:
            del self._clients[nom]

    async def _wait_turn(self, client: _Client) -> None:
        if client.depense >= self._part:
            raise self._refuse((client.depense - self._part) * 60 / self._part)
        if len(client.attente) >= FILE_CLIENT:
            raise self._refuse(ATTENTE)
        if self.en_attente >= FILE_MAX:
            raise OuvriersOccupesError(messages("sparql.occupes"))
        turn = asyncio.get_running_loop().create_future()
        client.attente.append(turn)
        self._attendent.setdefault(client.nom, client)
        self._serve()
        if turn.done():
            return
        take_back = asyncio.get_running_loop().call_later(REPRISE, self._take_back, client)
        try:
            await asyncio.wait_for(asyncio.shield(turn), ATTENTE)
        except (TimeoutError, asyncio.CancelledError) as cause:
            if turn.done():
                self._give_back(client)
            else:
                client.attente.remove(turn)
                if not client.attente:
                    del self._attendent[client.nom]
            if isinstance(cause, TimeoutError):
                raise OuvriersOccupesError(messages("sparql.occupes")) from None
            raise
        finally:
            take_back.cancel()

    def _take_back(self, client: _Client) -> None:
        """Stop the latest query of whoever holds every worker, for a client that holds none."""
        held = [other for other in self._clients.values() if len(other.arrets) == self._places > 1]
        if held and not client.en_cours:
            held[0].arrets.pop().stop()

    def _refuse(self, patienter: float) -> PartDepasseeError:
        self.refus += 1
        return PartDepasseeError(patienter)

    def _may_run(self, client: _Client) -> bool:
        """Tell whether a client may take one more worker: one is kept for others, unless quick and alone."""
        others = any(other is not client and not other.en_cours for other in self._attendent.values())
        quick = client.connu and client.depense < LEGER and not others
        return client.en_cours < (self._places if quick else max(1, self._places - 1))

    def _serve(self) -> None:
        """Give the free workers to those who wait, the clients in turn."""
        while self._libres:
            client = next((client for client in self._attendent.values() if self._may_run(client)), None)
            if client is None:
                return
            del self._attendent[client.nom]
            client.attente.popleft().set_result(None)
            if client.attente:
                self._attendent[client.nom] = client  # last in turn now
            client.en_cours += 1
            self._libres -= 1

    def _give_back(self, client: _Client) -> None:
        client.en_cours -= 1
        self._libres += 1
        self._serve()


def client_of(request: Request) -> str:
    """Return the client whom a request is charged to."""
    hote = request.client.host if request.client else ""
    try:
        adresse = ip_address(hote)
    except ValueError:
        return hote
    if not isinstance(adresse, IPv6Address):
        return hote
    if adresse.ipv4_mapped is not None:
        return str(adresse.ipv4_mapped)
    return str(IPv6Network((adresse, 64), strict=False))
