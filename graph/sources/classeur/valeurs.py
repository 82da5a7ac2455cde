"""What cells say: dates, numbers, places, addresses; and what must never leave them, persons' data."""

import re
from datetime import date
from typing import Final

import pyoxigraph as ox
from openpyxl.utils.datetime import from_excel

from graph.dates import DatePartielle
from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.bilan import LigneRefusee
from graph.sources.classeur.colonnes import SEPARATEUR
from graph.sources.classeur.vocabulaires import find_code, find_places, find_regions
from graph.sources.tableau import Ligne, column_name

ANNEES: Final = range(1800, 2101)
"""Years a date may have; beyond, it is a slip of the keyboard."""
ERREURS: Final = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
"""What a spreadsheet shows when a formula fails."""
COUPE: Final = "[…]"

_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_COURRIEL: Final = re.compile(r"[^\s@]*\s?@\s?[^\s@]*")
_TELEPHONE: Final = re.compile(
    r"(?<![0-9])(?:0|(?:\+|00)33[ .-]?(?:\(?0\)?[ .-]?)?)[1-9]"
    r"(?:(?:[ ._\u2010-\u2015-]{0,2}[0-9]){8}|(?:/[0-9]{2}){4})(?![0-9])"
)
_LARGES: Final = str.maketrans("０１２３４５６７８９＠＋", "0123456789@+")
_CIVILITE: Final = r"(?:M\.|MM\.|Mr\.?|Mme\.?|Mlle\.?|Monsieur|Madame|Mademoiselle)"
_PERSONNE: Final = re.compile(rf"\b{_CIVILITE}(?:\s+[^\W\d_a-zà-ÿ][\w’'.-]*){{1,3}}")
_NOM_DE_PERSONNE: Final = re.compile(rf"{_CIVILITE}\s", re.IGNORECASE)
_DATE_FR: Final = re.compile(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})\Z", re.ASCII)
_SERIE: Final = re.compile(r"[1-9]\d{4}(?:[.,]\d+)?\Z", re.ASCII)
_NOMBRE: Final = re.compile(r"\d{1,12}(?:[.,]\d{1,6})?\Z", re.ASCII)
_MILLIERS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+\Z", re.ASCII)


def clean(texte: str) -> str:
    """Return a text without control characters, blanks joined, wide digits made plain."""
    return " ".join(_CONTROLS.sub(" ", texte.translate(_LARGES)).split())


def values(ligne: Ligne, colonne: str) -> list[str]:
    """Return the values of a cell that may hold several, each once."""
    parts = (clean(part) for part in ligne[colonne].split(SEPARATEUR))
    return list(dict.fromkeys(part for part in parts if part))


def check_cells(ligne: Ligne) -> None:
    """Refuse a row that holds a formula without result, or the error of one.

    Raises:
        LigneRefusee: it does.
    """
    for colonne, brute in ligne.cellules.items():
        valeur = brute.strip()
        if valeur.startswith("="):
            raise LigneRefusee(colonne, valeur, messages("import.classeur.formule"))
        if valeur in ERREURS:
            raise LigneRefusee(colonne, valeur, messages("import.classeur.erreur-tableur"))


def holds_contact(texte: str) -> bool:
    """True when a text holds an e-mail address or a telephone number."""
    return "@" in texte or _TELEPHONE.search(texte) is not None


def public_text(atelier: Atelier, texte: str) -> str:
    """Return a text without e-mail addresses, telephone numbers and named persons, and count the cut."""
    whole = clean(texte)
    bare = whole
    for pattern in (_COURRIEL, _TELEPHONE, _PERSONNE):
        bare = pattern.sub(COUPE, bare)
    if bare != whole:
        atelier.bilan.avertissements[messages("import.classeur.coordonnees")] += 1
    return bare


def name_of(atelier: Atelier, ligne: Ligne, colonne: str) -> str:
    """Return the name of an organisation.

    Raises:
        LigneRefusee: empty, or a person's.
    """
    if _NOM_DE_PERSONNE.match(clean(ligne[colonne])):
        raise LigneRefusee(colonne, COUPE, messages("import.classeur.personne"))
    nom = public_text(atelier, ligne[colonne])
    if not nom.replace(COUPE, "").strip():
        raise LigneRefusee(colonne, COUPE if nom else "", messages("import.classeur.vide"))
    return nom


def read_date(atelier: Atelier, ligne: Ligne, colonne: str) -> DatePartielle | None:
    """Return a date written AAAA, AAAA-MM, AAAA-MM-JJ, JJ/MM/AAAA, or as a spreadsheet's number.

    Raises:
        LigneRefusee: none of these.
    """
    texte = clean(ligne[colonne])
    if not texte:
        return None
    try:
        if french := _DATE_FR.match(texte):
            jour, mois, annee = french.groups()
            lue = DatePartielle.parse("-".join(part.zfill(2) for part in (annee, mois, jour) if part))
        elif _SERIE.match(texte):
            serial = from_excel(float(texte.replace(",", ".")))
            lue = DatePartielle.parse(date(serial.year, serial.month, serial.day).isoformat())
            atelier.bilan.avertissements[messages("import.classeur.date-nombre")] += 1
        else:
            lue = DatePartielle.parse(texte)
    except (ValueError, OverflowError, AttributeError):
        raise LigneRefusee(colonne, texte, messages("import.classeur.date")) from None
    if lue.debut.year not in ANNEES:
        raise LigneRefusee(colonne, texte, messages("import.classeur.date-lointaine"))
    return lue


