"""What the directory knows of an actor: its names, its words, where it is, what it does."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.catalogue import Catalogue
from graph.catalogue.modele import ROLES, Acteur, Iri
from graph.texte import fold
from ontology.namespaces import MAI, PREFIXES

_TYPE: Final = f"<{PREFIXES['rdf']}type>".encode()
_SIEGE: Final = f"<{MAI}siege>".encode()
_SECTEUR: Final = f"<{MAI}secteur>".encode()
_NOMS: Final = {
    f"<{PREFIXES['skos']}prefLabel>".encode(): 0,
    f"<{PREFIXES['skos']}altLabel>".encode(): 1,
    f"<{PREFIXES['skos']}hiddenLabel>".encode(): 2,
}
_ACTEUR: Final = f"<{MAI}Acteur>".encode()
_ROLES: Final = {f"<{MAI}{role}>".encode(): role for role in ROLES}


@dataclass(frozen=True, slots=True)
class Entree:
    """One actor, as the index takes it; names and texts are folded."""

    iri: Iri
    noms: tuple[str, ...]
    """The name first, then acronyms and other names."""
    textes: str = ""
    """What is said of it elsewhere than in its names."""
    types: tuple[str, ...] = ()
    siege: Iri | None = None
    perimetres: frozenset[Iri] = frozenset()
    """Territories it acts on."""
    secteurs: tuple[Iri, ...] = ()
    fonctions: tuple[Iri, ...] = ()


def entries_of(catalogue: Catalogue) -> Iterator[Entree]:
    """Yield the actors of a catalogue."""
    return (_entry(catalogue, acteur) for acteur in catalogue.acteurs.values())


def _entry(catalogue: Catalogue, acteur: Acteur) -> Entree:
    offres = catalogue.offres_de(acteur.iri)
    secteurs = tuple(dict.fromkeys((*acteur.secteurs, *(s for offre in offres for s in offre.secteurs))))
    textes = (acteur.description, *(o.titre for o in offres), *map(catalogue.libelle, secteurs))
    return Entree(
        iri=acteur.iri,
        noms=tuple(dict.fromkeys(fold(nom) for nom in (acteur.nom, *acteur.sigles, *acteur.autres_noms))),
        textes=fold(" ".join(textes)),
        types=acteur.types,
        siege=acteur.siege,
        perimetres=frozenset((*acteur.perimetres, *(iri for offre in offres for iri in offre.territoires))),
        secteurs=secteurs,
        fonctions=tuple(dict.fromkeys(f for offre in offres for f in offre.fonctions)),
    )


def entries_of_register(fichier: Path, canonical: Callable[[bytes], bytes]) -> Iterator[Entree]:
    """Yield the actors of a register from its statements, one thing after the other.

    The file is read rather than the store: ten times faster, and nothing else is at stake than names.

    Args:
        fichier: the source's N-Triples, where the statements of a thing follow each other.
        canonical: gives the term that an actor's becomes once sources are brought together.
    """
    sujet, lignes = b"", list[bytes]()
    with fichier.open("rb") as flux:
        for ligne in flux:
            debut, espace, reste = ligne.partition(b" ")
            if debut != sujet:
                if (entree := _entry_of_lines(canonical(sujet), lignes)) is not None:
                    yield entree
                sujet, lignes = debut, []
            if espace:
                lignes.append(reste)
    if (entree := _entry_of_lines(canonical(sujet), lignes)) is not None:
        yield entree


def entries_of_rows(rows: Iterable[Sequence[str | None]]) -> Iterator[Entree]:
    """Yield actors from rows (actor, property, value) where those of one actor follow each other.

    The properties are those of ``catalogue/acteurs-des-registres``.
    """
    for iri, said in groupby(rows, key=lambda row: row[0]):
        noms, types, siege, secteurs = list[tuple[int, str]](), list[str](), None, list[Iri]()
        for _, propriete, valeur in said:
            terme = f"<{propriete}>".encode()
            if valeur is None:
                continue
            if (rang := _NOMS.get(terme)) is not None:
                noms.append((rang, valeur))
            elif terme == _TYPE:
                types += [role] if (role := _ROLES.get(f"<{valeur}>".encode())) is not None else []
            elif terme == _SIEGE:
                siege = valeur
            else:
                secteurs.append(valeur)
        if iri is not None and noms:
            dits = tuple(dict.fromkeys(fold(nom) for _, nom in sorted(noms)))
            yield Entree(iri, dits, "", tuple(types), siege, frozenset(), tuple(secteurs))


def _entry_of_lines(terme: bytes, lignes: Iterable[bytes]) -> Entree | None:
    noms, types, secteurs = list[tuple[int, str]](), list[str](), list[Iri]()
    siege, acteur = None, False
    for ligne in lignes:
        propriete, _, objet = ligne.partition(b" ")
        if (rang := _NOMS.get(propriete)) is not None:
            noms.append((rang, _text(objet)))
        elif propriete == _TYPE:
            acteur = acteur or objet.startswith(_ACTEUR)
            if (role := _ROLES.get(objet[:-3])) is not None:
                types.append(role)
        elif propriete == _SIEGE:
            siege = objet[1:-4].decode()
        elif propriete == _SECTEUR:
            secteurs.append(objet[1:-4].decode())
    if not acteur or not noms:
        return None
    dits = tuple(dict.fromkeys(fold(nom) for _, nom in sorted(noms)))
    return Entree(terme[1:-1].decode(), dits, "", tuple(types), siege, frozenset(), tuple(secteurs))


def _text(objet: bytes) -> str:
    """Read a literal; the engine's parser only where there is something to unescape."""
    if b"\\" not in objet:
        return objet[1 : objet.rindex(b'"')].decode()
    (triple,) = ox.parse(b"<a:a> <a:a> " + objet, ox.RdfFormat.N_TRIPLES)
    return str(triple.object.value)
