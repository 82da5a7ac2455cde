"""What questions let one change: kinds read from samples, values that exist or are refused by name."""

from types import SimpleNamespace
from typing import Any, ClassVar

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import parametres
from graph.annuaire import Criteres
from graph.errors import DemandeInvalideError, IntrouvableError
from graph.orientation import LieuLu
from graph.parametres import TEXTE_MAX, Genre, Parametre, bind_parametres, read_parametres
from graph.queries import parse_requete
from graph.sparql import check_requete, load_questions
from ontology.namespaces import ID, MAILLAGE, VOC

DECLARE = f"PREFIX mai: <{MAILLAGE}def#>\nPREFIX acteur: <{ID}acteur/>\nPREFIX lieu: <{ID}territoire/>\n"
TEXTE = '# Quoi ?\nSELECT ?mot ?jour ?n WHERE {\n  VALUES ?mot { "à voir" }\n'
TEXTE += '  VALUES ?jour { "2011-05-31"^^<http://www.w3.org/2001/XMLSchema#date> }\n  VALUES ?n { 3 }\n}'
LIBRE = parse_requete("libre", TEXTE)


CALVADOS = f"{ID}territoire/departement-14"


class Choses:
    """A catalogue of one thing of each kind."""

    territoires: ClassVar = {f"{ID}territoire/departement-14": SimpleNamespace(iri=CALVADOS)}

    def acteur(self, slug: str) -> Any:
        if slug != "s3a":
            raise IntrouvableError("non")
        return SimpleNamespace(iri=f"{ID}acteur/s3a")

    def accompagnement(self, slug: str) -> Any:
        raise IntrouvableError("non")

    def concept(self, schema: str, code: str) -> Any:
        return SimpleNamespace(iri=f"{VOC}besoin/emploi") if (schema, code) == ("besoin", "emploi") else None

    def concepts_de(self, schema: str) -> tuple[Any, ...]:
        return (SimpleNamespace(iri=f"{VOC}besoin/emploi", libelle="L’emploi"),) if schema == "besoin" else ()

    def lire_territoire(self, ref: str) -> Any:
        if ref != "departement:14":
            raise IntrouvableError("non")
        return SimpleNamespace(iri=CALVADOS)


@pytest.fixture
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    """What orientation and the directory read from a text, of the one place and the one actor."""

    def read_place(catalogue: object, texte: str) -> LieuLu:
        found = SimpleNamespace(iri=CALVADOS, nom="Calvados")
        return LieuLu(found if texte in ("CALVADOS", "14") else None)  # type: ignore[arg-type]

    def search_actors(catalogue: object, criteres: Criteres) -> Any:
        s3a = SimpleNamespace(
            iri=f"{ID}acteur/s3a", nom="Une Troisième Association", sigles=("S3A",), autres_noms=()
        )
        return SimpleNamespace(acteurs=(s3a,) if "troisième" in criteres.q else ())

    monkeypatch.setattr(parametres, "read_place", read_place)
    monkeypatch.setattr(parametres, "search_actors", search_actors)


def bind(requete: Any, **saisies: list[str]) -> str:
    return bind_parametres(requete, saisies, Choses(), MAILLAGE)  # type: ignore[arg-type]


def rows(requete: str) -> list[tuple[str, ...]]:
    found = ox.Store().query(requete)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(row[nom.value].value for nom in found.variables) for row in found]


def test_the_kind_of_a_parameter_is_that_of_its_sample() -> None:
    assert read_parametres(LIBRE) == (
        Parametre("mot", Genre.TEXTE, ("à voir",)),
        Parametre("jour", Genre.DATE, ("2011-05-31",)),
        Parametre("n", Genre.NOMBRE, ("3",)),
    )
    lignes = (
        "  VALUES ?qui { acteur:s3a acteur:rnma }",
        f"  VALUES ?besoin {{ <{VOC}besoin/emploi> }}",
        "  VALUES ?classe { mai:Reseau }",
        "  # VALUES ?dit { acteur:s3a }",
        "  VALUES ?mele { acteur:s3a lieu:departement-14 }",
        "  VALUES ?longue {\n    acteur:s3a\n  }",
    )
    requete = parse_requete("q", f"# Qui ?\n{DECLARE}SELECT * WHERE {{\n" + "\n".join(lignes) + "\n}")
    assert read_parametres(requete) == (
        Parametre("qui", Genre.ACTEUR, ("s3a", "rnma")),
        Parametre("besoin", Genre.TERME, ("emploi",), "besoin"),
    )


