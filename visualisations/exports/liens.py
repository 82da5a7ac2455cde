"""The addresses of a page's exports: those of what the page itself shows."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from graph.messages import LANGUES
from visualisations.exports import VUES
from visualisations.langues import PARAMETRE, adresse_courante, langue
from visualisations.pages.commun import make_address
from visualisations.rendu import messages


@dataclass(frozen=True, slots=True)
class LienExport:
    """One file to take away."""

    format: str
    libelle: str
    adresse: str


def export_links(code: str) -> tuple[LienExport, ...]:
    """Every export of a view, for the query string of the page being answered."""
    vue = VUES[code]
    requete = [paire for paire in parse_qsl(adresse_courante.get()[1]) if paire[0] in vue.criteres]
    if langue() != LANGUES[0]:
        requete.append((PARAMETRE, langue()))
    chemin = "/cartographie" if code == "reseau" else f"/cartographie/{code}"
    return tuple(
        LienExport(
            format_,
            messages(f"exports.formats.{format_.replace('.', '_')}"),
            make_address(f"{chemin}/export.{format_}", requete),
        )
        for format_ in vue.tous
    )
