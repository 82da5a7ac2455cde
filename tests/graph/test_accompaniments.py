"""Actions in time: intervals, what is cut, what was planned; the Calvados one as its document prints it."""

from datetime import date
from importlib.resources import as_file, files

import pyoxigraph as ox
import pytest

from graph.accompaniments import CriteresActions, find_actions, find_period, lay_out, parse_criteres
from graph.accompaniments.frise import COUPURE
from graph.catalogue import Catalogue
from graph.catalogue.fiche import group_rows
from graph.catalogue.lecture_actions import read_accompagnement, read_etape
from graph.catalogue.modele import Accompagnement, Concept, Etape, Territoire
from graph.dates import DatePartielle
from graph.errors import DemandeInvalideError
from ontology.namespaces import PREFIXES

ID = "https://w3id.org/maillage/id/"
VOC = "https://w3id.org/maillage/voc/"
PREVU, TERMINE = f"{VOC}statut/prevu", f"{VOC}statut/termine"


def when(texte: str | None) -> DatePartielle | None:
    return DatePartielle.parse(texte) if texte else None


def make_action(*etapes: Etape, debut: str | None = None, fin: str | None = None, **champs) -> Accompagnement:
    iri = f"{ID}accompagnement/a"
    return Accompagnement(iri, "a", "Une action", debut=when(debut), fin=when(fin), etapes=etapes, **champs)


def step(ordre: int, debut: str | None = None, fin: str | None = None, statut: str | None = None) -> Etape:
    return Etape(ordre, f"Étape {ordre}", when(debut), when(fin), statut=statut)


@pytest.fixture(scope="module")
def calvados() -> Accompagnement:
    """The action of the corpus, read as an edition reads it."""
    store = ox.Store()
    with as_file(files("graph") / "corpus" / "calvados-petite-enfance-2009.ttl") as fichier:
        store.load(path=fichier, format=ox.RdfFormat.TURTLE)
    rows = store.query(
        "SELECT ?s ?p ?o { ?s ?p ?o . FILTER (!isLiteral(?o) || LANG(?o) IN ('', 'fr')) }", prefixes=PREFIXES
    )
    fiches = {f.iri: f for f in group_rows([[getattr(t, "value", None) for t in row] for row in rows])}
    etapes = {iri: read_etape(fiche) for iri, fiche in fiches.items() if "Etape" in fiche.types}
    return read_accompagnement(fiches[f"{ID}accompagnement/petite-enfance-calvados"], etapes, None)


def test_the_calvados_timeline_is_the_one_its_document_prints(calvados: Accompagnement) -> None:
    said = [
        (e.ordre, e.debut and e.debut.texte, e.fin and e.fin.texte, e.statut and e.statut.rsplit("/", 1)[1])
        for e in calvados.etapes
    ]
    assert said == [
        (1, "2004-06", "2004-09", "termine"),
        (2, "2008-01", "2008-01", "termine"),
        (3, "2008-01", "2008-01", "termine"),
        (4, "2008-01", "2008-02", "termine"),
        (5, "2008-01", "2008-03", "termine"),
        (6, "2008-04", "2008-04", "termine"),
        (7, "2008-04", "2008-04", "termine"),
        (8, "2008-05", "2009-01", "termine"),
        (9, "2008-09", "2009-04", "termine"),
        (10, "2009-02", "2009-02", "termine"),
        (11, "2009-03", "2009-04", "termine"),
        (12, "2009-03", "2009-03", "termine"),
        (13, "2009-05", "2009-05", "termine"),
        (14, "2009-10", None, "prevu"),
        (15, "2009", "2009", "prevu"),
    ]
    assert calvados.etapes[0].titre == "Réunions d'informations législatives"
    assert calvados.etapes[14].titre == "Restitution finale de l'action collective sectorielle"
    assert (calvados.debut, calvados.fin) == (when("2008-01"), when("2009"))


def test_the_calvados_meetings_come_before_the_action_and_its_end_is_planned(
    calvados: Accompagnement,
) -> None:
    frise = lay_out(calvados)
    assert [p.etape.ordre for p in frise.etapes if p.avant] == [1]
    assert [p.etape.ordre for p in frise.etapes if p.prevue] == [14, 15]
    assert [p.etape.ordre for p in frise.etapes if p.ouverte] == [14]
    assert [p.etape.ordre for p in frise.etapes if p.vague] == [15]
    assert [trou.mois for trou in frise.trous] == [39]  # October 2004 to December 2007
    assert frise.action is not None
    assert frise.action[0] == frise.etapes[1].debut  # the action begins in January 2008, not in 2004
    last_done = frise.etapes[12].fin
    assert last_done is not None
    assert last_done == frise.fait < frise.action[1]


