"""What to show of a network: the words of an address or of a command line, read and checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, get_args

from graph.cartography.types import ACTION, AUCUN, SANS_ROLE, TYPES_RELATION
from graph.catalogue import Catalogue
from graph.catalogue.modele import ROLES, Iri
from graph.dates import DatePartielle
from graph.errors import DemandeInvalideError
from graph.messages import messages

Par = Literal["", "acteur", "departement", "reseau"]
Taille = Literal["liens", "passages"]
PAR: Final[tuple[Par, ...]] = get_args(Par)
"""One node per actor, departement or network; empty: actors, or departements when there are too many."""
TAILLES: Final[tuple[Taille, ...]] = get_args(Taille)
"""What the size of a node says: its number of links, or how many shortest paths pass through it."""
FACETTES: Final = ("secteur", "stade", "reseau", "source")
"""Facets of actors of which one value is chosen; each is a field of :class:`CriteresReseau`."""
INCONNU: Final = "non-renseigne"
"""Value of a facet that stands for those of whom no source says it."""


@dataclass(frozen=True, slots=True)
class CriteresReseau:
    """What to show. Empty ``types`` or ``liens`` mean all; an empty facet means whatever its value."""

    territoire: Iri | None = None
    types: tuple[str, ...] = ()
    """Role classes (:data:`ROLES`, :data:`SANS_ROLE`, :data:`ACTION`): an actor shows when it plays one."""
    liens: tuple[str, ...] = ()
    """Types of relation (:data:`TYPES_RELATION`)."""
    isoles: bool = True
    """Show the actors that no shown relation joins to anyone."""
    secteur: str = ""
    stade: str = ""
    reseau: str = ""
    """Slug of a network: itself and its members, however far down."""
    source: str = ""
    """Slug of a source: what it speaks of."""
    jour: date | None = None
    """Only links and actions that may be valid that day; those without a date stay."""
    taille: Taille = "liens"
    communautes: bool = False
    """Find the groups of actors that are more linked among themselves than with the rest."""
    par: Par = ""

    @property
    def facettes(self) -> Mapping[str, str]:
        """The facets of which a value is chosen."""
        return {nom: valeur for nom in FACETTES if (valeur := getattr(self, nom))}


def parse_criteres(
    catalogue: Catalogue,
    territoire: str = "",
    types: Sequence[str] = (),
    liens: Sequence[str] = (),
    isoles: bool = True,
    **autres: str,
) -> CriteresReseau:
    """Read the words of a query string or a command line.

    Args:
        catalogue: what the edition says.
        territoire: reference of a territory; empty for all.
        types: role classes.
        liens: types of relation.
        isoles: show the actors without a shown link.
        **autres: other fields of :class:`CriteresReseau`, as text: ``secteur``, ``stade``, ``reseau``,
            ``source``, ``date`` (``AAAA-MM-JJ``), ``taille``, ``communautes`` (``1``), ``par``.

    Raises:
        DemandeInvalideError: no such role, type of link, sector…, or an unreadable date.
        IntrouvableError: no such territory or network.
    """
    _check("type", types, (*ROLES, SANS_ROLE, ACTION, AUCUN))
    _check("lien", liens, (*TYPES_RELATION, AUCUN))
    dits = {nom: valeur.strip() for nom, valeur in autres.items()}
    for nom, connus in (("taille", TAILLES), ("par", PAR)):
        _check(nom, [dits.get(nom) or connus[0]], connus)
    for nom in ("secteur", "stade"):
        codes = [concept.code for concept in catalogue.concepts_de(nom)]
        _check(nom, [dits[nom]] if dits.get(nom) else [], (*codes, INCONNU))
    sources = [source.slug for source in catalogue.sources.values()]
    _check("source", [dits["source"]] if dits.get("source") else [], (*sources, INCONNU))
    if dits.get("reseau", INCONNU) not in ("", INCONNU):
        catalogue.acteur(dits["reseau"])
    valeurs: dict[str, Any] = {
        "jour": _read_day(dits.pop("date", "")),
        "communautes": dits.pop("communautes", "") == "1",
        **{nom: dit for nom, dit in dits.items() if dit},
    }
    return CriteresReseau(
        catalogue.lire_territoire(territoire).iri if territoire.strip() else None,
        tuple(dict.fromkeys(types)),
        tuple(dict.fromkeys(liens)),
        isoles,
        **valeurs,
    )


def _read_day(texte: str) -> date | None:
    if not texte:
        return None
    try:
        lue = DatePartielle.parse(texte)
    except ValueError:
        lue = None
    if lue is None or lue.debut != lue.fin:
        raise DemandeInvalideError("date", messages("cartographie.jour", valeur=texte[:40]))
    return lue.debut


def _check(champ: str, valeurs: Sequence[str], connus: Sequence[str]) -> None:
    for valeur in valeurs:
        if valeur not in connus:
            choix = ", ".join(code for code in connus if code not in ("", AUCUN))
            raise DemandeInvalideError(
                champ, messages("cartographie.code-inconnu", valeur=valeur[:40], champ=champ, codes=choix)
            )
