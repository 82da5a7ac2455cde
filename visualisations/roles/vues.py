"""A system of actors in words: one model for the diagram, the table, the CSV and the JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from graph.cartography import shorten
from graph.cartography.preuves import Preuves
from graph.cartography.relations import find_beneficiaires
from graph.cartography.roles import MANIERES, VOIES, Maniere, Role, Voie
from graph.cartography.systeme import Sujet, Systeme
from graph.cartography.types import Fait
from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Instance, Iri
from visualisations.pages.actions import say_kind
from visualisations.pages.commun import (
    labels,
    once_per_catalogue,
    say_euros,
    say_period,
    say_place,
    view_sources,
    view_thing,
)
from visualisations.pages.lieux import say_former
from visualisations.rendu import messages
from visualisations.roles.modele import (
    FaitRoleVue,
    GroupeRolesVue,
    PlurielVue,
    SystemeVue,
    TenantVue,
    VoieVue,
)


def view_systeme(catalogue: Catalogue, systeme: Systeme, jour: date) -> SystemeVue:
    """Say a system of actors, as it stands on a day."""
    diseur = _Diseur(catalogue, systeme, jour)
    voies = (
        VoieVue(
            voie,
            messages(f"roles.voie.{voie}.titre"),
            messages(f"roles.voie.{voie}.court"),
            tuple(_view_groups(catalogue, systeme, diseur, voie)),
        )
        for voie in VOIES
    )
    sujet = systeme.sujet
    return SystemeVue(
        sujet=sujet.titre if isinstance(sujet, Accompagnement) else say_place(catalogue, sujet.iri),
        precisions=tuple(say_kind(catalogue, sujet))
        if isinstance(sujet, Accompagnement)
        else say_former(catalogue, sujet),
        centre=tuple(_view_centre(catalogue, systeme)),
        voies=tuple(voie for voie in voies if voie.groupes),
        pluriels=diseur.list_plural(),
        manques=tuple(_say_missing(sujet, voie) for voie in systeme.list_missing()),
        acteurs=len({role.acteur for role in systeme.roles}),
        roles=len({(role.acteur, role.voie) for role in systeme.roles}),
    )


def _say_missing(sujet: Sujet, voie: Voie) -> str:
    if voie == "financement" and isinstance(sujet, Accompagnement):
        return messages("roles.finance_manque")
    return messages(f"roles.voie.{voie}.manque")


def _view_centre(catalogue: Catalogue, systeme: Systeme) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What roles are played for, so that a reader sees what stands behind the subject."""
    sujet = systeme.sujet
    contenu: tuple[tuple[str, tuple[Iri, ...]], ...]
    if isinstance(sujet, Accompagnement):
        contenu = (
            ("mene", sujet.pilotes),
            ("pour", find_beneficiaires(catalogue, sujet)),
            ("parties", tuple(partie.iri for partie in systeme.parties)),
        )
    else:
        vises = dict.fromkeys(role.vers for role in systeme.roles)
        contenu = (
            ("actions", tuple(iri for iri in vises if iri in catalogue.accompagnements)),
            ("dispositifs", tuple(role.vers for role in systeme.list_roles("portage"))),
        )
    for cle, iris in contenu:
        if iris:
            noms = dict.fromkeys(shorten(nom) for nom in labels(catalogue, iris))
            yield messages(f"roles.centre.{cle}"), tuple(noms)


def _view_groups(
    catalogue: Catalogue, systeme: Systeme, diseur: "_Diseur", voie: Voie
) -> Iterator[GroupeRolesVue]:
    roles = systeme.list_roles(voie)
    if voie == "financement":
        roles, autour = systeme.split_funding()
        if autour:
            if roles:
                yield GroupeRolesVue(diseur.view_holders(roles))
            titre = messages("roles.finance_autour" if roles else "roles.finance_inconnu")
            yield GroupeRolesVue(diseur.view_holders(autour), titre, autour=True)
            return
    if voie == "instance":
        for instance in systeme.instances:
            membres = [role for role in roles if role.vers == instance.iri]
            yield GroupeRolesVue(
                diseur.view_holders(membres, instance.iri),
                _say_committee(catalogue, instance),
                () if membres else view_sources(catalogue, instance.passages),
            )
        connues = {instance.iri for instance in systeme.instances}
        roles = tuple(role for role in roles if role.vers not in connues)
    if roles:
        yield GroupeRolesVue(diseur.view_holders(roles))


def _say_committee(catalogue: Catalogue, instance: Instance) -> str:
    """Its name, with what it belongs to when the name does not say it."""
    de = catalogue.libelle(instance.de) if instance.de and instance.de in catalogue.acteurs else ""
    if not de or de in instance.titre:
        return instance.titre
    return messages("roles.comite_de", titre=instance.titre, nom=de)


@once_per_catalogue
def _open_preuves(catalogue: Catalogue) -> Preuves:
    return Preuves(catalogue)


