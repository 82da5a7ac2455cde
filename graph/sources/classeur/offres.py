"""Rows of the sheets ``offres`` and ``accompagnements``: what actors offer, what they have done."""

from collections.abc import Iterator
from typing import Final

from graph.dates import DatePartielle
from graph.messages import messages
from graph.sources.bilan import LigneRefusee
from graph.sources.classeur.carnet import Carnet, hyphened
from graph.sources.classeur.colonnes import TYPES_ACCOMPAGNEMENT
from graph.sources.classeur.valeurs import (
    clean,
    name_of,
    read_codes,
    read_integer,
    read_number,
    read_period,
    read_places,
    values,
)
from graph.sources.classeur.vocabulaires import code_or_none, find_choice, find_codes
from graph.sources.ntriples import literal
from graph.sources.tableau import Ligne
from ontology.namespaces import PREFIXES

_DECIMAL: Final = PREFIXES["xsd"] + "decimal"
_INTEGER: Final = PREFIXES["xsd"] + "integer"
ROLES_ACTION: Final = {
    "pilotes": "mai:pilote",
    "intervenants": "mai:intervenant",
    "beneficiaires": "mai:beneficiaire",
    "financeurs": "mai:financePar",
}
"""Properties of the columns of ``accompagnements`` that name actors."""


def convert_offre(ligne: Ligne, carnet: Carnet, nom: str) -> Iterator[str]:
    """Yield the statements of an offer, then those of its passage."""
    atelier = carnet.atelier
    acteur = carnet.actor("acteur", _needed(ligne, "acteur"))
    fonctions = read_codes(ligne, "fonction", "fonction")
    if not fonctions:
        raise LigneRefusee("fonction", "", messages("import.classeur.vide"))
    zones = read_places(atelier, ligne)
    concepts = _concepts(ligne, {"stades": "stade", "besoins": "besoin", "secteurs": "secteur"})
    mobilise_par = [_mobiliser(carnet, valeur) for valeur in values(ligne, "mobilise_par")]
    gratuit = find_choice(("oui", "non"), "gratuit", clean(ligne["gratuit"])) if ligne["gratuit"] else ""
    debut, fin = read_period(atelier, ligne)
    maj = carnet.update_date(ligne)
    slug = carnet.numbered(acteur.cle)
    terme = atelier.thing("offre", slug)
    yield atelier.triple(terme, "a", atelier.property("mai:Offre"))
    titre = ", ".join(find_codes("fonction")[code] for code in fonctions)
    yield atelier.triple(terme, "dcterms:title", atelier.text(titre))
    yield atelier.triple(terme, "mai:proposePar", acteur.terme)
    for code in fonctions:
        yield atelier.triple(terme, "mai:fonction", atelier.concept("fonction", code))
    for zone in zones:
        yield atelier.triple(terme, "mai:couvre", atelier.thing("territoire", zone))
    for schema, code in concepts:
        yield atelier.triple(terme, f"mai:{schema}", atelier.concept(schema, code))
    for qui in mobilise_par:
        yield atelier.triple(terme, "mai:mobilisePar", qui)
    if gratuit:
        yield atelier.triple(
            terme, "dcterms:description", atelier.text(messages(f"import.classeur.gratuit-{gratuit}"))
        )
    if not zones:
        yield atelier.triple(terme, "skos:note", atelier.text(messages("import.classeur.sans-zone")))
    yield from period(carnet, terme, debut, fin)
    passage = f"offre-{slug}"
    yield atelier.triple(terme, "dcterms:source", carnet.passage_of(passage))
    yield from carnet.provenance(passage, _place_of(nom, ligne, "acteur"), ligne, maj)
    carnet.zones.setdefault(acteur.terme, {}).update(dict.fromkeys(zones))
    carnet.keep_recent(maj)


def _mobiliser(carnet: Carnet, valeur: str) -> str:
    """Return who may call on an offer: an actor, or the holders of a scheme."""
    try:
        return carnet.actor("mobilise_par", valeur).terme
    except LigneRefusee:
        code = code_or_none("dispositif", valeur.removeprefix("dispositif:"))
        if code is None:
            raise LigneRefusee("mobilise_par", valeur, messages("import.classeur.mobilise")) from None
        return carnet.atelier.concept("dispositif", code)


