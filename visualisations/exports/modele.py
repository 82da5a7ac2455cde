"""What an export is: a view, the formats it knows, and the file that comes out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.catalogue import Catalogue
from graph.errors import DemandeInvalideError
from graph.messages import messages
from visualisations.exports.image import write_png

Criteres = Mapping[str, Sequence[str]]
"""What to show, in the words of the page's query string: ``{"territoire": ["departement:14"]}``."""
Redacteur = Callable[[Catalogue, Criteres], str | bytes]
"""Writes a whole file. Text is UTF-8 once written."""

MEDIAS: Final[Mapping[str, str]] = {
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "liens.csv": "text/csv; charset=utf-8",
    "gexf": "application/gexf+xml",
    "graphml": "application/graphml+xml",
    "geojson": "application/geo+json",
    "json": "application/json",
}
"""Every format that some view may know, by the suffix of its files."""


@dataclass(frozen=True, slots=True)
class VueExportable:
    """A view that can be taken away."""

    criteres: tuple[str, ...]
    """Names of the query string that it understands; any other is refused."""
    formats: Mapping[str, Redacteur]
    """A key of :data:`MEDIAS` to what writes it. A view that writes SVG has PNG too, made from it."""

    @property
    def tous(self) -> Mapping[str, Redacteur]:
        """Every format of the view, in the order to show them."""
        svg = self.formats.get("svg")
        if svg is None:
            return self.formats
        return {**self.formats, "png": lambda catalogue, criteres: write_png(str(svg(catalogue, criteres)))}


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file ready to be written or sent."""

    nom: str
    media: str
    contenu: bytes


def first(criteres: Criteres, nom: str, defaut: str = "") -> str:
    """The value of a criterion that is given once."""
    return next(iter(criteres.get(nom, ())), defaut)


def guess_format(vue: VueExportable, nom: str) -> str:
    """The format that a file name asks for by its suffix, the longest known: ``a.liens.csv``.

    Raises:
        DemandeInvalideError: it asks for none that the view knows.
    """
    bas = nom.lower()
    sus = [code for code in vue.tous if bas.endswith(f".{code}")]
    if not sus:
        raise DemandeInvalideError("-o", messages("export.suffixe", formats=_list(vue)))
    return max(sus, key=len)


def make_file(
    vues: Mapping[str, VueExportable], catalogue: Catalogue, code: str, format_: str, criteres: Criteres
) -> Fichier:
    """Write a view in a format.

    Args:
        vues: the table of the views.
        catalogue: what the edition says.
        code: which view.
        format_: a key of :data:`MEDIAS`.
        criteres: what to show; empty lists count as not said.

    Raises:
        DemandeInvalideError: no such view, no such format for it, no such criterion, or a wrong value.
        IntrouvableError: no such territory.
    """
    vue = find_view(vues, code)
    if format_ not in vue.tous:
        raise DemandeInvalideError(
            "format", messages("export.format", format=format_[:20], formats=_list(vue))
        )
    for nom in criteres:
        if nom not in vue.criteres:
            choix = ", ".join(vue.criteres)
            raise DemandeInvalideError("critere", messages("export.critere", nom=nom[:40], criteres=choix))
    contenu = vue.tous[format_](catalogue, criteres)
    return Fichier(
        _name(code, criteres, format_),
        MEDIAS[format_],
        contenu.encode("utf-8") if isinstance(contenu, str) else contenu,
    )


def find_view(vues: Mapping[str, VueExportable], code: str) -> VueExportable:
    """The view of a code.

    Raises:
        DemandeInvalideError: no such view.
    """
    if code not in vues:
        raise DemandeInvalideError("vue", messages("export.vue", vue=code[:20], vues=", ".join(vues)))
    return vues[code]


def _list(vue: VueExportable) -> str:
    return ", ".join(vue.tous)


def _name(code: str, criteres: Criteres, format_: str) -> str:
    """``maillage-reseau-departement-14.gexf``: letters and digits only, whatever was asked."""
    parts = ("maillage", code, first(criteres, "territoire"))
    propre = "-".join(
        "".join(c if c.isascii() and c.isalnum() else "-" for c in part) for part in parts if part
    )
    return f"{propre[:80]}.{format_}"