class _Diseur:
    """Says the roles of one system."""

    def __init__(self, catalogue: Catalogue, systeme: Systeme, jour: date) -> None:
        self._catalogue = catalogue
        self._sujet = systeme.sujet.iri
        self._parties = {partie.iri for partie in systeme.parties}
        self._jour = jour
        self._pluriels = systeme.list_plural()
        self._numeros = {iri: rang for rang, iri in enumerate(self._pluriels, start=1)}

    def list_plural(self) -> tuple[PlurielVue, ...]:
        return tuple(
            PlurielVue(
                self._numeros[iri], view_thing(self._catalogue, iri), self._shorten(iri), _say_lanes(voies)
            )
            for iri, voies in self._pluriels.items()
        )

    def view_holders(self, roles: Sequence[Role], comite: Iri = "") -> tuple[TenantVue, ...]:
        """Actors of one kind of role, in the order of what they do, then by name."""
        par_acteur: dict[Iri, list[Role]] = {}
        for role in roles:
            par_acteur.setdefault(role.acteur, []).append(role)

        def rank(iri: Iri) -> tuple[int, str, Iri]:
            premiere = min(MANIERES.index(role.maniere) for role in par_acteur[iri])
            return premiere, self._catalogue.libelle(iri), iri

        return tuple(self._view_holder(iri, par_acteur[iri], comite) for iri in sorted(par_acteur, key=rank))

    def _view_holder(self, iri: Iri, roles: Sequence[Role], comite: Iri) -> TenantVue:
        acteur = self._catalogue.acteurs[iri]
        etats = {role.state(self._jour) for role in roles}
        voie = roles[0].voie
        tenus = self._pluriels.get(iri, ())
        return TenantVue(
            acteur=view_thing(self._catalogue, iri),
            court=self._shorten(iri),
            service_de=", ".join(labels(self._catalogue, acteur.rattache_a)),
            numero=self._numeros.get(iri, 0),
            aussi=_say_lanes(tenue for tenue in tenus if tenue != voie),
            mots=self._gather(roles, comite),
            etat=etats.pop() if len(etats) == 1 else "",
            faits=tuple(self._view_fact(role, comite) for role in roles),
        )

    def _gather(self, roles: Sequence[Role], comite: Iri) -> tuple[str, ...]:
        """Each way once, with everything it is done for and the details of each.

        What is done for the subject goes without saying for its parts: only the table tells them.
        """
        vises: dict[Maniere, dict[Iri, dict[str, None]]] = {}
        for role in roles:
            details = vises.setdefault(role.maniere, {}).setdefault(role.vers, {})
            details.update(dict.fromkeys(self._detail(role)))
        for cibles in vises.values():
            if self._sujet in cibles:
                for partie in self._parties & cibles.keys():
                    del cibles[partie]
        return tuple(self._say(maniere, self._list(cibles), comite) for maniere, cibles in vises.items())

    def _list(self, cibles: Mapping[Iri, Iterable[str]]) -> str:
        dits = (_precise(self._name(vers), tuple(details)) for vers, details in cibles.items())
        return ", ".join(dict.fromkeys(dits))

    def _view_fact(self, role: Role, comite: Iri) -> FaitRoleVue:
        fait = self._find_proof(role)
        texte = self._say(role.maniere, _precise(self._name(role.vers), self._detail(role)), comite)
        repete = (
            role.fait.iri in self._catalogue.accompagnements or role.fait.iri in self._catalogue.instances
        )
        return FaitRoleVue(
            texte=texte,
            titre="" if repete else role.fait.titre,
            quand=say_period(role.fait.debut, role.fait.fin),
            etat=role.state(self._jour),
            sources=view_sources(self._catalogue, fait.passages),
        )

    def _find_proof(self, role: Role) -> Fait:
        """The statement with the passages that prove it: those of the action, and of the actor itself."""
        fait = role.fait
        if fait.iri in self._catalogue.accompagnements:
            documents = {source.iri for _, source in self._catalogue.source_de(fait.passages)}
            siens = (
                passage.iri
                for passage, source in self._catalogue.source_de(
                    self._catalogue.acteurs[role.acteur].passages
                )
                if source.iri in documents
            )
            fait = replace(fait, passages=tuple(dict.fromkeys((*fait.passages, *siens))))
        (prouve,) = _open_preuves(self._catalogue).trim(role.acteur, role.vers, (fait,))
        return prouve

    def _say(self, maniere: Maniere, vers: str, comite: Iri) -> str:
        if maniere == "siege" and not comite:
            return messages("roles.en_comite", vers=vers)
        return messages(f"roles.maniere.{maniere}", vers=vers)

    def _name(self, iri: Iri) -> str:
        """How what a role is played for is called in a sentence."""
        if iri == self._sujet:
            return messages("roles.action")
        nom = self._catalogue.libelle(iri)
        if iri not in self._catalogue.accompagnements or "«" in nom:
            return nom
        return messages("roles.cite", titre=shorten(nom))

    def _detail(self, role: Role) -> tuple[str, ...]:
        natures = (mot[:1].lower() + mot[1:] for mot in labels(self._catalogue, role.fait.qualites))
        montant = (say_euros(role.fait.montant),) if role.fait.montant else ()
        lieux: tuple[str, ...] = ()
        if role.maniere == "porte":
            lieux = labels(self._catalogue, (t for t in role.fait.territoires if t != self._sujet))
        return (*natures, *montant, *lieux)

    def _shorten(self, iri: Iri) -> str:
        acteur = self._catalogue.acteurs[iri]
        return acteur.sigles[0] if len(acteur.nom) > 44 and acteur.sigles else acteur.nom


def _precise(texte: str, precisions: Sequence[str]) -> str:
    if not precisions:
        return texte
    return messages("roles.precise", texte=texte, precisions=messages("commun.puis").join(precisions))


def _say_lanes(voies: Iterable[Voie]) -> tuple[str, ...]:
    return tuple(messages(f"roles.voie.{voie}.court").lower() for voie in voies)
