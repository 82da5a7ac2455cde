"""The map in words: what it shows, a value, a class."""

from typing import Final

from graph.carte import Classe, Criteres
from graph.catalogue import Catalogue
from graph.coverage.manques import list_crossings
from visualisations.pages.commun import say_euros, say_number, say_place
from visualisations.rendu import messages

MILLION: Final = 1_000_000
MILLE: Final = 10_000
"""From here on, thousands are enough on the drawing."""


def say_caption(catalogue: Catalogue, criteres: Criteres) -> str:
    """What the map shows, in a sentence."""
    total = {"total": len(list_crossings(catalogue))} if criteres.mesure == "trous" else {}
    parts = [messages(f"carte_page.titre-{criteres.mesure}", **total)]
    if criteres.role and criteres.mesure == "acteurs":
        parts.append(messages("carte_page.dit-role", role=messages(f"types.{criteres.role}")))
    if criteres.fonction and (concept := catalogue.concept("fonction", criteres.fonction)):
        parts.append(messages("carte_page.dit-fonction", fonction=concept.libelle))
    if criteres.portee == "toutes":
        parts.append(messages("carte_page.dit-toutes"))
    if criteres.annee:
        parts.append(messages("carte_page.dit-annee", annee=criteres.annee))
    if criteres.rapport:
        parts.append(messages("carte_page.dit-rapport"))
    parts.append(messages(f"carte_page.dit-{criteres.maille}"))
    if criteres.territoire:
        parts.append(messages("carte_page.dit-lieu", lieu=say_place(catalogue, criteres.territoire.iri)))
    return ", ".join(parts)


def say_value(criteres: Criteres, valeur: float | None, *, alone: bool = False) -> str:
    """A value in words; ``alone`` in a column that says what is counted."""
    if valeur is None:
        return messages("carte_page.inconnu")
    if criteres.mesure == "montants":
        texte = say_euros(_write(valeur) if criteres.rapport else f"{valeur:.0f}")
    else:
        texte = say_number(_write(valeur))
    if alone:
        return texte
    if criteres.mesure != "montants":
        if valeur == 0:
            return say_zero(criteres)
        texte = messages(f"carte_page.valeur-{criteres.mesure}", n=valeur, valeur=texte)
    return messages("carte_page.valeur-rapport", valeur=texte) if criteres.rapport else texte


def say_zero(criteres: Criteres) -> str:
    """What zero means: nobody known, or for holes that there is none."""
    return messages("carte_page.zero-trous" if criteres.mesure == "trous" else "carte_page.zero")


def say_class(criteres: Criteres, classe: Classe) -> str:
    """The values of a class."""
    debut, fin = (say_value(criteres, valeur, alone=True) for valeur in (classe.debut, classe.fin))
    return debut if debut == fin else messages("carte_page.classe", debut=debut, fin=fin)


def say_short(valeur: float | None) -> str:
    """A value as it is written on the drawing: three or four signs; none for zero nor for unknown.

    A zero on a departement would read as « there is nobody », when it is « nobody known ».
    """
    if not valeur:
        return ""
    if valeur >= MILLION:
        return f"{say_number(f'{valeur / MILLION:.1f}')} M"
    if valeur >= MILLE:
        return f"{say_number(f'{valeur / 1000:.0f}')} k"
    return say_number(f"{valeur:.1f}" if valeur < 100 else f"{valeur:.0f}")


def _write(valeur: float) -> str:
    return f"{valeur:.2f}".rstrip("0").rstrip(".")
