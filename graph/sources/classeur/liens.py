"""Rows of the sheet ``liens``, and the mandates that roles in ``types`` stand for."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

import pyoxigraph as ox

from graph.messages import messages
from graph.sources.bilan import LigneRefusee
from graph.sources.classeur.carnet import ActeurLu, Carnet
from graph.sources.classeur.colonnes import DISPOSITIFS, TYPES_LIEN
from graph.sources.classeur.offres import period
from graph.sources.classeur.valeurs import clean, read_codes, read_number, read_period
from graph.sources.classeur.vocabulaires import find_choice, find_code, find_codes, find_places
from graph.sources.ntriples import literal
from graph.sources.tableau import Ligne
from ontology.loading import list_files
from ontology.namespaces import MAI, PREFIXES

_DECIMAL: Final = PREFIXES["xsd"] + "decimal"
_PROPRES: Final = {"role": "Partenariat", "nature": "Financement", "montant": "Financement"}
"""Columns that only one kind of link has."""


def convert_lien(ligne: Ligne, carnet: Carnet, nom: str) -> Iterator[str]:
    """Yield the statements of a link, then those of its passage."""
    atelier = carnet.atelier
    for colonne in ("de", "type", "vers"):
        if not clean(ligne[colonne]):
            raise LigneRefusee(colonne, "", messages("import.classeur.vide"))
    de = carnet.actor("de", clean(ligne["de"]))
    kind = TYPES_LIEN[find_choice(tuple(TYPES_LIEN), "type", clean(ligne["type"]))]
    vers, dispositif = _target(carnet, kind, clean(ligne["vers"]))
    if vers == de.terme:
        raise LigneRefusee("vers", ligne["vers"], messages("import.classeur.soi-meme"))
    zones = carnet.territories(de) if kind == "Mandat" else []
    if kind == "Mandat" and not zones:
        raise LigneRefusee("de", ligne["de"], messages("import.classeur.mandat-sans-zone"))
    roles, natures = (
        read_codes(ligne, "role", "role-partenaire"),
        read_codes(ligne, "nature", "nature-financement"),
    )
    montant = read_number(ligne, "montant")
    debut, fin = read_period(atelier, ligne)
    carnet.check_since(fin or debut)
    slug = carnet.numbered(f"{de.cle}-{kind.lower()}")
    terme = atelier.thing("lien", slug)
    yield atelier.triple(terme, "a", atelier.property(f"mai:{kind}"))
    yield atelier.triple(terme, "mai:de", de.terme)
    yield atelier.triple(terme, "mai:vers", vers)
    for zone in zones:
        yield atelier.triple(terme, "mai:territoire", atelier.thing("territoire", zone))
    if kind == "Partenariat":
        for code in roles:
            yield atelier.triple(terme, "mai:role", atelier.concept("role-partenaire", code))
        if not roles:
            yield atelier.triple(terme, "skos:note", atelier.text(messages("import.classeur.sans-role")))
    if kind == "Financement":
        for code in natures:
            yield atelier.triple(terme, "mai:nature", atelier.concept("nature-financement", code))
        if montant:
            yield atelier.triple(terme, "mai:montant", literal(montant, type_donnee=_DECIMAL))
    yield from period(carnet, terme, debut, fin)
    passage = f"lien-{slug}"
    yield atelier.triple(terme, "dcterms:source", carnet.passage_of(passage))
    lieu = messages("import.classeur.lieu", nom=nom, id=clean(ligne["de"]))
    yield from carnet.provenance(passage, lieu, ligne)
    _say_pointless(carnet, ligne, kind)
    if dispositif in _conferred():
        carnet.mandats.add((de.terme, _conferred()[dispositif]))


def _target(carnet: Carnet, kind: str, valeur: str) -> tuple[str, str]:
    """Return what a link goes to, and the code of the scheme when it is one."""
    if kind == "Mandat":
        code = find_code("dispositif", "vers", valeur.removeprefix("dispositif:"))
        return carnet.atelier.concept("dispositif", code), code
    action = carnet.action("vers", valeur)
    if action is None:
        return carnet.actor("vers", valeur).terme, ""
    if kind not in {"Financement", "Partenariat"}:
        raise LigneRefusee("vers", valeur, messages("import.classeur.vers-acteur"))
    return action, ""


def _say_pointless(carnet: Carnet, ligne: Ligne, kind: str) -> None:
    for colonne, only in _PROPRES.items():
        if ligne[colonne] and kind != only:
            texte = messages("import.classeur.sans-objet", colonne=colonne, type=only.lower())
            carnet.atelier.bilan.avertissements[texte] += 1


def derive_mandats(carnet: Carnet) -> Iterator[Sequence[str]]:
    """Yield the mandate of each role that ``types`` claims and no row ``mandat`` gives."""
    for acteur in carnet.acteurs.values():
        for role in acteur.roles:
            if (acteur.terme, role) in carnet.mandats:
                continue
            zones = _zones(carnet, acteur, role)
            if zones:
                yield list(_mandat(carnet, acteur, role, zones))
            else:
                texte = messages("import.classeur.role-sans-zone", role=role)
                carnet.atelier.bilan.avertissements[texte] += 1


def _zones(carnet: Carnet, acteur: ActeurLu, role: str) -> list[str]:
    """Return where a role is held: the whole country for a national centre, a region for a regional DLA."""
    if role == "CentreNationalAppui":
        return ["national"]
    zones = carnet.territories(acteur)
    if role == "DLARegional" and acteur.terme not in carnet.zones and acteur.departement:
        region = find_places().get(acteur.departement, "")
        return [f"region-{region}"] if region else zones
    return zones


def _mandat(carnet: Carnet, acteur: ActeurLu, role: str, zones: Sequence[str]) -> Iterator[str]:
    atelier, code = carnet.atelier, DISPOSITIFS[role]
    terme = atelier.thing("lien", carnet.own_slug(f"{acteur.cle}-mandat-{code}"))
    yield atelier.triple(terme, "a", atelier.property("mai:Mandat"))
    yield atelier.triple(terme, "dcterms:title", atelier.text(find_codes("dispositif")[code]))
    yield atelier.triple(terme, "mai:de", acteur.terme)
    yield atelier.triple(terme, "mai:vers", atelier.concept("dispositif", code))
    for zone in zones:
        yield atelier.triple(terme, "mai:territoire", atelier.thing("territoire", zone))
    note = messages("import.classeur.mandat-deduit", role=role)
    yield atelier.triple(terme, "skos:note", atelier.text(note))
    yield atelier.triple(terme, "dcterms:source", acteur.passage)


@cache
def _conferred() -> dict[str, str]:
    """Return the role each scheme confers, as the vocabulary says."""
    (entry,) = (entry for entry in list_files("schemes") if entry.name == "dispositif.ttl")
    return {
        quad.subject.value.rsplit("/", 1)[-1]: quad.object.value.removeprefix(str(MAI))
        for quad in ox.parse(entry.read_bytes(), format=ox.RdfFormat.TURTLE)
        if quad.predicate.value == f"{MAI}confere"
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
    }
