"""The directory: search actors by name, then by what they do; filter them, count what each filter keeps.

Pure functions over the catalogue. A search index is made once per catalogue and dropped with it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final
from weakref import WeakKeyDictionary

from graph.catalogue import Catalogue
from graph.catalogue.modele import Acteur, Iri, Territoire
from graph.errors import DemandeInvalideError, IntrouvableError
from graph.messages import messages
from graph.texte import fold

PAR_PAGE: Final = 50
DIMENSIONS: Final = ("type", "territoire", "secteur", "fonction")
SANS_ROLE: Final = "Acteur"
"""Class of the actors whose role no source says."""
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


@dataclass(frozen=True, slots=True)
class _Entree:
    acteur: Acteur
    noms: tuple[str, ...]
    mots: frozenset[str]
    textes: str
    """Words of its names, description, offers' titles and sectors, each after a space."""
    perimetres: frozenset[Iri]
    dans: frozenset[Iri]
    valeurs: Mapping[str, frozenset[str]]
    """By dimension, every facet value the actor counts for."""


_INDEX: Final[WeakKeyDictionary[Catalogue, tuple[_Entree, ...]]] = WeakKeyDictionary()


def search_actors(catalogue: Catalogue, criteres: Criteres) -> Resultat:
    """Return one page of the actors that meet every criterion, best names first, then by name.

    Raises:
        DemandeInvalideError: a code or a reference that does not exist, with its field.
    """
    tests = _make_tests(catalogue, criteres)
    trouves = [entree for entree in _index(catalogue) if tests["q"](entree)]
    gardes = [entree for entree in trouves if _passes(entree, tests)]
    mots = fold(criteres.q).split()
    gardes.sort(key=lambda entree: (_rank(entree, mots), fold(entree.acteur.nom), entree.acteur.iri))
    pages = max(1, ceil(len(gardes) / PAR_PAGE))
    page = min(max(1, criteres.page), pages)
    return Resultat(
        acteurs=tuple(entree.acteur for entree in gardes[(page - 1) * PAR_PAGE : page * PAR_PAGE]),
        total=len(gardes),
        page=page,
        pages=pages,
        facettes={nom: _count(trouves, tests, nom) for nom in DIMENSIONS},
    )


_Test = Callable[[_Entree], bool]


def _make_tests(catalogue: Catalogue, criteres: Criteres) -> dict[str, _Test]:
    mots = fold(criteres.q).split()
    dits = _telling(mots)
    tests: dict[str, _Test] = {
        "q": lambda entree: (
            _named(entree, mots) or (bool(dits) and all(f" {mot}" in entree.textes for mot in dits))
        )
    }
    if criteres.type:
        role = criteres.type
        tests["type"] = lambda entree: role in entree.valeurs["type"]
    if criteres.territoire:
        tests["territoire"] = _territory_test(catalogue, _read_territory(catalogue, criteres.territoire))
    for champ, code in (("secteur", criteres.secteur), ("fonction", criteres.fonction)):
        if code:
            tests[champ] = _concept_test(catalogue, champ, code)
    return tests


def _telling(mots: Iterable[str]) -> list[str]:
    """Words to look for in texts: without small ones, nor the mark of a plural."""
    utiles = (mot for mot in mots if len(mot) > 2 and mot not in PETITS_MOTS)
    return [mot.rstrip("sx") if len(mot) > 4 else mot for mot in utiles]


def _named(entree: _Entree, mots: Iterable[str]) -> bool:
    """True when every word begins a word of a name."""
    return all(any(nom.startswith(mot) for nom in entree.mots) for mot in mots)


def _concept_test(catalogue: Catalogue, champ: str, code: str) -> _Test:
    concept = catalogue.concept(champ, code)
    if concept is None:
        raise DemandeInvalideError(champ, messages(f"annuaire.{champ}-inconnu"))
    iri = concept.iri
    return lambda entree: iri in entree.valeurs[champ]


def _read_territory(catalogue: Catalogue, ref: str) -> Territoire:
    try:
        return catalogue.lire_territoire(ref)
    except IntrouvableError as erreur:
        raise DemandeInvalideError("territoire", erreur.message) from erreur


def _territory_test(catalogue: Catalogue, territoire: Territoire) -> _Test:
    """An actor belongs to a place when it sits or acts inside it, or acts on all of it.

    National actors act everywhere: they are kept only when the nation itself is asked for.
    """
    if territoire.niveau == "national":
        return lambda entree: territoire.iri in entree.perimetres
    plus_larges = {iri for iri in territoire.ancetres if _level(catalogue, iri) != "national"}
    return lambda entree: territoire.iri in entree.dans or not plus_larges.isdisjoint(entree.perimetres)


