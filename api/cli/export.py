"""``maillage map``: one view of the edition, written to a file, whole or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path

from graph.catalogue import Catalogue
from graph.errors import DemandeInvalideError, MaillageError
from graph.messages import messages
from visualisations.exports import VUES, Criteres, export, guess_format
from visualisations.exports.modele import find_view


def read_criteres(paires: Iterable[str], **nommes: Iterable[str]) -> Criteres:
    """Gather the criteria of a command line: options that have a name, and ``nom=valeur`` pairs.

    Raises:
        DemandeInvalideError: a pair that is none.
    """
    criteres: dict[str, list[str]] = {nom: list(valeurs) for nom, valeurs in nommes.items()}
    for paire in paires:
        nom, egal, valeur = paire.partition("=")
        if not egal or not nom:
            raise DemandeInvalideError("--critere", messages("export.critere-forme"))
        criteres.setdefault(nom, []).append(valeur)
    return {
        nom: [valeur for valeur in valeurs if valeur] for nom, valeurs in criteres.items() if any(valeurs)
    }


def write_view(catalogue: Catalogue, sortie: Path, vue: str, format_: str, criteres: Criteres) -> None:
    """Write a view to a file; the format is the one said, else that of the file's suffix.

    The file appears under its name once it is whole; a failure leaves what was there before.

    Raises:
        MaillageError: unknown view, format or criterion; a folder stands there; it cannot be written.
    """
    if sortie.is_dir():
        raise MaillageError(messages("export.dossier", fichier=sortie.name or "."))
    code = format_ or guess_format(find_view(VUES, vue), sortie.name)
    replace_file(sortie, export(VUES, catalogue, vue, code, criteres).contenu)


def replace_file(sortie: Path, contenu: bytes) -> None:
    """Write a file beside its place, then move it there.

    Raises:
        MaillageError: it cannot be written.
    """
    try:
        cible = sortie.resolve()
        if cible.exists() and not cible.is_file():  # a device, a pipe: never to be replaced
            raise OSError(cible)
        brouillon = cible.with_name(f".maillage-{os.getpid()}.tmp")
        try:
            brouillon.write_bytes(contenu)
            brouillon.replace(cible)
        finally:
            brouillon.unlink(missing_ok=True)
    except OSError:
        raise MaillageError(messages("cli.sortie", fichier=sortie.name)) from None
