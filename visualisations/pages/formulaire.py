"""The orientation form: what was typed, given back as typed, with the choices of the vocabularies."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Concept, Iri, Territoire
from graph.catalogue.territoires import reference
from graph.coverage.concepts import STADES
from graph.orientation.texte_libre import BesoinPropose
from graph.texte import fold
from visualisations.pages.commun import GroupeOptions, OptionVue, make_address, once_per_catalogue, say_place
from visualisations.rendu import messages

CHAMPS: Final = ("commune", "stade", "effectif", "besoins", "secteur")


@dataclass(frozen=True, slots=True)
class SaisieOrientation:
    """The fields of the form as the person left them, valid or not."""

    commune: str = ""
    stade: str | None = None
    besoins: tuple[str, ...] = ()
    secteur: str | None = None
    effectif: str = ""
    texte: str = ""
    """What is needed, in the person's own words."""
    date: str = ""
    """Day that the answer is asked for; today when empty."""
    compris: str = ""
    """Mark of the own words for which needs were proposed already, and codes of these needs."""

    @property
    def confirme(self) -> bool:
        """True when the needs that the words may mean were proposed already."""
        return self.compris.split(".")[0] == _digest(self.texte)

    @property
    def perimes(self) -> frozenset[str]:
        """Needs ticked for other words than those typed now."""
        return frozenset() if self.confirme or not self.texte else frozenset(self.compris.split(".")[1:])

    def parametres(self, commune: str | None = None, *, mots: bool = True) -> list[tuple[str, str]]:
        """Names and values of the address that restores this state.

        Args:
            commune: another place.
            mots: with the person's own words; they are left out of what is sent to others.
        """
        dits = [("texte", self.texte), ("compris", self.compris)] if mots else []
        return [
            ("commune", self.commune if commune is None else commune),
            ("stade", self.stade or ""),
            ("effectif", self.effectif),
            *(("besoins", code) for code in self.besoins),
            *dits,
            ("secteur", self.secteur or ""),
            ("date", self.date),
        ]


@dataclass(frozen=True, slots=True)
class FormulaireVue:
    """Everything the form shows."""

    commune: str
    choix_communes: tuple[OptionVue, ...]
    adresse_autre_commune: str
    stades: tuple[OptionVue, ...]
    effectif: str
    besoins: tuple[GroupeOptions, ...]
    secteurs: tuple[GroupeOptions, ...]
    texte: str
    compris: str
    date: str
    proposes: tuple[OptionVue, ...]
    """Needs that the text may mean, to be confirmed; the likeliest is ticked."""
    erreurs: Mapping[str, str]


def view_form(
    catalogue: Catalogue,
    saisie: SaisieOrientation,
    choix_communes: tuple[Territoire, ...] = (),
    erreurs: Mapping[str, str] | None = None,
    proposes: Sequence[BesoinPropose] = (),
) -> FormulaireVue:
    """The form for what was typed; errors come in the order of the fields."""
    dites = erreurs or {}
    ordre = [*CHAMPS, *(champ for champ in dites if champ not in CHAMPS)]
    return FormulaireVue(
        commune=saisie.commune,
        choix_communes=tuple(
            OptionVue(_place_value(lieu), say_place(catalogue, lieu.iri), _say_old_names(lieu))
            for lieu in choix_communes
        ),
        adresse_autre_commune=make_address("/orientation", saisie.parametres(commune="")),
        stades=_stages(catalogue, saisie.stade),
        effectif=saisie.effectif,
        besoins=need_groups(catalogue, frozenset(saisie.besoins)),
        secteurs=_sectors(catalogue, saisie.secteur),
        texte=saisie.texte,
        compris=_mark(saisie.texte, proposes) if proposes else saisie.compris,
        date=saisie.date,
        proposes=tuple(
            OptionVue(propose.code, propose.libelle, propose.definition, rang == 0)
            for rang, propose in enumerate(proposes)
        ),
        erreurs={champ: dites[champ] for champ in ordre if champ in dites},
    )


