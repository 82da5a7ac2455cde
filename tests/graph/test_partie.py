"""A part of a graph: what concerns a departement is kept whole, what does not stays out."""

import random

import pytest

from graph.edition.partie import find_places, restrict
from graph.errors import EditionError

BASE = "https://w3id.org/maillage/"
MAI = f"{BASE}def#"
DANS = "http://rdf.insee.fr/def/geo#subdivisionDirecteDe"
A = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def ref(nom):
    """« acteur/a » → its term."""
    return f"<{BASE}id/{nom}>"


def chose(sujet, **proprietes):
    """The statements of a thing; properties are of the ontology, values names or lists of them."""
    lines = [f'{ref(sujet)} <{MAI}nom> "{sujet}" .']
    for propriete, valeurs in proprietes.items():
        for valeur in [valeurs] if isinstance(valeurs, str) else valeurs:
            lines.append(f"{ref(sujet)} <{MAI}{propriete}> {ref(valeur)} .")
    return "\n".join(lines) + "\n"


TERRITOIRES = [
    ("region-28", "national"),
    ("region-25-1982", "national"),
    ("departement-14", "region-28"),
    ("departement-14", "region-25-1982"),
    ("departement-61", "region-28"),
    ("departement-75", "region-11"),
    ("epci-1", "region-28"),
    ("commune-14001", "departement-14"),
    ("commune-14001", "epci-1"),
    ("commune-61001", "departement-61"),
    ("commune-61001", "epci-1"),
    ("commune-61002", "departement-61"),
    ("commune-75056", "departement-75"),
    ("arrondissement-municipal-75101", "commune-75056"),
]

SOURCE = {
    "acteur/ici": {"siege": "territoire/commune-14001"},
    "acteur/ailleurs": {"siege": "territoire/commune-75056"},
    "acteur/voisin": {"siege": "territoire/commune-61001"},
    "acteur/sans-siege": {},
    "acteur/siege-dit-par-un-autre-fichier": {},
    "acteur/offre-ici": {"siege": "territoire/commune-75056"},
    "acteur/offre-nationale": {"siege": "territoire/commune-75056"},
    "acteur/offre-paris": {"siege": "territoire/commune-75056"},
    "acteur/nomme-par-un-lien": {"siege": "territoire/commune-61002"},
    "acteur/institution-du-nomme": {"siege": "territoire/commune-75056"},
    "acteur/pilote": {"siege": "territoire/commune-75056"},
    "offre/commune": {"proposePar": "acteur/offre-ici", "couvre": "territoire/commune-14001"},
    "offre/nationale": {"proposePar": "acteur/offre-nationale", "couvre": "territoire/national"},
    "offre/paris": {"proposePar": "acteur/offre-paris", "couvre": "territoire/departement-75"},
    "offre/sans-lieu": {"proposePar": "acteur/ici"},
    "offre/sans-lieu-ailleurs": {"proposePar": "acteur/ailleurs"},
    "lien/ici": {"de": "acteur/ici", "vers": "acteur/nomme-par-un-lien"},
    "lien/ailleurs": {"de": "acteur/ailleurs", "vers": "acteur/offre-paris"},
    "lien/loin": {"de": "acteur/offre-nationale", "vers": "acteur/ailleurs"},
    "lien/connus": {"de": "acteur/offre-nationale", "vers": "acteur/sans-siege"},
    "lien/mandat-ici": {"de": "acteur/ici", "territoire": "territoire/departement-61"},
    "lien/mandat-ailleurs": {"de": "acteur/ailleurs", "territoire": "territoire/departement-75"},
    "accompagnement/epci": {"pilote": "acteur/pilote", "territoire": "territoire/epci-1"},
    "accompagnement/paris": {"pilote": "acteur/ailleurs", "territoire": "territoire/commune-75056"},
    "instance/epci": {"de": "accompagnement/epci"},
    "instance/paris": {"de": "accompagnement/paris", "membre": "acteur/ailleurs"},
    "observation/ici": {"sur": "acteur/ici"},
    "observation/epci": {"sur": "accompagnement/epci"},
    "observation/paris": {"sur": "acteur/ailleurs"},
}
GARDES = {
    "acteur/ici",
    "acteur/sans-siege",
    "acteur/offre-ici",
    "acteur/offre-nationale",
    "acteur/nomme-par-un-lien",
    "acteur/institution-du-nomme",
    "acteur/pilote",
    "offre/commune",
    "offre/nationale",
    "offre/sans-lieu",
    "lien/ici",
    "lien/connus",
    "lien/mandat-ici",
    "accompagnement/epci",
    "instance/epci",
    "observation/ici",
    "observation/epci",
}


@pytest.fixture
def territoires(tmp_path):
    fichier = tmp_path / "territoires.nt"
    lines = (f"{ref(f'territoire/{a}')} <{DANS}> {ref(f'territoire/{b}')} .\n" for a, b in TERRITOIRES)
    fichier.write_text("".join(lines))
    return fichier


