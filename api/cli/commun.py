"""What every command shares: plain words at the terminal, the current edition, dates."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import typer
from pydantic import ValidationError

from api.settings import Settings, open_acces
from graph.catalogue import Catalogue
from graph.edition.acces import Acces
from graph.edition.lecture import open_catalogue
from graph.edition.manifeste import read_manifeste
from graph.errors import DemandeInvalideError, EditionError, MaillageError
from graph.messages import messages

P = ParamSpec("P")


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


def open_current(acces: Acces) -> tuple[Path, str]:
    """Return the folder and the id of the current edition.

    Raises:
        EditionError: there is none.
        ServeurError: the server that holds it does not answer.
    """
    identifiant = acces.current_id()
    if identifiant is None:
        raise EditionError(messages(acces.absente))
    folder = acces.folder(identifiant)
    return folder, read_manifeste(folder).id


def current_catalogue(settings: Settings) -> Catalogue:
    """Load the catalogue of the current edition.

    Raises:
        EditionError: there is none, or it cannot be read.
        ServeurError: the server that holds it does not answer.
    """
    acces = open_acces(settings)
    folder, identifiant = open_current(acces)
    try:
        return open_catalogue(folder, read_manifeste(folder), acces.store(identifiant))
    except (OSError, ValueError):
        raise EditionError(messages("edition.illisible", id=identifiant)) from None


def read_date(texte: str | None, option: str) -> date | None:
    """Read the day that an option gives, if any.

    Raises:
        DemandeInvalideError: it is no day.
    """
    try:
        return date.fromisoformat(texte) if texte else None
    except ValueError:
        raise DemandeInvalideError(option, messages("validation.date", champ=option)) from None
