"""The survey of coverage: exact on what straddles, the same in SPARQL, never worse for one offer more."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pyoxigraph as ox
import pytest

from graph.carte import draw_map, parse_criteres
from graph.catalogue import Catalogue
from graph.catalogue.lecture import load_catalogue
from graph.catalogue.modele import Iri, Offre
from graph.coverage.concepts import open_concepts
from graph.coverage.detail import Detail, open_conteur
from graph.coverage.manques import find_loose_ends, list_crossings, rank_places, rank_subjects
from graph.coverage.releve import GRAINS, STATUTS, Grain, Releve, list_rows, read_grain, survey
from graph.coverage.sujets import Sujet, read_sujet, split
from graph.coverage.territoire import is_open
from graph.errors import DemandeInvalideError
from graph.queries import load_requete
from graph.store import Store
from ontology.namespaces import ID, VOC
from tests.graph.exemple_couverture import BESOINS, FONCTIONS, STADES, acteurs, lieux, random_offer
from tests.graph.exemple_orientation import offre

JOUR = date(2026, 11, 20)
Fabrique = Callable[..., Catalogue]
FAIT = {"fonction": "fonction:suivi"}
SUIVI = Sujet(fonction=f"{VOC}fonction/suivi")


def _survey(catalogue: Catalogue, ref: str, grain: Grain, *sujets: Sujet) -> Releve:
    return survey(catalogue, catalogue.lire_territoire(ref), grain, sujets or (SUIVI,), JOUR)


def _told(catalogue: Catalogue, ref: str, grain: Grain, sujet: Sujet = SUIVI) -> dict[str, Detail]:
    releve = _survey(catalogue, ref, grain, sujet)
    return {detail.territoire.code: detail for detail in open_conteur(catalogue).tell_all(releve)}


def _statuts(catalogue: Catalogue, ref: str, grain: Grain, sujet: Sujet = SUIVI) -> dict[str, str]:
    return {code: detail.statut for code, detail in _told(catalogue, ref, grain, sujet).items()}


def test_an_epci_in_two_departements_of_which_one_is_covered_is_covered_in_part(
    make_catalogue: Fabrique,
) -> None:
    catalogue = make_catalogue(lieux() + acteurs("a") + offre("o", "a", "departement-14", **FAIT))
    (cheval,) = [d for c, d in _told(catalogue, "region:28", "epci").items() if c == "200000001"]
    assert cheval.statut == "partie"
    assert cheval.communes == (0, 2, 0, 0, 1)
    assert [(p.lieu.nom, p.portee, p.communes) for p in cheval.parties] == [("Calvados", "departement", 2)]
    assert cheval.proche is not None
    assert (cheval.proche.offre.slug, cheval.proche.ecart) == ("o", 1)
    assert _statuts(catalogue, "region:28", "epci")["200000002"] == "personne"
    assert _statuts(catalogue, "region:28", "departement")["14"] == "departement"


@pytest.mark.parametrize(
    "ref", ["departement:14", "departement:61", "departement:29", "region:28", "region:53", "national"]
)
@pytest.mark.parametrize("grain", ["epci", "departement"])
def test_rows_hold_everybody_of_a_territory_once(make_catalogue: Fabrique, ref: str, grain: Grain) -> None:
    catalogue = make_catalogue(lieux() + acteurs("a") + offre("o", "a", "departement-14", **FAIT))
    releve = _survey(catalogue, ref, grain)
    habitants = [releve.count_people(catalogue, ligne) or 0 for ligne in range(len(releve.lignes))]
    dedans = [iri for iri in _members(catalogue, releve.territoire.iri) if "/commune-" in iri]
    assert sum(habitants) == 100 * len(dedans)
    lus = {place.code: nombre for place, nombre in zip(releve.lignes, habitants, strict=True)}
    if (ref, grain) == ("departement:14", "epci"):
        assert lus == {"200000001": 200, "14003": 100}, "its part of CC 1, and what no intercommunality holds"
        assert [releve.count_outside(catalogue, ligne) for ligne in (0, 1)] == [1, 0]


def test_who_acts_in_the_other_part_of_what_straddles_reaches_nobody_here(make_catalogue: Fabrique) -> None:
    turtle = lieux() + acteurs("a") + offre("o", "a", "commune-61001", **FAIT)
    catalogue = make_catalogue(turtle)
    assert _statuts(catalogue, "departement:14", "epci")["200000001"] == "personne"
    assert _statuts(catalogue, "departement:61", "epci")["200000001"] == "local"
    assert _statuts(catalogue, "region:28", "epci")["200000001"] == "partie"


def test_nobody_is_missed_where_nobody_lives(make_catalogue: Fabrique) -> None:
    catalogue = make_catalogue(lieux())
    lignes = list_rows(catalogue, catalogue.lire_territoire("national"), "departement")
    assert {"984", "989"}.isdisjoint(place.code for place in lignes)
    assert "987" in {place.code for place in lignes}


def test_a_place_is_covered_from_the_level_that_holds_everywhere_in_it(make_catalogue: Fabrique) -> None:
    turtle = lieux() + acteurs("a", "b") + offre("r", "a", "region-25-1982", **FAIT)
    turtle += offre("l", "b", "epci-200000001", **FAIT)
    catalogue = make_catalogue(turtle)
    calvados = _told(catalogue, "region:28", "departement")["14"]
    assert (calvados.statut, calvados.communes) == ("region", (2, 0, 1, 0, 0))
    assert [(p.lieu.nom, p.portee, p.communes) for p in calvados.parties] == [("CC 1", "local", 2)]
    assert calvados.proche is not None
    assert (calvados.proche.offre.slug, calvados.proche.ecart) == ("r", 1)
    assert _told(catalogue, "region:28", "departement")["50"].statut == "region"
    assert _told(catalogue, "region:28", "departement")["76"].statut == "personne"


def test_a_zone_of_unknown_communes_covers_a_part_nobody_can_count(make_catalogue: Fabrique) -> None:
    zone = (
        'territoire:zone-x a mai:Zone ; skos:prefLabel "Pays X"@fr ; '
        "igeo:subdivisionDirecteDe territoire:departement-29 .\n"
    )
    catalogue = make_catalogue(lieux() + zone + acteurs("a") + offre("o", "a", "zone-x", **FAIT))
    finistere = _told(catalogue, "region:53", "departement")["29"]
    assert (finistere.statut, finistere.communes) == ("partie", (0, 0, 0, 0, 1))
    assert [(p.lieu.nom, p.portee, p.communes) for p in finistere.parties] == [("Pays X", "local", None)]
    assert _statuts(catalogue, "departement:29", "commune") == {"29001": "personne"}


def test_a_place_covered_in_a_part_that_no_source_delimits_is_covered_in_part(
    make_catalogue: Fabrique,
) -> None:
    moitie = {"couvreEnPartie": "territoire:departement-14", **FAIT}
    catalogue = make_catalogue(lieux() + acteurs("nord") + offre("o", "nord", "departement-14", **moitie))
    calvados = _told(catalogue, "region:28", "departement")["14"]
    assert (calvados.statut, calvados.a_demander, calvados.communes) == ("partie", True, (0, 0, 0, 0, 3))
    assert [(p.lieu.nom, p.portee, p.communes) for p in calvados.parties] == [
        ("Calvados", "departement", None)
    ]
    assert calvados.proche is not None
    assert calvados.proche.offre.slug == "o"
    communes = _told(catalogue, "departement:14", "commune")
    assert {(d.statut, d.a_demander) for d in communes.values()} == {("personne", True)}, (
        "nobody can say which"
    )
    region = make_catalogue(
        lieux()
        + acteurs("nord", "reg")
        + offre("o", "nord", "departement-14", **moitie)
        + offre("r", "reg", "region-28", **FAIT)
    )
    calvados = _told(region, "region:28", "departement")["14"]
    assert (calvados.statut, calvados.a_demander) == ("region", True)
    assert [(p.lieu.nom, p.communes) for p in calvados.parties] == [("Calvados", None)], "told, never counted"


def test_where_nobody_is_known_the_nearest_elsewhere_is_named_with_how_far(make_catalogue: Fabrique) -> None:
    catalogue = make_catalogue(
        lieux()
        + acteurs("a", "b")
        + offre("o", "a", "departement-14", **FAIT)
        + offre("n", "b", "departement-29", **FAIT)
    )
    orne = _told(catalogue, "region:28", "departement")["61"]
    assert orne.statut == "personne"
    assert orne.proche is not None
    assert (orne.proche.offre.slug, orne.proche.lieu.nom, orne.proche.ecart) == ("o", "Calvados", 1)
    ain = _told(catalogue, "region:84", "departement")["01"]
    assert ain.proche is not None
    assert ain.proche.ecart == 2
    rien = make_catalogue(lieux())
    assert _told(rien, "region:28", "departement")["61"].proche is None


def test_what_no_source_says_is_to_be_asked_and_is_no_silent_no(make_catalogue: Fabrique) -> None:
    turtle = lieux() + acteurs("a", "b") + offre("muet", "a", "departement-14", **FAIT)
    turtle += offre("autre", "b", "departement-61", stade="stade:benevole", **FAIT)
    catalogue = make_catalogue(turtle)
    told = _told(catalogue, "region:28", "departement", SUIVI.narrow("stade", f"{VOC}stade/employeur"))
    assert (told["14"].statut, told["14"].a_demander) == ("personne", True)
    assert told["14"].proche is not None
    assert told["14"].proche.offre.slug == "muet"
    assert (told["61"].statut, told["61"].a_demander) == ("personne", False)
    # Who follows up in general may not do each thing under it.
    sous = _told(catalogue, "region:28", "departement", Sujet(fonction=f"{VOC}fonction/continuite"))
    assert (sous["14"].statut, sous["14"].a_demander) == ("personne", True)


def test_rows_are_the_places_of_today_and_the_grain_fits_the_place(make_catalogue: Fabrique) -> None:
    catalogue = make_catalogue(lieux())
    france = catalogue.lire_territoire("national")
    departements = list_rows(catalogue, france, "departement")
    assert len([p for p in departements if any("/region-" in iri for iri in p.ancetres)]) == 101
    normandie = catalogue.lire_territoire("region:28")
    assert [p.code for p in list_rows(catalogue, normandie, "epci")] == [
        "200000001",
        "200000002",
        "14003",
    ]
    calvados = catalogue.lire_territoire("departement:14")
    assert [p.code for p in list_rows(catalogue, calvados, "departement")] == ["14"]
    assert read_grain(catalogue, calvados, "") == "epci"
    cantal = catalogue.lire_territoire("departement:15")
    assert read_grain(catalogue, cantal, "") == "departement", "no intercommunality of it is known"
    with pytest.raises(DemandeInvalideError, match="grain"):
        read_grain(catalogue, france, "commune")


def test_columns_are_the_top_of_a_vocabulary_or_what_is_under_the_one_asked(make_catalogue: Fabrique) -> None:
    catalogue = make_catalogue(lieux())
    assert len(split(catalogue, Sujet(), "fonction")) == 10
    codes = [iri.rsplit("/", 1)[-1] for iri in split(catalogue, SUIVI, "fonction")]
    assert codes == ["suivi", "capitalisation", "continuite", "evaluation"]
    assert len(split(catalogue, SUIVI, "stade")) == 4
    assert len(split(catalogue, SUIVI, "besoin")) == 4
    with pytest.raises(DemandeInvalideError, match="stade"):
        read_sujet(catalogue, stade="inconnu")


def test_holes_are_ranked_by_the_people_they_leave(make_catalogue: Fabrique) -> None:
    turtle = lieux() + acteurs("a") + offre("o", "a", "departement-14", fonction="fonction:suivi")
    turtle += offre("p", "a", "commune-61001", fonction="fonction:suivi, fonction:ingenierie")
    catalogue = make_catalogue(turtle)
    ingenierie = Sujet(fonction=f"{VOC}fonction/ingenierie")
    releve = _survey(catalogue, "region:28", "departement", SUIVI, ingenierie)
    assert [(t.sujet, t.habitants) for t in rank_subjects(releve)] == [(ingenierie, 300), (SUIVI, 0)]
    assert [(t.lignes, t.en_partie, t.a_demander) for t in rank_subjects(releve)] == [(4, 1, 0), (3, 1, 0)]
    lieux_manquants = rank_places(releve)
    assert [t.territoire.code for t in lieux_manquants] == ["14", "27", "50", "76"], "no hole in a part"
    assert lieux_manquants[0].sujets == (ingenierie,)
    assert lieux_manquants[0].habitants == 300
    chiffres = [(-trou.habitants, -len(trou.sujets)) for trou in lieux_manquants]
    assert chiffres == sorted(chiffres), "in the order of figures that are shown"


def test_loose_ends_are_those_of_the_place(make_catalogue: Fabrique) -> None:
    turtle = lieux() + acteurs("a", "muet", "ailleurs") + "acteur:muet mai:siege territoire:commune-14001 .\n"
    turtle += (
        "acteur:ailleurs mai:siege territoire:commune-29001 .\n"
        "offre:nulle-part a mai:Offre ; mai:proposePar acteur:ailleurs ; mai:fonction fonction:suivi ; "
        "dcterms:source lieu:page-1 .\n"
        "<https://w3id.org/maillage/id/lien/m> a mai:Mandat ; mai:de acteur:a ; mai:vers dispositif:dla ; "
        'mai:territoire territoire:departement-14 ; mai:fin "2020"^^xsd:gYear ; '
        "dcterms:source lieu:page-1 .\n"
    )
    turtle += (
        "<https://w3id.org/maillage/id/lien/s> a mai:Mandat ; mai:de acteur:muet ; mai:vers dispositif:dla ; "
        "mai:territoire territoire:departement-14 ; dcterms:source lieu:page-1 .\n"
    )
    catalogue = make_catalogue(turtle)
    normandie = find_loose_ends(catalogue, catalogue.lire_territoire("region:28"), JOUR)
    assert [lien.de for lien in normandie.mandats_finis] == [f"{ID}acteur/a"]
    assert set(normandie.sans_offre) == {f"{ID}acteur/a", f"{ID}acteur/muet"}
    assert normandie.sans_lieu == ()
    assert [lien.de for lien in normandie.mandats_sans_date] == [f"{ID}acteur/muet"]
    france = find_loose_ends(catalogue, catalogue.lire_territoire("national"), JOUR)
    assert [offre.slug for offre in france.sans_lieu] == ["nulle-part"]


CAS: list[tuple[str, Grain]] = [
    ("region:28", "departement"),
    ("region:28", "epci"),
    ("region:53", "epci"),
    ("departement:14", "commune"),
    ("departement:61", "epci"),
]


def _subjects(hasard: random.Random) -> list[Sujet]:
    stade = f"{VOC}stade/{hasard.choice(STADES)}" if hasard.random() < 0.5 else None
    besoin = f"{VOC}besoin/{hasard.choice(BESOINS)}" if hasard.random() < 0.5 else None
    return [Sujet(f"{VOC}fonction/{code}", stade, besoin) for code in FONCTIONS]


@pytest.mark.parametrize("graine", range(12))
def test_one_offer_more_never_makes_a_hole_and_every_cell_is_counted_once(
    make_catalogue: Fabrique, graine: int
) -> None:
    hasard = random.Random(graine)
    socle = lieux() + acteurs("a", "b", "c")
    offres = [random_offer(hasard, f"o{rang}") for rang in range(8)]
    sujets = _subjects(hasard)
    avant, apres = (make_catalogue(socle + "".join(offres[:n])) for n in (7, 8))
    for ref, grain in CAS:
        before, after = (_survey(catalogue, ref, grain, *sujets) for catalogue in (avant, apres))
        assert (after.statuts <= before.statuts).all()
        assert (after.possibles <= before.possibles).all()
        assert (after.possibles <= after.statuts).all()
        assert sum(after.count(statut) for statut in STATUTS) == after.statuts.size
        nombres = [len(_inside(apres, place.iri, after)) for place in after.lignes]
        assert (after.communes.sum(axis=-1) == np.array(nombres)[:, None]).all()


def _inside(catalogue: Catalogue, iri: Iri, releve: Releve) -> list[Iri]:
    """The communes of a row that lie in the territory of a survey."""
    dans = _members(catalogue, releve.territoire.iri)
    return [commune for commune in _members(catalogue, iri) if commune in dans] or [iri]


def _members(catalogue: Catalogue, iri: Iri) -> list[Iri]:
    inside = [
        place.iri
        for place in catalogue.territoires.values()
        if "/commune-" in place.iri and iri in place.ancetres
    ]
    return inside or [iri]


@pytest.mark.parametrize("graine", range(12))
def test_every_level_is_what_looking_at_each_commune_and_each_offer_gives(
    make_catalogue: Fabrique, graine: int
) -> None:
    hasard = random.Random(200 + graine)
    catalogue = make_catalogue(
        lieux() + acteurs("a", "b", "c") + "".join(random_offer(hasard, f"o{rang}") for rang in range(10))
    )
    sujets = _subjects(hasard)
    for ref, grain in CAS:
        releve = _survey(catalogue, ref, grain, *sujets)
        for ligne, place in enumerate(releve.lignes):
            for colonne, sujet in enumerate(sujets):
                cellule = releve.statuts[ligne, colonne], releve.possibles[ligne, colonne]
                assert cellule == tuple(
                    _look(catalogue, place.iri, sujet, releve, vague=vague) for vague in (False, True)
                ), (place.nom, sujet)


def _look(catalogue: Catalogue, iri: Iri, sujet: Sujet, releve: Releve, *, vague: bool) -> int:
    """The status of a place, commune by commune, offer by offer; ``vague`` takes what may be as said."""
    offres = [o for o in catalogue.offres.values() if _serves(catalogue, o, sujet, vague=vague)]
    niveaux = [
        min(
            (
                {"commune": 0, "epci": 0, "departement": 1, "region": 2, "national": 3}[
                    catalogue.territoires[lieu].niveau
                ]
                for o in offres
                for lieu in o.territoires
                if lieu in catalogue.territoires[commune].ancetres and (vague or lieu not in o.en_partie)
            ),
            default=4,
        )
        for commune in _inside(catalogue, iri, releve)
    ]
    if max(niveaux) < 4:
        return max(niveaux)
    dans = set(_members(catalogue, releve.territoire.iri))
    dedans = any(
        iri in catalogue.territoires[lieu].ancetres and not dans.isdisjoint(_members(catalogue, lieu))
        for o in offres
        for lieu in o.territoires
    )
    return STATUTS.index("partie" if dedans or min(niveaux) < 4 else "personne")


def _serves(catalogue: Catalogue, o: Offre, sujet: Sujet, *, vague: bool) -> bool:
    if not is_open(o, JOUR):
        return False
    for dimension, dits in (("fonction", o.fonctions), ("stade", o.stades), ("besoin", o.besoins)):
        asked: Iri | None = getattr(sujet, dimension)
        if asked is None or (vague and not dits):
            continue
        under = any(asked in (iri, *catalogue.elargir(iri)) for iri in dits)
        over = any(iri in catalogue.elargir(asked) for iri in dits)
        if not under and not (over and (vague or dimension == "besoin")):
            return False
    return True


@pytest.mark.parametrize("graine", range(8))
def test_the_published_query_counts_the_same_communes(make_store: Any, graine: int) -> None:
    hasard = random.Random(100 + graine)
    turtle = (
        lieux() + acteurs("a", "b", "c") + "".join(random_offer(hasard, f"o{rang}") for rang in range(14))
    )
    store = Store(make_store(turtle, jour=JOUR))
    catalogue = load_catalogue(store, "essai")
    sujets = _subjects(hasard)
    stade, besoin = sujets[0].stade, sujets[0].besoin
    for ref, grain in CAS:
        releve = _survey(catalogue, ref, grain, *sujets)
        texte = load_requete("coverage/niveaux").bind(
            lieu=[ox.NamedNode(place.iri) for place in releve.lignes],
            fonction=[ox.NamedNode(sujet.fonction) for sujet in sujets if sujet.fonction],
            stadeDemande=[ox.NamedNode(stade)] if stade else [],
            besoinDemande=[ox.NamedNode(besoin)] if besoin else [],
            jour=ox.Literal(JOUR.isoformat()),
        )
        published = {
            (row["lieu"], row["fonction"], int(row["niveau"])): int(row["communes"])
            for row in store.select(texte)
        }
        entieres = {
            place.iri
            for ligne, place in enumerate(releve.lignes)
            if not releve.count_outside(catalogue, ligne)
        }
        published = {cle: nombre for cle, nombre in published.items() if cle[0] in entieres}
        counted = {
            (place.iri, sujet.fonction, niveau): nombre
            for ligne, place in enumerate(releve.lignes)
            if _members(catalogue, place.iri) != [place.iri] or "/commune-" in place.iri
            for colonne, sujet in enumerate(sujets)
            for niveau, nombre in enumerate(releve.communes[ligne, colonne].tolist())
            if nombre and place.iri in entieres
        }
        assert published == counted


@pytest.mark.parametrize("graine", range(6))
def test_the_holes_of_the_map_are_those_of_the_survey(make_catalogue: Fabrique, graine: int) -> None:
    hasard = random.Random(300 + graine)
    catalogue = make_catalogue(
        lieux() + acteurs("a", "b", "c") + "".join(random_offer(hasard, f"o{rang}") for rang in range(6))
    )
    croisements = list_crossings(catalogue)
    assert len(croisements) == len(set(croisements)) == 4 * len(split(catalogue, Sujet(), "besoin"))
    releve = _survey(catalogue, "national", "departement", *croisements)
    carte = draw_map(catalogue, parse_criteres(catalogue, mesure="trous"), JOUR)
    valeurs = {zone.territoire.iri: zone.valeur for zone in carte.zones}
    comptes = {place.iri: 0 for place in releve.lignes}
    for detail in open_conteur(catalogue).tell_all(releve):
        comptes[detail.territoire.iri] += detail.statut == "personne" and not detail.a_demander
    assert valeurs == comptes


def test_where_somebody_answers_everything_there_is_no_hole(make_catalogue: Fabrique) -> None:
    vide = make_catalogue(lieux())
    besoins = ", ".join(f"<{iri}>" for iri in split(vide, Sujet(), "besoin"))
    tout = {"stade": ", ".join(f"<{iri}>" for iri in open_concepts(vide).stades), "besoin": besoins}
    turtle = lieux() + acteurs("a", "b") + offre("o", "a", "departement-14", **FAIT, **tout)
    catalogue = make_catalogue(turtle + offre("r", "b", "region-53", **FAIT, **tout))
    carte = draw_map(catalogue, parse_criteres(catalogue, mesure="trous"), JOUR)
    valeurs = {zone.territoire.code: zone.valeur for zone in carte.zones}
    assert (valeurs["14"], valeurs["29"], valeurs["01"]) == (0, 0, len(list_crossings(catalogue)))


def test_every_level_of_place_may_be_cut() -> None:
    assert set(GRAINS) == {"national", "region", "departement", "epci", "commune"}
