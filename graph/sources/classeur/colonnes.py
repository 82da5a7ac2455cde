"""The four sheets and their columns: the reader, the empty workbook and its help all read this table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from graph.messages import messages

SEPARATEUR: Final = "|"
"""Between several values of one cell."""
PREFIXE_EXEMPLE: Final = "exemple"
"""The example rows of the empty workbook have identifiers that begin so; they are never imported."""

TYPES_ACTEUR: Final = ("Association", "Reseau", "Prestataire", "Financeur", "Institution")
"""Role classes written as they are."""
TYPES_LIEN: Final[Mapping[str, str]] = {
    "adhesion": "Adhesion",
    "financement": "Financement",
    "partenariat": "Partenariat",
    "representation": "Representation",
    "mandat": "Mandat",
}
TYPES_ACCOMPAGNEMENT: Final = ("IngenierieIndividuelle", "IngenierieCollective", "Experimentation")

DISPOSITIFS: Final[Mapping[str, str]] = {
    "PointAppui": "pava",
    "OperateurDLA": "dla",
    "DLARegional": "dla-regional",
    "CentreNationalAppui": "crdla",
}
"""Roles that follow from a mandate, and the scheme whose mandate a ``types`` cell stands for.

``pava`` is by definition the mission of point d'appui, and claims no label: who holds Guid'Asso, CRIB or a
former CNAR says so with a row ``mandat`` of the sheet ``liens``, which then replaces this mandate.
"""


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column of a sheet."""

    nom: str
    requise: bool = False
    schema: str = ""
    """Vocabulary its codes belong to."""
    choix: tuple[str, ...] = ()
    """Its values, when they are no vocabulary's."""

    def help(self, feuille: str) -> str:
        """Say in French what to write in it."""
        return messages(f"import.classeur.aide.{feuille}.{self.nom}")


FEUILLES: Final[Mapping[str, tuple[Colonne, ...]]] = {
    "acteurs": (
        Colonne("id", requise=True),
        Colonne("nom", requise=True),
        Colonne("sigles"),
        Colonne("types", choix=(*TYPES_ACTEUR, *DISPOSITIFS)),
        Colonne("siret"),
        Colonne("rna"),
        Colonne("commune"),
        Colonne("adresse"),
        Colonne("latitude"),
        Colonne("longitude"),
        Colonne("site_web"),
        Colonne("courriel"),
        Colonne("telephone"),
        Colonne("effectif"),
        Colonne("secteurs", schema="secteur"),
        Colonne("source"),
        Colonne("date_maj"),
    ),
    "offres": (
        Colonne("acteur", requise=True),
        Colonne("fonction", requise=True, schema="fonction"),
        Colonne("territoires"),
        Colonne("stades", schema="stade"),
        Colonne("besoins", schema="besoin"),
        Colonne("secteurs", schema="secteur"),
        Colonne("mobilise_par", schema="dispositif"),
        Colonne("gratuit", choix=("oui", "non")),
        Colonne("debut"),
        Colonne("fin"),
        Colonne("source"),
        Colonne("date_maj"),
    ),
    "liens": (
        Colonne("de", requise=True),
        Colonne("type", requise=True, choix=tuple(TYPES_LIEN)),
        Colonne("vers", requise=True),
        Colonne("role", schema="role-partenaire"),
        Colonne("nature", schema="nature-financement"),
        Colonne("debut"),
        Colonne("fin"),
        Colonne("montant"),
        Colonne("source"),
    ),
    "accompagnements": (
        Colonne("id", requise=True),
        Colonne("type", choix=TYPES_ACCOMPAGNEMENT),
        Colonne("titre", requise=True),
        Colonne("pilotes"),
        Colonne("intervenants"),
        Colonne("beneficiaires"),
        Colonne("financeurs"),
        Colonne("territoires"),
        Colonne("besoins", schema="besoin"),
        Colonne("secteurs", schema="secteur"),
        Colonne("debut"),
        Colonne("fin"),
        Colonne("jours"),
        Colonne("cout_ttc"),
        Colonne("nombre_structures"),
        Colonne("type_reponse", schema="type-reponse"),
        Colonne("statut", requise=True, schema="statut"),
        Colonne("source"),
    ),
}
"""Columns by sheet, in the order they are written."""

ORDRE: Final = ("acteurs", "offres", "accompagnements", "liens")
"""Sheets in the order they are read: what a row may name comes before it."""


def required(feuille: str) -> list[str]:
    """Return the columns without which it is not this sheet."""
    return [colonne.nom for colonne in FEUILLES[feuille] if colonne.requise]
