"""Rows of each table of the geographic codes, told apart by the columns of their header."""

import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.bilan import LigneFiltree, LigneRefusee
from graph.sources.cog.tables import MOUVEMENTS_RESOLUS, CommuneLue, Tables
from graph.sources.tableau import Ligne

_COMMUNE: Final = re.compile(r"(?:\d{5}|2[AB]\d{3})\Z", re.ASCII)
_DEPARTEMENT: Final = re.compile(r"(?:\d{2}|2[AB]|9[78]\d)\Z", re.ASCII)
_REGION: Final = re.compile(r"\d{2}\Z", re.ASCII)
_ARRONDISSEMENT: Final = re.compile(r"[0-9AB]{3,4}\Z", re.ASCII)
_SIREN: Final = re.compile(r"\d{9}\Z", re.ASCII)
_DE_COMMUNE: Final = "21"
"""How the SIREN of a commune begins: Paris stands for its own district in the table of EPT."""
_TYPES: Final = frozenset({"COM", "ARM", "COMD", "COMA"})

Lecture = Callable[[str, Ligne, Tables, Atelier], None]
"""Takes a row of a file into the tables; raises ``LigneRefusee`` or ``LigneFiltree``."""


@dataclass(frozen=True, slots=True)
class Genre:
    """One kind of table: the columns it must have, those it cannot have, how a row is taken."""

    nom: str
    requis: Set[str]
    exclus: Set[str]
    prendre: Lecture


def _code(ligne: Ligne, colonne: str, forme: "re.Pattern[str]") -> str:
    valeur = ligne[colonne].upper()
    if not forme.match(valeur):
        raise LigneRefusee(colonne.upper(), valeur, messages("import.cog.code"))
    return valeur


def _nom(ligne: Ligne, colonne: str) -> str:
    nom = " ".join(ligne[colonne].split())
    if not nom:
        raise LigneRefusee(colonne.upper(), "", messages("import.cog.sans-nom"))
    return nom


def _fresh(table: Mapping[str, object], colonne: str, code: str) -> str:
    if code in table:
        raise LigneRefusee(colonne.upper(), code, messages("import.cog.doublon"))
    return code


def _keep(departement: str, atelier: Atelier) -> None:
    asked = atelier.options.departements
    if asked and departement not in asked:
        raise LigneFiltree(messages("import.cog.hors-departements"))


def _commune(fichier: str, ligne: Ligne, tables: Tables, atelier: Atelier) -> None:
    kind = ligne["typecom"]
    if kind not in _TYPES:
        raise LigneRefusee("TYPECOM", kind, messages("import.cog.type"))
    code, nom = _code(ligne, "com", _COMMUNE), _nom(ligne, "libelle")
    if (kind, code) in tables.communes:
        raise LigneRefusee("COM", code, messages("import.cog.doublon"))
    departement = _code(ligne, "dep", _DEPARTEMENT) if kind == "COM" else ""
    parent = "" if kind == "COM" else _code(ligne, "comparent", _COMMUNE)
    if kind == "COM":
        _keep(departement, atelier)
    tables.communes[kind, code] = CommuneLue(nom, departement, ligne["arr"], parent, fichier, ligne.numero)


def _outremer(fichier: str, ligne: Ligne, tables: Tables, atelier: Atelier) -> None:
    code, nom = _code(ligne, "code_commune", _COMMUNE), _nom(ligne, "nom_commune")
    collectivite = _code(ligne, "code_collectivite", _DEPARTEMENT)
    if ("COM", code) in tables.communes:
        raise LigneRefusee("CODE_COMMUNE", code, messages("import.cog.doublon"))
    _keep(collectivite, atelier)
    tables.communes["COM", code] = CommuneLue(nom, collectivite, "", "", fichier, ligne.numero)
    tables.departements.setdefault(collectivite, (ligne["nom_collectivite"] or collectivite, ""))
    if re.fullmatch(r"\d{5}", ligne["code_postal"], re.ASCII):
        tables.postaux.setdefault(code, (ligne["code_postal"],))
    if ligne["population"].isascii() and ligne["population"].isdigit():
        tables.populations.setdefault(code, int(ligne["population"]))


def _outremer_insee(fichier: str, ligne: Ligne, tables: Tables, atelier: Atelier) -> None:
    cells = {
        "code_commune": ligne["com_comer"],
        "nom_commune": ligne["libelle"],
        "code_collectivite": ligne["comer"],
        "nom_collectivite": ligne["libelle_comer"],
    }
    _outremer(fichier, Ligne(ligne.numero, cells), tables, atelier)


def _collectivite(fichier: str, ligne: Ligne, tables: Tables, atelier: Atelier) -> None:
    code = _code(ligne, "comer", _DEPARTEMENT)
    tables.departements[code] = (_nom(ligne, "libelle"), "")


def _without_use(fichier: str, ligne: Ligne, tables: Tables, atelier: Atelier) -> None:
    raise LigneFiltree(messages("import.cog.sans-usage"))


def _region(fichier: str, ligne: Ligne, tables: Tables, atelier: Atelier) -> None:
    tables.regions[_code(ligne, "reg", _REGION)] = _nom(ligne, "libelle")


