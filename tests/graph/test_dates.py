"""Partial dates are intervals of days, read and said as the documents do."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates import DatePartielle


@pytest.mark.parametrize(
    ("texte", "debut", "fin", "en_clair"),
    [
        ("2004", date(2004, 1, 1), date(2004, 12, 31), "2004"),
        ("2008-02", date(2008, 2, 1), date(2008, 2, 29), "février 2008"),
        ("1994-06-01", date(1994, 6, 1), date(1994, 6, 1), "1er juin 1994"),
        ("2012-04-26", date(2012, 4, 26), date(2012, 4, 26), "26 avril 2012"),
    ],
)
def test_reads_and_says(texte: str, debut: date, fin: date, en_clair: str) -> None:
    lue = DatePartielle.parse(texte)
    assert (lue.debut, lue.fin, lue.en_clair, lue.texte) == (debut, fin, en_clair, texte)


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("2009", "de 2009"),
        ("2008-05", "de mai 2008"),
        ("2011-10", "d’octobre 2011"),
        ("2011-04", "d’avril 2011"),
        ("2011-08", "d’août 2011"),
        ("2012-04-26", "du 26 avril 2012"),
    ],
)
def test_de_is_elided_before_a_vowel_and_contracted_before_a_day(texte: str, dit: str) -> None:
    assert DatePartielle.parse(texte).avec_de == dit


@pytest.mark.parametrize(
    "texte", ["", "04", "2008-13", "2009-02-29", "2008-5", "avril 2008", "2008-05-13Z", "²⁰⁰⁸"]
)
def test_refuses_what_is_no_date(texte: str) -> None:
    with pytest.raises(ValueError, match=r"date illisible|month|day"):
        DatePartielle.parse(texte)


@given(st.dates(min_value=date(1902, 1, 1), max_value=date(2099, 1, 1)))
def test_a_day_is_in_its_month_and_its_year(jour: date) -> None:
    for texte in (f"{jour:%Y}", f"{jour:%Y-%m}", jour.isoformat()):
        lue = DatePartielle.parse(texte)
        assert lue.debut <= jour <= lue.fin
        assert not lue.surely_before(jour)
        assert not lue.surely_after(jour)
        assert lue.surely_before(lue.fin + timedelta(days=1))
        assert lue.surely_after(lue.debut - timedelta(days=1))
