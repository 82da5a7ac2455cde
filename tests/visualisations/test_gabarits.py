"""Templates and messages: keys exist and are used, contexts are exactly the views, nothing is inline."""

import re
import tomllib
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import pytest
from jinja2 import meta
from jinja2.nodes import FromImport

from graph.messages import Messages
from visualisations.pages.accompagnement import AccompagnementVue
from visualisations.pages.accompagnements import AccompagnementsVue
from visualisations.pages.accueil import AccueilVue
from visualisations.pages.acteur import ActeurVue
from visualisations.pages.annuaire import AnnuaireVue
from visualisations.pages.carte import CarteVue
from visualisations.pages.couverture import CouvertureVue
from visualisations.pages.dumps import DumpsVue
from visualisations.pages.editeur import EditeurVue
from visualisations.pages.erreur import ErreurVue
from visualisations.pages.matrice import MatriceVue
from visualisations.pages.ontologie import OntologieVue
from visualisations.pages.orientation import OrientationVue
from visualisations.pages.question import QuestionVue
from visualisations.pages.ressource_modele import RessourceVue
from visualisations.pages.roles import RolesVue
from visualisations.pages.territoire import TerritoireVue
from visualisations.pages.territoires import TerritoiresVue
from visualisations.rendu import environment, messages

NOTRES = Messages("visualisations").keys()
CLES = messages.keys()
TABLES = {
    "accompagnement",
    "accompagnements_page",
    "frise",
    "base",
    "accueil",
    "acteur",
    "annuaire_page",
    "choix",
    "couverture_page",
    "carte_page",
    "dumps_page",
    "editeur",
    "erreur",
    "formulaire",
    "matrice",
    "ontologie",
    "orientation",
    "pied",
    "question_page",
    "ressource",
    "resultats",
    "roles",
    "territoire",
    "territoires_page",
    "types_aide",
}
RACINE = Path(str(files("visualisations")))
GABARITS = sorted((RACINE / "templates").rglob("*.*"))
MODULES = sorted(RACINE.rglob("*.py"))
LITTERAL = re.compile(r"""["']([\w-]+\.[\w.-]*)["'{]""")
APPELS = re.compile(r"""\b(?:t|messages)\(\s*f?(["'])([\w-]+\.[\w.-]*)(.)""")
VUES = {
    "accompagnement": AccompagnementVue,
    "accompagnements": AccompagnementsVue,
    "accueil": AccueilVue,
    "acteur": ActeurVue,
    "annuaire": AnnuaireVue,
    "carte": CarteVue,
    "couverture": CouvertureVue,
    "dumps": DumpsVue,
    "editeur": EditeurVue,
    "erreur": ErreurVue,
    "matrice": MatriceVue,
    "ontologie": OntologieVue,
    "orientation": OrientationVue,
    "question": QuestionVue,
    "ressource": RessourceVue,
    "roles": RolesVue,
    "territoire": TerritoireVue,
    "territoires": TerritoiresVue,
}


def _texts():
    return {chemin: chemin.read_text(encoding="utf-8") for chemin in (*GABARITS, *MODULES)}


def test_every_key_that_is_asked_for_exists():
    absentes = []
    for chemin, texte in _texts().items():
        for guillemet, cle, suite in APPELS.findall(texte):
            entiere = suite == guillemet and not cle.endswith((".", "-", "_"))
            connue = cle in messages if entiere else any(autre.startswith(cle) for autre in CLES)
            if not connue:
                absentes.append(f"{chemin.name}: {cle}")
    assert absentes == []


def test_every_message_of_the_pages_is_used():
    dits = {mot for texte in _texts().values() for mot in LITTERAL.findall(texte)}
    debuts = tuple(mot for mot in dits if mot.endswith((".", "-", "_")))
    inutiles = [cle for cle in NOTRES if cle not in dits and not cle.startswith(debuts)]
    assert sorted(inutiles) == []


@pytest.mark.parametrize("nom", VUES)
def test_the_context_of_a_page_is_exactly_its_view(nom):
    env = environment()
    demandes = set()
    gabarits = [f"pages/{nom}.html", "base.html"]
    if "partials/_vues.html" in env.loader.get_source(env, gabarits[0])[0]:
        gabarits.append("partials/_vues.html")
    for gabarit in gabarits:
        arbre = env.parse(env.loader.get_source(env, gabarit)[0])
        noms = [nom for bloc in arbre.find_all(FromImport) for nom in bloc.names]
        importes = {nom if isinstance(nom, str) else nom[1] for nom in noms}
        demandes |= meta.find_undeclared_variables(arbre) - importes
    champs = {champ.name for champ in fields(VUES[nom])}
    assert demandes - set(env.globals) - {"rubrique", "vue", "pied"} == champs


# The export is one file on its own, opened from a disk: what it needs is inside it.
SERVIS = [chemin for chemin in GABARITS if not chemin.name.startswith("_reseau_export")]


@pytest.mark.parametrize("chemin", SERVIS, ids=lambda chemin: chemin.name)
def test_no_inline_script_style_or_foreign_address(chemin):
    texte = chemin.read_text(encoding="utf-8")
    executes = r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=|[^>]*application/(?:ld\+)?json)"
    assert re.findall(executes, texte) == []
    assert re.findall(r"""(?:src|href)=["']https?:""", texte) == []


def test_our_sentences_keep_french_signs_with_their_word():
    ordinaire = re.compile(r"« | »| [:;?!](\s|$)")
    t = Messages("visualisations")
    compte = {"n": 2, "q": "", "page": 1, "pages": 2, "nombre": 1}
    texte = "".join(fichier.read_text("utf-8") for fichier in (RACINE / "messages/fr").iterdir())
    places = dict.fromkeys(re.findall(r"{(\w+)}", texte), "x") | compte
    fautives = [c for c in NOTRES if c.split(".")[0] in TABLES and ordinaire.search(t(c, **places))]
    assert fautives == []


def test_what_the_graph_says_on_a_page_is_said_for_people():
    dites = ("annuaire", "demande", "raison", "repli", "verifier")
    dossier = files("graph").joinpath("messages/fr")
    textes = [
        (table, texte)
        for fichier in dossier.iterdir()
        for table, messages in tomllib.loads(fichier.read_text("utf-8")).items()
        if table in dites
        for texte in map(str, messages.values())
    ]
    assert {table for table, _ in textes} == set(dites)
    assert [texte for _, texte in textes if "/api/" in texte or "GET " in texte] == []
