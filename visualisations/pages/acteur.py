"""The card of an actor: everything the edition says of it, each thing with its source."""

from dataclasses import dataclass
from urllib.parse import quote

from graph.catalogue import Catalogue
from graph.catalogue.modele import Acteur, Lien, Observation, Offre
from graph.catalogue.territoires import reference
from visualisations.pages.actions import ActionVue, InstanceVue, view_actions, view_committees
from visualisations.pages.commun import (
    ChoseVue,
    DocumentVue,
    SourceVue,
    find_departement,
    labels,
    make_address,
    other_names,
    safe_url,
    say_number,
    say_period,
    say_place,
    view_documents,
    view_sources,
    view_thing,
    view_things,
)
from visualisations.pages.dires import DireVue, TrancheVue, view_dires, view_tranche
from visualisations.pages.liens import GroupeLiens, view_links
from visualisations.pages.lieux import view_place, view_places
from visualisations.pages.versements import VersementsVue, view_payments
from visualisations.rendu import render_view
from visualisations.schema_org import Structure, structure_actor
from visualisations.types_acteur import type_principal


@dataclass(frozen=True, slots=True)
class MandatVue:
    """A dispositif carried: where, when, and what replaced it since."""

    dispositif: str
    territoires: tuple[ChoseVue, ...]
    periode: str
    remplace_par: str
    notes: tuple[str, ...]
    sources: tuple[SourceVue, ...]


@dataclass(frozen=True, slots=True)
class OffreVue:
    """One offer; an empty field is a thing no source says."""

    slug: str
    """Where other pages point at it: ``#offre-<slug>``."""
    titre: str
    description: str
    fonctions: tuple[str, ...]
    territoires: tuple[ChoseVue, ...]
    stades: tuple[str, ...]
    besoins: tuple[str, ...]
    secteurs: tuple[str, ...]
    mobilise_par: tuple[ChoseVue, ...]
    formes: tuple[str, ...]
    publics: tuple[str, ...]
    periode: str
    notes: tuple[str, ...]
    sources: tuple[SourceVue, ...]


@dataclass(frozen=True, slots=True)
class ObservationVue:
    """One figure."""

    indicateur: str
    valeur: str
    precision: str
    notes: tuple[str, ...]
    sources: tuple[SourceVue, ...]


@dataclass(frozen=True, slots=True)
class ActeurVue:
    """Context of ``pages/acteur.html``."""

    edition: str
    structure: Structure
    nom: str
    sigles: tuple[str, ...]
    autres_noms: tuple[str, ...]
    types: tuple[str, ...]
    symbole_principal: str
    description: str
    siege: ChoseVue | None
    perimetres: tuple[ChoseVue, ...]
    secteurs: tuple[str, ...]
    stade: str
    effectif: str
    tranche: TrancheVue | None
    dires: dict[str, tuple[DireVue, ...]]
    """What other sources say, by property."""
    identifiants: tuple[tuple[str, str], ...]
    site: str | None
    notes: tuple[str, ...]
    mandats: tuple[MandatVue, ...]
    predecesseurs: tuple[ChoseVue, ...]
    successeur: ChoseVue | None
    offres: tuple[OffreVue, ...]
    liens: tuple[GroupeLiens, ...]
    actions: tuple[ActionVue, ...]
    instances: tuple[InstanceVue, ...]
    observations: tuple[ObservationVue, ...]
    versements: VersementsVue | None
    """Payments that registers publish."""
    passages: tuple[SourceVue, ...]
    """What the documents say of the actor itself."""
    documents: tuple[DocumentVue, ...]
    """Every document the card draws on."""
    adresse_reseau: str
    """Empty when the network does not draw it: only registers name it."""
    adresse_aide: str
    """The orientation form begun with its place and sector, for an association that offers nothing."""


def page_acteur(catalogue: Catalogue, acteur: Acteur) -> str:
    """The card of one actor."""
    return render_view("pages/acteur.html", view_actor(catalogue, acteur))


