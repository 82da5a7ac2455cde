"""A small catalogue in the words of the first document, and one whose every text is hostile."""

# ruff: noqa: E501 (sentences and records read better on one line)
from dataclasses import fields, replace
from datetime import date

import pytest

from graph.catalogue import Catalogue
from graph.catalogue.modele import (
    Accompagnement,
    Acteur,
    Concept,
    Etape,
    Instance,
    Lien,
    Observation,
    Offre,
    Passage,
    Source,
    Territoire,
)
from graph.dates import DatePartielle
from graph.orientation.modele import Demande, Raison, Recommandation, Reponse, SourceCitee

ID = "https://w3id.org/maillage/id/"
VOC = "https://w3id.org/maillage/voc/"
DOC = "https://w3id.org/maillage/source/calvados-petite-enfance-2009"
ATTAQUE = '</script><img src=x onerror=alert(1)>"\' onmouseover="alert(2)'


def terr(slug):
    return f"{ID}territoire/{slug}"


def act(slug):
    return f"{ID}acteur/{slug}"


def voc(schema, code):
    return f"{VOC}{schema}/{code}"


def _by_iri(choses):
    return {chose.iri: chose for chose in choses}


def _territoires():
    def lieu(slug, niveau, nom, *ancetres, **champs):
        code = slug.partition("-")[2]
        return Territoire(terr(slug), niveau, code, nom, tuple(map(terr, (slug, *ancetres))), **champs)

    normandie = ("region-28", "national")
    calvados = ("departement-14", "region-25-1982", *normandie)
    return [
        lieu("national", "national", "France"),
        lieu("region-28", "region", "Normandie", "national"),
        lieu(
            "region-25-1982",
            "region",
            "Basse-Normandie",
            "national",
            fin=DatePartielle.parse("2015"),
            remplace_par=terr("region-28"),
        ),
        lieu("departement-14", "departement", "Calvados", "region-25-1982", *normandie),
        lieu("commune-14027", "commune", "Les Monts d’Aunay", *calvados, autres_noms=("Aunay-sur-Odon",)),
        lieu("commune-14327", "commune", "Hérouville-Saint-Clair", *calvados),
        lieu("commune-14488", "commune", "Ouistreham", *calvados),
        lieu("commune-14700", "commune", "Saint-Vaast-en-Auge", *calvados),
    ]


def _concepts():
    def concept(schema, code, libelle, parent=None, definition=""):
        return Concept(voc(schema, code), schema, code, libelle, definition, parent and voc(schema, parent))

    return [
        concept("stade", "benevole", "Association de bénévoles"),
        concept("stade", "employeur", "Employeur"),
        concept("stade", "primo-employeur", "Primo-employeur"),
        concept("stade", "projet", "Projet d’emploi"),
        concept("besoin", "gestion-financiere", "Gestion financière"),
        concept("besoin", "budget-previsionnel", "Budget prévisionnel", "gestion-financiere"),
        concept("besoin", "comptabilite", "Comptabilité", "gestion-financiere"),
        concept("besoin", "projet-strategie-organisation", "Développement de projets, stratégie, organisation"),
        concept("besoin", "projet-etablissement", "Projet d’établissement", "projet-strategie-organisation"),
        concept("besoin", "projet-social", "Projet social", "projet-etablissement"),
        concept("besoin", "ressources-humaines", "Gestion des ressources humaines"),
        concept("besoin", "convention-collective", "Appliquer une convention collective", "ressources-humaines"),
        concept("besoin", "fiche-de-poste", "Fiche de poste", "ressources-humaines"),
        concept("besoin", "conflit-benevoles-salaries", "Relations entre bénévoles et salariés", "ressources-humaines"),
        concept("secteur", "petite-enfance", "Petite enfance"),
        concept("secteur", "sport", "Sport"),
        concept("fonction", "accompagnement-generaliste", "Accompagnement généraliste"),
        concept("fonction", "diagnostic", "Diagnostic"),
        concept("fonction", "ingenierie", "Ingénierie"),
        concept("fonction", "mise-en-reseau", "Mise en réseau"),
        concept("fonction", "suivi", "Suivi"),
        concept("dispositif", "pava", "Point d’appui à la vie associative"),
        concept("dispositif", "guid-asso", "Guid’Asso"),
        concept("dispositif", "dla", "Dispositif local d’accompagnement"),
        concept("nature-financement", "locaux", "Mise à disposition de locaux"),
        concept("role-partenaire", "technique", "Technique"),
        concept("indicateur", "places", "Places d’accueil"),
        concept("indicateur", "autofinancement", "Taux d’autofinancement"),
        concept("type-instance", "comite-orientation", "Comité d’orientation"),
        concept("statut", "prevu", "Prévu"),
    ]  # fmt: skip


