"""Subsidies that public bodies publish (SCDL « subventions » 1.x to 2.1.1, and what real files do with it).

Each row is a dated funding from one actor to another. A beneficiary without SIRET or RNA number may be a
person: its row is left aside. What one convention gives several beneficiaries is shared as the file says:
``montant`` is what comes before the split, ``pourcentageSubvention`` the part of the row's beneficiary.
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Final

from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.bilan import LigneFiltree, LigneRefusee
from graph.sources.lecteurs import partage, scdl
from graph.sources.lecteurs.lignes import read_tables
from graph.sources.lecteurs.partage import Provenance, by_thing, hash64
from graph.sources.lecteurs.parties import Partie, Parties
from graph.sources.lecteurs.scdl import Dates
from graph.sources.lecteurs.textes import clean, is_person
from graph.sources.ntriples import iri, literal, statement
from graph.sources.registre import Lecteur
from graph.sources.tableau import Ligne
from ontology.namespaces import MAI, PREFIXES

_FINANCEMENT: Final = iri(f"{MAI}Financement")
_DEBUT: Final = iri(f"{MAI}debut")
_FIN: Final = iri(f"{MAI}fin")
_MONTANT: Final = iri(f"{MAI}montant")
_NATURE: Final = iri(f"{MAI}nature")
_FINANCEUR: Final = iri(f"{MAI}Financeur")
_ASSOCIATION: Final = iri(f"{MAI}Association")


class Subventions:
    """Reads the rows of an import; remembers who was already described, and which rows came twice."""

    def __init__(self, atelier: Atelier) -> None:
        self._atelier = atelier
        self._parties = Parties(atelier)
        self._vues: set[int] = set()
        self.provenance = Provenance(atelier)
        self.passage = ""

    def convert(self, ligne: Ligne, atelier: Atelier) -> list[str]:
        """Return the statements of a row: its funding, then what is new about the two actors."""
        dates = scdl.read_dates(ligne)
        depuis = atelier.options.depuis
        if depuis is not None and dates.convention < depuis:
            raise LigneFiltree(messages("import.publie.avant-date"))
        montant = scdl.read_montant(ligne["montant"])
        financeur, beneficiaire = self._financeur(ligne), self._beneficiaire(ligne)
        somme = hash64("\0".join(f"{cle}={ligne[cle]}" for cle in sorted(ligne.cellules)))
        if somme in self._vues:
            raise LigneFiltree(messages("import.subventions.doublon"))
        self._vues.add(somme)
        self.provenance.seen(dates.convention)
        lien = atelier.thing("lien", f"{atelier.slug}-{somme:016x}")
        return [
            *self._link(lien, ligne, montant, dates),
            statement(lien, partage.DE, financeur.terme),
            statement(lien, partage.VERS, beneficiaire.terme),
            *self._parties.describe(financeur, self.passage),
            *self._parties.describe(beneficiaire, self.passage),
        ]

    def _financeur(self, ligne: Ligne) -> Partie:
        nom = clean(ligne["nomattribuant"], 250)
        if not nom:
            raise LigneRefusee("nomAttribuant", "", messages("import.publie.sans-nom"))
        return self._parties.find(nom, (_FINANCEUR,), ligne["idattribuant"]) or self._parties.named(
            nom, (_FINANCEUR,)
        )

    def _beneficiaire(self, ligne: Ligne) -> Partie:
        brut = ligne["nombeneficiaire"]
        nom = clean(brut, 250)
        if not nom:
            raise LigneRefusee("nomBeneficiaire", "", messages("import.publie.sans-nom"))
        rna = scdl.read_rna(ligne["rnabeneficiaire"]) or scdl.read_rna(ligne["idbeneficiaire"])
        types = (_ASSOCIATION,) if rna else ()
        if rna is None and is_person(brut):
            raise LigneFiltree(messages("import.subventions.personne"))
        found = self._parties.find(nom, types, ligne["idbeneficiaire"], rna)
        if found is None:
            raise LigneFiltree(messages("import.subventions.sans-identifiant"))
        return found

    def _link(self, lien: str, ligne: Ligne, montant: Decimal, dates: Dates) -> Iterator[str]:
        atelier = self._atelier
        part = self._part(ligne["pourcentagesubvention"])
        yield statement(lien, partage.A, _FINANCEMENT)
        if objet := clean(ligne["objet"], 500):
            yield statement(lien, partage.TITRE, atelier.text(objet))
        given = (montant * part).quantize(Decimal("0.01"), ROUND_HALF_UP)
        yield statement(lien, _MONTANT, literal(f"{given:f}", type_donnee=partage.DECIMAL))
        for nature in self._natures(ligne["nature"]):
            yield statement(lien, _NATURE, atelier.concept("nature-financement", nature))
        for propriete, texte in ((_DEBUT, dates.debut), (_FIN, dates.fin)):
            if texte:
                kind = PREFIXES["xsd"] + {4: "gYear", 10: "date"}[len(texte)]
                yield statement(lien, propriete, literal(texte, type_donnee=kind))
        for note in scdl.notes(ligne, montant, part, dates):
            yield statement(lien, partage.NOTE, atelier.text(clean(note, 500)))
        yield statement(lien, partage.SOURCE_DE, self.passage)

    def _part(self, texte: str) -> Decimal:
        part = scdl.read_part(texte)
        if part is None:
            self._atelier.bilan.avertissements[messages("import.subventions.part")] += 1
        return part or Decimal(1)

    def _natures(self, texte: str) -> tuple[str, ...]:
        natures = scdl.read_natures(texte)
        if texte and not natures:
            self._atelier.bilan.avertissements[messages("import.subventions.nature")] += 1
        return natures


def read(fichiers: Sequence[Path], atelier: Atelier) -> Iterator[Sequence[str]]:
    """Yield each funding, and each actor where it is first met."""
    reader = Subventions(atelier)
    if atelier.options.departements:
        atelier.bilan.avertissements[messages("import.subventions.sans-departement")] += 1
    for fichier in fichiers:
        reader.passage = reader.provenance.begin(fichier)
        yield from by_thing(read_tables([fichier], atelier, scdl.REQUISES, reader.convert, scdl.AUTRES_NOMS))
    yield from reader.provenance.describe()


LECTEUR: Final = Lecteur(
    kind="subventions",
    titre="Subventions publiées au format SCDL",
    editeur="Collectivité ou organisme qui publie le fichier",
    lire=read,
    registre=True,
)