def _write(fichier, things):
    fichier.write_text("\n".join(things) + "\n")
    return fichier


def _read(fichiers):
    lines = [line for fichier in fichiers for line in fichier.read_text().splitlines() if line]
    return {line.split(" ")[0].removeprefix(f"<{BASE}id/").rstrip(">") for line in lines if "/id/" in line}


def _restrict(tmp_path, territoires, groups, **options):
    """Each group of things is a file."""
    fichiers = [_write(tmp_path / f"source-{rang}.nt", group) for rang, group in enumerate(groups)]
    folder = tmp_path / "partie"
    folder.mkdir()
    lieux = find_places([territoires, *fichiers], ["14"])
    return restrict(fichiers, lieux, folder, **options)


def _things():
    nommes = SOURCE | {
        "acteur/nomme-par-un-lien": {
            "siege": "territoire/commune-61002",
            "rattache": "acteur/institution-du-nomme",
        }
    }
    return [chose(sujet, **proprietes) for sujet, proprietes in nommes.items()]


def test_places_are_those_inside_and_all_that_hold_some_of_it(territoires):
    lieux = find_places([territoires], ["14"])

    def names(places):
        return {place.decode().rsplit("/", 1)[1].rstrip(">") for place in places}

    assert names(lieux.communes) == {"departement-14", "commune-14001"}
    assert names(lieux.dedans) == {"departement-14", "commune-14001", "epci-1"}
    assert names(lieux.tous - lieux.dedans) == {"region-28", "region-25-1982", "national"}
    paris = find_places([territoires], ["14", "75"])
    assert "arrondissement-municipal-75101" in names(paris.communes)


def test_an_unknown_departement_is_refused(territoires):
    with pytest.raises(EditionError, match="99"):
        find_places([territoires], ["14", "99"])


def test_what_concerns_the_departement_is_kept_and_nothing_else(tmp_path, territoires):
    autre = [chose("acteur/siege-dit-par-un-autre-fichier", siege="territoire/commune-75056")]
    assert _read(_restrict(tmp_path, territoires, [_things(), autre])) == GARDES


def test_the_order_of_files_and_things_does_not_matter(tmp_path, territoires):
    melange = _things()
    random.Random(3).shuffle(melange)
    autre = [chose("acteur/siege-dit-par-un-autre-fichier", siege="territoire/commune-75056")]
    assert _read(_restrict(tmp_path, territoires, [autre, melange])) == GARDES


def test_nothing_dangles(tmp_path, territoires):
    written = _restrict(tmp_path, territoires, [_things()])
    kept = _read(written)
    for fichier in written:
        for line in fichier.read_text().splitlines():
            objet = line.partition("> ")[2].partition(" ")[2].removesuffix(" .") if line else ""
            if "/id/" in objet and "/id/territoire/" not in objet:
                assert objet.removeprefix(f"<{BASE}id/").rstrip(">") in kept


def test_a_thing_is_kept_as_it_is_written_and_passages_with_it(tmp_path, territoires):
    passage = f"<{BASE}source/x#ligne-1> <{A}> <{MAI}Passage> .\n"
    things = [chose("acteur/ici", siege="territoire/commune-14001") + passage, passage]
    (written,) = _restrict(tmp_path, territoires, [things])
    assert written.read_text() == "\n".join(things) + "\n"


def test_one_organisation_under_two_iris_is_sorted_as_one(tmp_path, territoires):
    rna, siret = ref("acteur/rna-W1").encode(), ref("acteur/siret-1").encode()
    groups = [
        [
            chose("acteur/rna-W1"),
            chose("lien/1", de="acteur/rna-W1", vers="acteur/b"),
            chose("acteur/b", siege="territoire/commune-75056"),
        ],
        [chose("acteur/siret-1", siege="territoire/commune-75056")],
    ]  # fmt: skip
    merge = {rna: siret}
    written = _restrict(tmp_path, territoires, groups, canonical=lambda terme: merge.get(terme, terme))
    assert _read(written) == set(), "its seat, elsewhere, is said under its other IRI"


def test_a_wide_funder_does_not_pull_in_what_it_funds_elsewhere(tmp_path, territoires):
    things = [
        chose("acteur/ministere"),
        *(
            chose(f"acteur/{code}", siege=f"territoire/commune-{code}")
            for code in ("14001", "61002", "75056")
        ),
        *(
            chose(f"lien/{code}", de="acteur/ministere", vers=f"acteur/{code}")
            for code in ("14001", "61002", "75056")
        ),
    ]
    assert _read(_restrict(tmp_path, territoires, [things])) == {
        "acteur/ministere",
        "acteur/14001",
        "lien/14001",
    }
