"""What the server and a worker say to each other: a JSON header and a body, each with its length."""

import json
import struct
from collections.abc import Callable
from typing import Any, Final

Entete = dict[str, Any]

PRISE: Final = b"+"
"""Said by a worker that has read a query, before it runs it: a death before that is not its fault."""

_LONGUEURS: Final = struct.Struct("!IQ")
_MORCEAU: Final = 1 << 20


def pack(entete: Entete, corps: bytes = b"") -> bytes:
    """Return a message ready to be written."""
    texte = json.dumps(entete).encode()
    return b"".join((_LONGUEURS.pack(len(texte), len(corps)), texte, corps))


def unpack(read: Callable[[int], bytes]) -> tuple[Entete, bytes] | None:
    """Read one message; None when the other side has closed.

    Args:
        read: returns at most that many bytes, none at the end.
    """
    lengths = _read_exactly(read, _LONGUEURS.size)
    if lengths is None:
        return None
    header_length, body_length = _LONGUEURS.unpack(lengths)
    texte = _read_exactly(read, header_length)
    corps = _read_exactly(read, body_length)
    if texte is None or corps is None:
        return None
    entete: Entete = json.loads(texte)
    return entete, corps


def _read_exactly(read: Callable[[int], bytes], length: int) -> bytes | None:
    received = bytearray()
    while len(received) < length:
        morceau = read(min(length - len(received), _MORCEAU))
        if not morceau:
            return None
        received += morceau
    return bytes(received)