def _passes(entree: _Entree, tests: Mapping[str, _Test], sauf: str = "") -> bool:
    return all(test(entree) for nom, test in tests.items() if nom != sauf)


def _count(trouves: Iterable[_Entree], tests: Mapping[str, _Test], nom: str) -> tuple[Facette, ...]:
    comptes: Counter[str] = Counter()
    for entree in trouves:
        if _passes(entree, tests, sauf=nom):
            comptes.update(entree.valeurs[nom])
    return tuple(Facette(valeur, nombre) for valeur, nombre in sorted(comptes.items()))


def _rank(entree: _Entree, mots: list[str]) -> int:
    """0 the very name, 1 its beginning, 2 all the words in one name, 3 in several, 4 said elsewhere."""
    cherche = " ".join(mots)
    if not cherche or cherche in entree.noms:
        return 0
    if any(nom.startswith(cherche) for nom in entree.noms):
        return 1
    if any(all(mot in nom for mot in mots) for nom in entree.noms):
        return 2
    return 3 if _named(entree, mots) or _named(entree, _telling(mots)) else 4


def _index(catalogue: Catalogue) -> tuple[_Entree, ...]:
    entrees = _INDEX.get(catalogue)
    if entrees is None:
        interieurs = _departements_inside(catalogue)
        entrees = tuple(_make_entry(catalogue, acteur, interieurs) for acteur in catalogue.acteurs.values())
        _INDEX[catalogue] = entrees
    return entrees


def _departements_inside(catalogue: Catalogue) -> dict[Iri, set[Iri]]:
    """For each territory but the nation, the departements and regions that lie wholly inside it."""
    dedans: dict[Iri, set[Iri]] = {}
    for territoire in catalogue.territoires.values():
        if territoire.niveau in ("departement", "region"):
            for iri in territoire.ancetres:
                plus_large = catalogue.territoires.get(iri)
                if plus_large and plus_large.niveau != "national":
                    dedans.setdefault(iri, set()).add(territoire.iri)
    return dedans


def _make_entry(catalogue: Catalogue, acteur: Acteur, interieurs: Mapping[Iri, set[Iri]]) -> _Entree:
    offres = catalogue.offres_de(acteur.iri)
    noms = tuple(fold(nom) for nom in (acteur.nom, *acteur.sigles, *acteur.autres_noms))
    # The national perimeter stays in `perimetres` only: see _territory_test.
    perimetres = frozenset(acteur.perimetres) | {iri for offre in offres for iri in offre.territoires}
    lieux = perimetres | ({acteur.siege} if acteur.siege else set())
    dans = {haut for lieu in lieux for haut in _containers(catalogue, lieu)}
    couverts = {interieur for lieu in perimetres for interieur in interieurs.get(lieu, ())}
    facettes = {iri for iri in dans | couverts if _is_facet(catalogue, iri)} | {
        iri for iri in perimetres if _level(catalogue, iri) == "national"
    }
    secteurs = dict.fromkeys((*acteur.secteurs, *(s for offre in offres for s in offre.secteurs)))
    textes = (acteur.description, *(o.titre for o in offres), *map(catalogue.libelle, secteurs))
    mots = frozenset(mot for nom in noms for mot in nom.split())
    return _Entree(
        acteur=acteur,
        noms=noms,
        mots=mots,
        textes=" " + " ".join(sorted(mots.union(*(fold(texte).split() for texte in textes)))),
        perimetres=frozenset(perimetres),
        dans=frozenset(dans),
        valeurs={
            "type": frozenset(acteur.types or (SANS_ROLE,)),
            "territoire": frozenset(facettes),
            "secteur": _widen(catalogue, secteurs),
            "fonction": _widen(catalogue, {f for offre in offres for f in offre.fonctions}),
        },
    )


def _level(catalogue: Catalogue, iri: Iri) -> str:
    territoire = catalogue.territoires.get(iri)
    return territoire.niveau if territoire else ""


def _is_facet(catalogue: Catalogue, iri: Iri) -> bool:
    return _level(catalogue, iri) in ("departement", "region")


def _containers(catalogue: Catalogue, iri: Iri) -> set[Iri]:
    """The place, what contains it, and what replaced it when it ended (Basse-Normandie → Normandie)."""
    territoire = catalogue.territoires.get(iri)
    if territoire is None:
        return {iri}
    return {iri, *territoire.ancetres, *((territoire.remplace_par,) if territoire.remplace_par else ())}


def _widen(catalogue: Catalogue, concepts: Iterable[Iri]) -> frozenset[str]:
    return frozenset(large for iri in concepts for large in (iri, *catalogue.elargir(iri)))