def read_period(atelier: Atelier, ligne: Ligne) -> tuple[DatePartielle | None, DatePartielle | None]:
    """Return the beginning and the end of a row.

    Raises:
        LigneRefusee: not dates, or the end comes first.
    """
    debut, fin = read_date(atelier, ligne, "debut"), read_date(atelier, ligne, "fin")
    if debut and fin and fin.fin < debut.debut:
        raise LigneRefusee("fin", ligne["fin"], messages("import.classeur.fin-avant-debut"))
    return debut, fin


def read_number(ligne: Ligne, colonne: str) -> str:
    """Return a number of zero or more as XML Schema writes it, empty when the cell is.

    Raises:
        LigneRefusee: not a number, or « 12.500 », which is twelve and a half to some.
    """
    texte = clean(ligne[colonne]).replace(" ", "").removesuffix("€")
    if texte and (not _NOMBRE.match(texte) or _MILLIERS.match(texte)):
        raise LigneRefusee(colonne, ligne[colonne], messages("import.classeur.nombre"))
    return texte.replace(",", ".")


def read_integer(ligne: Ligne, colonne: str) -> str:
    """Return a whole number of zero or more, empty when the cell is.

    Raises:
        LigneRefusee: not one.
    """
    try:
        entier, _, reste = read_number(ligne, colonne).partition(".")
    except LigneRefusee:
        reste = "?"
    if reste.strip("0"):
        raise LigneRefusee(colonne, ligne[colonne], messages("import.classeur.entier"))
    return str(int(entier)) if entier else ""


def read_site(atelier: Atelier, ligne: Ligne) -> str:
    """Return the address of a web site, empty when there is none or it is not one."""
    texte = clean(ligne["site_web"])
    if not texte:
        return ""
    adresse = texte if texte.lower().startswith(("http://", "https://")) else f"https://{texte}"
    try:
        ox.NamedNode(adresse)  # the engine would refuse the whole source for one wrong address
    except ValueError:
        pass
    else:
        if "." in adresse and not holds_contact(adresse):
            return adresse
    atelier.bilan.avertissements[messages("import.classeur.site")] += 1
    return ""


def read_commune(atelier: Atelier, colonne: str, valeur: str) -> str:
    """Return today's code of a commune; spreadsheets eat the zero of ``01004``, it is put back.

    Raises:
        LigneRefusee: no such code.
    """
    code = valeur.upper().replace(" ", "").removeprefix("COMMUNE:")
    if not re.match(r"[0-9][0-9AB][0-9]{2,3}\Z", code):
        raise LigneRefusee(colonne, valeur, messages("import.classeur.commune"))
    return atelier.commune(colonne, code.zfill(5))


def read_places(atelier: Atelier, ligne: Ligne, colonne: str = "territoires") -> list[str]:
    """Return the slugs of the territories of a cell.

    Raises:
        LigneRefusee: one of them does not exist.
    """
    return list(dict.fromkeys(_place(atelier, colonne, valeur) for valeur in values(ligne, colonne)))


def _place(atelier: Atelier, colonne: str, valeur: str) -> str:
    kind, _, code = (column_name(part) if n == 0 else part.strip() for n, part in enumerate(_cut(valeur)))
    code = code.upper()
    match kind:
        case "national" | "france" if not code:
            return "national"
        case "departement" if code.zfill(2) in find_places():
            return f"departement-{code.zfill(2)}"
        case "region" if code.zfill(2) in find_regions():
            return f"region-{code.zfill(2)}"
        case "epci" if re.match(r"[0-9]{9}\Z", code):
            return f"epci-{atelier.epci(colonne, code)}"
        case "commune":
            return f"commune-{read_commune(atelier, colonne, code)}"
    if not code and re.match(r"[0-9][0-9AB][0-9]{2,3}\Z", valeur.upper()):
        return f"commune-{read_commune(atelier, colonne, valeur)}"
    raise LigneRefusee(colonne, valeur, messages("import.classeur.territoire"))


def _cut(valeur: str) -> tuple[str, str, str]:
    return valeur.partition(":")


def read_codes(ligne: Ligne, colonne: str, schema: str) -> list[str]:
    """Return the codes of a vocabulary that a cell holds.

    Raises:
        LigneRefusee: one of them does not exist.
    """
    return list(dict.fromkeys(find_code(schema, colonne, valeur) for valeur in values(ligne, colonne)))