def convert_accompagnement(ligne: Ligne, carnet: Carnet, nom: str) -> Iterator[str]:
    """Yield the statements of a support action, then those of its passage."""
    atelier = carnet.atelier
    cle = carnet.identifier(ligne)
    terme = atelier.thing("accompagnement", carnet.own_slug(hyphened(cle)))
    carnet.claim(terme, "id", ligne["id"])
    titre = name_of(atelier, ligne, "titre")
    kind = find_choice(TYPES_ACCOMPAGNEMENT, "type", clean(ligne["type"])) if ligne["type"] else ""
    acteurs = [
        (propriete, carnet.actor(colonne, valeur).terme)
        for colonne, propriete in ROLES_ACTION.items()
        for valeur in values(ligne, colonne)
    ]
    zones = read_places(atelier, ligne)
    concepts = _concepts(ligne, {"besoins": "besoin", "secteurs": "secteur"})
    (statut,) = read_codes(ligne, "statut", "statut")[:1] or [""]
    if not statut:
        raise LigneRefusee("statut", "", messages("import.classeur.vide"))
    numbers = [
        ("mai:jours", read_number(ligne, "jours"), _DECIMAL),
        ("mai:coutTTC", read_number(ligne, "cout_ttc"), _DECIMAL),
        ("mai:nombreStructures", read_integer(ligne, "nombre_structures"), _INTEGER),
    ]
    reponses = read_codes(ligne, "type_reponse", "type-reponse")
    debut, fin = read_period(atelier, ligne)
    carnet.check_since(fin or debut)
    for kind_of in ("mai:Accompagnement", *([f"mai:{kind}"] if kind else [])):
        yield atelier.triple(terme, "a", atelier.property(kind_of))
    yield atelier.triple(terme, "dcterms:title", atelier.text(titre))
    for propriete, acteur in dict.fromkeys(acteurs):
        yield atelier.triple(terme, propriete, acteur)
    for zone in zones:
        yield atelier.triple(terme, "mai:territoire", atelier.thing("territoire", zone))
    for schema, code in (*concepts, ("statut", statut)):
        yield atelier.triple(terme, f"mai:{schema}", atelier.concept(schema, code))
    for code in reponses:
        yield atelier.triple(terme, "mai:typeReponse", atelier.concept("type-reponse", code))
    for propriete, nombre, kind_of in numbers:
        if nombre:
            yield atelier.triple(terme, propriete, literal(nombre, type_donnee=kind_of))
    yield from period(carnet, terme, debut, fin)
    passage = f"accompagnement-{hyphened(cle)}"
    yield atelier.triple(terme, "dcterms:source", carnet.passage_of(passage))
    yield from carnet.provenance(passage, _place_of(nom, ligne, "id"), ligne)
    carnet.actions[cle] = terme
    carnet.termes.add(terme)


def _needed(ligne: Ligne, colonne: str) -> str:
    valeur = clean(ligne[colonne])
    if not valeur:
        raise LigneRefusee(colonne, "", messages("import.classeur.vide"))
    return valeur


def _concepts(ligne: Ligne, schemas: dict[str, str]) -> list[tuple[str, str]]:
    return [(s, code) for colonne, s in schemas.items() for code in read_codes(ligne, colonne, s)]


def _place_of(nom: str, ligne: Ligne, colonne: str) -> str:
    return messages("import.classeur.lieu", nom=nom, id=clean(ligne[colonne]))


def period(
    carnet: Carnet, terme: str, debut: DatePartielle | None, fin: DatePartielle | None
) -> Iterator[str]:
    """Write the beginning and the end of a thing."""
    for colonne, lue in (("debut", debut), ("fin", fin)):
        if lue is not None:
            valeur = carnet.atelier.partial_date(colonne, lue.texte)
            yield carnet.atelier.triple(terme, f"mai:{colonne}", valeur)
