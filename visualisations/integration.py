"""A page shown inside another site: what it is asked, and the address it is shared by.

Set once a request, as the language is: no view carries it, and nothing that is kept may depend on it.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from graph.messages import LANGUES
from visualisations.langues import address_in, address_without, langue


@dataclass(frozen=True, slots=True)
class Integration:
    """How the page being answered may be shared."""

    site: str = ""
    """Address of the whole site, as it was asked for; empty when the page is not one to share."""
    integree: bool = False
    """True when it is shown inside another page: the figure alone, with its credit."""
    ouverte: bool = False
    """True when pages of other sites may show it."""


integration_courante: Final = ContextVar("integration_courante", default=Integration())  # noqa: B039 — frozen


def integration() -> Integration:
    """How the page being answered may be shared."""
    return integration_courante.get()


def shared_address() -> str:
    """The whole address of this very page, as it is given to others."""
    return f"{integration().site}{address_without()}"


def embedded_address() -> str:
    """The address of this very page as it shows inside another one."""
    # A frame of another site is sent no cookie: the language goes with the address.
    page = address_in(langue()) if langue() != LANGUES[0] else address_without()
    return f"{integration().site}{page}{'&' if '?' in page else '?'}embed=1"
