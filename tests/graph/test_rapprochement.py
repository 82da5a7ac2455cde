"""Proposals: two names in one commune are a question to a person, whose answer the next build takes."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import Dossier
from graph.edition.manifeste import Manifeste
from graph.edition.mentions import Origine
from graph.edition.rapport import format_rapport
from graph.edition.rapprochement import Propositions, find_propositions
from graph.edition.reponses import LIMITE, NOM, Reponses, read_reponses, write_propositions
from graph.edition.resolution import find_fusions
from graph.errors import MaillageError
from graph.noms import Nom, forms, resemblance
from graph.sources.atelier import Lieux
from ontology.namespaces import IGEO, MAI, MAILLAGE, PREFIXES
from tests.graph.lecteurs.publie_essai import importe
from tests.graph.lecteurs.test_rna import ASSO as RNA
from tests.graph.lecteurs.test_rna import fichier as rna_file

BASE = f"{MAILLAGE}id/acteur/"
COMMUNE = f"{MAILLAGE}id/territoire/commune-"
SKOS = PREFIXES["skos"]
S1, S2, W1, W2 = "99900001100018", "99900002900010", "W142000001", "W142000002"
CAEN = f'<{COMMUNE}14118> <{IGEO}nom> "Caen"@fr .\n\n'


def acteur(
    slug: str, nom: str, commune: str = "14118", autre: str = "", siret: str = "", rna: str = ""
) -> str:
    """Write what a source says of an actor, closed by an empty line as imports do."""
    kind, _, numero = slug.partition("-")
    siret, rna = (numero if kind == "siret" else siret), (numero if kind == "rna" else rna)
    facts = [
        (f"{SKOS}prefLabel", f'"{nom}"@fr'),
        (f"{SKOS}altLabel", f'"{autre}"@fr' if autre else ""),
        (f"{MAI}siret", f'"{siret}"' if siret else ""),
        (f"{MAI}rna", f'"{rna}"' if rna else ""),
        (f"{MAI}siege", f"<{COMMUNE}{commune}>" if commune else ""),
    ]
    return "".join(f"<{BASE}{slug}> <{p}> {o} .\n" for p, o in facts if o) + "\n"


def propose(folder: Path, reponses: Reponses | None = None, **sources: str) -> Propositions:
    origines = []
    for titre, texte in sources.items():
        fichier = folder / f"{titre}.nt"
        fichier.write_text(texte, encoding="utf-8")
        origines.append(Origine(fichier, titre, titre in {"rna", "sirene"}))
    reponses = reponses or Reponses()
    fusions = find_fusions([origine.fichier for origine in origines], reponses.memes)
    return find_propositions(origines, fusions, reponses.differents)


def pairs(propositions: Propositions) -> list[tuple[str, str, str]]:
    """Return the slugs of the two actors and the reason."""
    return [
        (*(m.terme.decode()[1:-1].removeprefix(BASE) for m in (p.un, p.autre)), p.motif)
        for p in (*propositions.noms, *propositions.numeros)
    ]


@pytest.mark.parametrize(
    ("un", "autre", "lieu", "motif"),
    [
        ("Asso. Les P’tits Mousses", "LES P'TITS MOUSSES", "", "meme-nom"),
        ("Familles rurales", "FAMILLES RURALES ASSOCIATION D'AUNAY SUR ODON", "Aunay-sur-Odon", "meme-nom"),
        ("Caen", "association caen", "Caen", "meme-nom"),
        ("MJC d’Argentan", "MAISON DES JEUNES ET DE LA CULTURE D'ARGENTAN", "Argentan", "sigle"),
        ("M.J.C. Guérinière", "Maison des jeunes et de la culture de la Guérinière", "Caen", "sigle"),
        ("Resto du cœur", "RESTOS DU COEUR", "", "nom-proche"),
        ("Crèche Espace Bambins", "ESPACE BAMBINS", "", "nom-contenu"),
        ("Section 1 de football", "SECTION 2 DE FOOTBALL", "", ""),
        ("Observatoire scolaire du yoga", "OBSERVATOIRE POPULAIRE DU YOGA", "", ""),
        ("Musée", "LES AMIS DU MUSEE", "", ""),
        ("Comité des fêtes", "COMITE DES OEUVRES", "", ""),
        ("Espace Bambins", "ESPACE", "", ""),
        ("de la", "DE LA", "", ""),
    ],
)
def test_names_are_alike_or_not(un: str, autre: str, lieu: str, motif: str) -> None:
    words = frozenset(Nom.of(lieu).mots)
    a, b = Nom.of(un, words), Nom.of(autre, words)
    assert resemblance(a, b)[1] == resemblance(b, a)[1] == motif
    assert not motif or a.cles & b.cles


def test_an_acronym_beside_a_long_name_stands_for_no_other_name() -> None:
    mca = forms(["Maison creilloise des arts", "MCA"], frozenset())
    assert all(resemblance(nom, Nom.of("Musique classique ancienne"))[1] == "" for nom in mca)
    assert resemblance(mca[1], Nom.of("MCA"))[1] == "meme-nom"
    assert [nom.mots for nom in forms(["Soutien aux projets (S3A)"], frozenset())][1:] == [
        ("soutien", "projets"),
        ("s3a",),
    ]


def test_a_partner_is_proposed_with_the_register_of_its_commune_only(tmp_path: Path) -> None:
    found = propose(
        tmp_path,
        cog=CAEN,
        classeur=acteur("classeur--1", "Asso Espace Bambins"),
        rna=acteur(f"rna-{W1}", "ESPACE BAMBINS DE CAEN") + acteur(f"rna-{W2}", "ESPACE BAMBINS", "14027"),
        sirene=acteur(f"siret-{S2}", "ESPACE BAMBINS", commune=""),
    )
    assert pairs(found) == [("classeur--1", f"rna-{W1}", "meme-nom")]


def test_two_workbooks_and_a_document_are_compared_but_nothing_within_a_source(tmp_path: Path) -> None:
    found = propose(
        tmp_path,
        a=acteur("a--1", "Ressourcerie du Port") + acteur("a--2", "La ressourcerie du port"),
        b=acteur("b--1", "RESSOURCERIE DU PORT"),
        rna=acteur(f"rna-{W1}", "CLUB") + acteur(f"rna-{W2}", "CLUB"),
    )
    assert sorted(pairs(found)) == [("a--1", "b--1", "meme-nom"), ("a--2", "b--1", "meme-nom")]


def test_two_workbooks_of_the_same_name_are_two_sources(tmp_path: Path) -> None:
    origines = []
    for slug in ("caen--1", "bayeux--1"):
        fichier = tmp_path / f"{slug}.nt"
        fichier.write_text(acteur(slug, "Ressourcerie du Port"), encoding="utf-8")
        origines.append(Origine(fichier, "Classeur (acteurs.csv)"))
    found = find_propositions(origines, find_fusions(origine.fichier for origine in origines))
    assert pairs(found) == [("caen--1", "bayeux--1", "meme-nom")]


@pytest.mark.parametrize(
    "rna",
    [
        acteur(f"rna-{W2}", "ESPACE BAMBINS"),  # another number
        acteur(f"rna-{W1}", "ESPACE BAMBINS"),  # the same: already one actor
        acteur(f"rna-{W1}", "AUTRE NOM") + acteur(f"siret-{S2}", "ESPACE BAMBINS"),  # stands there already
    ],
)
def test_numbers_part_and_an_actor_stands_once_in_a_source(tmp_path: Path, rna: str) -> None:
    classeur = acteur("classeur--1", "Espace Bambins", rna=W1)
    assert pairs(propose(tmp_path, classeur=classeur, rna=rna)) == []


def test_a_name_that_many_bear_gives_few_proposals(tmp_path: Path) -> None:
    many = "".join(acteur(f"rna-W1420000{n:02}", "AMICALE LAIQUE") for n in range(10, 20))
    classeur = acteur("classeur--1", "Amicale laïque")
    assert len(pairs(propose(tmp_path, classeur=classeur, rna=many))) == 3


def test_a_number_with_two_sirets_is_a_question(tmp_path: Path) -> None:
    sirene = acteur(f"siret-{S1}", "ESPACE BAMBINS", rna=W1) + acteur(f"siret-{S2}", "BAMBINS", rna=W1)
    found = propose(tmp_path, rna=acteur(f"rna-{W1}", "ESPACE BAMBINS"), sirene=sirene)
    assert pairs(found) == [
        (f"rna-{W1}", f"siret-{S1}", "meme-rna"),
        (f"rna-{W1}", f"siret-{S2}", "meme-rna"),
    ]
    oui = Reponses(memes=((f"<{BASE}rna-{W1}>".encode(), f"<{BASE}siret-{S1}>".encode()),))
    assert find_fusions([], oui.memes).sirets == {W1.encode(): S1.encode()}


def test_the_file_is_written_for_a_person_and_read_back_with_the_answers(tmp_path: Path) -> None:
    sources = {
        "cog": CAEN,
        "classeur": acteur("classeur--1", "Espace Bambins") + acteur("classeur--2", "=Ludothèque"),
        "rna": acteur(f"rna-{W1}", "ESPACE BAMBINS") + acteur(f"rna-{W2}", "LUDOTHEQUES"),
    }
    assert write_propositions(tmp_path / NOM, propose(tmp_path, **sources)) == 2
    octets = (tmp_path / NOM).read_bytes()
    assert octets.startswith(b"\xef\xbb\xbfacteur_1;nom_1;source_1;acteur_2;")
    lines = octets.decode("utf-8-sig").splitlines()
    assert lines[1].startswith(
        f"acteur:classeur--1;Espace Bambins;classeur;acteur:rna-{W1};ESPACE BAMBINS;rna;"
    )
    assert "Caen (14118);100;même nom" in lines[1]
    assert ";'=Ludothèque;" in lines[2]
    assert read_reponses(tmp_path, MAILLAGE) == Reponses()
    (tmp_path / NOM).write_text(
        "\n".join([lines[0], lines[1] + "Oui", lines[2] + " NON "]), encoding="cp1252"
    )
    reponses = read_reponses(tmp_path, MAILLAGE)
    assert pairs(propose(tmp_path, reponses, **sources)) == []
    fusions = find_fusions([tmp_path / "classeur.nt", tmp_path / "rna.nt"], reponses.memes)
    assert [fusions.canonical(old) for old in fusions.fusionnes] == [f"<{BASE}rna-{W1}>".encode()]
    assert fusions.fusionnes == [f"<{BASE}classeur--1>".encode()]


def test_a_yes_never_joins_two_numbers_of_a_kind_and_follows_what_numbers_say(tmp_path: Path) -> None:
    fichier = tmp_path / "a.nt"
    fichier.write_text(
        acteur(f"siret-{S1}", "A", rna=W1) + acteur(f"siret-{S2}", "B") + acteur(f"rna-{W1}", "A"),
        encoding="utf-8",
    )
    terms = {
        slug: f"<{BASE}{slug}>".encode() for slug in ("x", "y", f"rna-{W1}", f"siret-{S1}", f"siret-{S2}")
    }
    memes = [
        (terms[f"siret-{S1}"], terms[f"siret-{S2}"]),
        (terms["y"], terms["x"]),
        (terms["y"], terms[f"rna-{W1}"]),
    ]
    fusions = find_fusions([fichier], memes)
    assert {slug: fusions.canonical(terme) for slug, terme in terms.items()} == {
        **dict.fromkeys(("x", "y", f"rna-{W1}", f"siret-{S1}"), terms[f"siret-{S1}"]),
        f"siret-{S2}": terms[f"siret-{S2}"],
    }


@pytest.mark.parametrize(
    "texte",
    [
        "acteur_1;acteur_2;reponse\nacteur:a;acteur:b;peut-être\n",
        "acteur_1;acteur_2;reponse\nacteur:a;;oui\n",
        "acteur_1;acteur_2;reponse\nacteur:a;<x> . <y>;non\n",
        "nom;prenom\n",
        "",
    ],
)
def test_a_wrong_answer_is_one_sentence(tmp_path: Path, texte: str) -> None:
    (tmp_path / NOM).write_text(texte, encoding="utf-8")
    with pytest.raises(MaillageError, match=r"rapprochements\.csv"):
        read_reponses(tmp_path, MAILLAGE)


@given(st.one_of(st.binary(max_size=200), st.text(alphabet='acteur_12;:oui non\n"\0é<>-', max_size=200)))
def test_any_file_of_answers_is_read_or_refused_in_a_sentence(contenu: bytes | str) -> None:
    octets = contenu if isinstance(contenu, bytes) else f"acteur_1;acteur_2;reponse\n{contenu}".encode()
    with TemporaryDirectory() as racine:
        (Path(racine) / NOM).write_bytes(octets)
        try:
            reponses = read_reponses(Path(racine), MAILLAGE)
        except MaillageError as refus:
            assert str(refus).endswith(".") or str(refus).endswith(")")
        else:
            assert all(b" " not in terme for couple in reponses.memes for terme in couple)


def test_a_build_proposes_and_the_next_one_takes_the_answer(tmp_path: Path) -> None:
    classeur = tmp_path / "acteurs.csv"
    classeur.write_text("id;nom;commune\n1;Asso Bibliothèque Sonore;14118\n", encoding="utf-8")
    lieux = Lieux({"14118": "14118"}, {"14118": "14"})
    importe(tmp_path, "classeur", classeur, lieux=lieux)
    register = rna_file(
        tmp_path, RNA | {"titre": "BIBLIOTHEQUE SONORE", "adrs_codeinsee": "14118", "siret": ""}
    )
    importe(tmp_path, "rna", register, lieux=lieux)
    dossier, options = Dossier(tmp_path), Options(jour=date(2026, 11, 20))
    manifeste, _ = build(dossier, options)
    assert manifeste.rapprochements == 1
    folder = dossier.folder(manifeste.id)
    assert "Rapprochements à décider" in (folder / "rapport.md").read_text(encoding="utf-8")
    proposed = (folder / NOM).read_text(encoding="utf-8-sig").splitlines()
    assert "rna-W142000001" in proposed[1]
    (tmp_path / NOM).write_text("\n".join([proposed[0], proposed[1] + "oui"]), encoding="utf-8")
    after, built = build(dossier, options)
    assert built
    assert after.rapprochements == 0
    assert after.comptes["acteurs"] == manifeste.comptes["acteurs"] - 1
    assert after.anomalies == {}
    assert build(dossier, options)[1] is False


def test_the_report_says_when_the_file_does_not_hold_all() -> None:
    manifeste = Manifeste("x", 1, "", "", MAILLAGE, "", (), rapprochements=LIMITE + 1)
    assert "5\N{NARROW NO-BREAK SPACE}000 plus probables" in format_rapport(manifeste, ())
    assert "plus probables" not in format_rapport(replace(manifeste, rapprochements=LIMITE), ())
