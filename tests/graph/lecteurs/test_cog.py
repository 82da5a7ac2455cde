"""Geographic codes: small tables with every trap, then INSEE's real ones where the machine has them."""

import json
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import STORE, Dossier
from graph.sources.atelier import Lieux, OptionsImport
from graph.sources.importation import Resultat, import_files
from graph.sources.tableau import FichierRefuseError
from graph.sources.territoires import find_lieux
from graph.store import Store
from ontology.namespaces import IGEO, PREFIXES

REELS = Path(__file__).parents[3].parent / "shared" / "reference" / "cog"

COMMUNES = """TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT
COM,14027,28,14,14D,143,4,,,Les Monts d'Aunay,,
COM,50592,28,50,50D,504,0,,,Tessy-Bocage,,
COM,75056,11,75,75C,751,0,,,Paris,,
COM,85113,52,85,85D,853,5,,,L'Île-d'Yeu,,
COM,98801,,99,,,0,,,Sans département,,
COMD,14027,,,,,0,,,Aunay-sur-Odon,,14027
COMD,50649,,,,,0,,,Pont-Farcy,,50592
COMA,14999,,,,,0,,,Sans parent,,14998
ARM,75101,11,75,75C,751,0,,,Paris 1er Arrondissement,,75056
ARM,75102,11,75,75C,751,0,,,Paris 2e Arrondissement,,75056
XXX,14001,28,14,,,0,,,Autre,,
COM,14027,28,14,14D,143,4,,,Les Monts d'Aunay,,
"""
MOUVEMENTS = """MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP
32,2017-01-01,COM,14056,0,,,Bauquay,COM,14027,4,,,Les Monts d'Aunay
41,2018-01-01,COM,14513,0,,,Pont-Farcy,COM,50649,0,,,Pont-Farcy
32,2018-01-01,COM,50649,0,,,Pont-Farcy,COM,50592,0,,,Tessy-Bocage
10,2020-01-01,COM,14027,0,,,Aunay,COM,14027,4,,,Les Monts d'Aunay
32,2016-01-01,COM,85113,0,,,L'Île-d'Yeu,COM,14027,0,,,Encore une commune
20,1990-01-01,,,0,,,,COM,14027,0,,,Création
31,hier,COM,14057,0,,,X,COM,14027,0,,,Y
"""  # noqa: E501
POPULATIONS = """REG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT\r
28;Normandie;14;3;01;027;14027;Les Monts d'Aunay;4 821;1;4822\r
28;Normandie;14;3;01;513;14513;Pont-Farcy;500;1;501\r
11;Île-de-France;75;1;;101;75101;Paris 1er;15000;1;15001\r
11;Île-de-France;75;1;;102;75102;Paris 2e;20000;1;20001\r
28;Normandie;14;3;01;027;14028;Autre;beaucoup;1;4822\r
"""
OUTREMER = (
    "code_commune,nom_commune,code_collectivite,nom_collectivite,code_postal,population\n"
    "97502,Saint-Pierre,975,Saint-Pierre-et-Miquelon,97500,5194\n"
)
ARRONDISSEMENTS = "ARR,DEP,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n143,14,28,14366,0,VIRE,Vire,Vire\n"


@pytest.fixture
def tables(tmp_path: Path) -> list[Path]:
    textes = {
        "communes.csv": COMMUNES,
        "mouvements.csv": MOUVEMENTS,
        "populations.csv": POPULATIONS,
        "outremer.csv": OUTREMER,
        "arrondissements.csv": ARRONDISSEMENTS,
    }
    for nom, texte in textes.items():
        (tmp_path / nom).write_text(texte, encoding="utf-8", newline="")
    return [*(tmp_path / nom for nom in textes), workbook(tmp_path / "epci.xlsx")]


