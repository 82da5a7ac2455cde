"""What a relation keeps of a long action: the passages that say it, and its own dates."""

from dataclasses import replace

import pytest

from graph.cartography.preuves import LIMITE, Preuves
from graph.cartography.relations import find_relations
from graph.cartography.types import Fait, Relation
from graph.catalogue import Catalogue
from graph.catalogue.lecture_actions import liens_of_actions
from graph.catalogue.modele import Passage
from graph.dates import DatePartielle
from tests.graph.exemple_cartography import COLLECTIF, ID, SOURCE, acteur_iri, catalogue

CAF = acteur_iri("caf-calvados")
PHRASES = {
    "conseil": "Le Conseil général s’est tenu en retrait de l’action.",
    "dla": "Le DLA a anticipé les changements prévisibles.",
    "dla-2": "Le DLA offre un service d’accompagnement professionnel.",
    "dla-caf": "Le chargé de mission DLA a rencontré la CAF pour mettre en place cette action.",
    "caf-2": "Projets de la CAF.",
    "caf": "Un travail de concertation de la CAF a assuré un suivi.",
    "rien": "Adoption de la convention collective.",
    "s3a": "Choisir un prestataire de proximité (S3A).",
    "pluriel": "Espace Bambin bénéficie d’un accompagnement.",
}


def tell(*noms: str, **champs: object) -> Catalogue:
    """The example, whose action cites these passages."""
    passages = {f"{SOURCE}#{nom}": Passage(f"{SOURCE}#{nom}", SOURCE, "p. 1", PHRASES[nom]) for nom in noms}
    action = replace(COLLECTIF, sollicites=(CAF,), passages=tuple(passages), **champs)  # type: ignore[arg-type]
    return catalogue(passages=passages, accompagnements={action.iri: action}, liens=(), instances={})


def find(source: Catalogue, de: str, genre: str, vers: str) -> Relation:
    return next(
        r for r in find_relations(source)
        if (r.de, r.type, r.vers) == (acteur_iri(de), genre, acteur_iri(vers))
    )  # fmt: skip


def proofs(source: Catalogue, de: str, genre: str, vers: str) -> list[str]:
    return [p.rsplit("#")[1] for fait in find(source, de, genre, vers).faits for p in fait.passages]


def test_a_relation_keeps_the_passages_that_name_both_its_ends_then_those_that_name_the_rarer() -> None:
    source = tell(*PHRASES)
    assert proofs(source, "dla-calvados", "concertation", "caf-calvados")[:2] == ["dla-caf", "caf"]
    assert proofs(source, "dla-calvados", "mobilisation", "s3a")[0] == "s3a"
    assert proofs(source, "dla-calvados", "accompagnement", "espace-bambins")[0] == "pluriel"
    assert "rien" not in {p for r in find_relations(source) for f in r.faits for p in f.passages}


def test_a_relation_keeps_few_passages_and_always_one() -> None:
    for source in (tell(*PHRASES), tell("rien", "conseil", "pluriel", "caf", "s3a")):
        for relation in find_relations(source):
            assert 1 <= len({p for fait in relation.faits for p in fait.passages}) <= LIMITE


def test_an_action_that_cites_little_is_left_whole() -> None:
    source = tell("rien", "conseil", "caf")
    assert proofs(source, "dla-calvados", "mobilisation", "s3a") == ["rien", "conseil", "caf"]


def test_who_is_associated_is_not_said_to_be_called_on() -> None:
    trouvees = {(r.de, r.type, r.vers) for r in find_relations(tell("caf"))}
    assert (acteur_iri("dla-calvados"), "concertation", CAF) in trouvees
    assert (acteur_iri("dla-calvados"), "mobilisation", CAF) not in trouvees


