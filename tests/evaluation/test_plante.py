"""On planted countries the right answer is known: any seed, the whole answer is that one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.catalogue import Catalogue
from tests.evaluation.plante import ECARTS, GAINS, plant
from tests.evaluation.proprietes import expected_fallback, measure, planted_ndcg, share_firsts
from tests.evaluation.temoins import drop_each, rank_by_engine, rank_by_nearness


@pytest.fixture(scope="module")
def base(catalogue: Catalogue) -> Catalogue:
    return catalogue


@given(st.integers(0, 2**32))
@settings(max_examples=15, deadline=None)
def test_the_answer_known_by_construction_is_the_answer(base: Catalogue, graine: int) -> None:
    constat = measure(base, [graine], demandes=6)
    assert constat.exactes == constat.demandes == 6
    assert constat.ndcg5 == 1
    assert dict(constat.ecarts) == dict.fromkeys(ECARTS, 0)
    assert (constat.replis, constat.instables, constat.baisses) == (0, 0, 0)


@pytest.mark.parametrize("exaequo", [2, 5])
def test_equals_are_first_about_as_often_over_a_year(base: Catalogue, exaequo: int) -> None:
    low, high = share_firsts(base, exaequo)
    sigma = ((exaequo - 1) / 365) ** 0.5
    assert 1 - 4 * sigma < low <= 1 <= high < 1 + 4 * sigma


def test_the_plants_are_within_reach(base: Catalogue) -> None:
    """A way of ranking that knows only places falls for every trap but the one of place."""
    fallen, levels = set(), set()
    for graine in range(6):
        catalogue, plantees = plant(base, graine)
        rank = rank_by_nearness(catalogue)
        for plantee in plantees:
            fallen |= {plantee.ecarts[slug] for slug in rank(plantee.demande) if slug in plantee.ecarts}
            levels.add(expected_fallback(plantee))
    assert fallen >= set(ECARTS) - {"ailleurs"}
    assert levels == {None, "region", "national"}


def test_a_criterion_less_is_seen(base: Catalogue) -> None:
    """The planted order needs every criterion: the absence of each one shows."""
    pays = [plant(base, graine) for graine in range(12)]
    for critere, weights in drop_each():
        found = planted_ndcg([(rank_by_engine(country, weights), plantees) for country, plantees in pays])
        assert found < 1, critere
    assert max(GAINS.values()) == len(GAINS)