def test_the_shipped_questions_have_parameters_of_every_kind_of_thing() -> None:
    found = {q.slug[:4]: read_parametres(parse_requete(q.slug, q.requete)) for q in load_questions()}
    assert [(p.nom, p.genre, p.exemple, p.schema) for p in found["qc01"]] == [
        ("lieu", Genre.TERRITOIRE, ("departement-29",), ""),
        ("besoin", Genre.TERME, ("premier-emploi",), "besoin"),
    ]
    assert found["qc35"][1].exemple == ("national", "region-53")
    assert sum(bool(parametres) for parametres in found.values()) >= 20


@pytest.mark.usefixtures("_names")
@pytest.mark.parametrize(
    ("genre", "schema", "textes"),
    [
        (
            Genre.TERRITOIRE,
            "",
            ["departement:14", "departement-14", "CALVADOS", "14", f"{ID}territoire/departement-14"],
        ),
        (Genre.ACTEUR, "", ["s3a", "acteur:s3a", "une troisième association", f"{ID}acteur/s3a"]),
        (Genre.TERME, "besoin", ["emploi", "besoin:emploi", "l’emploi", "l’emploi", f"{VOC}besoin/emploi"]),
    ],
)
def test_a_thing_is_said_by_its_code_its_reference_or_its_iri(
    genre: Genre, schema: str, textes: list[str]
) -> None:
    exemple = f"{VOC}{schema}/x" if schema else f"{ID}{genre}/x"
    requete = parse_requete("q", f"# Qui ?\nSELECT ?x WHERE {{\n  VALUES ?x {{ <{exemple}> }}\n}}")
    (found,) = {rows(bind(requete, x=[texte]))[0] for texte in textes}
    assert found[0].endswith(("/departement-14", "/s3a", "/emploi"))
    for faux in ("absent", "x> } ?s ?p ?o { <", "", "a b"):
        with pytest.raises(DemandeInvalideError, match=r"«\s*x\s*»") as refus:
            bind(requete, x=[faux])
        assert refus.value.champ == "x"


@pytest.mark.parametrize(
    ("nom", "faux"),
    [
        ("jour", "31/05/2011"),
        ("jour", ""),
        ("n", "3.5"),
        ("n", "٣"),
        ("n", "9" * 40),
        ("mot", "a" * (TEXTE_MAX + 1)),
    ],
)
def test_a_badly_typed_value_names_its_parameter(nom: str, faux: str) -> None:
    with pytest.raises(DemandeInvalideError, match=rf"«\s*{nom}\s*»") as refus:
        bind(LIBRE, **{nom: [faux]})
    assert refus.value.champ == nom


def test_unknown_and_too_many() -> None:
    with pytest.raises(DemandeInvalideError, match="mot, jour, n"):
        bind(LIBRE, autre=["1"])
    with pytest.raises(DemandeInvalideError, match="aucun"):
        bind(parse_requete("q", "# Quoi ?\nASK {}"), autre=["1"])
    with pytest.raises(DemandeInvalideError, match=r"10\s*valeurs"):
        bind(LIBRE, n=["1"] * 11)
    assert bind(LIBRE) == TEXTE
    assert [ligne[2] for ligne in rows(bind(LIBRE, n=["1", "2"]))] == ["1", "2"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=TEXTE_MAX).filter(str.strip))
def test_a_text_never_becomes_query(texte: str) -> None:
    requete = bind(LIBRE, mot=[texte])
    assert rows(requete) == [(texte.strip(), "2011-05-31", "3")]
    check_requete(requete)