def _digest(texte: str) -> str:
    return sha256(texte.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _mark(texte: str, proposes: Sequence[BesoinPropose]) -> str:
    return ".".join([_digest(texte), *(propose.code for propose in proposes)])


def _place_value(lieu: Territoire) -> str:
    """What the choice sends: a reference, since a bare code may be one commune's and another's mail."""
    return reference(lieu)


def _say_old_names(lieu: Territoire) -> str:
    if not lieu.autres_noms:
        return ""
    return messages("formulaire.anciens_noms", noms=", ".join(lieu.autres_noms[:4]))


def _stages(catalogue: Catalogue, choisi: str | None) -> tuple[OptionVue, ...]:
    def rank(concept: Concept) -> int:
        return STADES.index(concept.code) if concept.code in STADES else len(STADES)

    return tuple(
        OptionVue(
            code=concept.code,
            libelle=_plain_words(f"stades.{concept.code}", concept.libelle),
            aide=_plain_words(f"stades_aide.{concept.code}", concept.definition),
            choisi=concept.code == choisi,
        )
        for concept in sorted(catalogue.concepts_de("stade"), key=rank)
    )


def _plain_words(cle: str, sinon: str) -> str:
    return messages(cle) if cle in messages else sinon


@once_per_catalogue
def _frequencies(catalogue: Catalogue) -> Counter[Iri]:
    """How often each need or sector is named by an offer, an action or an actor of the edition."""
    comptes: Counter[Iri] = Counter()
    for offre in catalogue.offres.values():
        comptes.update((*offre.besoins, *offre.secteurs))
    for action in catalogue.accompagnements.values():
        comptes.update((*action.besoins, *action.secteurs))
    for acteur in catalogue.acteurs.values():
        comptes.update(acteur.secteurs)
    return comptes


def need_groups(catalogue: Catalogue, choisis: frozenset[str]) -> tuple[GroupeOptions, ...]:
    """The needs under their axis, the most frequent first; an axis with a chosen need is open."""
    comptes = _frequencies(catalogue)
    groupes: list[tuple[int, GroupeOptions]] = []
    for axe in (c for c in catalogue.concepts_de("besoin") if c.parent not in catalogue.concepts):
        dessous = _sorted_below(catalogue, axe, 0)
        options = (
            *(OptionVue(c.code, c.libelle, "", c.code in choisis, niveau) for c, niveau in dessous),
            OptionVue(axe.code, messages("formulaire.axe_en_general"), "", axe.code in choisis),
        )
        exemples = ", ".join([concept.libelle for concept, niveau in dessous if niveau == 0][:3])
        ouvert = any(option.choisi for option in options)
        poids = sum(comptes[concept.iri] for concept, _ in dessous)
        groupes.append((poids, GroupeOptions(axe.libelle, options, exemples, ouvert)))
    return tuple(groupe for _, groupe in sorted(groupes, key=lambda ligne: -ligne[0]))


def _sorted_below(catalogue: Catalogue, parent: Concept, niveau: int) -> list[tuple[Concept, int]]:
    """Concepts below one, most frequent first, each followed by its own children."""
    comptes = _frequencies(catalogue)
    enfants = [c for c in catalogue.concepts_de(parent.schema) if c.parent == parent.iri]
    enfants.sort(key=lambda concept: -comptes[concept.iri])
    return [
        ligne
        for concept in enfants
        for ligne in ((concept, niveau), *_sorted_below(catalogue, concept, niveau + 1))
    ]


def _sectors(catalogue: Catalogue, choisi: str | None) -> tuple[GroupeOptions, ...]:
    """Sectors that the sources speak of first, then the rest of the vocabulary.

    A family of the registers is left out when the field has words of its own below it: the two lists side
    by side say most things twice (« Sports, activités de plein air », « Sport »).
    """
    comptes = _frequencies(catalogue)
    secteurs = catalogue.concepts_de("secteur")
    precises = {s.parent for s in secteurs}
    connus = sorted((s for s in secteurs if comptes[s.iri]), key=lambda s: (-comptes[s.iri], s.libelle))
    autres = sorted(
        (s for s in secteurs if not comptes[s.iri] and (s.iri not in precises or s.code == choisi)),
        key=lambda s: fold(s.libelle),
    )
    groupes = (("formulaire.secteurs_connus", connus), ("formulaire.secteurs_autres", autres))
    return tuple(
        GroupeOptions(messages(cle), tuple(OptionVue(s.code, s.libelle, "", s.code == choisi) for s in liste))
        for cle, liste in groupes
        if liste
    )
