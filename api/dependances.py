"""What handlers ask for: the edition lent to the request."""

from typing import Annotated

from fastapi import Depends, Request

from api.editions import EditionOuverte


def edition_of(request: Request) -> EditionOuverte:
    """Return the edition that the middleware lent to this request."""
    edition = request.state.edition
    assert isinstance(edition, EditionOuverte)  # noqa: S101 — set by RequestMiddleware
    return edition


EditionCourante = Annotated[EditionOuverte, Depends(edition_of)]
