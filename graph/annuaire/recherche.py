"""Search the directory of an edition: names, words, filters, counts, pages."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final
from weakref import WeakKeyDictionary

from pyroaring import BitMap

from graph.annuaire.entrees import entries_of
from graph.annuaire.index import Index
from graph.annuaire.indexation import make_index
from graph.catalogue import Catalogue
from graph.catalogue.modele import Acteur, Iri, Territoire
from graph.errors import DemandeInvalideError, IntrouvableError
from graph.messages import messages
from graph.texte import fold

PAR_PAGE: Final = 50
DIMENSIONS: Final = ("type", "territoire", "secteur", "fonction")
PETITS_MOTS: Final = frozenset(
    ["aux", "avec", "dans", "des", "est", "les", "par", "pour", "que", "qui", "ses", "son", "sur", "une"]
)
"""Said in every text, telling of none; shorter words are left out as well."""


@dataclass(frozen=True, slots=True)
class Criteres:
    """What is asked of the directory; codes and references as in the address of the page."""

    q: str = ""
    type: str | None = None
    """Local name of a role class (``PointAppui``)."""
    territoire: str | None = None
    """Reference: ``departement:14``, ``region:25-1982``, ``national``…"""
    secteur: str | None = None
    fonction: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Facette:
    """One value of a filter: an IRI (a local name for types) and how many actors it would keep."""

    valeur: str
    nombre: int


@dataclass(frozen=True, slots=True)
class Resultat:
    """One page of the directory."""

    acteurs: tuple[Acteur, ...]
    total: int
    page: int
    pages: int
    facettes: Mapping[str, tuple[Facette, ...]]
    """By dimension; each counts under the other filters, its own left out."""


_ANNUAIRES: Final[WeakKeyDictionary[Catalogue, "_Annuaire"]] = WeakKeyDictionary()


def search_actors(catalogue: Catalogue, criteres: Criteres) -> Resultat:
    """Return one page of the actors that meet every criterion, best names first, then by name.

    Raises:
        DemandeInvalideError: a code or a reference that does not exist, with its field.
    """
    annuaire = _ANNUAIRES.get(catalogue)
    if annuaire is None:
        annuaire = _ANNUAIRES.setdefault(catalogue, _Annuaire(catalogue))
    gardes = {nom: annuaire.members(nom, _ask(catalogue, criteres, nom)) for nom in DIMENSIONS}
    trouves = annuaire.find(criteres.q)
    tous = BitMap.union(BitMap(), *trouves)
    retenus = _meet(tous, gardes)
    total = len(retenus)
    pages = max(1, ceil(total / PAR_PAGE))
    page = min(max(1, criteres.page), pages)
    rangs = _slice([groupe & retenus for groupe in trouves], (page - 1) * PAR_PAGE)
    return Resultat(
        acteurs=tuple(annuaire.read(rangs)),
        total=total,
        page=page,
        pages=pages,
        facettes={nom: annuaire.count(nom, _meet(tous, gardes, sauf=nom)) for nom in DIMENSIONS},
    )


def _ask(catalogue: Catalogue, criteres: Criteres, dimension: str) -> str | None:
    """Return the value asked of a dimension, as the index knows it; None when nothing is asked."""
    asked: str | None = getattr(criteres, dimension)
    if not asked or dimension == "type":
        return asked or None
    if dimension == "territoire":
        return _read_territory(catalogue, asked).iri
    concept = catalogue.concept(dimension, asked)
    if concept is None:
        raise DemandeInvalideError(dimension, messages(f"annuaire.{dimension}-inconnu"))
    return concept.iri


def _read_territory(catalogue: Catalogue, ref: str) -> Territoire:
    try:
        return catalogue.lire_territoire(ref)
    except IntrouvableError as erreur:
        raise DemandeInvalideError("territoire", erreur.message) from erreur


def _meet(tous: BitMap, gardes: Mapping[str, BitMap | None], sauf: str = "") -> BitMap:
    """Return those who pass every filter but one."""
    passes = [membres for nom, membres in gardes.items() if membres is not None and nom != sauf]
    return BitMap.intersection(tous, *passes) if passes else tous


def _slice(groupes: Iterable[BitMap], debut: int) -> list[int]:
    """Return one page of groups read one after the other, each in the order of names."""
    page: list[int] = []
    for groupe in groupes:
        page += groupe[debut : debut + PAR_PAGE - len(page)] if debut < len(groupe) else []
        debut = max(0, debut - len(groupe))
        if len(page) == PAR_PAGE:
            break
    return page


class _Annuaire:
    """The index of a catalogue, with what is asked again and again."""

    def __init__(self, catalogue: Catalogue) -> None:
        registre = catalogue.registre
        self._index = (
            Index.open(registre.annuaire) if registre else make_index(catalogue, entries_of(catalogue))
        )
        self._read: Callable[[Iri], Acteur | None] = catalogue.lire_acteur
        self._territoires = catalogue.territoires
        self._facettes: dict[str, dict[str, BitMap]] = {
            nom: self._index.ensembles(nom) for nom in ("type", "secteur", "fonction")
        }
        self._facettes["territoire"] = {
            lieu.iri: membres
            for lieu in self._territoires.values()
            if lieu.niveau in ("departement", "region", "national") and (membres := self._who_is_in(lieu))
        }

    def find(self, q: str) -> list[BitMap]:
        """Return who is searched, best first: the very name, its beginning, named so, said so elsewhere."""
        cherche = fold(q)
        if not cherche:
            return [self._index.tous]
        mots = cherche.split()
        dits = _telling(mots)
        groupes = [
            self._index.named(cherche),
            self._index.begun(cherche),
            self._index.worded(mots, noms=True) | self._index.worded(dits, noms=True),
            self._index.worded(dits, noms=False),
        ]
        vus = BitMap()
        for groupe in groupes:
            groupe -= vus
            vus |= groupe
        return groupes

    def members(self, dimension: str, valeur: str | None) -> BitMap | None:
        """Return who has a value, None when none is asked."""
        if valeur is None:
            return None
        connus = self._facettes[dimension].get(valeur)
        if connus is None and dimension == "territoire":
            return self._who_is_in(self._territoires[valeur])
        return connus if connus is not None else BitMap()

    def count(self, dimension: str, parmi: BitMap) -> tuple[Facette, ...]:
        """Count who of these has each value."""
        comptes = (
            (valeur, parmi.intersection_cardinality(membres))
            for valeur, membres in self._facettes[dimension].items()
        )
        return tuple(Facette(valeur, nombre) for valeur, nombre in sorted(comptes) if nombre)

    def read(self, rangs: Iterable[int]) -> list[Acteur]:
        """Return the actors of these ranks."""
        found = map(self._read, self._index.iris(rangs))
        return [acteur for acteur in found if acteur is not None]

    def _who_is_in(self, lieu: Territoire) -> BitMap:
        """Return who sits or acts inside a place, or acts on all of it.

        National actors act everywhere: they are kept only when the nation itself is asked for.
        """
        if lieu.niveau == "national":
            return self._index.ensemble("perimetre", lieu.iri)
        membres = self._index.ensemble("dans", lieu.iri)
        for iri in lieu.ancetres:
            large = self._territoires.get(iri)
            if large is None or large.niveau != "national":
                membres |= self._index.ensemble("perimetre", iri)
        return membres


def _telling(mots: Iterable[str]) -> list[str]:
    """Words to look for in texts: without small ones, nor the mark of a plural."""
    utiles = (mot for mot in mots if len(mot) > 2 and mot not in PETITS_MOTS)
    return [mot.rstrip("sx") if len(mot) > 4 else mot for mot in utiles]
