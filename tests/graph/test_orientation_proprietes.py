"""Properties of orientation on random graphs and requests, and its published query."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.catalogue import Catalogue
from graph.catalogue.lecture import load_catalogue
from graph.orientation import Saisie, orient, reponse_to_dict, understand
from graph.orientation.appariement import find_covering, match_offre
from graph.orientation.index import may_be_first_contact
from graph.orientation.modele import Reponse
from graph.orientation.ponderation import load_ponderation, years_before
from graph.orientation.raisons import open_explicateur
from graph.orientation.regles import load_regles, refused_stages
from graph.queries import load_requete
from graph.store import Store
from ontology.namespaces import ID, VOC
from tests.graph.exemple_orientation import (
    ACTEURS,
    BESOINS,
    DLA,
    JOUR,
    SECTEURS,
    STADES,
    random_actions,
    random_offers,
)


@pytest.fixture(scope="module")
def essai(make_store: Callable[..., ox.Store]) -> tuple[Catalogue, Store]:
    hasard = random.Random(7)
    store = Store(make_store(ACTEURS + DLA + random_offers(hasard, 150) + random_actions(hasard, 14)))
    return load_catalogue(store, "essai"), store


demandes = st.builds(
    Saisie,
    commune=st.just("14027"),
    stade=st.none() | st.sampled_from(STADES),
    besoins=st.lists(st.sampled_from(BESOINS), max_size=4, unique=True).map(tuple),
    secteur=st.none() | st.sampled_from(SECTEURS),
    jour=st.sampled_from((JOUR, date(2020, 6, 1), date(2031, 1, 1), date(2036, 1, 1))),
)


def answer(catalogue: Catalogue, saisie: Saisie) -> Reponse:
    return orient(catalogue, *understand(catalogue, saisie))


@given(demandes)
@settings(max_examples=60, deadline=None)
def test_no_rank_without_printed_reasons(essai: tuple[Catalogue, Store], saisie: Saisie) -> None:
    catalogue, _ = essai
    reponse = answer(catalogue, saisie)
    keys = [(not r.competent, -r.score) for r in reponse.recommandations]
    assert keys == sorted(keys), "competent first, then by score"
    for found in reponse.recommandations:
        assert found.score == pytest.approx(sum(raison.points for raison in found.raisons), abs=0.01)
        assert catalogue.offres[found.offre].acteur == found.acteur
    acteurs = [r.acteur for r in reponse.recommandations]
    assert len(acteurs) == len(set(acteurs))
    assert [r.rang for r in reponse.recommandations] == list(range(1, len(acteurs) + 1))
    local = any(
        r.competent and r.niveau in {"commune", "epci", "departement"} for r in reponse.recommandations
    )
    assert (reponse.repli is None) is local
    assert reponse_to_dict(catalogue, reponse)["demande"]["date"] == str(saisie.jour)
    assert answer(catalogue, saisie) == reponse, "the same request gives the same answer"


@given(demandes)
@settings(max_examples=60, deadline=None)
def test_the_published_query_gives_the_same_points(essai: tuple[Catalogue, Store], saisie: Saisie) -> None:
    catalogue, store = essai
    demande, _ = understand(catalogue, saisie)
    offers = {r.offre: r.score for r in answer(catalogue, saisie).recommandations}

    def terms(schema: str, codes: tuple[str | None, ...]) -> list[ox.NamedNode]:
        return [ox.NamedNode(f"{VOC}{schema}/{code}") for code in codes if code]

    texte = load_requete("orientation/recommander").bind(
        lieu=ox.NamedNode(demande.territoire),
        jour=ox.Literal(demande.date.isoformat()),
        besoinDemande=terms("besoin", demande.besoins),
        secteurDemande=terms("secteur", (demande.secteur,)),
        stadeDemande=terms("stade", (demande.stade,)),
        ancienne=ox.Literal(years_before(demande.date, 5).isoformat()),
        tresAncienne=ox.Literal(years_before(demande.date, 10).isoformat()),
    )
    published = {row["offre"]: float(row["score"]) for row in store.select(texte)}
    assert offers.keys() <= published.keys()
    for iri, score in offers.items():
        assert published[iri] == pytest.approx(score, abs=0.01)
    # An answer keeps one offer an actor: the others of the same actors are in the query's rows.
    beside = {
        iri
        for found in answer(catalogue, saisie).recommandations
        for iri in (found.offre, *found.autres_offres)
    }
    assert published.keys() == beside


@given(demandes)
@settings(max_examples=60, deadline=None)
def test_the_index_ranks_as_the_reasons_of_each_offer_say(
    essai: tuple[Catalogue, Store], saisie: Saisie
) -> None:
    """The arrays and the plain functions, written apart, keep the same offers for the same points."""
    catalogue, _ = essai
    demande, _ = understand(catalogue, saisie)
    covering = find_covering(catalogue, catalogue.territoires[demande.territoire])
    explicateur = open_explicateur(catalogue, load_ponderation())
    plain = {
        offre.iri: sum(raison.points for raison in explicateur.explain(demande, match))
        for offre in catalogue.offres.values()
        if may_be_first_contact(catalogue, offre)
        and (match := match_offre(catalogue, demande, covering, offre)) is not None
        and demande.stade
        not in refused_stages(catalogue, load_regles(), catalogue.acteurs[offre.acteur], offre)
    }
    reponse = orient(catalogue, demande)
    kept = {iri for r in reponse.recommandations for iri in (r.offre, *r.autres_offres)}
    assert kept == plain.keys()
    assert {r.offre: r.score for r in reponse.recommandations} == {
        r.offre: pytest.approx(plain[r.offre], abs=0.006) for r in reponse.recommandations
    }


@given(demandes)
@settings(max_examples=60, deadline=None)
def test_hard_constraints_are_never_broken(essai: tuple[Catalogue, Store], saisie: Saisie) -> None:
    catalogue, _ = essai
    reponse = answer(catalogue, saisie)
    holding = set(catalogue.territoires[reponse.demande.territoire].ancetres)
    for found in reponse.recommandations:
        for iri in (found.offre, *found.autres_offres):
            offre = catalogue.offres[iri]
            assert holding & set(offre.territoires)
            assert not offre.mobilise_par
            assert catalogue.acteurs[offre.acteur].types != ("Prestataire",)
            assert not (offre.fin and offre.fin.surely_before(reponse.demande.date))
            assert not (offre.debut and offre.debut.surely_after(reponse.demande.date))
            assert not offre.stades or saisie.stade is None or f"{VOC}stade/{saisie.stade}" in offre.stades


@given(demandes, st.sampled_from(("departement-61", "region-11", "commune-99999")))
@settings(max_examples=20, deadline=None)
def test_an_actor_that_does_not_fit_changes_no_order(
    essai: tuple[Catalogue, Store], saisie: Saisie, lieu: str
) -> None:
    catalogue, _ = essai
    model = next(iter(catalogue.offres.values()))
    acteur = replace(next(iter(catalogue.acteurs.values())), iri="acteur:ailleurs", slug="ailleurs")
    offre = replace(model, iri="offre:ailleurs", acteur=acteur.iri, territoires=(f"{ID}territoire/{lieu}",))
    wider = replace(
        catalogue,
        acteurs={**catalogue.acteurs, acteur.iri: acteur},
        offres={offre.iri: offre, **catalogue.offres},
    )
    assert answer(wider, saisie) == answer(catalogue, saisie)


@given(demandes, st.data())
@settings(max_examples=40, deadline=None)
def test_adding_a_need_that_is_asked_never_lowers_an_offer(
    essai: tuple[Catalogue, Store], saisie: Saisie, data: st.DataObject
) -> None:
    catalogue, _ = essai
    before = answer(catalogue, saisie)
    if not saisie.besoins or not before.recommandations:
        return
    chosen = data.draw(st.sampled_from(before.recommandations))
    besoin = f"{VOC}besoin/{data.draw(st.sampled_from(saisie.besoins))}"
    offre = catalogue.offres[chosen.offre]
    richer = replace(offre, besoins=tuple(dict.fromkeys((*offre.besoins, besoin))))
    after = answer(replace(catalogue, offres={**catalogue.offres, offre.iri: richer}), saisie)
    place = next(r for r in after.recommandations if r.acteur == chosen.acteur)
    assert place.rang <= chosen.rang
    if offre.besoins:  # silence counts a little for each need asked; a need named makes it competent
        assert place.score >= chosen.score
