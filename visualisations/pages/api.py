"""The page of the API: each operation of its description, in a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from visualisations.rendu import render_view


@dataclass(frozen=True, slots=True)
class OperationVue:
    """One operation: how it is asked, and what for."""

    methode: str
    chemin: str
    resume: str


@dataclass(frozen=True, slots=True)
class ThemeVue:
    """Operations of a theme."""

    nom: str
    description: str
    operations: tuple[OperationVue, ...]


@dataclass(frozen=True, slots=True)
class ApiVue:
    """Context of ``pages/api.html``."""

    edition: str
    themes: tuple[ThemeVue, ...]


def page_api(edition: str, description: Mapping[str, Any]) -> str:
    """The page of an OpenAPI document, theme by theme, in its order."""
    themes = (_theme(tag, description["paths"]) for tag in description["tags"])
    return render_view(
        "pages/api.html", ApiVue(edition, tuple(theme for theme in themes if theme.operations))
    )


def _theme(tag: Mapping[str, str], chemins: Mapping[str, Mapping[str, Any]]) -> ThemeVue:
    operations: Sequence[OperationVue] = [
        OperationVue(methode.upper(), chemin, operation["summary"])
        for chemin, dites in chemins.items()
        for methode, operation in dites.items()
        if tag["name"] in operation["tags"]
    ]
    return ThemeVue(tag["name"], tag["description"], tuple(operations))