PASSAGES = [
    Passage(f"{DOC}#s3a-suivi", DOC, "p. 3, Partenariat avec des réseaux",
            "dans le cadre de sa mission de point d’appui à la vie associative, pour permettre aux associations "
            "individuellement et au réseau ACEPP de continuer à le solliciter."),
    Passage(f"{DOC}#dla-crise", DOC, "p. 1, témoignage", "Sans le DLA, la crèche aurait fermé, ce qui était dommageable pour le territoire"),
    Passage(f"{DOC}#acepp-reseau", DOC, "p. 3, encadré L’ACEPP", "C’est un réseau national de parents et de professionnels qui relie et apporte un appui aux crèches parentales."),
    Passage(f"{DOC}#frise", DOC, "p. 1, frise"),
    Passage(f"{DOC}#bambins", DOC, "p. 2, Espace Bambins", "a réduit sa capacité d’accueil de 17 à 13 places pour mieux les assumer"),
]  # fmt: skip


def _acteurs():
    passage = {p.iri.rsplit("#", 1)[1]: p.iri for p in PASSAGES}
    return [
        Acteur(act("s3a"), "s3a", "S3A", sigles=("S3A",), autres_noms=("Structure associative d’aide aux associations",),
               types=("PointAppui", "Prestataire", "Association"), siege=terr("commune-14327"),
               perimetres=(terr("departement-14"),), secteurs=(voc("secteur", "petite-enfance"),),
               description="Association d’éducation populaire, point d’appui à la vie associative.",
               notes=("Le document ne dit pas si la mission de point d’appui couvre tout le département.",),
               site="https://www.s3a-exemple.fr/", passages=(passage["s3a-suivi"],)),
        Acteur(act("acepp-basse-normandie"), "acepp-basse-normandie", "ACEPP Basse-Normandie", sigles=("ACEPP",),
               types=("Reseau", "Association"), perimetres=(terr("region-25-1982"),),
               description="Réseau régional des crèches parentales, porté par des bénévoles.", passages=(passage["acepp-reseau"],)),
        Acteur(act("dla-calvados"), "dla-calvados", "DLA du Calvados", types=("OperateurDLA",),
               perimetres=(terr("departement-14"),), passages=(passage["dla-crise"],)),
        Acteur(act("espace-bambins"), "espace-bambins", "Espace Bambins", types=("Association",), siege=terr("commune-14027"),
               secteurs=(voc("secteur", "petite-enfance"),), stade=voc("stade", "employeur"), effectif=6, passages=(passage["bambins"],)),
        Acteur(act("caf-calvados"), "caf-calvados", "CAF du Calvados", sigles=("CAF",), types=("Financeur", "Institution"),
               perimetres=(terr("departement-14"),)),
        Acteur(act("departement-calvados"), "departement-calvados", "Conseil départemental du Calvados",
               types=("Financeur", "Institution"), perimetres=(terr("departement-14"),), succede_a=(act("conseil-general"),)),
        Acteur(act("conseil-general"), "conseil-general", "Conseil général du Calvados", types=("Institution",)),
        Acteur(act("pmi-calvados"), "pmi-calvados", "PMI du Calvados", types=("Institution",), rattache_a=(act("departement-calvados"),)),
    ]  # fmt: skip


