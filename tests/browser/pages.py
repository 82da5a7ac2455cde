"""Every page of the site and the states it can be in: the table that the sweeps of this folder read.

A new page is a line here; a test refuses a page that has none.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Page

Geste = Callable[[Page], object]


def open_all(page: Page) -> None:
    """Unfold everything that folds."""
    page.evaluate("for (const d of document.querySelectorAll('main details')) d.open = true")


def wait_network(page: Page) -> None:
    page.wait_for_function("() => document.getElementById('toile')?.reseau !== undefined")


def wait_answer(page: Page) -> None:
    """Wait until the query editor has drawn what it was opened with."""
    page.wait_for_function("() => document.querySelector('#resultats tbody td')")


def suggest(page: Page) -> None:
    """Open the suggestions of communes."""
    page.get_by_role("combobox").first.press_sequentially("aunay")
    page.get_by_role("option").first.wait_for()


@dataclass(frozen=True, slots=True)
class Vue:
    """An address, and what may be done there that changes what is shown."""

    adresse: str
    etats: dict[str, Geste] = field(default_factory=dict)
    pret: Geste | None = None
    """Waits until scripts have drawn."""


_REPONSE: Final = (
    "/orientation?commune=14027&stade=employeur&secteur=petite-enfance"
    "&besoins=convention-collective&besoins=fiche-de-poste&besoins=comptabilite"
)
_DEPLIE: Final[dict[str, Geste]] = {"déplié": open_all}

VUES: Final = (
    Vue("/", {"communes proposées": suggest}),
    Vue("/?lang=en"),
    Vue("/orientation", {"communes proposées": suggest, **_DEPLIE}),
    Vue("/orientation?commune=Saint-Denis"),
    Vue("/orientation?commune=zzz&stade=employeur"),
    Vue(_REPONSE, _DEPLIE),
    Vue(f"{_REPONSE}&pourquoi=s3a", _DEPLIE),
    Vue("/orientation?commune=29232&stade=primo-employeur", _DEPLIE),
    Vue(f"{_REPONSE}&lang=en", _DEPLIE),
    Vue("/acteurs"),
    Vue("/acteurs?q=acepp&territoire=departement:29"),
    Vue("/acteurs?q=zzzz"),
    Vue("/acteurs/s3a", _DEPLIE),
    Vue("/acteurs/espace-bambins", _DEPLIE),
    Vue("/territoires"),
    Vue("/territoires?q=saint-denis"),
    Vue("/territoires/departement:14", _DEPLIE),
    Vue("/territoires/commune:14027", _DEPLIE),
    Vue("/territoires/national", _DEPLIE),
    Vue("/cartographie?territoire=departement:14", _DEPLIE, wait_network),
    Vue("/cartographie?territoire=departement:14#a=s3a", _DEPLIE, wait_network),
    Vue("/cartographie?territoire=departement:14#t=1&a=s3a", {}, wait_network),
    Vue("/cartographie?territoire=departement:14#a=s3a&v=1", {}, wait_network),
    Vue("/cartographie?territoire=departement:14&embed=1", {}, wait_network),
    Vue("/cartographie?par=departement", _DEPLIE),
    Vue("/cartographie?par=reseau"),
    Vue("/cartographie?territoire=departement:14&chemin=espace-bambins", _DEPLIE, wait_network),
    Vue("/cartographie?territoire=departement:14&communautes=1&taille=passages", _DEPLIE, wait_network),
    Vue("/cartographie/roles?accompagnement=petite-enfance-calvados", _DEPLIE),
    Vue("/cartographie/roles?territoire=region:22-1982", _DEPLIE),
    Vue("/cartographie/roles?territoire=departement:2A"),
    Vue("/cartographie/roles?territoire=departement:14&embed=1"),
    Vue("/cartographie/matrice?territoire=departement:29", _DEPLIE),
    Vue("/cartographie/matrice?territoire=departement:14&embed=1"),
    Vue("/cartographie/carte", _DEPLIE),
    Vue("/cartographie/carte?embed=1"),
    Vue("/couverture", _DEPLIE),
    Vue("/couverture?territoire=departement:14", _DEPLIE),
    Vue("/cartographie", _DEPLIE),
    Vue("/accompagnements"),
    Vue("/accompagnements/petite-enfance-calvados", _DEPLIE),
    Vue("/questions"),
    Vue("/questions/qc01-finistere-premier-emploi", _DEPLIE),
    Vue("/sparql"),
    Vue("/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%205", _DEPLIE),
    Vue("/sparql/editeur?question=qc01-finistere-premier-emploi", _DEPLIE, wait_answer),
    Vue("/dumps/"),
    Vue("/api"),
    Vue("/def.html", _DEPLIE),
    Vue("/voc/besoin.html", _DEPLIE),
    Vue("/voc/besoin/comptabilite.html", _DEPLIE),
    Vue("/nulle-part"),
)
