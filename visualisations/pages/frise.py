"""The steps of an action: a drawing with their titles, one for a phone, and the list that twins both."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Final

from graph.accompaniments import Frise, Placee, Trou, lay_out
from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement
from graph.dates import DatePartielle
from visualisations.pages.actions import say_state
from visualisations.pages.commun import SourceVue, say_number, say_period, view_sources
from visualisations.rendu import messages

LARGE: Final = (900, 360)
"""Width of the wide drawing, and where its scale begins: titles stand before."""
ETROITE: Final = (340, 30)
HAUT: Final = 46
"""Height of what stands above the first row: the marks of the scale, the action itself."""
RANGEE: Final = 32
LETTRE: Final = 7
"""Width of a letter of a label."""
MINCE: Final = 4
"""Least width of a bar: one day would not be seen."""
SIGNES: Final = 48
"""Characters of a title on one line of the wide drawing."""


@dataclass(frozen=True, slots=True)
class Temps:
    """A date, for a program and for a reader."""

    iso: str
    texte: str


@dataclass(frozen=True, slots=True)
class Moment:
    """When something takes place: « dès », a date, « à », a date."""

    avant: str
    debut: Temps | None
    joint: str
    fin: Temps | None


@dataclass(frozen=True, slots=True)
class EtapeFrise:
    """A step, as it is listed."""

    numero: int
    titre: str
    moment: Moment | None
    """None when no source dates it."""
    etat: str
    prevue: bool
    remarques: tuple[str, ...]
    """What is to be known of its date: planned, before the action, known by the year only."""
    jours: str
    notes: tuple[str, ...]
    sources: tuple[SourceVue, ...]


@dataclass(frozen=True, slots=True)
class Barre:
    """A step, as it is drawn; ``largeur`` is 0 when it is not dated."""

    numero: int
    lignes: tuple[str, ...]
    """Its title, one line after the other; none in the narrow drawing."""
    x: float
    y: float
    largeur: float
    classe: str
    ouverte: bool


@dataclass(frozen=True, slots=True)
class Repere:
    """A mark of the scale; its label is empty where there is no room for it."""

    x: float
    texte: str


@dataclass(frozen=True, slots=True)
class Coupure:
    """A stretch cut short."""

    x: float
    largeur: float
    texte: str


@dataclass(frozen=True, slots=True)
class Dessin:
    """One drawing, in its own units: about the pixels of the screen it is for."""

    genre: str
    largeur: int
    hauteur: int
    origine: int
    barres: tuple[Barre, ...]
    reperes: tuple[Repere, ...]
    coupures: tuple[Coupure, ...]
    action: tuple[float, float, float] | None
    """From where to where the action goes, and up to where it had gone when the document was written."""


@dataclass(frozen=True, slots=True)
class FriseVue:
    """The steps of an action."""

    etapes: tuple[EtapeFrise, ...]
    dessins: tuple[Dessin, ...]
    """None when no step is dated."""
    resume: str
    sans_date: int
    prevues: int
    vagues: bool
    ouvertes: bool


def view_timeline(catalogue: Catalogue, action: Accompagnement) -> FriseVue:
    """The steps of an action, drawn and listed."""
    frise = lay_out(action)
    dated = [placee for placee in frise.etapes if placee.debut is not None]
    planned = sum(placee.prevue for placee in frise.etapes)
    return FriseVue(
        etapes=tuple(_view_step(catalogue, action, placee) for placee in frise.etapes),
        dessins=tuple(draw(frise, genre) for genre in ("large", "etroite")) if dated else (),
        resume=messages("frise.resume", n=len(frise.etapes), prevues=planned),
        sans_date=len(frise.etapes) - len(dated),
        prevues=planned,
        vagues=any(placee.vague and not placee.prevue for placee in dated),
        ouvertes=any(placee.ouverte for placee in dated),
    )


def say_moment(debut: DatePartielle | None, fin: DatePartielle | None, *, open_end: bool) -> Moment | None:
    """When something takes place; None when nothing says it.

    Args:
        debut: when it begins.
        fin: when it ends.
        open_end: a beginning alone is the first day of something longer.
    """
    if debut is None and fin is None:
        return None
    if debut is None:
        return Moment(messages("frise.fin"), None, "", _say(fin))
    if fin is None or fin == debut:
        return Moment(messages("frise.des") if fin is None and open_end else "", _say(debut), "", None)
    joint = messages("frise.au" if fin.debut == fin.fin else "frise.a")
    return Moment("", _say(debut), joint, _say(fin))


def _say(date_: DatePartielle | None) -> Temps | None:
    return Temps(date_.texte, date_.en_clair) if date_ else None


def _view_step(catalogue: Catalogue, action: Accompagnement, placee: Placee) -> EtapeFrise:
    etape = placee.etape
    return EtapeFrise(
        numero=etape.ordre,
        titre=etape.titre,
        moment=say_moment(etape.debut, etape.fin, open_end=placee.ouverte),
        etat=say_state(catalogue, etape.statut, action) if etape.statut else "",
        prevue=placee.prevue,
        remarques=tuple(_remark(placee, action)),
        jours=messages("actions.jours", jours=say_number(etape.jours)) if etape.jours else "",
        notes=etape.notes,
        sources=view_sources(catalogue, etape.passages),
    )


def _remark(placee: Placee, action: Accompagnement) -> Iterator[str]:
    if placee.avant:
        yield messages("frise.avant", debut=say_period(action.debut, action.debut))
    if placee.vague:
        yield messages("frise.vague")


def draw(frise: Frise, genre: str) -> Dessin:
    """One drawing of the steps.

    Args:
        frise: the steps, placed.
        genre: ``large`` with their titles, ``etroite`` with their numbers alone.
    """
    largeur, origine = LARGE if genre == "large" else ETROITE
    etendue = largeur - origine - 8

    def at(position: float) -> float:
        return round(origine + position * etendue, 1)

    return Dessin(
        genre=genre,
        largeur=largeur,
        hauteur=HAUT + RANGEE * len(frise.etapes) + 6,
        origine=origine,
        barres=tuple(_bar(placee, rang, genre, at) for rang, placee in enumerate(frise.etapes)),
        reperes=tuple(_space((at(g.position), _label(g.jour, genre)) for g in frise.graduations)),
        coupures=tuple(_cut(trou, at) for trou in frise.trous),
        action=(at(frise.action[0]), at(frise.action[1]), at(frise.fait)) if frise.action else None,
    )


def _bar(placee: Placee, rang: int, genre: str, at: Callable[[float], float]) -> Barre:
    titre = wrap(placee.etape.titre, SIGNES, max_lines=2, placeholder=" …") if genre == "large" else ()
    dated = placee.debut is not None and placee.fin is not None
    debut, fin = at(placee.debut or 0), at(placee.fin or 0)
    return Barre(
        numero=placee.etape.ordre,
        lignes=tuple(titre),
        x=debut,
        y=HAUT + rang * RANGEE,
        largeur=max(MINCE, round(fin - debut, 1)) if dated else 0,
        classe=_class(placee),
        ouverte=placee.ouverte,
    )


def _cut(trou: Trou, at: Callable[[float], float]) -> Coupure:
    debut, fin = at(trou.debut), at(trou.fin)
    return Coupure(debut, round(fin - debut, 1), messages("frise.trou", n=trou.mois))


def _class(placee: Placee) -> str:
    if placee.prevue:
        return "prevue"
    return "vague" if placee.vague else "faite"


def _label(jour: date, genre: str) -> str:
    """A year, or the month where a stretch begins; in figures where room is scarce."""
    if jour.month == 1:
        return str(jour.year)
    return DatePartielle.parse(f"{jour:%Y-%m}").en_clair if genre == "large" else f"{jour:%m/%Y}"


def _space(marks: Iterable[tuple[float, str]]) -> Iterator[Repere]:
    """Label the marks from the left, as long as there is room."""
    free = 0.0
    for x, texte in marks:
        shown = texte if x >= free else ""
        free = x + LETTRE * len(texte) + LETTRE if shown else free
        yield Repere(x, shown)