def _offres():
    passage = {p.iri.rsplit("#", 1)[1]: p.iri for p in PASSAGES}
    return [
        Offre(f"{ID}offre/s3a-suivi", "s3a-suivi", act("s3a"), "Suivi continu des associations de petite enfance",
              fonctions=(voc("fonction", "accompagnement-generaliste"), voc("fonction", "suivi")),
              territoires=(terr("departement-14"),),
              besoins=(voc("besoin", "convention-collective"), voc("besoin", "fiche-de-poste"), voc("besoin", "comptabilite")),
              secteurs=(voc("secteur", "petite-enfance"),), publics=("présidents et responsables techniques",),
              passages=(passage["s3a-suivi"],)),
        Offre(f"{ID}offre/s3a-mission", "s3a-mission", act("s3a"), "Accompagnement individuel et collectif, comme prestataire",
              fonctions=(voc("fonction", "ingenierie"),), territoires=(terr("departement-14"),),
              mobilise_par=(act("dla-calvados"),), debut=DatePartielle.parse("2008-05"), fin=DatePartielle.parse("2009-04"),
              passages=(passage["frise"],)),
        Offre(f"{ID}offre/acepp-reseau", "acepp-reseau", act("acepp-basse-normandie"), "Rencontres entre crèches, transmission",
              fonctions=(voc("fonction", "mise-en-reseau"),), territoires=(terr("region-25-1982"),),
              secteurs=(voc("secteur", "petite-enfance"),), passages=(passage["acepp-reseau"],)),
        Offre(f"{ID}offre/dla-diagnostic", "dla-diagnostic", act("dla-calvados"), "Diagnostic et accompagnement du DLA",
              fonctions=(voc("fonction", "diagnostic"), voc("fonction", "ingenierie")), territoires=(terr("departement-14"),),
              besoins=(voc("besoin", "convention-collective"),), passages=(passage["dla-crise"], passage["frise"])),
    ]  # fmt: skip


def _liens():
    frise = (f"{DOC}#frise",)
    return (
        Lien(f"{ID}lien/m1", "Mandat", act("s3a"), voc("dispositif", "pava"), debut=DatePartielle.parse("1997"),
             territoires=(terr("departement-14"),), passages=(f"{DOC}#s3a-suivi",)),
        Lien(f"{ID}lien/m2", "Mandat", act("dla-calvados"), voc("dispositif", "dla"), territoires=(terr("departement-14"),)),
        Lien(f"{ID}lien/p1", "Partenariat", act("dla-calvados"), act("s3a"), voc("role-partenaire", "technique"),
             "Coopération technique avec S3A", passages=frise),
        Lien(f"{ID}lien/f1", "Financement", act("caf-calvados"), act("espace-bambins"), titre="Subvention de la CAF",
             montant="10000.00", fleche=True, debut=DatePartielle.parse("2008"), passages=(f"{DOC}#bambins",),
             notes=("Le montant est celui du budget.",)),
        Lien(f"{ID}lien/a1", "Adhesion", act("espace-bambins"), act("acepp-basse-normandie"), passages=frise),
        Lien(f"{ID}lien/x1", "Accompagnement", act("s3a"), f"{ID}accompagnement/action-petite-enfance"),
    )  # fmt: skip


def _actions():
    return [
        Accompagnement(
            f"{ID}accompagnement/action-petite-enfance", "action-petite-enfance", "Professionnaliser la petite enfance",
            types=("IngenierieCollective",), pilotes=(act("dla-calvados"),), intervenants=(act("s3a"),),
            beneficiaires=(act("espace-bambins"),), financeurs=(act("caf-calvados"),), territoires=(terr("departement-14"),),
            besoins=(voc("besoin", "convention-collective"),), debut=DatePartielle.parse("2008-01"), fin=DatePartielle.parse("2009-12"),
            jours="15.50", cout_ttc="3600", nombre_structures=12,
            textes=(("resultat", "Adoption de la convention collective."),),
            etapes=(Etape(1, "Diagnostics des structures", DatePartielle.parse("2008-01"), DatePartielle.parse("2008-03")),
                    Etape(2, "Mutualisation de moyens", DatePartielle.parse("2009-10"), statut=voc("statut", "prevu"))),
            passages=(f"{DOC}#frise",),
        )
    ]  # fmt: skip


@pytest.fixture(scope="session")
def calvados():
    """The Calvados document, cut down to what the pages need to show."""
    source = Source(DOC, "calvados-petite-enfance-2009", "Accompagner la professionnalisation du secteur petite enfance",
                    DatePartielle.parse("2009"), "Avise", "https://www.avise.org/")  # fmt: skip
    instance = Instance(
        f"{ID}instance/comite", "Comité d’orientation petite enfance", voc("type-instance", "comite-orientation"),
        (act("s3a"), act("caf-calvados")), (act("dla-calvados"),), f"{ID}accompagnement/action-petite-enfance",
        passages=(f"{DOC}#frise",),
    )  # fmt: skip
    observation = Observation(
        f"{ID}observation/places", act("espace-bambins"), voc("indicateur", "places"), "13", "places",
        DatePartielle.parse("2009"), terr("commune-14027"), passages=(f"{DOC}#bambins",),
    )  # fmt: skip
    return Catalogue(
        edition="2026-11-21-abcdef",
        sources={DOC: source},
        passages=_by_iri(PASSAGES),
        concepts=_by_iri(_concepts()),
        territoires=_by_iri(_territoires()),
        acteurs=_by_iri(_acteurs()),
        offres=_by_iri(_offres()),
        accompagnements=_by_iri(_actions()),
        instances=_by_iri([instance]),
        observations=_by_iri([observation]),
        liens=_liens(),
        successeurs={
            voc("dispositif", "pava"): voc("dispositif", "guid-asso"),
            act("conseil-general"): act("departement-calvados"),
        },
    )


