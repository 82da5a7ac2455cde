"""The page of what went wrong: what happened, what to do, nothing of how the machine is made."""

from dataclasses import dataclass
from typing import Final

from visualisations.rendu import messages, render_view

CONNUS: Final = frozenset({404, 422, 500, 503})


@dataclass(frozen=True, slots=True)
class ErreurVue:
    """Context of ``pages/erreur.html``."""

    edition: str
    statut: int
    titre: str
    detail: str
    conseil: str


def page_erreur(
    statut: int,
    titre: str | None = None,
    detail: str | None = None,
    conseil: str | None = None,
    edition: str = "",
) -> str:
    """The page for an HTTP status; what is not given is said in general words.

    Args:
        statut: HTTP status, shown small.
        titre: what happened, in one line.
        detail: what exactly, for a person (the ``message`` of a MaillageError).
        conseil: what to do now.
        edition: id of the edition, when one was open.
    """
    famille = statut if statut in CONNUS else (404 if 400 <= statut < 500 else 500)
    vue = ErreurVue(
        edition=edition,
        statut=statut,
        titre=titre or messages(f"erreur.titre-{famille}"),
        detail=detail or messages(f"erreur.detail-{famille}"),
        conseil=conseil or messages(f"erreur.conseil-{famille}"),
    )
    return render_view("pages/erreur.html", vue)