def workbook(fichier: Path, entete_ligne: int = 1) -> Path:
    """An EPCI that straddles two departements, as DGCL writes it: numbers, no zero in front."""
    classeur = openpyxl.Workbook()
    sheet = classeur.active
    assert sheet is not None
    for _ in range(entete_ligne - 1):
        sheet.append(["Au 1er janvier 2026"])
    if entete_ligne == 1:
        sheet.append(["dept", "siren", "raison_sociale", "nature_juridique", "insee"])
        sheet.append(["14", 200000001, "CC Limite", "CC", "14027"])
        sheet.append(["50", 200000001, "CC Limite", "CC", "50592"])
    else:
        sheet.append(["CODGEO", "LIBGEO", "EPCI", "LIBEPCI", "DEP", "REG"])
        sheet.append(["14056", "Bauquay", "200000001", "CC Limite", "14", "28"])
        sheet.append(["85113", "L'Île-d'Yeu", "ZZZZZZZZZ", "Sans objet", "85", "52"])
    classeur.save(fichier)
    return fichier


def take(racine: Path, fichiers: Sequence[Path], options: OptionsImport | None = None) -> Resultat:
    resultat = import_files(racine, "cog", fichiers, options or OptionsImport(), Lieux())
    assert resultat.bilan.ferme, resultat.bilan
    return resultat


def load(resultat: Resultat) -> ox.Store:
    assert resultat.folder is not None
    store = ox.Store()
    store.bulk_load(path=str(resultat.folder / "enonces.nt"), format=ox.RdfFormat.N_TRIPLES)
    return store


def ask(store: ox.Store, question: str) -> bool:
    return bool(store.query(f"ASK {{ {question} }}", prefixes=PREFIXES))


def count(store: ox.Store, pattern: str) -> int:
    rows = store.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    return int(next(iter(rows))["n"].value)


def test_small_tables_make_territories_that_hold_together(tmp_path: Path, tables: list[Path]) -> None:
    resultat = take(tmp_path / "var", tables)
    assert (resultat.bilan.lus, resultat.bilan.rejetes) == (28, 6)
    store = load(resultat)
    assert count(store, "?t a igeo:Commune") == 5
    assert ask(store, "territoire:commune-14027 igeo:subdivisionDirecteDe territoire:departement-14, "
               "territoire:epci-200000001, territoire:arrondissement-143")  # fmt: skip
    assert ask(store, "territoire:departement-14 igeo:subdivisionDirecteDe territoire:region-28")
    assert ask(store, "territoire:departement-14 igeo:subdivisionDirecteDe territoire:region-25-1982")
    assert ask(store, "territoire:epci-200000001 igeo:subdivisionDirecteDe territoire:region-28"), "straddles"
    assert not ask(store, "territoire:commune-85113 igeo:subdivisionDirecteDe [ a igeo:Intercommunalite ]")
    assert ask(store, "territoire:commune-97502 igeo:subdivisionDirecteDe territoire:departement-975")
    assert ask(store, 'territoire:commune-97502 mai:codePostal "97500" ; mai:population 5194')
    assert ask(
        store, "territoire:commune-deleguee-14027 a igeo:CommuneDeleguee ; igeo:nom 'Aunay-sur-Odon'@fr"
    )
    assert not ask(store, "?t a igeo:Commune, igeo:CommuneDeleguee")
    assert ask(
        store, "territoire:arrondissement-municipal-75101 igeo:subdivisionDirecteDe territoire:commune-75056"
    )
    assert ask(store, "territoire:commune-75056 mai:population 35000"), "the sum of its arrondissements"
    assert ask(store, "territoire:commune-50592 mai:population 500"), "counted before the merger"
    assert ask(store, 'territoire:commune-50592 mai:ancienCode "14513", "50649"'), "to another departement"
    assert not ask(store, '?t mai:ancienCode "85113"'), "a code that lives is nobody's former code"
    assert ask(store, 'source:cog dcterms:issued "2018-01-01"^^xsd:date')


def test_refused_rows_are_named(tmp_path: Path, tables: list[Path]) -> None:
    resultat = take(tmp_path / "var", tables)
    assert resultat.folder is not None
    rejets = (resultat.folder / "rejets.csv").read_text(encoding="utf-8-sig")
    for said in ("COM;14027", "TYPECOM;XXX", "DEP;99", "COMPARENT;14998", "DATE_EFF;hier", "PMUN;beaucoup"):
        assert said in rejets