def view_actor(catalogue: Catalogue, acteur: Acteur) -> ActeurVue:
    """Everything the card shows."""
    mandats = [
        lien for lien in catalogue.liens_de(acteur.iri) if lien.type == "Mandat" and lien.de == acteur.iri
    ]
    offres = catalogue.offres_de(acteur.iri)
    observations = [o for o in catalogue.observations.values() if o.sur == acteur.iri]
    successeur = catalogue.successeurs.get(acteur.iri)
    said = catalogue.dires_de(acteur.iri)
    names = {dire.valeur for dire in said.get("prefLabel", ())}
    citees = [
        acteur.passages,
        *(mandat.passages for mandat in mandats),
        *(offre.passages for offre in offres),
        *(observation.passages for observation in observations),
    ]
    return ActeurVue(
        edition=catalogue.edition,
        structure=structure_actor(catalogue, acteur),
        nom=acteur.nom,
        sigles=other_names(acteur),
        autres_noms=tuple(nom for nom in acteur.autres_noms if nom not in names),
        types=acteur.types,
        symbole_principal=type_principal(acteur.types).code,
        description=acteur.description,
        siege=view_place(catalogue, acteur.siege) if acteur.siege else None,
        perimetres=view_places(catalogue, acteur.perimetres),
        secteurs=labels(catalogue, acteur.secteurs),
        stade=catalogue.libelle(acteur.stade) if acteur.stade else "",
        effectif="" if acteur.effectif is None else say_number(str(acteur.effectif)),
        tranche=view_tranche(catalogue, acteur, said),
        dires=view_dires(catalogue, said),
        identifiants=tuple(
            (nom, code) for nom, code in (("SIRET", acteur.siret), ("RNA", acteur.rna)) if code
        ),
        site=safe_url(acteur.site),
        notes=acteur.notes,
        mandats=tuple(_view_mandate(catalogue, mandat) for mandat in mandats),
        predecesseurs=view_things(catalogue, acteur.succede_a),
        successeur=view_thing(catalogue, successeur) if successeur else None,
        offres=tuple(_view_offer(catalogue, offre) for offre in offres),
        liens=view_links(catalogue, acteur.iri),
        actions=view_actions(catalogue, acteur.iri),
        instances=view_committees(catalogue, acteur.iri),
        observations=tuple(_view_figure(catalogue, observation) for observation in observations),
        versements=view_payments(catalogue, acteur.iri),
        passages=view_sources(catalogue, acteur.passages),
        documents=view_documents(catalogue, (iri for passages in citees for iri in passages)),
        adresse_reseau=_network_address(catalogue, acteur) if acteur.iri in catalogue.acteurs else "",
        adresse_aide=_help_address(catalogue, acteur) if "Association" in acteur.types and not offres else "",
    )


def _help_address(catalogue: Catalogue, acteur: Acteur) -> str:
    """The form, as the association would begin to fill it: its commune, its sector when there is but one."""
    lieu = catalogue.territoires.get(acteur.siege or "")
    codes = [concept.code for iri in acteur.secteurs if (concept := catalogue.concepts.get(iri)) is not None]
    return make_address(
        "/orientation",
        [("commune", reference(lieu) if lieu else ""), ("secteur", codes[0] if len(codes) == 1 else "")],
    )


def _network_address(catalogue: Catalogue, acteur: Acteur) -> str:
    """The network of the first departement it is in, else of the first place, with the actor chosen."""
    iris = (*((acteur.siege,) if acteur.siege else ()), *acteur.perimetres)
    lieux = [catalogue.territoires[iri] for iri in iris if iri in catalogue.territoires]
    departements = [found for lieu in lieux if (found := find_departement(catalogue, lieu))]
    choisi = next(iter((*departements, *lieux)), None)
    parametres = [("territoire", reference(choisi))] if choisi else []
    return f"{make_address('/cartographie', parametres)}#a={quote(acteur.slug, safe='')}"


def _view_mandate(catalogue: Catalogue, mandat: Lien) -> MandatVue:
    remplace = catalogue.successeurs.get(mandat.vers)
    return MandatVue(
        dispositif=catalogue.libelle(mandat.vers),
        territoires=view_places(catalogue, mandat.territoires),
        periode=say_period(mandat.debut, mandat.fin),
        remplace_par=catalogue.libelle(remplace) if remplace else "",
        notes=mandat.notes,
        sources=view_sources(catalogue, mandat.passages),
    )


def _view_offer(catalogue: Catalogue, offre: Offre) -> OffreVue:
    return OffreVue(
        slug=offre.slug,
        titre=offre.titre,
        description=offre.description,
        fonctions=labels(catalogue, offre.fonctions),
        territoires=view_places(catalogue, offre.territoires),
        stades=labels(catalogue, offre.stades),
        besoins=labels(catalogue, offre.besoins),
        secteurs=labels(catalogue, offre.secteurs),
        mobilise_par=view_things(catalogue, offre.mobilise_par),
        formes=labels(catalogue, (*offre.modalites, *offre.temporalites)),
        publics=offre.publics,
        periode=say_period(offre.debut, offre.fin),
        notes=offre.notes,
        sources=view_sources(catalogue, offre.passages),
    )


def _view_figure(catalogue: Catalogue, observation: Observation) -> ObservationVue:
    precisions = []
    if observation.date:
        precisions.append(observation.date.en_clair)
    if observation.territoire:
        precisions.append(say_place(catalogue, observation.territoire))
    return ObservationVue(
        indicateur=catalogue.libelle(observation.indicateur),
        valeur=f"{say_number(observation.valeur)} {observation.unite}".strip(),
        precision=", ".join(precisions),
        notes=observation.notes,
        sources=view_sources(catalogue, observation.passages),
    )
