"""Commands on the files of others: import them, try them, get an empty workbook."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.barre import show_progress
from api.cli.commun import plain_errors, read_date, say
from api.settings import Settings
from graph.errors import MaillageError
from graph.messages import messages
from graph.sources.atelier import OptionsImport
from graph.sources.changements import say_changes
from graph.sources.importation import REJETS, Resultat, import_files
from graph.sources.lecteurs.zones import read_departements
from graph.sources.registre import KINDS
from graph.sources.territoires import find_lieux

GENRES = f"Genre des fichiers : {', '.join(nom.replace('_', '-') for nom in KINDS)}."


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
        read_date(since, "--since"),
        settings.base_iri,
        settings.paquet_territoires,
    )
    lieux = find_lieux(settings.paquet_territoires, settings.data)
    with show_progress() as progress:
        resultat = import_files(settings.data, kind, fichiers, options, lieux, progress, check_only)
    for line in [*resultat.bilan.lines(), *say_changes(resultat.changements)]:
        say(f"  {line}")
    return resultat