def test_the_same_files_again_change_nothing(tmp_path: Path, tables: list[Path]) -> None:
    take(tmp_path / "var", tables)
    changes = take(tmp_path / "var", list(reversed(tables))).changements
    assert (changes.apparus, changes.changes, changes.disparus) == (0, 0, 0)


def test_imported_codes_replace_the_package_and_resolve_for_readers(
    tmp_path: Path, tables: list[Path]
) -> None:
    racine = tmp_path / "var"
    assert find_lieux(None, racine).communes == {}
    take(racine, tables)
    lieux = find_lieux(None, racine)
    assert lieux.communes["14513"] == "50592"
    assert lieux.communes["75101"] == "75056"
    assert lieux.communes["14027"] == "14027"
    assert lieux.departements["50592"] == "50"
    assert lieux.epci == {"200000001"}
    manifeste, _ = build(Dossier(racine), Options(jour=date(2026, 11, 20)))
    slugs = {source.graphe.rsplit("/", 1)[-1] for source in manifeste.sources}
    assert "cog" in slugs
    assert not {slug for slug in slugs if slug.startswith("insee-")}
    assert not manifeste.partielle


def test_insee_workbook_has_its_header_on_the_sixth_line(tmp_path: Path, tables: list[Path]) -> None:
    sheet = workbook(tmp_path / "insee.xlsx", entete_ligne=6)
    store = load(take(tmp_path / "var", [*tables[:2], sheet]))
    assert ask(store, "territoire:commune-14027 igeo:subdivisionDirecteDe territoire:epci-200000001"), (
        "merged"
    )
    assert ask(store, "territoire:epci-200000001 igeo:subdivisionDirecteDe territoire:departement-14")


def test_a_departement_alone(tmp_path: Path, tables: list[Path]) -> None:
    resultat = take(tmp_path / "var", tables, OptionsImport(departements=frozenset({"14"})))
    store = load(resultat)
    assert count(store, "?t a igeo:Commune") == 1
    assert count(store, "?t a igeo:CommuneDeleguee") == 1
    assert resultat.bilan.filtres["hors des départements demandés"] == 9


def test_postal_codes_come_from_the_package_installed(tmp_path: Path, tables: list[Path]) -> None:
    communes = [{"code": "14027", "nom": "X", "type": "commune-actuelle", "codesPostaux": ["14260"]}]
    paquet = tmp_path / "paquet"
    paquet.mkdir()
    (paquet / "communes.json").write_text(json.dumps(communes), encoding="utf-8")
    without = load(take(tmp_path / "sans", tables))
    assert not ask(without, '?c mai:codePostal "14260"')
    store = load(take(tmp_path / "var", tables, OptionsImport(paquet=paquet)))
    assert ask(store, '?c mai:codePostal "14260" ; igeo:codeINSEE "14027" ; igeo:nom ?n')
    assert not ask(store, '?c igeo:codeINSEE "14027" ; igeo:nom "X"@fr')


def test_files_win_over_the_package(tmp_path: Path, tables: list[Path]) -> None:
    paquet = tmp_path / "paquet"
    (paquet / "data").mkdir(parents=True)
    communes = [
        {
            "code": "14027",
            "nom": "Autre nom",
            "type": "commune-actuelle",
            "departement": "14",
            "codesPostaux": ["14260"],
            "population": 1,
            "anciensCodes": ["14056"],
        },
        {"code": "97701", "nom": "Saint-Barthélemy", "type": "commune-actuelle", "departement": "977"},
        {"code": 3, "type": ["x"]},
    ]
    (paquet / "data" / "communes.json").write_text(json.dumps(communes), encoding="utf-8")
    alone = load(take(tmp_path / "seul", [paquet]))
    assert ask(alone, "territoire:commune-14027 igeo:nom 'Autre nom'@fr ; mai:ancienCode '14056'")
    both = load(take(tmp_path / "var", [paquet, tables[0], tables[2]]))
    assert ask(both, "territoire:commune-14027 igeo:nom \"Les Monts d'Aunay\"@fr ; mai:codePostal '14260'")
    assert ask(both, "territoire:commune-14027 mai:population 4821 ; mai:ancienCode '14056'")
    assert ask(both, "territoire:commune-97701 igeo:subdivisionDirecteDe territoire:departement-977")


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        (b"", "vide"),
        (b"a;b\n1;2\n", "aucun des fichiers connus"),
        (b"PK\x03\x04 rien", "zip illisible"),
        (b"CTCD,REG,CHEFLIEU,LIBELLE\n01D,84,01053,Ain\n", "manque les communes"),
        (ARRONDISSEMENTS.encode(), "Il manque les communes"),
    ],
)
def test_a_file_of_another_kind_is_refused_whole(tmp_path: Path, contenu: bytes, dit: str) -> None:
    fichier = tmp_path / "x.csv"
    fichier.write_bytes(contenu)
    with pytest.raises(FichierRefuseError, match=dit):
        take(tmp_path / "var", [fichier])
    assert not (tmp_path / "var" / "sources" / "cog").exists()


