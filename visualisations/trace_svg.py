"""Drawing SVG on the server: shapes with a class and a colour, text measured without a font.

Each shape has both a class, which the style sheet of a page colours (light, dark, print), and the same
colour written on it, which is what shows in a file that leaves the site: the page's policy refuses
style inside a document, and a style sheet always wins over such an attribute.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from visualisations.types_acteur import TypeActeur

POLICE: Final = "Segoe UI, Roboto, Noto Sans, Liberation Sans, sans-serif"
_ETROITS: Final = frozenset("fijlrtI.,;:!|'’()[] ·-")
_LARGES: Final = frozenset("mwMWÉÈÀ@%&—…ŒœÆ")
_BLANCS: Final = re.compile(r"[ \t\r\n\u2028\u2029]+")
"""Where a line may be cut: not at the spaces that French holds."""
_INTERDITS: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Palette = Mapping[str, tuple[str, str]]
"""Class to (attribute, colour): ``{"r-nom": ("fill", "#17242b")}``."""


def clean(texte: str) -> str:
    """A text without the characters that XML refuses or that would turn a line around."""
    sans = _INTERDITS.sub("", texte)
    return _BLANCS.sub(" ", "".join(c for c in sans if unicodedata.category(c) != "Cf")).strip()


def measure(texte: str, corps: float, gras: bool = False) -> float:
    """Width of a text in pixels, about, in the usual sans serif fonts."""
    largeur = 0.0
    for signe in texte:
        if signe in _ETROITS:
            largeur += 0.31
        elif signe in _LARGES or unicodedata.east_asian_width(signe) in "WF":
            largeur += 0.92
        elif signe.isupper():
            largeur += 0.67
        else:
            largeur += 0.54
    return largeur * corps * (1.07 if gras else 1.0)


def wrap(texte: str, place: float, corps: float, lignes: int, gras: bool = False) -> tuple[str, ...]:
    """Cut a text into lines that fit a width; what is beyond the last line ends with an ellipsis."""
    faites: list[str] = []
    for mot in filter(None, clean(texte).split(" ")):
        while measure(mot, corps, gras) > place:
            coupe = max(1, int(len(mot) * place / measure(mot, corps, gras)) - 1)
            faites.append(mot[:coupe])
            mot = mot[coupe:]
        if faites and measure(f"{faites[-1]} {mot}", corps, gras) <= place:
            faites[-1] += f" {mot}"
        else:
            faites.append(mot)
    if len(faites) > lignes:
        derniere = faites[lignes - 1]
        while derniere and measure(f"{derniere}…", corps, gras) > place:
            derniere = derniere[:-1]
        faites = [*faites[: lignes - 1], f"{derniere.rstrip()}…"]
    return tuple(faites)


class Trace:
    """A sheet to draw on; what is drawn first is under what is drawn next."""

    def __init__(self, palette: Palette, classe: str) -> None:
        self._palette = palette
        self.racine = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": classe})
        self._dans = self.racine
        self._marge = 0

    def rect(self, boite: tuple[float, float, float, float], classes: str, tirets: str = "") -> None:
        """A rounded rectangle (x, y, width, height); ``tirets`` is the dash of its edge."""
        x, y, largeur, hauteur = (f"{valeur:g}" for valeur in boite)
        forme = self._add("rect", classes, x=x, y=y, width=largeur, height=hauteur, rx="3")
        if tirets:
            forme.set("stroke-dasharray", tirets)

    def line(self, points: tuple[float, float, float, float], classes: str, tirets: str = "") -> None:
        """A straight line (x1, y1, x2, y2)."""
        x1, y1, x2, y2 = (f"{valeur:g}" for valeur in points)
        forme = self._add("path", classes, d=f"M{x1} {y1}L{x2} {y2}", fill="none")
        if tirets:
            forme.set("stroke-dasharray", tirets)

    def arrow(self, points: tuple[float, float, float, float], tirets: str = "") -> None:
        """A straight arrow, horizontal or vertical, that ends at its second point."""
        x1, y1, x2, y2 = points
        dx, dy = (x2 > x1) - (x2 < x1), (y2 > y1) - (y2 < y1)
        self.line((x1, y1, x2 - 7 * dx, y2 - 7 * dy), "r-fleche", tirets)
        cotes = (
            (x2 - 9 * dx - 4.5 * dy, y2 - 9 * dy - 4.5 * dx),
            (x2 - 9 * dx + 4.5 * dy, y2 - 9 * dy + 4.5 * dx),
        )
        self._add("path", "r-pointe", d=f"M{x2:g} {y2:g}" + "".join(f"L{x:g} {y:g}" for x, y in cotes) + "z")

    def text(
        self,
        texte: str,
        x: float,
        y: float,
        classes: str,
        corps: float = 13,
        ancre: str = "",
        gras: bool = False,
    ) -> None:
        """One line of text on its baseline; ``ancre`` is ``middle`` or ``end``."""
        forme = self._add("text", classes, x=f"{x:g}", y=f"{y:g}")
        forme.set("font-size", f"{corps:g}")
        if gras:
            forme.set("font-weight", "600")
        if ancre:
            forme.set("text-anchor", ancre)
        forme.text = clean(texte)

    def symbol(self, forme: TypeActeur, x: float, y: float, rayon: float) -> None:
        """The symbol of a role, centred."""
        dessin = self._add("path", f"r-symbole {forme.classe}", d=forme.trace, fill=forme.couleur)
        dessin.set("transform", f"translate({x:g} {y:g}) scale({rayon:g})")

    def disc(self, x: float, y: float, rayon: float, classes: str) -> None:
        """A disc."""
        self._add("circle", classes, cx=f"{x:g}", cy=f"{y:g}", r=f"{rayon:g}")

    def open_link(self, adresse: str | None, titre: str) -> None:
        """Until :meth:`close_link`, what is drawn is one group with a tooltip, and a link if it can be."""
        attributs = {"href": adresse, "tabindex": "-1"} if adresse else {}
        self._dans = SubElement(self.racine, "a" if adresse else "g", attributs)
        SubElement(self._dans, "title").text = clean(titre)

    def close_link(self) -> None:
        """Draw on the sheet again."""
        self._dans = self.racine

    def name(self, titre: str) -> None:
        """Give the sheet a title of its own, a background and a margin: it is to leave the site."""
        self._marge = 20
        bord = str(-self._marge)
        fond = Element("rect", {"x": bord, "y": bord, "width": "100%", "height": "100%", "fill": "#ffffff"})
        nom = Element("title")
        nom.text = clean(titre)
        self.racine[:0] = [nom, fond]
        self.racine.set("role", "img")

    def finish(self, largeur: float, hauteur: float) -> str:
        """The SVG, with its size."""
        marge = self._marge
        self.racine.set("viewBox", f"{-marge} {-marge} {largeur + 2 * marge:g} {hauteur + 2 * marge:g}")
        self.racine.set("font-family", POLICE)
        return tostring(self.racine, encoding="unicode")

    def _add(self, balise: str, classes: str, **attributs: str) -> Element:
        forme = SubElement(self._dans, balise, {"class": classes, **attributs})
        for classe in classes.split():
            if classe in self._palette:
                attribut, couleur = self._palette[classe]
                forme.set(attribut, couleur)
                if attribut == "stroke":
                    forme.set("stroke-width", "1.4")
        return forme
