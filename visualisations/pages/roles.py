"""The system of actors of a territory or of a support action: diagram, table, and what leaves the site."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from graph.cartography import open_cartographe, shorten
from graph.cartography.systeme import Sujet, Systeme, cut_systeme
from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Iri, Territoire
from graph.catalogue.territoires import reference
from graph.errors import DemandeInvalideError
from visualisations.pages.commun import ChoseVue, OptionVue, labels, make_address, once_per_catalogue
from visualisations.pages.lieux import place_address
from visualisations.pages.pied import view_foot
from visualisations.rendu import messages, render_view
from visualisations.roles.figure import draw_systeme
from visualisations.roles.mesures import LARGEUR
from visualisations.roles.modele import FaitRoleVue, SystemeVue, TenantVue, VoieVue
from visualisations.roles.vues import view_systeme
from visualisations.tableau import write_table

ADRESSE: Final = "/cartographie/roles"
_GROUPES: Final = ("departements", "regions", "anciennes", "autres")


@dataclass(frozen=True, slots=True)
class GroupeSujets:
    """Subjects of one kind, under one heading of the chooser."""

    libelle: str
    options: tuple[OptionVue, ...]


@dataclass(frozen=True, slots=True)
class RolesVue:
    """Context of ``pages/roles.html``."""

    edition: str
    lieu_ref: str
    systeme: SystemeVue
    schema: Markup
    large: bool
    """True when the diagram is wider than high: it prints on a sheet lying down."""
    actions: tuple[OptionVue, ...]
    territoires: tuple[GroupeSujets, ...]
    corpus: str
    """Years of the documents it comes from, in words; empty when none is dated."""
    entier: tuple[ChoseVue, ...]
    """The action it is part of."""
    parties: tuple[ChoseVue, ...]
    """Parts of it that others lead."""
    suites: tuple[ChoseVue, ...]


def read_sujet(catalogue: Catalogue, territoire: str, accompagnement: str) -> Sujet:
    """The subject that an address asks for; when it asks for none, the action with the most kinds of roles.

    Raises:
        DemandeInvalideError: both are asked for.
        IntrouvableError: no such territory or action.
    """
    territoire, accompagnement = territoire.strip(), accompagnement.strip()
    if territoire and accompagnement:
        raise DemandeInvalideError("territoire", messages("roles.deux"))
    if accompagnement:
        return catalogue.accompagnement(accompagnement)
    if territoire:
        return catalogue.lire_territoire(territoire)
    comptes = _count_roles(catalogue)
    actions = [action for action in catalogue.accompagnements.values() if comptes.get(action.iri)]
    riche = max(actions, key=lambda action: (comptes[action.iri], action.slug), default=None)
    return riche or catalogue.lire_territoire("national")


def page_roles(catalogue: Catalogue, sujet: Sujet, jour: date) -> str:
    """The page of one system of actors, as it stands on a day."""
    systeme = cut_systeme(catalogue, sujet)
    vue = view_systeme(catalogue, systeme, jour)
    dessin, hauteur = draw_systeme(vue)
    entier = sujet.fait_partie_de if isinstance(sujet, Accompagnement) else None
    return render_view(
        "pages/roles.html",
        RolesVue(
            edition=catalogue.edition,
            lieu_ref=_find_place(catalogue, sujet),
            systeme=vue,
            schema=Markup(dessin),  # noqa: S704 — an XML library wrote it, and escaped every text
            large=hauteur < 0.9 * LARGEUR,
            actions=_list_actions(catalogue, sujet),
            territoires=_list_territories(catalogue, sujet),
            corpus=_say_corpus(catalogue, systeme),
            entier=tuple(_view_action(a) for a in systeme.voisines if a.iri == entier),
            parties=tuple(_view_action(a) for a in systeme.voisines if a.iri != entier),
            suites=() if isinstance(sujet, Accompagnement) else _suites(sujet),
        ),
        pied=view_foot(catalogue),
    )


def _find_place(catalogue: Catalogue, sujet: Sujet) -> str:
    """The territory that the other cartographies open on: the subject, or where the action takes place."""
    if isinstance(sujet, Territoire):
        return reference(sujet)
    lieux = (catalogue.territoires.get(iri) for iri in sujet.territoires)
    return next((reference(lieu) for lieu in lieux if lieu is not None), "")


def svg_roles(catalogue: Catalogue, sujet: Sujet, jour: date) -> str:
    """The diagram as a file of its own."""
    vue = view_systeme(catalogue, cut_systeme(catalogue, sujet), jour)
    return draw_systeme(vue, credit=messages("roles.source", edition=catalogue.edition))[0]


def csv_roles(catalogue: Catalogue, sujet: Sujet, jour: date) -> str:
    """The table as a spreadsheet reads it: a line a statement, with the sentence that proves it."""
    vue = view_systeme(catalogue, cut_systeme(catalogue, sujet), jour)
    lignes = [
        tuple(_line(voie, "" if groupe.autour else groupe.titre, tenant, fait))
        for voie in vue.voies
        for groupe in voie.groupes
        for tenant in groupe.tenants
        for fait in tenant.faits
    ]
    lignes += [(messages("roles.manque"), manque) for manque in vue.manques]
    return write_table(messages("roles.colonnes").split(";"), lignes)


def donnees_roles(catalogue: Catalogue, sujet: Sujet, jour: date) -> dict[str, object]:
    """The system as JSON-ready data: what the API answers."""
    vue = view_systeme(catalogue, cut_systeme(catalogue, sujet), jour)
    return {
        "edition": catalogue.edition,
        "date": jour.isoformat(),
        "accompagnement": sujet.slug if isinstance(sujet, Accompagnement) else None,
        "territoire": None if isinstance(sujet, Accompagnement) else reference(sujet),
        **asdict(vue),
    }


def _line(voie: VoieVue, comite: str, tenant: TenantVue, fait: FaitRoleVue) -> Iterator[str]:
    source = fait.sources[0] if fait.sources else None
    texte = messages("commun.etiquette", nom=fait.texte, texte=comite) if comite else fait.texte
    yield from (voie.court, tenant.acteur.nom, texte, fait.quand)
    yield messages(f"roles.etat.{fait.etat}") if fait.etat else ""
    if source is None:
        yield from ("", "", "", "")
    else:
        yield from (source.citation or "", source.titre, source.date or "", source.lieu)
    yield tenant.acteur.adresse or ""


@once_per_catalogue
def _count_roles(catalogue: Catalogue) -> dict[Iri, tuple[int, int]]:
    """How many kinds of roles, and how many roles, each action and each known territory has, if any."""
    lieux = [lieu for lieu, _ in open_cartographe(catalogue).list_territoires()]
    sujets: list[Sujet] = [*catalogue.accompagnements.values(), *lieux]
    tenus = {s.iri: {(r.voie, r.acteur) for r in cut_systeme(catalogue, s).roles} for s in sujets}
    return {iri: (len({voie for voie, _ in roles}), len(roles)) for iri, roles in tenus.items() if roles}


def _choose(catalogue: Catalogue, code: str, nom: str, iri: Iri, sujet: Sujet) -> OptionVue:
    nombre = messages("roles.nombre", n=_count_roles(catalogue).get(iri, (0, 0))[1])
    return OptionVue(code, messages("roles.choix", nom=nom, nombre=nombre), choisi=iri == sujet.iri)


def _list_actions(catalogue: Catalogue, sujet: Sujet) -> tuple[OptionVue, ...]:
    comptes = _count_roles(catalogue)
    actions = sorted(
        (a for a in catalogue.accompagnements.values() if a.iri in comptes or a.iri == sujet.iri),
        key=lambda action: (action.titre, action.slug),
    )
    courts = Counter(shorten(action.titre) for action in actions)
    return tuple(_choose(catalogue, a.slug, _name_apart(catalogue, a, courts), a.iri, sujet) for a in actions)


def _name_apart(catalogue: Catalogue, action: Accompagnement, courts: Mapping[str, int]) -> str:
    """Its short name, or the whole title when another one shares it; where and from when on."""
    court = shorten(action.titre)
    nom = court if courts[court] == 1 else action.titre
    annee = str(action.debut.debut.year) if action.debut else ""
    precisions = [
        dit for dit in (*labels(catalogue, action.territoires[:1]), annee) if dit and dit not in nom
    ]
    if not precisions:
        return nom
    return messages("roles.choix_precis", nom=nom, precisions=", ".join(precisions))


def _list_territories(catalogue: Catalogue, sujet: Sujet) -> tuple[GroupeSujets, ...]:
    """Departements, regions, former regions that have roles; and the open territory, whatever it is."""
    comptes = _count_roles(catalogue)
    lieux = [lieu for lieu, _ in open_cartographe(catalogue).list_territoires() if lieu.iri in comptes]
    if isinstance(sujet, Territoire) and sujet not in lieux:
        lieux.append(sujet)
    groupes: dict[str, list[OptionVue]] = {nom: [] for nom in _GROUPES}
    for lieu in lieux:
        genre = {"departement": "departements", "region": "anciennes" if lieu.fin else "regions"}
        option = _choose(catalogue, reference(lieu), lieu.nom, lieu.iri, sujet)
        groupes[genre.get(lieu.niveau, "autres")].append(option)
    return tuple(
        GroupeSujets(messages(f"reseau.groupes.{nom}"), tuple(options))
        for nom, options in groupes.items()
        if options
    )


def _view_action(action: Accompagnement) -> ChoseVue:
    return ChoseVue(action.titre, make_address(ADRESSE, [("accompagnement", action.slug)]))


def _say_corpus(catalogue: Catalogue, systeme: Systeme) -> str:
    passages = {passage for role in systeme.roles for passage in role.fait.passages}
    annees = sorted({source.date.debut.year for _, source in catalogue.source_de(passages) if source.date})
    if not annees:
        return ""
    cle = "roles.corpus" if len(annees) == 1 else "roles.corpus_annees"
    return messages(cle, debut=annees[0], fin=annees[-1])


def _suites(lieu: Territoire) -> tuple[ChoseVue, ...]:
    reseau = make_address("/cartographie", [("territoire", reference(lieu))])
    return (
        ChoseVue(messages("roles.retour_reseau"), reseau),
        ChoseVue(messages("roles.fiche_territoire"), place_address(lieu)),
    )