def test_a_folder_and_a_broken_workbook_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FichierRefuseError, match="est un dossier"):
        take(tmp_path / "var", [tmp_path])
    whole = workbook(tmp_path / "epci.xlsx").read_bytes()
    (tmp_path / "coupe.xlsx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FichierRefuseError):
        take(tmp_path / "var", [tmp_path / "coupe.xlsx"])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_the_file_counts_close_or_it_is_refused(data: st.DataObject, tmp_path: Path) -> None:
    lines = (data.draw(st.sampled_from([COMMUNES, MOUVEMENTS, POPULATIONS]))).splitlines()
    cells = [line.split(";" if ";" in line else ",") for line in lines]
    order = data.draw(st.permutations(range(len(cells[0]))))
    odd = st.sampled_from(
        ["", "=1+1", '"', '"a\nb"', "é" * 9, "9999-99-99", "x" * (1 << 20), "\0", "-1", "٣"]
    )
    for _ in range(data.draw(st.integers(0, 4))):
        row = cells[data.draw(st.integers(0, len(cells) - 1))]
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(odd)
    texte = "\n".join(",".join(row[i] for i in order if i < len(row)) for row in cells)
    octets = texte.encode(data.draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"])), "replace")
    octets = data.draw(
        st.one_of(st.just(octets), st.just(octets[: len(octets) // 2]), st.binary(max_size=200))
    )
    fichier = tmp_path / "fuzz.csv"
    fichier.write_bytes(octets)
    with suppress(FichierRefuseError):
        take(tmp_path / "var", [fichier])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(changed=st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 255)), min_size=1, max_size=40))
def test_a_damaged_workbook_is_refused_or_counted(changed: list[tuple[int, int]], tmp_path: Path) -> None:
    fichier = tmp_path / "epci.xlsx"
    if not (tmp_path / "sain.xlsx").exists():
        workbook(tmp_path / "sain.xlsx")
        (tmp_path / "communes.csv").write_text(COMMUNES, encoding="utf-8")
    octets = bytearray((tmp_path / "sain.xlsx").read_bytes())
    for where, octet in changed:
        octets[where % len(octets)] = octet
    fichier.write_bytes(octets)
    with suppress(FichierRefuseError):
        take(tmp_path / "var", [tmp_path / "communes.csv", fichier])


def test_a_sheet_whose_rows_are_cut_is_refused(tmp_path: Path) -> None:
    sain = workbook(tmp_path / "sain.xlsx")
    (tmp_path / "communes.csv").write_text(COMMUNES, encoding="utf-8")
    coupe = tmp_path / "coupe.xlsx"
    with zipfile.ZipFile(sain) as avant, zipfile.ZipFile(coupe, "w") as apres:
        for membre in avant.namelist():
            octets = avant.read(membre)
            apres.writestr(membre, octets[: -len(octets) // 3] if "sheet1" in membre else octets)
    with pytest.raises(FichierRefuseError, match="classeur illisible"):
        take(tmp_path / "var", [tmp_path / "communes.csv", coupe])


@pytest.mark.skipif(not REELS.is_dir(), reason="INSEE's files are not on this machine")
def test_insee_2026_whole(tmp_path: Path) -> None:
    racine = tmp_path / "var"
    resultat = take(racine, sorted(REELS.iterdir()))
    assert resultat.bilan.rejetes == 0
    manifeste, _ = build(Dossier(racine), Options(jour=date(2026, 11, 20)))
    assert manifeste.anomalies == {}
    assert not manifeste.partielle
    store = Store.open(Dossier(racine).folder(manifeste.id) / STORE)

    def number(pattern: str) -> int:
        (row,) = store.select(f"SELECT (COUNT(DISTINCT ?t) AS ?n) {{ {pattern} }}")
        return int(row["n"])

    within = "?t a igeo:Commune ; igeo:subdivisionDirecteDe ?holder . ?holder a"
    today = "FILTER NOT EXISTS { ?t igeo:dateFin ?fin }"
    assert number("?t a igeo:Commune") == 34969
    assert number(f"{within} igeo:CollectiviteDOutreMer") == 34969 - 34875
    assert number(f"{within} igeo:Departement") == 34875
    assert number("?t a igeo:Intercommunalite") == 1255
    assert number("?t a igeo:Departement") == 101
    assert number(f"?t a igeo:Region {today}") == 18
    assert number("?t a igeo:Region ; igeo:dateFin ?fin") == 16
    assert number("?t a igeo:Arrondissement") == 333
    assert number("?t a igeo:ArrondissementMunicipal") == 45
    assert number("?t a igeo:CommuneDeleguee") == 2105
    assert number("?t a igeo:CommuneAssociee") == 471
    assert (
        number("?t a igeo:Commune, ?autre FILTER (?autre IN (igeo:CommuneDeleguee, igeo:CommuneAssociee))")
        == 0
    )
    reached = "?t a igeo:Commune ; mai:dans ?r . ?r a igeo:Region FILTER NOT EXISTS { ?r igeo:dateFin ?fin }"
    assert number(reached) == 34875, "every commune reaches its region"
    assert number(f"{within} igeo:Intercommunalite") == 34969 - 98, "the others are in no EPCI"
    straddling = f"?t a igeo:Intercommunalite FILTER NOT EXISTS {{ ?t mai:dans [ a <{IGEO}Departement> ] }}"
    assert number(straddling) == 89
    lieux = find_lieux(None, racine)
    assert {lieux.communes[code] for code in ("14513", "50649")} == {"50592"}
    assert (lieux.communes["49144"], lieux.departements["44180"]) == ("44180", "44"), "changed departement"
    assert (lieux.communes["75101"], lieux.communes["69381"], lieux.communes["13201"]) == (
        "75056",
        "69123",
        "13055",
    )
    assert set(lieux.communes.values()) <= set(lieux.departements)


CTCD = "CTCD,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n14D,28,14118,2,,,Conseil départemental du Calvados\n"
CANTONS = "CAN,DEP,REG,COMPCT,BURCENTRAL,TNCC,NCC,NCCENR,LIBELLE,TYPECT\n1401,14,28,,14047,0,,,Bayeux,C\n"
COMER = "COMER,TNCC,NCC,NCCENR,LIBELLE\n975,0,,,Saint-Pierre-et-Miquelon\n988,3,,,Nouvelle-Calédonie\n"
COMMUNES_COMER = (
    "COM_COMER,TNCC,NCC,NCCENR,LIBELLE,NATURE_ZONAGE,COMER,LIBELLE_COMER\n"
    "97502,0,,,Saint-Pierre,COM,975,Saint-Pierre-et-Miquelon\n"
    "98818,0,,,Nouméa,COM,988,Nouvelle-Calédonie\n"
)


def test_the_zip_of_insee_is_taken_whole_and_what_is_of_no_use_is_left_aside(tmp_path: Path) -> None:
    archive = tmp_path / "cog_ensemble_2026_csv.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as sortie:
        sortie.writestr("v_commune_2026.csv", COMMUNES)
        sortie.writestr("v_mvt_commune_2026.csv", MOUVEMENTS)
        sortie.writestr("v_ctcd_2026.csv", CTCD)
        sortie.writestr("v_canton_2026.csv", CANTONS)
        sortie.writestr("v_comer_2026.csv", COMER)
        sortie.writestr("v_commune_comer_2026.csv", COMMUNES_COMER)
        sortie.writestr("v_pays_2026.csv", "COG,ACTUAL,LIBCOG\n99101,1,DANEMARK\n")
    resultat = take(tmp_path / "var", [archive])
    assert sum(resultat.bilan.filtres[raison] for raison in resultat.bilan.filtres if "canton" in raison) == 2
    assert resultat.bilan.avertissements["table du zip dont le graphe n’a pas l’usage"] == 1
    store = load(resultat)
    assert ask(store, "territoire:commune-98818 igeo:subdivisionDirecteDe territoire:departement-988")
    assert ask(
        store, 'territoire:departement-988 a igeo:CollectiviteDOutreMer ; igeo:nom "Nouvelle-Calédonie"@fr'
    )


def grand_paris(fichier: Path) -> Path:
    """The EPT of INSEE: header on the sixth row, and colours that no library knows."""
    classeur = openpyxl.Workbook()
    sheet = classeur.active
    assert sheet is not None
    for _ in range(5):
        sheet.append(["Au 1er janvier 2026"])
    sheet.append(["CODGEO", "LIBGEO", "EPT", "LIBEPT", "DEP", "REG"])
    sheet.append(["14027", "Les Monts d'Aunay", "200057867", "Plaine Commune", "93", "11"])
    sheet.append(["75056", "Paris", "217500016", "Paris", "75", "11"])
    classeur.save(fichier)
    sain = {nom: zipfile.ZipFile(fichier).read(nom) for nom in zipfile.ZipFile(fichier).namelist()}
    couleurs = b'<colors><indexedColors><rgbColor rgb="x"/></indexedColors></colors></styleSheet>'
    sain["xl/styles.xml"] = sain["xl/styles.xml"].replace(b"</styleSheet>", couleurs)
    with zipfile.ZipFile(fichier, "w", zipfile.ZIP_DEFLATED) as sortie:
        for nom, octets in sain.items():
            sortie.writestr(nom, octets)
    return fichier


def test_workbooks_in_a_zip_and_the_districts_of_the_grand_paris(tmp_path: Path, tables: list[Path]) -> None:
    ept = grand_paris(tmp_path / "ept.xlsx")
    with pytest.raises(ValueError):
        openpyxl.load_workbook(ept, read_only=True)
    archive = tmp_path / "Intercommunalite_Metropole_au_01-01-2026.zip"
    with zipfile.ZipFile(archive, "w") as sortie:
        sortie.write(tables[-1], "../../epci.xlsx")
        sortie.write(ept, "dossier/ept.xlsx")
        sortie.writestr("lisez-moi.txt", "rien")
    resultat = take(tmp_path / "var", [*tables[:-1], archive])
    store = load(resultat)
    assert ask(store, 'territoire:epci-200057867 a igeo:Intercommunalite ; igeo:nom "Plaine Commune"@fr ; '
               "igeo:subdivisionDirecteDe territoire:epci-200000001")  # fmt: skip
    assert ask(store, "territoire:commune-14027 igeo:subdivisionDirecteDe territoire:epci-200057867")
    assert ask(store, "territoire:commune-14027 igeo:subdivisionDirecteDe territoire:epci-200000001")
    assert not ask(store, "territoire:epci-217500016 ?p ?o"), "Paris is a commune, not a district of itself"
    assert not list(tmp_path.parent.glob("epci.xlsx"))


def test_a_zip_of_workbooks_that_is_a_trap_or_broken_is_refused(tmp_path: Path, tables: list[Path]) -> None:
    archive = tmp_path / "epci.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as sortie:
        sortie.writestr("a.xlsx", b"\x00" * (60 << 20))
    with pytest.raises(FichierRefuseError, match="démesuré"):
        take(tmp_path / "var", [*tables[:-1], archive])
    with zipfile.ZipFile(archive, "w") as sortie:
        sortie.writestr("a.xlsx", b"pas un classeur")
    with pytest.raises(FichierRefuseError, match="classeur illisible"):
        take(tmp_path / "var", [*tables[:-1], archive])
