"""The orientation by HTTP and by command line: the contract, and the case the project is for."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.cli import app

ESPACE_BAMBINS = {
    "commune": "14027",
    "stade": "employeur",
    "besoins": ["convention-collective", "fiche-de-poste", "comptabilite"],
    "secteur": "petite-enfance",
    "date": "2026-11-20",
}


def test_espace_bambins_is_sent_to_the_network_the_dla_and_the_point_d_appui(client: TestClient) -> None:
    answer = client.post("/api/orientation", json=ESPACE_BAMBINS)
    assert answer.status_code == 200
    body = answer.json()
    leaders = body["recommandations"][:3]
    names = {acteur["nom"] + " " + " ".join(acteur["sigles"]) for acteur in (r["acteur"] for r in leaders)}
    assert any("ACEPP" in name for name in names)
    assert any("DLA" in name for name in names)
    s3a = next(r for r in leaders if r["acteur"]["iri"].endswith("/acteur/s3a"))
    assert "PointAppui" in s3a["acteur"]["types"]
    assert s3a["fonction"].startswith("accompagnement"), "as point d'appui, not as a consultant"
    for found in leaders:
        cited = [raison["source"] for raison in found["raisons"] if raison["source"]]
        assert any(source["citation"] and "2009" in (source["date"] or "") for source in cited)
        assert found["niveau"] == "departement"
        assert found["a_verifier"], "a source of 2009 is to be checked, and it is said"
    assert body["repli"] is None
    assert body["demande"]["date"] == "2026-11-20"
    assert body["edition"] == answer.headers["x-maillage-edition"]


def test_espace_bambins_has_a_path_a_combination_and_consultants(client: TestClient) -> None:
    body = client.post("/api/orientation", json=ESPACE_BAMBINS).json()
    who = {
        etape["code"]: [a["iri"].rsplit("/", 1)[-1] for a in etape["acteurs"]] for etape in body["parcours"]
    }
    assert who["point-appui"] == ["s3a"]
    assert who["reseau"][0] == "acepp-basse-normandie", "the network brought Espace Bambins to the DLA"
    assert who["dla"] == ["dla-calvados"]
    assert set(who["ingenierie"]) == {"s3a", "acepp-basse-normandie"}
    assert {"acepp-basse-normandie", "s3a"} <= set(who["duree"])
    (part,) = body["combinaison"]
    assert part["acteur"]["nom"] == "DLA du Calvados"
    assert part["besoins"] == ESPACE_BAMBINS["besoins"]
    assert body["besoins_non_couverts"] == []
    s3a = body["prestataires_a_consulter"][0]
    assert [acteur["nom"] for acteur in s3a["mobilise_par"]] == ["DLA du Calvados"]
    assert [manque["code"] for manque in s3a["manques"]] == ["fiche-siret"]
    experience = [
        r for found in body["recommandations"] for r in found["raisons"] if r["critere"] == "experience"
    ]
    assert experience
    assert all(raison["source"]["citation"] for raison in experience)


def test_get_post_and_lot_agree(client: TestClient) -> None:
    posted = client.post("/api/orientation", json=ESPACE_BAMBINS).json()
    assert client.get("/api/orientation", params=ESPACE_BAMBINS).json() == posted
    with_commas = ESPACE_BAMBINS | {"besoins": ",".join(ESPACE_BAMBINS["besoins"])}
    assert client.get("/api/orientation", params=with_commas).json() == posted
    other = {"territoire": "departement:29", "stade": "primo-employeur", "date": "2026-11-20"}
    lot = client.post("/api/orientation/lot", json={"demandes": [other, ESPACE_BAMBINS]}).json()
    assert lot["reponses"][1] == posted
    assert lot["reponses"][0]["demande"]["territoire"] == "departement:29"


def test_the_command_line_gives_the_same_answer(client: TestClient, data: Path) -> None:
    options = [
        "--commune",
        "14027",
        "--stade",
        "employeur",
        "--secteur",
        "petite-enfance",
        "--date",
        "2026-11-20",
    ]
    for besoin in ESPACE_BAMBINS["besoins"]:
        options += ["--besoin", besoin]
    result = CliRunner().invoke(app, ["orient", *options, "--json"], env={"MAILLAGE_DATA": str(data)})
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == client.post("/api/orientation", json=ESPACE_BAMBINS).json()
    plain = CliRunner().invoke(app, ["orient", *options], env={"MAILLAGE_DATA": str(data)})
    assert "S3A" in plain.stdout
    assert "(+35)" in plain.stdout, "points are printed"
    assert "→ Passer par le point d’appui à la vie associative : S3A" in plain.stdout


@pytest.mark.parametrize(
    ("demande", "champ"),
    [
        ({"commune": "99999"}, "commune"),
        ({"commune": "Saint-Denis"}, "commune"),
        ({}, "commune"),
        ({"commune": "14027", "besoin": ["comptabilite"]}, "besoin"),
        ({"commune": "14027", "stade": "riche"}, "stade"),
        ({"commune": "14027", "besoins": ["rien"]}, "besoins"),
        ({"commune": "14027", "effectif": "six"}, "effectif"),
        ({"commune": "14027", "date": "hier"}, "date"),
        ({"commune": "14027", "date": "9999-01-01"}, "date"),
        ({"commune": "14027", "besoins": ["x"] * 501}, "besoins"),
        ({"commune": "1" * 1000}, "commune"),
    ],
)
def test_a_bad_field_is_a_422_that_names_it_in_french(
    client: TestClient, demande: dict[str, object], champ: str
) -> None:
    answer = client.post("/api/orientation", json=demande)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["champ"] == champ
    assert body["detail"].endswith((".", "?")), body
    assert "Input should" not in body["detail"]


def test_a_broken_body_is_a_422_too(client: TestClient) -> None:
    answer = client.post(
        "/api/orientation", content=b'{"commune":', headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "Le corps de la demande n’est pas du JSON valide.",
    )


@pytest.mark.parametrize("corps", [b"", b"[1]", b"null"])
def test_a_body_that_is_no_object_says_what_to_send(client: TestClient, corps: bytes) -> None:
    answer = client.post("/api/orientation", content=corps, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert '{"commune": "14027"}' in answer.json()["detail"]


def test_the_description_announces_the_needs_that_are_taken(client: TestClient) -> None:
    besoins = client.get("/api/openapi.json").json()["components"]["schemas"]["DemandeEntree"]["properties"][
        "besoins"
    ]
    assert besoins["maxItems"] == 30
    trop = client.post(
        "/api/orientation", json={"commune": "14027", "besoins": [f"b{n}" for n in range(500)]}
    )
    assert (trop.status_code, trop.json()["champ"]) == (422, "besoins")


def test_an_unknown_key_in_the_address_is_refused(client: TestClient) -> None:
    answer = client.get("/api/orientation", params={"commune": "14027", "ville": "Caen"})
    assert (answer.status_code, answer.json()["champ"]) == (422, "ville")


def test_a_bad_request_of_a_lot_fails_alone_and_is_named(client: TestClient) -> None:
    lot = {
        "demandes": [
            {"commune": "99999"},
            ESPACE_BAMBINS,
            {"ville": "Caen"},
            {"commune": "14118", "date": "hier"},
        ]
    }
    answer = client.post("/api/orientation/lot", json=lot)
    assert answer.status_code == 200
    bad, good, unknown, date = answer.json()["reponses"]
    assert good == client.post("/api/orientation", json=ESPACE_BAMBINS).json()
    assert [r["erreur"]["champ"] for r in (bad, unknown, date)] == ["commune", "ville", "date"]
    assert all(r["erreur"]["message"].endswith(".") for r in (bad, unknown, date))
    (odd,) = client.post("/api/orientation/lot", json={"demandes": ["Caen"]}).json()["reponses"]
    assert odd["erreur"]["champ"] == "corps"


def test_a_lot_has_a_thousand_requests_at_most(client: TestClient) -> None:
    answer = client.post("/api/orientation/lot", json={"demandes": [ESPACE_BAMBINS] * 1001})
    assert (answer.status_code, answer.json()["champ"]) == (422, "demandes")


def test_why_an_actor_is_or_is_not_in_the_answer(client: TestClient) -> None:
    params = ESPACE_BAMBINS | {"acteur": "s3a"}
    body = client.get("/api/orientation/expliquer", params=params).json()
    assert body["dans_la_liste"]
    refused = {
        ligne["texte"] for offre in body["offres"] for ligne in offre["lignes"] if ligne["verdict"] == "non"
    }
    assert any("DLA du Calvados" in texte for texte in refused), "its mission as a consultant"
    params["acteur"] = "https://w3id.org/maillage/id/acteur/bge-60"
    body = client.get("/api/orientation/expliquer", params=params).json()
    assert (body["rang"], body["dans_la_liste"]) == (None, False)
    assert "N’intervient pas ici" in body["texte"]
    unknown = client.get("/api/orientation/expliquer", params=params | {"acteur": "personne"})
    assert unknown.status_code == 404
    assert client.get("/api/orientation/expliquer", params=ESPACE_BAMBINS).json()["champ"] == "acteur"


def test_an_old_commune_is_resolved_and_said(client: TestClient) -> None:
    body = client.get("/api/orientation", params={"commune": "aunay sur odon"}).json()
    assert body["demande"]["commune"] == "14027"
    assert "Les Monts d'Aunay" in body["remarques"][0]


def test_finistere_first_job_says_what_is_unknown(client: TestClient) -> None:
    body = client.get("/api/orientation", params={"commune": "29232", "stade": "primo-employeur"}).json()
    names = {r["acteur"]["nom"] for r in body["recommandations"] if r["niveau"] == "departement"}
    assert {"RESAM", "Bretagne Active"} <= names
    for found in body["recommandations"]:
        assert any(
            "primo-employeur" in texte.lower() or "premier" in texte.lower() for texte in found["a_verifier"]
        )


def test_a_sentence_proposes_needs_to_confirm(client: TestClient) -> None:
    body = client.get(
        "/api/orientation/besoins", params={"q": "on ne sait pas faire une fiche de paie"}
    ).json()
    (paie,) = body["besoins_proposes"]
    assert (paie["code"], paie["expression"]) == ("gestion-paie", "fiche de paie")
    assert client.get("/api/orientation/besoins", params={"q": "xyzzy"}).json()["besoins_proposes"] == []
    assert client.get("/api/orientation/besoins", params={"q": "a" * 5_000}).status_code == 422
    refused = client.post("/api/orientation", json={"commune": "14027", "texte": "paie"})
    assert (refused.status_code, refused.json()["champ"]) == (422, "texte")
