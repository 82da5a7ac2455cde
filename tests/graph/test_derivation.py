"""What the build derives: roles from mandates in force, direct links, types, the closure of places."""

from collections.abc import Callable
from datetime import date

import pyoxigraph as ox
import pytest

from ontology.namespaces import PREFIXES


def ask(store: ox.Store, motif: str) -> bool:
    return bool(store.query(f"ASK {{ {motif} }}", prefixes=PREFIXES))


MANDAT = """
acteur:s3a a mai:Acteur, mai:Association .
lien:m a mai:Mandat ; mai:de acteur:s3a ; mai:vers dispositif:pava ;
  mai:territoire territoire:departement-14 ;
  mai:debut "2004"^^xsd:gYear {fin} .
"""


@pytest.mark.parametrize(
    ("fin", "jour", "en_cours"),
    [
        ("", date(2026, 1, 1), True),
        ('; mai:fin "2012"^^xsd:gYear', date(2012, 12, 31), True),
        ('; mai:fin "2012"^^xsd:gYear', date(2013, 1, 1), False),
        ('; mai:fin "2012-06"^^xsd:gYearMonth', date(2012, 6, 30), True),
        ('; mai:fin "2012-06"^^xsd:gYearMonth', date(2012, 7, 1), False),
        ('; mai:fin "2012-06-15"^^xsd:date', date(2012, 6, 15), True),
        ('; mai:fin "2012-06-15"^^xsd:date', date(2012, 6, 16), False),
    ],
)
def test_a_role_lasts_as_long_as_its_mandate(
    make_store: Callable[..., ox.Store], fin: str, jour: date, en_cours: bool
) -> None:
    store = make_store(MANDAT.replace("{fin}", fin), jour=jour)
    assert ask(store, "acteur:s3a a mai:PointAppui") is en_cours
    assert ask(store, "acteur:s3a mai:porte <https://w3id.org/maillage/voc/dispositif/pava>") is en_cours


def test_direct_links_follow_from_dated_ones(make_store: Callable[..., ox.Store]) -> None:
    store = make_store("""
        acteur:creche a mai:Association . acteur:acepp a mai:Reseau . acteur:caf a mai:Financeur .
        acteur:s3a a mai:Association . acteur:rnma a mai:Reseau . acteur:pmi a mai:Institution .
        lien:a a mai:Adhesion ; mai:de acteur:creche ; mai:vers acteur:acepp .
        lien:f a mai:Financement ; mai:de acteur:caf ; mai:vers acteur:creche .
        lien:r a mai:Representation ; mai:de acteur:s3a ; mai:vers acteur:rnma .
        lien:p a mai:Partenariat ; mai:de acteur:acepp ; mai:vers acteur:s3a ; mai:role role:technique .
        lien:c a mai:Partenariat ; mai:de acteur:pmi ; mai:vers acteur:creche ; mai:role role:controle .
        accompagnement:x a mai:IngenierieIndividuelle ; mai:beneficiaire acteur:creche ;
          mai:pilote acteur:s3a ; mai:intervenant acteur:acepp ; mai:financePar acteur:caf .
        offre:o a mai:Offre ; mai:proposePar acteur:s3a ; mai:couvre territoire:departement-14 .
    """)
    for motif in (
        "acteur:creche mai:membreDe acteur:acepp",
        "acteur:caf mai:finance acteur:creche, accompagnement:x",
        "acteur:s3a mai:represente acteur:rnma",
        "acteur:acepp mai:partenaireDe acteur:s3a . acteur:s3a mai:partenaireDe acteur:acepp",
        "acteur:s3a mai:accompagne acteur:creche . acteur:acepp mai:accompagne acteur:creche",
        "acteur:s3a mai:intervientSur territoire:departement-14",
    ):
        assert ask(store, motif), motif
    assert not ask(store, "acteur:pmi mai:partenaireDe acteur:creche"), "controlling is not partnering"
    assert not ask(store, "acteur:creche mai:accompagne ?x")


def test_types_are_materialised_along_the_hierarchy(make_store: Callable[..., ox.Store]) -> None:
    store = make_store("""
        acteur:creche a mai:Association .
        accompagnement:x a mai:IngenierieCollective .
        lien:a a mai:Adhesion .
    """)
    assert ask(store, "acteur:creche a mai:Acteur, org:Organization")
    assert ask(store, "accompagnement:x a mai:Accompagnement")
    assert ask(store, "lien:a a mai:Lien")


def test_a_place_is_in_itself_and_all_its_containers(make_store: Callable[..., ox.Store]) -> None:
    store = make_store("""
        territoire:zone-caen a mai:Zone ; igeo:subdivisionDirecteDe territoire:departement-14 .
        territoire:boucle a mai:Zone ; igeo:subdivisionDirecteDe territoire:boucle .
    """)
    for container in ("zone-caen", "departement-14", "region-28", "region-25-1982", "national"):
        assert ask(store, f"territoire:zone-caen mai:dans territoire:{container}"), container
    assert ask(store, "territoire:boucle mai:dans territoire:boucle"), "a loop is cut"
    assert not ask(store, "territoire:departement-14 mai:dans territoire:departement-61")
