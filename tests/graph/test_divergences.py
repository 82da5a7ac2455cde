"""Sources that disagree: the most recent first, then the rank of the source; nothing is lost."""

import re
from importlib.resources import files

import pytest

from graph.catalogue.divergences import FONCTIONNELLES, Dire, others
from graph.catalogue.modele import Acteur, Position
from graph.queries import load_requete
from ontology.namespaces import MAILLAGE
from tests.graph.divergences_essai import catalogue_of, source

BASE = f"{MAILLAGE}id/acteur/"


def dit(noms: str = "", faits: str = "", slug: str = "siret-1") -> str:
    return f'a:{slug} a mai:Acteur ; skos:prefLabel "{noms}"@fr {"; " + faits if faits else ""} .'


def shown(*sources: str, slug: str = "siret-1") -> tuple[Acteur, dict[str, list[str]]]:
    """Return the actor and, by property, what its card adds: « source : value »."""
    catalogue = catalogue_of(*sources)
    said = {
        propriete: [f"{d.source.rsplit('/', 1)[-1]} : {d.valeur.rsplit('/', 1)[-1]}" for d in rest]
        for propriete, dires in catalogue.dires_de(BASE + slug).items()
        if (rest := others(propriete, dires))
    }
    return catalogue.acteur(slug), said


def test_the_most_recent_of_two_workbooks_is_shown_and_the_other_kept() -> None:
    acteur, said = shown(
        source("classeur-a", dit("Espace Bambins", "mai:siege com:14118"), parution="2026-03"),
        source("classeur-b", dit("Les Bambins", "mai:siege com:14027"), parution="2026-01-15"),
    )
    assert (acteur.nom, acteur.siege) == ("Espace Bambins", f"{MAILLAGE}id/territoire/commune-14118")
    assert "Les Bambins" in acteur.autres_noms
    assert said == {"prefLabel": ["classeur-b : Les Bambins"], "siege": ["classeur-b : commune-14027"]}


def test_a_fact_is_dated_by_itself_before_its_source() -> None:
    rna = source("rna", dit("RECENT", 'dcterms:modified "2026-05-01"'), parution="2020", registre=True)
    ligne = f"<{MAILLAGE}source/classeur#ligne>"
    relu = dit("Relu", f"dcterms:source {ligne}") + f' {ligne} dcterms:modified "2026-04-01" .'
    classeur = source("classeur", relu, parution="2026-06-01")
    acteur, said = shown(rna, classeur)
    assert acteur.nom == "RECENT"
    assert said == {"prefLabel": ["classeur : Relu"]}


@pytest.mark.parametrize(
    ("premier", "second"),
    [("classeur-x", "sirene"), ("guide-2013", "sirene"), ("sirene", "rna"), ("rna", "subventions-caen")],
)
@pytest.mark.parametrize("parution", ["2026", ""])
def test_of_two_as_recent_the_rank_of_the_source_decides(premier: str, second: str, parution: str) -> None:
    acteur, said = shown(
        source(second, dit("Autre", "mai:siege com:14027"), parution=parution),
        source(premier, dit("Premier", "mai:siege com:14118"), parution=parution),
    )
    assert acteur.nom == "Premier"
    assert acteur.siege == f"{MAILLAGE}id/territoire/commune-14118"
    assert said["prefLabel"] == [f"{second} : Autre"]


def test_an_undated_source_comes_after_a_dated_one() -> None:
    acteur, _ = shown(source("classeur", dit("Sans date")), source("rna", dit("DATE"), parution="1999"))
    assert acteur.nom == "DATE"


def test_another_way_of_writing_is_no_disagreement_and_is_shown_as_people_write() -> None:
    acteur, said = shown(
        source("rna", dit("ASSOCIATION L'ETE", "foaf:homepage <https://www.ete.fr/>"), parution="2026"),
        source("classeur", dit("L’Été", "foaf:homepage <http://ete.fr>"), parution="2020"),
    )
    assert acteur.nom == "L’Été"
    assert acteur.autres_noms == ("ASSOCIATION L'ETE",)
    assert acteur.site == "https://www.ete.fr/"
    assert said == {}


def test_a_position_is_that_of_one_source() -> None:
    geo = (
        "<http://www.w3.org/2003/01/geo/wgs84_pos#lat> {} ; <http://www.w3.org/2003/01/geo/wgs84_pos#long> {}"
    )
    acteur, _ = shown(
        source("crib", dit("A", geo.format(49.1, -0.9)), parution="2020"),
        source("france-services", dit("A", geo.format(48.2, 0.3)), parution="2026"),
        source("rna", dit("A", geo.format(50.3, -0.5)), parution="2021"),
    )
    assert acteur.position == Position(48.2, 0.3)


def test_two_values_of_one_source_are_its_own_affair() -> None:
    _, said = shown(source("classeur", dit("Un") + dit("Deux"), parution="2026"))
    assert said == {}


def test_registers_that_disagree_are_settled_when_the_card_is_asked_for() -> None:
    acteur, said = shown(
        source("rna", dit("NOM AU RNA", 'dcterms:modified "2020-01-01"'), registre=True),
        source("sirene", dit("NOM A SIRENE", 'dcterms:modified "2024-01-01"'), registre=True),
    )
    assert acteur.nom == "NOM A SIRENE"
    assert said == {"prefLabel": ["rna : NOM AU RNA"]}


def test_a_merged_actor_leads_to_what_it_became() -> None:
    catalogue = catalogue_of(
        source("classeur", dit("Un")),
        "s:edition { a:vieux dcterms:isReplacedBy a:rna-W1 . a:rna-W1 dcterms:isReplacedBy a:siret-1 . "
        "a:perdu dcterms:isReplacedBy a:nulle-part . }",
    )
    assert catalogue.remplacant("vieux") == catalogue.remplacant("rna-W1") == "siret-1"
    assert [catalogue.remplacant(slug) for slug in ("perdu", "siret-1", "<x>", "jamais-vu")] == [None] * 4


def test_the_published_query_and_the_ranks_name_what_the_code_does() -> None:
    texte = load_requete("catalogue/divergences").texte
    block = re.search(r"\?propriete IN \(([^)]*)\)", texte)
    assert block is not None
    assert set(re.findall(r":(\w+)", block[1])) == FONCTIONNELLES | {"modified", "source"}
    ranks = (files("graph.catalogue") / "rangs.toml").read_text(encoding="utf-8")
    kinds = {"classeur", "crib", "data-inclusion", "france-services", "rdf", "rna", "sirene", "subventions"}
    assert set(re.findall(r'^ +"([a-z-]+)"', ranks, re.MULTILINE)) == kinds | {"document"}


def test_others_says_each_value_once() -> None:
    dires = [Dire("1", "s:a"), Dire("2", "s:b"), Dire("2", "s:c"), Dire("1", "s:d")]
    assert others("effectif", dires) == [Dire("2", "s:b")]
    assert others("effectif", []) == []
