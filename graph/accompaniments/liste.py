"""Find actions by place, need and sector."""

from dataclasses import dataclass

from graph.accompaniments.frise import find_period
from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Iri, Territoire
from graph.coverage import open_index
from graph.errors import DemandeInvalideError, IntrouvableError
from graph.messages import messages
from graph.texte import fold


@dataclass(frozen=True, slots=True)
class CriteresActions:
    """What is asked of the list, checked; None asks nothing."""

    territoire: Territoire | None = None
    besoin: Iri | None = None
    secteur: Iri | None = None


def parse_criteres(
    catalogue: Catalogue, territoire: str = "", besoin: str = "", secteur: str = ""
) -> CriteresActions:
    """Check what was typed.

    Raises:
        DemandeInvalideError: a code or a territory that does not exist, with its field.
    """
    try:
        lieu = catalogue.lire_territoire(territoire) if territoire else None
    except IntrouvableError as erreur:
        raise DemandeInvalideError("territoire", erreur.message) from erreur
    return CriteresActions(
        lieu, _read_code(catalogue, "besoin", besoin), _read_code(catalogue, "secteur", secteur)
    )


def _read_code(catalogue: Catalogue, schema: str, code: str) -> Iri | None:
    if not code:
        return None
    concept = catalogue.concept(schema, code)
    if concept is None:
        raise DemandeInvalideError(
            schema, messages("accompagnements.code-inconnu", champ=schema, code=code[:40])
        )
    return concept.iri


def find_actions(catalogue: Catalogue, criteres: CriteresActions) -> tuple[Accompagnement, ...]:
    """Return the actions that meet every criterion: in the place, for the need, the sector or narrower ones.

    The most recent first, undated ones last, then by title.
    """
    actions = list(catalogue.accompagnements.values())
    if criteres.territoire is not None:
        here = {found.chose for found in open_index(catalogue).actions.inside(criteres.territoire.iri)}
        actions = [action for action in actions if action.iri in here]

    def concerns(asked: Iri | None, said: tuple[Iri, ...]) -> bool:
        return asked is None or any(asked in (iri, *catalogue.elargir(iri)) for iri in said)

    kept = (action for action in actions if concerns(criteres.besoin, action.besoins))
    return tuple(sorted((a for a in kept if concerns(criteres.secteur, a.secteurs)), key=_rank))


def _rank(action: Accompagnement) -> tuple[bool, int, str]:
    periode = find_period(action)
    return (periode is None, -periode[0].toordinal() if periode else 0, fold(action.titre))