@pytest.fixture(scope="session")
def reponse():
    """What a nursery of Aunay-sur-Odon is answered, in the shape of the contract."""
    point = SourceCitee(
        "Accompagner la professionnalisation du secteur petite enfance", "2009", "p. 3", PASSAGES[0].citation
    )
    reseau = replace(point, lieu="p. 3, encadré L’ACEPP", citation=PASSAGES[2].citation)
    demande = Demande(
        terr("commune-14027"), date(2026, 11, 21), "employeur", None, ("convention-collective", "fiche-de-poste"), "petite-enfance"
    )  # fmt: skip

    def reco(rang, score, slug, offre, fonction, niveau, competent, raisons, autres=()):
        return Recommandation(
            rang, score, act(slug), f"{ID}offre/{offre}", fonction, niveau, competent, raisons,
            ("Demander si l’offre s’adresse aux associations au stade « Employeur » : aucune source ne le dit.",), "2009",
            tuple(f"{ID}offre/{autre}" for autre in autres),
        )  # fmt: skip

    return Reponse(
        edition="2026-11-21-abcdef",
        demande=demande,
        recommandations=(
            reco(1, 73.5, "s3a", "s3a-suivi", "accompagnement-generaliste", "departement", True, (
                Raison("localite", "Intervient dans le département : Calvados.", 35, point),
                Raison("besoin", "Répond au besoin « Appliquer une convention collective ».", 12, point),
                Raison("secteur", "Connaît le secteur « Petite enfance ».", 12, None),
                Raison("fraicheur", "L’information date de 2009 : elle a plus de 10 ans.", -4, None),
            ), ("s3a-mission",)),
            reco(2, 40, "acepp-basse-normandie", "acepp-reseau", "mise-en-reseau", "region", False, (
                Raison("localite", "Intervient dans la région : Basse-Normandie.", 20, reseau),
            )),
        ),
        repli=None,
        remarques=("« Aunay-sur-Odon » fait aujourd’hui partie de la commune Les Monts d’Aunay : la réponse est donnée pour elle.",),
    )  # fmt: skip


def _poison(valeur):
    """Put the attack at the end of every text a person could have written."""
    if isinstance(valeur, str):
        return valeur if valeur.startswith("https://w3id.org/") else valeur + ATTAQUE
    if isinstance(valeur, tuple):
        return tuple(_poison(element) for element in valeur)
    return valeur


GARDES = {"iri", "slug", "type", "types", "schema", "code", "niveau", "rang", "critere", "fonction", "date"}


def poison(chose):
    """A copy whose every free text is hostile; codes and IRIs, made by programs, are left."""
    return replace(chose, **{
        champ.name: _poison(getattr(chose, champ.name)) for champ in fields(chose) if champ.name not in GARDES
    })  # fmt: skip


@pytest.fixture(scope="session")
def hostile(calvados):
    """The same catalogue with an attack in every text and a script as every web address."""

    def each(choses):
        return {iri: poison(chose) for iri, chose in choses.items()}

    acteurs = {
        iri: replace(a, site="javascript:alert(1)//https://x") for iri, a in each(calvados.acteurs).items()
    }
    sources = {iri: replace(s, url="javascript:alert(1)") for iri, s in each(calvados.sources).items()}
    actions = {
        iri: replace(poison(replace(a, textes=())), textes=(("resultat", ATTAQUE),))
        for iri, a in calvados.accompagnements.items()
    }
    return replace(
        calvados,
        sources=sources,
        acteurs=acteurs,
        accompagnements=actions,
        liens=tuple(poison(lien) for lien in calvados.liens),
        **{nom: each(getattr(calvados, nom)) for nom in ("passages", "concepts", "territoires", "offres", "instances", "observations")},
    )  # fmt: skip