def test_a_part_that_names_the_beneficiary_dates_the_relation_instead_of_the_whole() -> None:
    part = replace(
        COLLECTIF,
        iri=f"{ID}/accompagnement/part",
        titre="Espace Bambins : se mettre aux normes",
        intervenants=(),
        beneficiaires=(acteur_iri("espace-bambins"),),
        fait_partie_de=COLLECTIF.iri,
        debut=DatePartielle.parse("2008-05"),
    )
    actions = {action.iri: action for action in (COLLECTIF, part)}
    source = catalogue(accompagnements=actions)

    def dates(vers: str) -> list[tuple[str, str | None]]:
        faits = find(source, "dla-calvados", "accompagnement", vers).faits
        return [(fait.titre, fait.debut.en_clair if fait.debut else None) for fait in faits]

    assert dates("espace-bambins") == [(part.titre, "mai 2008"), (COLLECTIF.titre, None)]
    assert dates("les-ptits-mousses") == [(COLLECTIF.titre, "janvier 2008")]
    undated = {lien.vers for lien in liens_of_actions(actions.values()) if lien.debut is None}
    assert undated == {acteur_iri("espace-bambins")}, "cards tell it as the network does"


def test_a_funding_told_as_a_link_is_not_told_again_by_the_action() -> None:
    action = replace(COLLECTIF, beneficiaires=(), financeurs=(CAF,))
    relation = next(
        r
        for r in find_relations(catalogue(accompagnements={action.iri: action}))
        if (r.de, r.type, r.vers) == (CAF, "financement", action.iri)
    )
    assert [fait.iri for fait in relation.faits] == [f"{ID}/lien/caf-calvados-{action.iri}-ingenierie"]


@pytest.mark.parametrize(
    ("faits", "attendu"),
    [
        ((("dla", ()), ("rien", ())), "dla"),
        ((("dla", ()), ("dla-caf", ())), "dla-caf"),
        ((("caf", ()), ("caf-2", ("numeraire",))), "caf-2"),
        ((("caf-2", ("numeraire",)), ("dla-caf", ())), "dla-caf"),
    ],
)
def test_the_passage_that_says_a_relation_names_both_ends_or_comes_with_how(
    faits: tuple[tuple[str, tuple[str, ...]], ...], attendu: str
) -> None:
    source = tell(*PHRASES)
    dits = tuple(Fait(f"{ID}/lien/{nom}", qualites=q, passages=(f"{SOURCE}#{nom}",)) for nom, q in faits)
    relation = Relation(CAF, acteur_iri("dla-calvados"), "financement", dits)
    assert Preuves(source).choose(relation) == f"{SOURCE}#{attendu}"
    assert Preuves(source).choose(replace(relation, faits=(Fait(f"{ID}/lien/muet"),))) is None


@pytest.mark.parametrize(
    ("genre", "vers", "dit", "tait"),
    [
        ("adhesion", "acepp-bn", ("p. 1, « Réseaux »", "ACEPP"), "Elle se tourne vers l’ACEPP du DLA."),
        ("financement", "dla-calvados", ("p. 2, CAF", "Financier : non fléché."), "La CAF connaît le DLA."),
        ("pilotage", "collectif", ("p. 3, « Porteur »", "La CAF"), "CRESS, CAF, DLA, action collective"),
    ],
)
def test_a_sentence_is_proved_by_a_passage_that_says_the_kind_of_link(
    genre: str, vers: str, dit: tuple[str, str], tait: str
) -> None:
    bon = Passage(f"{SOURCE}#bon", SOURCE, *dit)
    autre = Passage(f"{SOURCE}#autre", SOURCE, "p. 9", tait)
    source = catalogue(passages={p.iri: p for p in (bon, autre)})
    fait = Fait("lien", passages=(autre.iri, bon.iri))
    relation = Relation(CAF, acteur_iri(vers), genre, (fait,))  # type: ignore[arg-type]
    assert Preuves(source).choose(relation) == bon.iri
    nulle = replace(source, passages={**source.passages, bon.iri: replace(bon, lieu="p. 1", citation="Rien")})
    assert Preuves(nulle).choose(relation) == autre.iri, "what names no end proves nothing"
