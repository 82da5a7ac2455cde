"""What handlers ask for: the edition lent to the request, and only the parameters they know."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel

from api.editions import EditionOuverte
from graph.errors import DemandeInvalideError
from graph.messages import messages


def edition_of(request: Request) -> EditionOuverte:
    """Return the edition that the middleware lent to this request."""
    edition = request.state.edition
    assert isinstance(edition, EditionOuverte)  # noqa: S101 — set by RequestMiddleware
    return edition


EditionCourante = Annotated[EditionOuverte, Depends(edition_of)]


def refuse_unknown(request: Request) -> None:
    """Refuse a parameter that an address of the API does not have: a misspelt filter would filter nothing.

    Pages let them pass, as links to them are written everywhere; a route whose parameters are a model refuses
    by itself. ``lang`` is taken off before.

    Raises:
        DemandeInvalideError: a parameter is unknown; it is named, and those that are known.
    """
    route = request.scope.get("route")
    if not isinstance(route, APIRoute) or not route.path.startswith("/api/"):
        return
    champs = list(_parameters(route.dependant))
    if any(_is_model(champ.field_info.annotation) for champ in champs):
        return
    noms = list(dict.fromkeys(champ.alias for champ in champs))
    for champ in request.query_params:
        if champ not in noms:
            cle = "parametres.inconnu" if noms else "parametres.aucun"
            raise DemandeInvalideError(champ[:60], messages(cle, champ=champ[:60], noms=", ".join(noms)))


def _parameters(dependant: Dependant) -> Iterator[Any]:
    """Yield the fields of a route and of what it depends on; their class is private to FastAPI."""
    yield from dependant.query_params
    for autre in dependant.dependencies:
        yield from _parameters(autre)


def _is_model(genre: object) -> bool:
    return isinstance(genre, type) and issubclass(genre, BaseModel)
