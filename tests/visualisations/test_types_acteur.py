"""One table of shapes and colours: complete, readable, the same in the style sheet."""

import re

import pytest

from graph.catalogue.modele import ROLES
from visualisations.rendu import messages, static_path
from visualisations.types_acteur import AUTRE, TYPES, sort_types, type_acteur, type_principal

TOUS = (*TYPES, AUTRE)
CSS = static_path("maillage.css").read_text(encoding="utf-8")


def _palette(bloc):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", bloc))


CLAIR, SOMBRE = map(_palette, CSS.split("/* ---------- base")[0].split("prefers-color-scheme: dark"))


def _luminance(couleur):
    canaux = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lin = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux]
    return 0.2126 * lin[0] + 0.7152 * lin[1] + 0.0722 * lin[2]


def contraste(une, autre):
    haut, bas = sorted((_luminance(une), _luminance(autre)), reverse=True)
    return (haut + 0.05) / (bas + 0.05)


def test_every_role_of_the_catalogue_has_a_drawing_and_a_label():
    assert {forme.code for forme in TYPES} == set(ROLES)
    assert all(messages(f"types.{forme.code}") for forme in TOUS)


def test_shapes_and_colours_are_all_different():
    for champ in ("code", "classe", "couleur", "couleur_sombre", "trace"):
        assert len({getattr(forme, champ) for forme in TOUS}) == len(TOUS), champ


@pytest.mark.parametrize("forme", TOUS, ids=lambda forme: forme.code)
def test_the_style_sheet_says_the_same_colours(forme):
    assert CLAIR[forme.classe] == forme.couleur
    assert SOMBRE[forme.classe] == forme.couleur_sombre
    assert f".{forme.classe} {{ color: var(--{forme.classe}); }}" in CSS


@pytest.mark.parametrize("palette", [CLAIR, SOMBRE], ids=["clair", "sombre"])
@pytest.mark.parametrize("fond", ["fond", "surface", "creux"])
def test_text_and_roles_are_readable_on_every_background(palette, fond):
    textes = ["encre", "encre-douce", "lien", "garance", *(forme.classe for forme in TOUS)]
    seuils = {nom: 4.5 if nom in ("encre", "encre-douce", "lien") else 3 for nom in textes}
    faibles = {nom for nom in textes if contraste(palette[nom], palette[fond]) < seuils[nom]}
    assert faibles == set()


@pytest.mark.parametrize("palette", [CLAIR, SOMBRE], ids=["clair", "sombre"])
def test_text_on_colour_is_readable(palette):
    paires = [
        ("sur-guede", "guede"),
        ("sur-gaude", "gaude"),
        ("encre", "gaude-pale"),
        ("encre", "garance-pale"),
    ]
    paires += [("sur-type", forme.classe) for forme in TOUS] + [
        ("lien", "gaude-pale"),
        ("lien", "garance-pale"),
    ]
    assert [paire for paire in paires if contraste(palette[paire[0]], palette[paire[1]]) < 4.5] == []
    assert contraste(palette["bord-champ"], palette["surface"]) >= 3


def test_an_actor_is_drawn_as_its_most_telling_role():
    assert type_principal(("Association", "Prestataire", "PointAppui")).code == "PointAppui"
    assert type_principal(("Institution", "Financeur")).code == "Financeur"
    assert type_principal(()) is AUTRE
    assert type_acteur("Inconnu") is AUTRE
    assert [forme.code for forme in sort_types({"Association", "Reseau"})] == ["Reseau", "Association"]


@pytest.mark.parametrize("forme", TOUS, ids=lambda forme: forme.code)
def test_shapes_fit_their_box(forme):
    assert all(abs(x) <= 1.2 and abs(y) <= 1.2 for x, y in forme.contour)
    assert forme.trace.startswith("M")
    assert forme.trace.endswith("z")
