"""Commands that ask the current edition: whom to turn to, a SPARQL query, a cartography."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from api.cli.commun import current_catalogue, open_current, plain_errors, read_date, say
from api.cli.orientation_texte import format_reponse
from api.settings import Settings, open_acces
from graph.errors import MaillageError
from graph.messages import messages
from graph.orientation import Saisie, orient, reponse_to_dict, understand


@plain_errors
def orient_command(
    commune: Annotated[str | None, typer.Option(help="Code INSEE ou nom de la commune.")] = None,
    territoire: Annotated[str | None, typer.Option(help="departement:14, region:28, epci:…")] = None,
    stade: Annotated[str | None, typer.Option(help="benevole, projet, primo-employeur, employeur.")] = None,
    effectif: Annotated[int | None, typer.Option(help="Nombre de salariés.")] = None,
    besoin: Annotated[list[str] | None, typer.Option(help="Code d’un besoin (option répétable).")] = None,
    secteur: Annotated[str | None, typer.Option(help="Code d’un secteur.")] = None,
    jour: Annotated[
        str | None, typer.Option("--date", help="Répondre tel que ce jour-là (AAAA-MM-JJ).")
    ] = None,
    en_json: Annotated[bool, typer.Option("--json", help="Écrire la réponse de l’API.")] = False,
) -> None:
    """Dire vers qui orienter une association, et pourquoi."""
    catalogue = current_catalogue(Settings())
    au = read_date(jour, "--date")
    saisie = Saisie(commune, territoire, stade, effectif, tuple(besoin or ()), secteur, au)
    demande, remarques = understand(catalogue, saisie)
    reponse = reponse_to_dict(catalogue, orient(catalogue, demande, remarques))
    say(json.dumps(reponse, ensure_ascii=False, indent=2) if en_json else format_reponse(reponse))


@plain_errors
def query_command(
    fichier: Annotated[
        str, typer.Argument(metavar="FICHIER|-", help="Fichier .rq, ou - pour l’entrée standard.")
    ],
    format_sortie: Annotated[str, typer.Option("--format", help="table, csv, json ou ttl.")] = "table",
) -> None:
    """Poser une question SPARQL à l’édition courante."""
    from api.cli.requetes import run_query

    settings = Settings()
    acces = open_acces(settings)
    _, identifiant = open_current(acces)
    with acces.pool(identifiant, 1, settings.delai_sparql) as pool:
        texte, cut = run_query(pool, _read_query(fichier), format_sortie)
    say(texte)
    if cut:
        say(messages("cli.tronque"), err=True)


def _read_query(fichier: str) -> str:
    try:
        return sys.stdin.read() if fichier == "-" else Path(fichier).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise MaillageError(messages("cli.fichier-illisible", fichier=Path(fichier).name)) from None


@plain_errors
def map_command(
    sortie: Annotated[Path, typer.Option("-o", "--sortie", help="Fichier à écrire ; sa fin dit le format.")],
    vue: Annotated[str, typer.Option(help="reseau, carte, matrice, roles…")] = "reseau",
    territoire: Annotated[
        str, typer.Option(help="departement:14, region:22-1982… ; sans, tout le réseau.")
    ] = "",
    type_: Annotated[list[str] | None, typer.Option("--type", help="Rôle (option répétable).")] = None,
    lien: Annotated[list[str] | None, typer.Option(help="Type de lien (option répétable).")] = None,
    critere: Annotated[
        list[str] | None,
        typer.Option(help="Autre critère de l’adresse de la page : nom=valeur (option répétable)."),
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", help="html, png, svg, csv, gexf… ; sans, la fin du nom de fichier.")
    ] = "",
) -> None:
    """Écrire une cartographie dans un fichier, lisible sans serveur ni réseau."""
    from api.cli.export import read_criteres, write_view

    criteres = read_criteres(critere or (), territoire=(territoire,), type=type_ or (), lien=lien or ())
    write_view(current_catalogue(Settings()), sortie, vue, format_, criteres)
    say(messages("cli.carte", fichier=sortie.name))
