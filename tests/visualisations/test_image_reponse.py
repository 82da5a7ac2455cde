"""The answer as a picture: everybody once, the nearest inside, what documents say between two of them."""

from dataclasses import replace
from math import hypot

from bs4 import BeautifulSoup

from graph.catalogue.contours import make_contour
from graph.catalogue.modele import Lien
from tests.visualisations.conftest import act
from visualisations.pages import SaisieOrientation, page_orientation
from visualisations.pages.image_reponse import view_image


def _link(de, vers):
    return Lien(f"urn:{de}:{vers}", "Financement", act(de), act(vers))


def test_everybody_is_drawn_once_the_nearest_on_the_inner_ring(calvados, reponse):
    premiere, seconde = reponse.recommandations
    recommandations = (replace(premiere, niveau="departement"), replace(seconde, niveau="national"))
    image = view_image(calvados, replace(reponse, recommandations=recommandations))
    assert [point.adresse for point in image.points] == ["/acteurs/s3a", "/acteurs/acepp-basse-normandie"]
    proche, loin = (hypot(point.x, point.y) for point in image.points)
    assert proche < loin
    assert [cercle.nom for cercle in image.cercles] == ["dans votre département", "partout en France"]
    assert [point.sur for point in image.points] == [premiere.competent, seconde.competent]


def test_what_joins_two_of_them_is_one_numbered_line_said_in_words(calvados, reponse):
    de, vers = (r.acteur.rsplit("/", 1)[-1] for r in reponse.recommandations)
    liens = (_link(de, vers), _link(vers, de), _link(de, "espace-bambins"))
    catalogue = replace(calvados, liens=liens, accompagnements={}, instances={})
    (trait,) = view_image(catalogue, reponse).traits
    noms = [catalogue.acteurs[r.acteur].nom for r in reponse.recommandations]
    assert set(trait.phrases) == {f"{noms[0]} finance {noms[1]}", f"{noms[1]} finance {noms[0]}"}
    page = BeautifulSoup(page_orientation(catalogue, SaisieOrientation("14027"), reponse), "html.parser")
    assert len(page.select("#image .image-trait")) == len(page.select("#image ol li")) == 1


def test_one_actor_alone_needs_no_picture(calvados, reponse):
    assert view_image(calvados, replace(reponse, recommandations=reponse.recommandations[:1])) is None


def test_the_small_map_shows_the_departement_in_its_region_of_today(calvados, reponse):
    carre, voisin = (make_contour(code, f"m {x},0 10,0 0,10 -10,0 z") for code, x in (("14", 0), ("61", 10)))
    orne = next(t for t in calvados.territoires.values() if t.niveau == "departement")
    orne = replace(orne, iri=orne.iri.replace("-14", "-61"), code="61", nom="Orne", ancetres=(orne.iri.replace("-14", "-61"), *orne.ancetres[1:]))  # fmt: skip # noqa: E501
    ailleurs = make_contour("29", "m 90,90 10,0 0,10 z")
    finistere = replace(orne, iri="urn:29", code="29", nom="Finistère", ancetres=("urn:29",))
    places = {**calvados.territoires, orne.iri: orne, finistere.iri: finistere}
    catalogue = replace(calvados, territoires=places, contours={"14": carre, "61": voisin, "29": ailleurs})
    carte = view_image(catalogue, reponse).carte
    assert (carte.departement, carte.region) == (carre.trace, (voisin.trace,))
    assert carte.legende.startswith("Calvados")
    assert carte.adresse.startswith("/cartographie/carte?territoire=region:")
    assert view_image(calvados, reponse).carte is None, "no shape is known here"
