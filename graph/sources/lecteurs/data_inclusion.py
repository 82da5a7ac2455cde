"""data·inclusion, schema v1: structures and the services they offer to persons (JSON, CSV or Parquet).

Both files are given together: a service is the offer of a structure. What a service says it is for is a
public of persons, so that it is never proposed to an association for itself. The contact's name, e-mail
and telephone are not read. An area that is not given stays unknown: it is never « everywhere ».
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Final

from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.bilan import LigneFiltree, LigneRefusee
from graph.sources.lecteurs.inclusion_services import Services
from graph.sources.lecteurs.inclusion_structures import Structures
from graph.sources.lecteurs.jsons import begins_like_json, read_records
from graph.sources.lecteurs.lignes import convert_row, read_file
from graph.sources.lecteurs.partage import Provenance, by_thing
from graph.sources.registre import Lecteur
from graph.sources.tableau import FichierRefuseError, Ligne

SERVICE: Final = "structure_id"
"""The column that only services have."""
ANCIENNE_ZONE: Final = "zone_diffusion_type"
"""The column that only services of the former schema (v0) have."""
ESSAI: Final = 20
"""Records looked at to tell which file it is."""
_REQUISES: Final = ("id", "nom", "source")

Conversion = Callable[[Ligne, str], Sequence[str]]


def read(fichiers: Sequence[Path], atelier: Atelier) -> Iterator[Sequence[str]]:
    """Yield the structures, then the services of those that were taken."""
    for_services = [_is_services(fichier) for fichier in fichiers]
    if all(for_services):
        raise FichierRefuseError(messages("import.data-inclusion.sans-structures", fichier=fichiers[0].name))
    provenance = Provenance(atelier)
    structures = Structures(atelier, provenance)
    services = Services(atelier, structures, provenance)
    for wanted, convert in ((False, structures.convert), (True, services.convert)):
        for fichier, is_services in zip(fichiers, for_services, strict=True):
            if is_services is wanted:
                yield from by_thing(_read(fichier, atelier, provenance.begin(fichier), convert))
    yield from provenance.describe()


def _read(fichier: Path, atelier: Atelier, passage: str, convert: Conversion) -> Iterator[Sequence[str]]:
    def checked(ligne: Ligne, atelier: Atelier) -> Sequence[str]:
        if not ligne.cellules:
            raise LigneRefusee("", "", messages("import.publie.pas-un-objet"))
        depuis, jour = atelier.options.depuis, ligne["date_maj"][:10]
        if depuis is not None and jour < depuis.isoformat():
            raise LigneFiltree(messages("import.publie.avant-date"))
        return convert(ligne, passage)

    for ligne in _rows(fichier):
        found = convert_row(fichier.name, ligne, atelier, checked)
        if found:
            yield found


def _is_services(fichier: Path) -> bool:
    """Tell services from structures by the first record or the header.

    Raises:
        FichierRefuseError: neither.
    """
    with closing(_rows(fichier)) as rows:
        beginning = list(islice(rows, ESSAI))
    if not beginning:
        raise FichierRefuseError(messages("import.vide", fichier=fichier.name))
    sound = next((ligne.cellules for ligne in beginning if ligne.cellules and not ligne.surplus), {})
    missing = [colonne for colonne in _REQUISES if colonne not in sound]
    if missing:
        noms = ", ".join(missing)
        raise FichierRefuseError(messages("import.autre-genre", fichier=fichier.name, colonnes=noms))
    if ANCIENNE_ZONE in sound:
        raise FichierRefuseError(messages("import.data-inclusion.schema-v0", fichier=fichier.name))
    return SERVICE in sound


def _rows(fichier: Path) -> Generator[Ligne]:
    if begins_like_json(fichier):
        yield from read_records(fichier)
    else:
        yield from (ligne for _, ligne in read_file(fichier, _REQUISES))


LECTEUR: Final = Lecteur(
    kind="data-inclusion",
    titre="Offre d’insertion : structures et services de data·inclusion",
    editeur="GIP Plateforme de l’inclusion",
    lire=read,
    licence="https://www.etalab.gouv.fr/licence-ouverte-open-licence",
    un_seul=True,
)
