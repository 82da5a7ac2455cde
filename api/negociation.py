"""What a client would rather read, out of what is offered (``Accept``, RFC 9110 §12.5.1)."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from graph.errors import MaillageError
from graph.messages import messages

_Q = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\Z")


class NonProposeError(MaillageError):
    """Nothing that is offered suits the client; ``formats`` says what is."""

    def __init__(self, formats: Iterable[str]) -> None:
        self.formats = tuple(formats)
        super().__init__(messages("detail.406"))


class Plage(NamedTuple):
    """A range of an ``Accept`` header: ``text/*;q=0.5``."""

    genre: str
    sous_genre: str
    qualite: float
    rang: int

    def precision(self, media: str) -> int:
        """Tell how closely the range names a media type: 3 exactly, 2 by its type, 1 any, 0 not."""
        genre, _, sous_genre = media.partition("/")
        if (self.genre, self.sous_genre) == (genre, sous_genre):
            return 3
        if (self.genre, self.sous_genre) == (genre, "*"):
            return 2
        return int((self.genre, self.sous_genre) == ("*", "*"))


def read_accept(accept: str) -> list[Plage]:
    """Read an ``Accept`` header; what is malformed in it is left out."""
    return list(_ranges(accept))


def _ranges(accept: str) -> Iterator[Plage]:
    for rang, part in enumerate(accept.split(",")):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        genre, slash, sous_genre = media.lower().partition("/")
        if not (slash and genre and sous_genre):
            continue
        qualites = [value.strip() for nom, _, value in _pairs(parameters) if nom.strip().lower() == "q"]
        if all(_Q.match(value) for value in qualites):
            yield Plage(genre, sous_genre, float(qualites[0]) if qualites else 1.0, rang)


def _pairs(parameters: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    return (parameter.partition("=") for parameter in parameters)


def choose_media(accept: str | None, offers: Iterable[str]) -> str | None:
    """Return the media type that suits a client best, None when none does.

    The highest quality wins; at equal quality, what the client names over what it merely allows, then
    its own order, then ours.

    Args:
        accept: the header, None or empty when the client takes anything.
        offers: media types, ours to prefer first.
    """
    ranges = read_accept(accept) if accept else [Plage("*", "*", 1.0, 0)]
    ranked = []
    for place, offer in enumerate(offers):
        matching = [plage for plage in ranges if plage.precision(offer)]
        if not matching:
            continue
        best = max(matching, key=lambda plage: plage.precision(offer))
        if best.qualite > 0:
            precision = best.precision(offer)
            order = best.rang if precision == 3 else 0
            ranked.append((best.qualite, precision, -order, -place, offer))
    return max(ranked)[-1] if ranked else None


def require_media(accept: str | None, offers: Iterable[str]) -> str:
    """Return the media type that suits a client best.

    Raises:
        NonProposeError: none does.
    """
    offered = tuple(offers)
    media = choose_media(accept, offered)
    if media is None:
        raise NonProposeError(offered)
    return media
