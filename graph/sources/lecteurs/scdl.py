"""What real files write in the columns of the SCDL « subventions », and how it is understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from graph.dates import DatePartielle
from graph.messages import messages
from graph.sources.bilan import LigneRefusee
from graph.sources.lecteurs.partage import read_day
from graph.sources.tableau import Ligne
from graph.texte import fold

REQUISES: Final = ("nomattribuant", "nombeneficiaire", "montant")
AUTRES_NOMS: Final = {
    autre: nom
    for nom, autres in {
        "nomattribuant": "attribuant_nom nom_de_l_attribuant nom_attributaire nom_attribuant "
        "nom_de_l_attributaire nomattributaire attribuant financeur",
        "idattribuant": "attribuant_id identification_de_l_attribuant_siret identification_de_l_attribuant "
        "siret_attribuant id_attribuant siret_de_l_attribuant",
        "dateconvention": "convention_date date_de_convention date_convention date_de_la_convention "
        "date_de_signature_de_la_convention date_decision date_de_decision",
        "referencedecision": "decision_ref reference_de_la_decision reference_decision numero_de_decision",
        "nombeneficiaire": "beneficiaire_nom nom_du_beneficiaire nom_beneficiaire beneficiaire "
        "nom_de_l_organisme_beneficiaire",
        "idbeneficiaire": "beneficiaire_id identification_du_beneficiaire_siret "
        "identification_du_beneficiaire siret_beneficiaire id_beneficiaire siret_du_beneficiaire "
        "numero_siret",
        "rnabeneficiaire": "rna_beneficiaire numero_rna rna numero_rna_du_beneficiaire rna_du_beneficiaire",
        "objet": "object subvention_objet objet_de_la_subvention objet_subvention objet_du_dossier",
        "montant": "subvention_montant montant_de_la_subvention montant_total_de_la_subvention montant_total "
        "montant_subvention montant_attribue montant_vote",
        "nature": "subvention_nature nature_de_la_subvention nature_subvention",
        "conditionsversement": "conditions_versement conditions_de_versement "
        "conditions_de_versement_de_la_subvention",
        "datesperiodeversement": "dates_periode_versement date_periode_versement dates_de_versement "
        "periode_de_versement dateperiodeversement dates_de_la_periode_de_versement",
        "pourcentagesubvention": "subvention_pourcentage pourcentage_de_la_subvention pourcentage_subvention",
        "dispositifaide": "dispositif_aide dispositif_d_aide",
        "annee": "exercice exercice_budgetaire annee_budgetaire",
    }.items()
    for autre in autres.split()
}
"""Names of columns seen in real files, folded, to the folded official ones."""

MONTANT_MAX: Final = Decimal(10) ** 11
_RNA: Final = re.compile(r"W[0-9][0-9A-Z][0-9]{7}\Z", re.ASCII)
_ANNEE: Final = re.compile(r"(?:19|20)\d{2}\Z", re.ASCII)
_NOMBRE: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?\Z", re.ASCII)
_AMBIGU: Final = re.compile(r"-?[1-9]\d{0,2},\d{3}\Z", re.ASCII)
"""« 15,000 »: fifteen euros in French, fifteen thousand in English."""
_JOURS: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Dates:
    """When a subsidy was decided, and from when to when it is paid."""

    convention: date
    debut: str
    fin: str


def read_dates(ligne: Ligne) -> Dates:
    """Read the day of the convention and the period of payment, or the year when there is nothing else.

    Raises:
        LigneRefusee: no date can be read, or the period ends before it begins.
    """
    brut, annee = ligne["dateconvention"], ligne["annee"][:4]
    convention = read_day(brut)
    debut, fin = _periode(ligne["datesperiodeversement"])
    if debut is None and convention is not None:
        return _checked(Dates(convention, convention.isoformat(), ""))
    if debut is not None:
        end = "" if fin is None else fin.isoformat()
        return _checked(Dates(convention or debut, debut.isoformat(), end))
    year = next((texte for texte in (brut, annee) if _ANNEE.match(texte)), None)
    if year is None:
        raise LigneRefusee("dateConvention", brut, messages("import.subventions.date"))
    return Dates(date(int(year), 12, 31), year, year)


def _checked(dates: Dates) -> Dates:
    years = {texte[:4] for texte in (dates.debut, dates.fin) if texte}
    if any(not _ANNEE.match(year) for year in years):
        raise LigneRefusee("dateConvention", dates.debut, messages("import.subventions.date"))
    if dates.fin and dates.fin < dates.debut:
        raise LigneRefusee("datesPeriodeVersement", dates.fin, messages("import.subventions.periode"))
    return dates


def _periode(texte: str) -> tuple[date | None, date | None]:
    """Return both ends of a period of payment; a single day is a payment made at once."""
    alone = read_day(texte)
    if alone is not None:
        return alone, alone
    ends = [read_day(day) for day in _JOURS.findall(texte[:100])]
    return (ends[0], ends[1]) if len(ends) == 2 else (None, None)


def read_montant(texte: str) -> Decimal:
    """Read an amount in euros: « 15 000,50 € », « 1.234,56 », « 1,234.56 ».

    Raises:
        LigneRefusee: not an amount, or a negative one (a cancellation is not a funding).
    """
    montant = _number(texte)
    if montant is None or abs(montant) > MONTANT_MAX:
        raise LigneRefusee("montant", texte, messages("import.subventions.montant"))
    if montant < 0:
        raise LigneRefusee("montant", texte, messages("import.subventions.negatif"))
    return montant


def _number(texte: str) -> Decimal | None:
    bare = re.sub(r"[\s\xa0\u202f'’]|€|(?i:euros?|eur)", "", texte[:60]).replace("\N{MINUS SIGN}", "-")
    if _AMBIGU.match(bare):
        return None
    last = max(bare.rfind(","), bare.rfind("."))
    if last >= 0:
        mark = bare[last]
        other = "." if mark == "," else ","
        whole = bare[:last].replace(other, "")
        # « 1.234.567 »: the same mark twice only separates thousands.
        bare = bare.replace(mark, "") if mark in whole else f"{whole}.{bare[last + 1 :]}"
    bare = bare.removesuffix(".")
    try:
        return Decimal(bare) if _NOMBRE.match(bare) else None
    except InvalidOperation:
        return None


def read_part(texte: str) -> Decimal | None:
    """Read the part of the beneficiary, between 0 and 1: « 0.45 », « 45 % »; None when it cannot be read."""
    if not texte:
        return Decimal(1)
    part = _number(texte.replace("%", ""))
    if part is None or part <= 0 or part > 100:
        return None
    return part / 100 if part > 1 or "%" in texte else part


def read_rna(texte: str) -> str | None:
    """Return an RNA number, overseas ones (with a letter) included; None when it is not one."""
    bare = re.sub(r"\s", "", texte).upper()
    return bare if _RNA.match(bare) else None


def read_natures(texte: str) -> tuple[str, ...]:
    """Return the codes of the natures that a cell names, in any spelling."""
    words = fold(texte).split()
    codes = ("numeraire" if "numeraire" in words else "", "en-nature" if "nature" in words else "")
    return tuple(code for code in codes if code)


def notes(ligne: Ligne, montant: Decimal, part: Decimal, dates: Dates) -> Iterator[str]:
    """Say in French what no property holds: the decision, its day, the conditions, the split."""
    if reference := ligne["referencedecision"]:
        yield messages("import.subventions.note-decision", reference=reference)
    if len(dates.debut) == 10:
        jour = DatePartielle(dates.convention, dates.convention)
        yield messages("import.subventions.note-convention", jour=jour.en_clair)
    if conditions := ligne["conditionsversement"]:
        yield messages("import.subventions.note-versement", conditions=conditions.lower())
    if dispositif := ligne["dispositifaide"]:
        yield messages("import.subventions.note-dispositif", dispositif=dispositif)
    if part != 1:
        share = f"{(part * 100).normalize():f}".replace(".", ",")
        total = f"{montant:,.2f}".replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")
        yield messages("import.subventions.note-part", part=share, total=total)
