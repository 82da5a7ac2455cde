"""The command ``maillage``: build, serve, ask, from a terminal."""

import json
import logging
import socket
import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Annotated, Final, ParamSpec

import typer
from pydantic import ValidationError

from api.barre import show_progress
from api.orientation_texte import format_reponse
from api.settings import Settings, open_acces
from graph.catalogue import Catalogue
from graph.distant.erreurs import ServeurError
from graph.edition.construction import STORE, Options, build
from graph.edition.dossier import Dossier
from graph.edition.lecture import open_catalogue
from graph.edition.manifeste import read_manifeste
from graph.edition.rapport import say_count, say_partial
from graph.errors import DemandeInvalideError, EditionError, MaillageError
from graph.messages import messages
from graph.orientation import Saisie, orient, reponse_to_dict, understand
from graph.sources.atelier import OptionsImport
from graph.sources.changements import say_changes
from graph.sources.importation import REJETS, Resultat, import_files
from graph.sources.lecteurs.zones import read_departements
from graph.sources.registre import KINDS
from graph.sources.territoires import find_lieux

P = ParamSpec("P")

GENRES = f"Genre des fichiers : {', '.join(nom.replace('_', '-') for nom in KINDS)}."

app = typer.Typer(
    name="maillage",
    help="Le graphe des acteurs qui accompagnent les associations.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
editions_app = typer.Typer(help="Lister, choisir, élaguer les éditions.", no_args_is_help=True)
app.add_typer(editions_app, name="editions")


def say(texte: str, *, err: bool = False) -> None:
    """Print a line for the person at the terminal."""
    typer.echo(texte, err=err)


def plain_errors(command: Callable[P, None]) -> Callable[P, None]:
    """Turn errors a person can mend into one sentence and exit code 2."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except DemandeInvalideError as erreur:
            say(f"{erreur.champ} : {erreur.message}", err=True)
            raise typer.Exit(2) from None
        except MaillageError as erreur:
            say(erreur.message, err=True)
            raise typer.Exit(2) from None
        except ValidationError as erreur:
            for fault in erreur.errors():
                if fault["type"] == "value_error":
                    say(str(fault["ctx"]["error"]), err=True)
                    continue
                champ = "MAILLAGE_" + "_".join(str(part) for part in fault["loc"]).upper()
                say(messages("reglages.valeur", champ=champ.rstrip("_"), detail=fault["msg"]), err=True)
            raise typer.Exit(2) from None

    return run


def open_current(settings: Settings) -> tuple[Path, str]:
    """Return the folder and the id of the current edition.

    Raises:
        EditionError: none is built.
    """
    dossier = Dossier(settings.data)
    identifiant = dossier.current_id()
    if identifiant is None:
        raise EditionError(messages("edition.absente"))
    folder = dossier.folder(identifiant)
    return folder, read_manifeste(folder).id


def current_catalogue(settings: Settings) -> Catalogue:
    """Load the catalogue of the current edition.

    Raises:
        EditionError: none is built, or it cannot be read.
    """
    folder, identifiant = open_current(settings)
    try:
        return open_catalogue(folder, read_manifeste(folder))
    except (OSError, ValueError):
        raise EditionError(messages("edition.illisible", id=identifiant)) from None


DITS: Final = ("acteurs", "offres", "accompagnements", "liens", "énoncés")
"""What the end of a build counts aloud; the report counts the rest."""


@app.command("build")
@plain_errors
def build_command(
    force: Annotated[bool, typer.Option(help="Construire même si rien n’a changé.")] = False,
    departement: Annotated[
        list[str] | None,
        typer.Option(help="Édition partielle : des imports, ne garder que ce département (répétable)."),
    ] = None,
) -> None:
    """Construire une édition du graphe à partir des sources, si quelque chose a changé."""
    settings = Settings()
    options = Options(
        paquet_territoires=settings.paquet_territoires,
        paquet_contours=settings.paquet_contours,
        base_iri=settings.base_iri,
        force=force,
        departements=tuple(
            sorted({code.strip().upper().removeprefix("DEPARTEMENT:").zfill(2) for code in departement or ()})
        ),
    )
    manifeste, built = build(Dossier(settings.data), options, lambda etape: say(f"… {etape}", err=True))
    if not built:
        say(messages("cli.a-jour", id=manifeste.id))
        return
    resume = ", ".join(f"{say_count(manifeste.comptes.get(nom, 0))} {nom}" for nom in DITS)
    say(messages("cli.construite", id=manifeste.id, secondes=f"{sum(manifeste.durees.values()):.1f}"))
    say(f"  {resume}")
    for texte in say_partial(manifeste):
        say(f"  {texte}")
    if manifeste.rapprochements:
        say(f"  {messages('rapprochements.cli', n=manifeste.rapprochements)}")
    for nom, nombre in manifeste.anomalies.items():
        say(f"  {messages('cli.anomalie', nom=nom, nombre=nombre)}")


@app.command("import")
@plain_errors
def import_command(
    kind: Annotated[str, typer.Argument(metavar="GENRE", help=GENRES)],
    fichiers: Annotated[list[Path], typer.Argument(metavar="FICHIER…", help="Les fichiers à lire.")],
    departement: Annotated[list[str] | None, typer.Option(help="Ne garder que ce département.")] = None,
    since: Annotated[str | None, typer.Option(help="Ne garder qu’à partir de ce jour (AAAA-MM-JJ).")] = None,
) -> None:
    """Importer des fichiers dans le dossier de données ; « build » les prendra."""
    resultat = _read_files(kind, fichiers, departement, since, check_only=False)
    if resultat.folder is not None and resultat.bilan.rejetes:
        say(messages("import.rejets-ou", fichier=resultat.folder / REJETS))
    say(messages("import.ecrit", source=resultat.folder.name if resultat.folder else kind))


@app.command("check")
@plain_errors
def check_command(
    kind: Annotated[str, typer.Argument(metavar="GENRE", help=GENRES)],
    fichiers: Annotated[list[Path], typer.Argument(metavar="FICHIER…", help="Les fichiers à lire.")],
    departement: Annotated[list[str] | None, typer.Option(help="Ne garder que ce département.")] = None,
    since: Annotated[str | None, typer.Option(help="Ne garder qu’à partir de ce jour (AAAA-MM-JJ).")] = None,
) -> None:
    """Dire ce que ferait un import, sans rien écrire."""
    _read_files(kind, fichiers, departement, since, check_only=True)
    say(messages("import.essai"))


@app.command("template")
@plain_errors
def template_command(
    sortie: Annotated[Path, typer.Option("-o", "--sortie", help="Fichier XLSX à écrire.")] = Path(
        "classeur.xlsx"
    ),
) -> None:
    """Écrire un classeur vide à remplir : feuilles, aide, listes de codes, lignes d’exemple."""
    from graph.sources.classeur.modele import write_modele

    if sortie.exists():
        raise MaillageError(messages("import.classeur.existe", fichier=sortie.name))
    try:
        write_modele(sortie)
    except OSError:
        raise MaillageError(messages("cli.sortie", fichier=sortie.name)) from None
    say(messages("import.classeur.aide.ecrit", fichier=sortie))


def _read_files(
    kind: str, fichiers: list[Path], departements: list[str] | None, since: str | None, *, check_only: bool
) -> Resultat:
    settings = Settings()
    options = OptionsImport(
        read_departements(departements or ()),
        _read_date(since, "--since"),
        settings.base_iri,
        settings.paquet_territoires,
    )
    lieux = find_lieux(settings.paquet_territoires, settings.data)
    with show_progress() as progress:
        resultat = import_files(settings.data, kind, fichiers, options, lieux, progress, check_only)
    for line in [*resultat.bilan.lines(), *say_changes(resultat.changements)]:
        say(f"  {line}")
    return resultat


@app.command("serve")
@plain_errors
def serve_command(
    host: Annotated[str, typer.Option(help="Adresse d’écoute.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port d’écoute.", min=1, max=65535)] = 8000,
) -> None:
    """Servir les pages, l’API et SPARQL."""
    import uvicorn

    from api.app import create_app

    settings = Settings()
    _refuse_no_edition(settings)
    _refuse_taken_port(host, port)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    say(messages("cli.ecoute", adresse=f"http://{host}:{port}"))
    uvicorn.run(
        create_app(settings),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        proxy_headers=bool(settings.mandataires),
        forwarded_allow_ips=settings.mandataires,
    )


def _refuse_no_edition(settings: Settings) -> None:
    if not settings.sparql_endpoint:
        open_current(settings)
    elif open_acces(settings).current_id() is None:
        raise ServeurError("aucune")


def _refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise MaillageError(messages("cli.port-pris", port=port, host=host)) from None


@app.command("publish")
@plain_errors
def publish_command(
    endpoint: Annotated[str, typer.Option(help="Adresse des requêtes SPARQL du serveur.")],
    graphes: Annotated[
        str, typer.Option(help="Adresse de ses graphes (Graph Store Protocol) ; inutile pour Virtuoso.")
    ] = "",
    par_envoi: Annotated[
        int, typer.Option(help="Énoncés de chaque envoi, à réduire s’il est refusé comme trop gros.", min=100)
    ] = 20_000,
    garder: Annotated[
        int, typer.Option(help="Éditions à garder sur le serveur, celle-ci comprise.", min=1)
    ] = 2,
) -> None:
    """Mettre l’édition courante sur un serveur SPARQL 1.1 ; une publication interrompue se reprend.

    Le nom et le mot de passe se donnent par MAILLAGE_SPARQL_UTILISATEUR et MAILLAGE_SPARQL_SECRET.
    """
    from api.publication import publish_edition

    settings = Settings()
    folder, _ = open_current(settings)
    for texte in publish_edition(folder, settings, endpoint, graphes, par_envoi, garder):
        say(texte)


@app.command("orient")
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
    au = _read_date(jour, "--date")
    saisie = Saisie(commune, territoire, stade, effectif, tuple(besoin or ()), secteur, au)
    demande, remarques = understand(catalogue, saisie)
    reponse = reponse_to_dict(catalogue, orient(catalogue, demande, remarques))
    say(json.dumps(reponse, ensure_ascii=False, indent=2) if en_json else format_reponse(reponse))


def _read_date(texte: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(texte) if texte else None
    except ValueError:
        raise DemandeInvalideError(option, messages("validation.date", champ=option)) from None


@app.command("query")
@plain_errors
def query_command(
    fichier: Annotated[
        str, typer.Argument(metavar="FICHIER|-", help="Fichier .rq, ou - pour l’entrée standard.")
    ],
    format_sortie: Annotated[str, typer.Option("--format", help="table, csv, json ou ttl.")] = "table",
) -> None:
    """Poser une question SPARQL à l’édition courante."""
    from api.requetes import run_query

    settings = Settings()
    folder, _ = open_current(settings)
    texte, cut = run_query(folder / STORE, _read_query(fichier), format_sortie, settings.delai_sparql)
    say(texte)
    if cut:
        say(messages("cli.tronque"), err=True)


def _read_query(fichier: str) -> str:
    try:
        return sys.stdin.read() if fichier == "-" else Path(fichier).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise MaillageError(messages("cli.fichier-illisible", fichier=Path(fichier).name)) from None


@app.command("map")
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
    from api.export import read_criteres, write_view

    criteres = read_criteres(critere or (), territoire=(territoire,), type=type_ or (), lien=lien or ())
    write_view(current_catalogue(Settings()), sortie, vue, format_, criteres)
    say(messages("cli.carte", fichier=sortie.name))


@editions_app.command("list")
@plain_errors
def list_command() -> None:
    """Lister les éditions, de la plus ancienne à la plus récente."""
    dossier = Dossier(Settings().data)
    current = dossier.current_id()
    for manifeste in dossier.manifests():
        mark = "*" if manifeste.id == current else " "
        codes, acteurs = ", ".join(manifeste.departements), manifeste.comptes.get("acteurs", 0)
        part = f"  {messages('cli.partielle', codes=codes)}" if codes else ""
        say(f"{mark} {manifeste.id}  {manifeste.creee}  {acteurs} acteurs{part}")


@editions_app.command("use")
@plain_errors
def use_command(identifiant: Annotated[str, typer.Argument(metavar="EDITION")]) -> None:
    """Faire d’une édition l’édition courante ; un serveur en marche la prend en quelques secondes."""
    Dossier(Settings().data).use(identifiant)
    say(messages("cli.courante", id=identifiant))


@editions_app.command("prune")
@plain_errors
def prune_command(
    garder: Annotated[int, typer.Option(help="Nombre d’éditions à garder, les plus récentes.", min=1)] = 3,
) -> None:
    """Supprimer les vieilles éditions, jamais la courante ni une édition en cours de lecture."""
    removed = Dossier(Settings().data).prune(garder)
    say(messages("cli.elaguees", n=len(removed)) + (f" ({', '.join(removed)})" if removed else ""))


def main() -> None:
    """Run the command line."""
    app()