def _departement(fichier: str, ligne: Ligne, tables: Tables, atelier: Atelier) -> None:
    code = _code(ligne, "dep", _DEPARTEMENT)
    tables.departements[code] = (_nom(ligne, "libelle"), _code(ligne, "reg", _REGION))


def _arrondissement(fichier: str, ligne: Ligne, tables: Tables, atelier: Atelier) -> None:
    code = _fresh(tables.arrondissements, "arr", _code(ligne, "arr", _ARRONDISSEMENT))
    tables.arrondissements[code] = (_nom(ligne, "libelle"), _code(ligne, "dep", _DEPARTEMENT))


def _mouvement(fichier: str, ligne: Ligne, tables: Tables, atelier: Atelier) -> None:
    same = {ligne["typecom_av"], ligne["typecom_ap"]} == {"COM"}
    if not same or ligne["com_av"] == ligne["com_ap"] or ligne["mod"] not in MOUVEMENTS_RESOLUS:
        raise LigneFiltree(messages("import.cog.mouvement-sans-effet"))
    before, after = _code(ligne, "com_av", _COMMUNE), _code(ligne, "com_ap", _COMMUNE)
    try:
        day = date.fromisoformat(ligne["date_eff"])
    except ValueError:
        raise LigneRefusee("DATE_EFF", ligne["date_eff"], messages("import.cog.date")) from None
    tables.mouvements[before] = max(tables.mouvements.get(before, (day, after)), (day, after))


def _population(fichier: str, ligne: Ligne, tables: Tables, atelier: Atelier) -> None:
    code = _fresh(tables.populations, "com", _code(ligne, "com", _COMMUNE))
    number = "".join(ligne["pmun"].split())
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        raise LigneRefusee("PMUN", number, messages("import.cog.nombre"))
    tables.populations[code] = int(number)


def _member(ligne: Ligne, tables: Tables, membres: dict[str, str], colonnes: tuple[str, str, str]) -> None:
    siren_col, nom_col, commune_col = colonnes
    raw = ligne[siren_col]
    if set(raw) == {"Z"} or raw.startswith(_DE_COMMUNE):
        raise LigneFiltree(messages("import.cog.sans-epci"))
    siren = raw.zfill(9)
    if not _SIREN.match(siren):
        raise LigneRefusee(siren_col.upper(), raw, messages("import.cog.code"))
    commune = ligne[commune_col].upper()
    commune = commune.zfill(5) if commune.isdigit() else commune
    if not _COMMUNE.match(commune):
        raise LigneRefusee(commune_col.upper(), commune, messages("import.cog.code"))
    membres[_fresh(membres, commune_col, commune)] = siren
    tables.epci.setdefault(siren, _nom(ligne, nom_col))


def _dgcl(fichier: str, ligne: Ligne, tables: Tables, atelier: Atelier) -> None:
    _member(ligne, tables, tables.membres, ("siren", "raison_sociale", "insee"))


def _composition(fichier: str, ligne: Ligne, tables: Tables, atelier: Atelier) -> None:
    _member(ligne, tables, tables.membres, ("epci", "libepci", "codgeo"))


def _ept(fichier: str, ligne: Ligne, tables: Tables, atelier: Atelier) -> None:
    _member(ligne, tables, tables.membres_ept, ("ept", "libept", "codgeo"))


GENRES: Final = (
    Genre(
        "mouvements", {"mod", "date_eff", "typecom_av", "com_av", "typecom_ap", "com_ap"}, set(), _mouvement
    ),
    Genre("communes", {"typecom", "com", "dep", "libelle", "comparent"}, set(), _commune),
    Genre("populations", {"com", "pmun"}, set(), _population),
    Genre("outremer", {"code_commune", "nom_commune", "code_collectivite"}, set(), _outremer),
    Genre("outremer", {"com_comer", "comer", "libelle"}, set(), _outremer_insee),
    Genre("collectivites", {"comer", "libelle"}, {"com_comer"}, _collectivite),
    Genre("cantons", {"can", "dep", "libelle"}, {"com"}, _without_use),
    Genre("ctcd", {"ctcd", "reg", "libelle"}, {"com", "can"}, _without_use),
    Genre("epci", {"siren", "raison_sociale", "insee"}, set(), _dgcl),
    Genre("epci", {"codgeo", "epci", "libepci"}, set(), _composition),
    Genre("ept", {"codgeo", "ept", "libept"}, set(), _ept),
    Genre("arrondissements", {"arr", "dep", "libelle"}, {"com", "can"}, _arrondissement),
    Genre("departements", {"dep", "reg", "libelle"}, {"com", "can", "arr", "ctcd"}, _departement),
    Genre("regions", {"reg", "cheflieu", "libelle"}, {"com", "can", "arr", "dep", "ctcd"}, _region),
)


def find_genre(colonnes: Iterable[str]) -> Genre | None:
    """Return the kind of table whose columns these are, None when it is none of them."""
    found = set(colonnes)
    return next((g for g in GENRES if g.requis <= found and not g.exclus & found), None)
