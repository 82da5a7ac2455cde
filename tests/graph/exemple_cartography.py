"""A small catalogue shaped like the Calvados document, built by hand, for the tests of the network."""

from dataclasses import replace

from graph.catalogue import Catalogue
from graph.catalogue.modele import (
    Accompagnement,
    Acteur,
    Concept,
    Instance,
    Iri,
    Lien,
    Passage,
    Source,
    Territoire,
    TypeLien,
)
from graph.dates import DatePartielle

ID = "https://w3id.org/maillage/id"
VOC = "https://w3id.org/maillage/voc"
SOURCE = "https://w3id.org/maillage/source/exemple"


def acteur_iri(slug: str) -> Iri:
    return f"{ID}/acteur/{slug}"


def terr(ref: str) -> Iri:
    return f"{ID}/territoire/{ref}"


CALVADOS, NORMANDIE, ANCIENNE, FRANCE = (
    terr(ref) for ref in ("departement-14", "region-28", "region-25-1982", "national")
)
_LIEUX = (
    Territoire(FRANCE, "national", "", "France", (FRANCE,)),
    Territoire(NORMANDIE, "region", "28", "Normandie", (NORMANDIE, FRANCE)),
    Territoire(ANCIENNE, "region", "25-1982", "Basse-Normandie", (ANCIENNE, FRANCE)),
    Territoire(CALVADOS, "departement", "14", "Calvados", (CALVADOS, ANCIENNE, NORMANDIE, FRANCE)),
    Territoire(terr("departement-29"), "departement", "29", "Finistère", (terr("departement-29"), FRANCE)),
    *(
        Territoire(
            terr(f"commune-{code}"),
            "commune",
            code,
            nom,
            (terr(f"commune-{code}"), CALVADOS, ANCIENNE, NORMANDIE, FRANCE),
        )
        for code, nom in (("14027", "Les Monts d’Aunay"), ("14488", "Ouistreham"))
    ),
)

PASSAGE = Passage(
    f"{SOURCE}#missions",
    SOURCE,
    "modalités",
    "une mission de 15 jours dont 12 en individuels pour l’appui à l’organisation du travail, confiée à S3A",
)


def acteur(slug: str, nom: str, *types: str, siege: Iri | None = None, **champs: object) -> Acteur:
    fiche = Acteur(acteur_iri(slug), slug, nom, types=types, siege=siege, passages=(PASSAGE.iri,))
    return replace(fiche, **champs) if champs else fiche  # type: ignore[arg-type]


def lien(genre: TypeLien, de: str, vers: str, code: str = "", debut: str = "") -> Lien:
    schema = "role-partenaire" if genre == "Partenariat" else "nature-financement"
    return Lien(
        f"{ID}/lien/{de}-{vers}-{code or genre.lower()}",
        genre,
        acteur_iri(de),
        acteur_iri(vers) if not vers.startswith("http") else vers,
        qualite=f"{VOC}/{schema}/{code}" if code else None,
        debut=DatePartielle.parse(debut) if debut else None,
        passages=(PASSAGE.iri,),
    )


ACTEURS = (
    acteur("dla-calvados", "DLA du Calvados", "OperateurDLA", perimetres=(CALVADOS,)),
    acteur("s3a", "S3A", "Association", "PointAppui", "Prestataire", perimetres=(CALVADOS,)),
    acteur("acepp", "ACEPP", "Association", "Reseau", perimetres=(FRANCE,)),
    acteur("acepp-bn", "ACEPP Basse-Normandie", "Association", "Reseau", perimetres=(ANCIENNE,)),
    acteur("espace-bambins", "Espace Bambins", "Association", siege=terr("commune-14027")),
    acteur("les-ptits-mousses", "Les P’tits Mousses", "Association", siege=terr("commune-14488")),
    acteur("commune-ouistreham", "Commune d’Ouistreham", "Institution", "Financeur",
           siege=terr("commune-14488")),
    acteur("caf-calvados", "Caisse d’allocations familiales du Calvados", "Institution", "Financeur",
           sigles=("CAF du Calvados",), perimetres=(CALVADOS,)),
    acteur("departement-calvados", "Conseil général du Calvados", "Institution", "Financeur",
           perimetres=(CALVADOS,)),
    acteur("pmi-calvados", "Services PMI du Calvados", "Institution", perimetres=(CALVADOS,),
           rattache_a=(acteur_iri("departement-calvados"),)),
    acteur("cres", "CRES de Basse-Normandie", "Association", "Reseau", perimetres=(ANCIENNE,)),
    acteur("rnma", "RNMA", "Association", "Reseau", perimetres=(FRANCE,)),
    acteur("acepp-29", "ACEPP 29", "Association", "Reseau", perimetres=(terr("departement-29"),)),
    acteur("lointaine", "Fédération lointaine", "Reseau", perimetres=(ANCIENNE,)),
    acteur("isolee", "Association isolée", "Association", siege=terr("commune-14027")),
    acteur("muette", "Structure sans rôle dit", siege=terr("commune-14488")),
)  # fmt: skip