def test_a_partial_date_is_an_interval() -> None:
    assert find_period(step(1, "2004")) == (date(2004, 1, 1), date(2004, 12, 31))
    assert find_period(step(1, "2008-05", "2009-01")) == (date(2008, 5, 1), date(2009, 1, 31))
    assert find_period(step(1, None, "2009")) == (date(2009, 1, 1), date(2009, 12, 31))
    assert find_period(step(1)) is None


def test_positions_follow_time_and_fill_the_scale() -> None:
    frise = lay_out(make_action(step(1, "2010-01"), step(2, "2010-02", "2010-03"), step(3, "2010-04-10")))
    places = [(p.debut, p.fin) for p in frise.etapes]
    assert places[0][0] == 0
    assert places[0][1] == places[1][0] == pytest.approx(31 / 120)  # January of the four months shown
    assert places[1][1] == pytest.approx(90 / 120)
    assert places[2] == (pytest.approx(99 / 120), pytest.approx(100 / 120))
    assert not frise.trous
    assert [p.ouverte for p in frise.etapes] == [True, False, False]  # a meeting of one day has an end


def test_a_long_silence_is_cut_and_said() -> None:
    frise = lay_out(make_action(step(1, "2005"), step(2, "2011-10-25")))
    (trou,) = frise.trous
    assert trou.fin - trou.debut == pytest.approx(COUPURE)
    assert trou.mois == 69
    assert frise.etapes[0].fin == pytest.approx(trou.debut)
    assert frise.etapes[1].debut is not None
    assert frise.etapes[1].debut > trou.fin
    assert [g.jour for g in frise.graduations] == [date(2005, 1, 1), date(2011, 10, 1)]


def test_steps_without_a_date_are_kept_and_placed_nowhere() -> None:
    frise = lay_out(make_action(step(1), step(2, statut=PREVU)))
    assert [(p.debut, p.fin, p.prevue) for p in frise.etapes] == [(None, None, False), (None, None, True)]
    assert (frise.action, frise.graduations, frise.trous) == (None, (), ())


def test_an_action_that_is_over_goes_to_its_end() -> None:
    frise = lay_out(make_action(step(1, "2010-01"), debut="2010-01", fin="2010-12", statut=TERMINE))
    assert frise.action is not None
    assert frise.fait == frise.action[1] == pytest.approx(1)


@pytest.fixture
def catalogue() -> Catalogue:
    lieu = f"{ID}territoire/departement-14"
    calvados = Territoire(lieu, "departement", "14", "Calvados", (lieu,))
    large = Concept(f"{VOC}besoin/gestion", "besoin", "gestion", "Gestion")
    fin = Concept(f"{VOC}besoin/budget", "besoin", "budget", "Budget", parent=large.iri)
    ici = Accompagnement(
        f"{ID}accompagnement/ici", "ici", "Ici", territoires=(calvados.iri,), besoins=(fin.iri,)
    )
    date_ = Accompagnement(f"{ID}accompagnement/date", "date", "Daté", debut=when("2008"))
    return Catalogue(
        territoires={calvados.iri: calvados},
        concepts={large.iri: large, fin.iri: fin},
        accompagnements={a.iri: a for a in (ici, date_)},
    )


def test_actions_are_found_by_place_and_by_need_or_a_narrower_one(catalogue: Catalogue) -> None:
    assert [a.slug for a in find_actions(catalogue, CriteresActions())] == ["date", "ici"]
    for asked in ({"territoire": "departement:14"}, {"besoin": "gestion"}, {"besoin": "budget"}):
        found = find_actions(catalogue, parse_criteres(catalogue, **asked))
        assert [a.slug for a in found] == ["ici"]


@pytest.mark.parametrize("champ", ["territoire", "besoin", "secteur"])
def test_what_does_not_exist_is_said_with_its_field(catalogue: Catalogue, champ: str) -> None:
    with pytest.raises(DemandeInvalideError) as erreur:
        parse_criteres(catalogue, **{champ: "nulle-part"})
    assert erreur.value.champ == champ
