"""The language of a page, and the address of the same page in another one."""

from contextvars import ContextVar
from typing import Final
from urllib.parse import quote

from graph.messages import LANGUES, langue_courante

PARAMETRE: Final = "lang"
adresse_courante: Final = ContextVar("adresse_courante", default=("/", ""))
"""Path and query of the request being answered, without the language."""


def langue() -> str:
    """The language of the page: ``fr`` or ``en``."""
    return langue_courante.get()


def autre_langue() -> str:
    """The language that the page may be switched to."""
    return next(code for code in LANGUES if code != langue())


def address_in(langue: str) -> str:
    """Address of this very page in a language; always on this site.

    >>> jeton = adresse_courante.set(("//ailleurs.fr/é", "q=a&q=b"))
    >>> address_in("en")
    '/ailleurs.fr/%C3%A9?q=a&q=b&lang=en'
    >>> adresse_courante.reset(jeton)
    """
    return f"{address_without()}{'&' if adresse_courante.get()[1] else '?'}{PARAMETRE}={langue}"


def address_without() -> str:
    """Address of this very page in the language that each reader chose."""
    chemin, requete = adresse_courante.get()
    # Two leading slashes would lead to another site.
    chemin = "/" + quote(chemin.lstrip("/"), safe="/:")
    return f"{chemin}?{requete}" if requete else chemin