LIENS = (
    lien("Adhesion", "acepp-bn", "acepp"),
    lien("Adhesion", "acepp-29", "acepp"),
    lien("Adhesion", "espace-bambins", "acepp-bn"),
    lien("Adhesion", "les-ptits-mousses", "acepp-bn"),
    lien("Representation", "s3a", "rnma"),
    lien("Partenariat", "caf-calvados", "dla-calvados", "technique"),
    lien("Partenariat", "caf-calvados", "dla-calvados", "prescripteur"),
    lien("Partenariat", "departement-calvados", "dla-calvados", "prescripteur"),
    lien("Partenariat", "s3a", "dla-calvados", "technique", "2004"),
    lien("Partenariat", "pmi-calvados", "espace-bambins", "controle"),
    lien("Partenariat", "muette", "dla-calvados", "technique"),
    lien("Financement", "departement-calvados", "dla-calvados", "fonctionnement"),
    lien("Financement", "commune-ouistreham", "les-ptits-mousses", "locaux", "1993"),
    lien("Financement", "caf-calvados", "les-ptits-mousses", "numeraire"),
    lien("Financement", "caf-calvados", f"{ID}/accompagnement/collectif", "ingenierie"),
    lien("Mandat", "dla-calvados", f"{VOC}/dispositif/dla"),
)

COLLECTIF = Accompagnement(
    f"{ID}/accompagnement/collectif",
    "collectif",
    "Action collective petite enfance",
    pilotes=(acteur_iri("dla-calvados"),),
    intervenants=(acteur_iri("s3a"), acteur_iri("acepp-bn")),
    beneficiaires=(acteur_iri("espace-bambins"), acteur_iri("les-ptits-mousses")),
    territoires=(CALVADOS,),
    debut=DatePartielle.parse("2008-01"),
    passages=(PASSAGE.iri,),
)

COMITE = Instance(
    f"{ID}/instance/comite",
    "Comité de pilotage du DLA",
    f"{VOC}/type-instance/comite-pilotage",
    membres=(acteur_iri("caf-calvados"), acteur_iri("cres")),
    animateurs=(acteur_iri("cres"),),
    passages=(PASSAGE.iri,),
)

_CONCEPTS = (
    ("role-partenaire", "technique", "Technique"),
    ("role-partenaire", "prescripteur", "Prescripteur"),
    ("role-partenaire", "controle", "Contrôle et autorisation"),
    ("nature-financement", "fonctionnement", "Fonctionnement"),
    ("nature-financement", "locaux", "Mise à disposition de locaux"),
    ("nature-financement", "numeraire", "Subvention ou apport en argent"),
    ("nature-financement", "ingenierie", "Ingénierie d’accompagnement"),
    ("type-instance", "comite-pilotage", "Comité de pilotage"),
    ("dispositif", "dla", "Dispositif local d’accompagnement"),
)


def catalogue(**remplace: object) -> Catalogue:
    """The example; keyword arguments replace whole fields of the catalogue."""
    champs: dict[str, object] = {
        "edition": "exemple",
        "sources": {
            SOURCE: Source(SOURCE, "exemple", "Monographie du Calvados", DatePartielle.parse("2009"), "Avise")
        },
        "passages": {PASSAGE.iri: PASSAGE},
        "concepts": {
            f"{VOC}/{schema}/{code}": Concept(f"{VOC}/{schema}/{code}", schema, code, libelle)
            for schema, code, libelle in _CONCEPTS
        },
        "territoires": {lieu.iri: lieu for lieu in _LIEUX},
        "acteurs": {fiche.iri: fiche for fiche in ACTEURS},
        "liens": LIENS,
        "accompagnements": {COLLECTIF.iri: COLLECTIF},
        "instances": {COMITE.iri: COMITE},
    }
    return Catalogue(**(champs | remplace))  # type: ignore[arg-type]
