"""Answers already written, kept as bytes: an edition never changes, so nor does its answer of a day."""

import gzip
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Final

from fastapi.responses import Response

from api.compression import NIVEAU

OCTETS: Final = 32 << 20
"""Bytes kept for each edition."""


@dataclass(slots=True)
class Gardee:
    """One answer."""

    corps: bytes
    court: bytes = b""
    """Compressed, once somebody took it so."""


class ReponsesGardees:
    """The last answers of an edition; the least recently asked are forgotten first."""

    def __init__(self, octets: int = OCTETS) -> None:
        self._octets = octets
        self._prises = 0
        self._gardees: OrderedDict[Hashable, Gardee] = OrderedDict()
        self._verrou = Lock()

    def find(self, cle: Hashable) -> Gardee | None:
        """Return an answer that was kept."""
        with self._verrou:
            gardee = self._gardees.get(cle)
            if gardee is not None:
                self._gardees.move_to_end(cle)
            return gardee

    def keep(self, cle: Hashable, corps: bytes) -> Gardee:
        """Keep an answer, with room for its compressed form."""
        gardee = Gardee(corps)
        with self._verrou:
            if (before := self._gardees.pop(cle, None)) is not None:
                self._prises -= _weight(before)
            self._gardees[cle] = gardee
            self._prises += _weight(gardee)
            while self._prises > self._octets and self._gardees:
                _, oldest = self._gardees.popitem(last=False)
                self._prises -= _weight(oldest)
        return gardee


def _weight(gardee: Gardee) -> int:
    """What an answer may take: itself, and itself again at worst once compressed."""
    return 2 * len(gardee.corps)


def send_kept(gardee: Gardee, media_type: str, *, compressed: bool) -> Response:
    """Answer with what was kept, compressed if the client takes it so."""
    if not compressed:
        return Response(gardee.corps, media_type=media_type)
    if not gardee.court:
        gardee.court = gzip.compress(gardee.corps, NIVEAU)
    headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(gardee.court, media_type=media_type, headers=headers)
