"""Rows of the sheet ``acteurs``."""

import re
from collections.abc import Iterator
from typing import Final

from graph.messages import messages
from graph.sources.bilan import LigneFiltree, LigneRefusee
from graph.sources.classeur.carnet import ActeurLu, Carnet, hyphened
from graph.sources.classeur.colonnes import DISPOSITIFS, TYPES_ACTEUR
from graph.sources.classeur.valeurs import (
    clean,
    name_of,
    public_text,
    read_codes,
    read_commune,
    read_integer,
    read_site,
    values,
)
from graph.sources.classeur.vocabulaires import find_choice
from graph.sources.lecteurs.partage import coordinates, siret_key_holds
from graph.sources.ntriples import iri, literal
from graph.sources.tableau import Ligne
from ontology.namespaces import PREFIXES

_BLANKS: Final = re.compile(r"[\s.\u00a0-]")
_SIRET: Final = re.compile(r"[0-9]{14}\Z", re.ASCII)
_RNA: Final = re.compile(r"W[0-9][0-9A-Z][0-9]{7}\Z", re.ASCII)
_INTEGER: Final = PREFIXES["xsd"] + "integer"


def convert_acteur(ligne: Ligne, carnet: Carnet, nom: str) -> Iterator[str]:
    """Yield the statements of an actor, then those of its passage."""
    atelier = carnet.atelier
    cle = carnet.identifier(ligne)
    if cle in carnet.acteurs or cle in carnet.ecartes:
        raise LigneRefusee("id", ligne["id"], messages("import.classeur.doublon"))
    libelle = name_of(atelier, ligne, "nom")
    siret, rna = _siret(carnet, ligne), _rna(ligne)
    types = [find_choice(("Acteur", *TYPES_ACTEUR, *DISPOSITIFS), "types", v) for v in values(ligne, "types")]
    secteurs = read_codes(ligne, "secteurs", "secteur")
    effectif = read_integer(ligne, "effectif")
    commune = read_commune(atelier, "commune", clean(ligne["commune"])) if ligne["commune"] else ""
    maj = carnet.update_date(ligne)
    terme = atelier.thing("acteur", _slug(carnet, cle, siret, rna))
    carnet.claim(terme, "siret" if siret else "id", ligne["siret"] or ligne["id"])
    departement = atelier.departement_of(commune) if commune else ""
    _filter_departement(carnet, cle, departement)
    yield atelier.triple(terme, "a", atelier.property("mai:Acteur"))
    for role in dict.fromkeys(types):
        if role in TYPES_ACTEUR:
            yield atelier.triple(terme, "a", atelier.property(f"mai:{role}"))
    yield atelier.triple(terme, "skos:prefLabel", atelier.text(libelle))
    for sigle in values(ligne, "sigles"):
        if said := public_text(atelier, sigle):
            yield atelier.triple(terme, "skos:altLabel", atelier.text(said))
    if siret:
        yield atelier.triple(terme, "mai:siret", literal(siret))
    if rna:
        yield atelier.triple(terme, "mai:rna", literal(rna))
    if commune:
        yield atelier.triple(terme, "mai:siege", atelier.thing("territoire", f"commune-{commune}"))
    yield from coordinates(atelier, terme, clean(ligne["latitude"]), clean(ligne["longitude"]))
    if effectif:
        yield atelier.triple(terme, "mai:effectif", literal(effectif, type_donnee=_INTEGER))
    for code in secteurs:
        yield atelier.triple(terme, "mai:secteur", atelier.concept("secteur", code))
    if site := read_site(atelier, ligne):
        yield atelier.triple(terme, "foaf:homepage", iri(site))
    passage = f"acteur-{hyphened(cle)}"
    yield atelier.triple(terme, "dcterms:source", carnet.passage_of(passage))
    lieu = messages("import.classeur.lieu", nom=nom, id=clean(ligne["id"]))
    yield from carnet.provenance(passage, lieu, ligne, maj)
    _say_left_aside(carnet, ligne)
    roles = tuple(role for role in dict.fromkeys(types) if role in DISPOSITIFS)
    carnet.acteurs[cle] = ActeurLu(terme, hyphened(cle), departement, carnet.passage_of(passage), roles)
    carnet.termes.add(terme)
    carnet.keep_recent(maj)


def _slug(carnet: Carnet, cle: str, siret: str, rna: str) -> str:
    """Name an actor by what every source knows it by; a SIRET whose key is wrong names nobody."""
    if siret and siret_key_holds(siret):
        return f"siret-{siret}"
    return f"rna-{rna}" if rna else carnet.own_slug(hyphened(cle))


def _siret(carnet: Carnet, ligne: Ligne) -> str:
    texte = _BLANKS.sub("", ligne["siret"])
    eaten = len(texte) == 13 and texte.isascii() and texte.isdigit() and siret_key_holds(f"0{texte}")
    siret = f"0{texte}" if eaten else texte
    if siret and not _SIRET.match(siret):
        raise LigneRefusee("siret", texte, messages("import.classeur.siret"))
    if siret and not siret_key_holds(siret):
        carnet.atelier.bilan.avertissements[messages("import.classeur.siret-cle")] += 1
    return siret


def _rna(ligne: Ligne) -> str:
    rna = _BLANKS.sub("", ligne["rna"]).upper()
    if rna and not _RNA.match(rna):
        raise LigneRefusee("rna", rna, messages("import.classeur.rna"))
    return rna


def _filter_departement(carnet: Carnet, cle: str, departement: str) -> None:
    wanted = carnet.atelier.options.departements
    if wanted and departement not in wanted:
        raison = messages("import.classeur.hors-departement")
        carnet.ecartes[cle] = raison
        raise LigneFiltree(raison)


def _say_left_aside(carnet: Carnet, ligne: Ligne) -> None:
    avertissements = carnet.atelier.bilan.avertissements
    if ligne["courriel"] or ligne["telephone"]:
        avertissements[messages("import.classeur.coordonnees")] += 1
    if ligne["adresse"]:
        avertissements[messages("import.classeur.adresse")] += 1
