"""SIRENE, INSEE's register: StockUniteLegale, alone or with StockEtablissement, in CSV or Parquet.

Taken: associations, foundations, and whatever INSEE marks as social economy. Left aside: persons (category
1000, a first name or a surname), units whose diffusion is partial, units that ended, everything else. A unit
bears neither address nor commune: the second file gives the commune of its head office, joined by SIREN. It
gives no name and no legal category: alone it is refused.

The IRI is that of the SIRET of the head office; the RNA number that INSEE gives is written beside it, so that
both registers meet by identifier, never by name. A head-count band is kept as a band: it suggests a stage on
the vocabulary, never on the actor.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.bilan import LigneFiltree, LigneRefusee
from graph.sources.identifiants import normalise_rna, without_contacts
from graph.sources.lecteurs.lignes import read_tables
from graph.sources.lecteurs.partage import Provenance, read_siret, siret_key_holds
from graph.sources.lecteurs.repertoires import french, read_date
from graph.sources.lecteurs.sieges import UNITE, UNITE_LUE, Sieges, refuse_reason, sort_files
from graph.sources.registre import Lecteur
from graph.sources.tableau import Ligne
from ontology.namespaces import MAI, PREFIXES, VOC

_MAI: Final = str(MAI)
_NOMS: Final = tuple(f"denominationusuelle{rang}unitelegale" for rang in (1, 2, 3))
_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_SOURCE: Final = f"<{PREFIXES['dcterms']}source>"
_OUI_NON: Final = {"O": "true", "N": "false"}


@lru_cache(maxsize=4)
def _codes(schema: str) -> frozenset[str]:
    """Return the codes of a vocabulary that ships."""
    texte = (files("ontology") / "schemes" / f"{schema}.ttl").read_text(encoding="utf-8")
    return frozenset(line.split('"')[1] for line in texte.splitlines() if "skos:notation" in line)


class Redaction:
    """The statements of legal units."""

    def __init__(self, atelier: Atelier, provenance: Provenance, sieges: Sieges | None) -> None:
        self._atelier, self._provenance, self._sieges = atelier, provenance, sieges
        self._acteur = atelier.thing("acteur", "siret-")[:-1]
        self._commune = atelier.thing("territoire", "commune-")[:-1]
        self._recent = date.min
        self._source, self._source_sieges = "", list[str]()

    def begin(self, passage: str) -> None:
        """Say which file the next rows come from."""
        self._source = passage

    def begin_sieges(self, passages: list[str]) -> None:
        """Say which files the communes come from."""
        self._source_sieges = passages

    def convert(self, ligne: Ligne, atelier: Atelier) -> list[str]:
        """Return the statements of one legal unit."""
        raison = refuse_reason(ligne)
        if raison:
            raise LigneFiltree(messages(f"import.repertoires.{raison}"))
        siren, nic = ligne["siren"], ligne["nicsiegeunitelegale"]
        siret = read_siret(f"{siren}{nic}")
        if siret is None:
            raise LigneRefusee("siren", f"{siren} {nic}"[:60], messages("import.repertoires.sans-siret"))
        modifie = self._date(ligne["datederniertraitementunitelegale"])
        commune = self._filter(siret, modifie)
        nom = self._clean(ligne["denominationunitelegale"])
        if not nom or nom == "[ND]":
            raise LigneRefusee("denominationUniteLegale", nom, messages("import.repertoires.sans-nom"))
        if not siret_key_holds(siret):
            self._doubt("siret-cle")
        sujet = f"{self._acteur}{siret}>"
        ends = [f"{_TYPE} <{_MAI}Acteur>", *self._identity(ligne, nom, siret), *self._situation(ligne)]
        if modifie:
            ends.append(f"<{PREFIXES['dcterms']}modified> {modifie[0]}")
        ends.append(f"{_SOURCE} {self._source}")
        if commune:
            ends.append(f"<{_MAI}siege> {self._commune}{commune}>")
            ends += [f"{_SOURCE} {passage}" for passage in self._source_sieges]
        return [f"{sujet} {end} .\n" for end in ends]

    def _identity(self, ligne: Ligne, nom: str, siret: str) -> Iterator[str]:
        if ligne["categoriejuridiqueunitelegale"].startswith("92"):
            yield f"{_TYPE} <{_MAI}Association>"
        yield f"<{PREFIXES['skos']}prefLabel> {_text(nom)}"
        others = (self._clean(ligne[colonne]) for colonne in ("sigleunitelegale", *_NOMS))
        for autre in dict.fromkeys(others):
            if autre not in ("", nom, "[ND]"):
                yield f"<{PREFIXES['skos']}altLabel> {_text(autre)}"
        yield f'<{_MAI}siret> "{siret}"'
        association = ligne["identifiantassociationunitelegale"]
        rna = normalise_rna(association)
        if rna:
            yield f'<{_MAI}rna> "{rna}"'
        elif association:
            self._doubt("rna")

    def _situation(self, ligne: Ligne) -> Iterator[str]:
        forme = ligne["categoriejuridiqueunitelegale"]
        if forme in _codes("forme-juridique"):
            yield f"<{_MAI}formeJuridique> <{VOC}forme-juridique/{forme}>"
        tranche = ligne["trancheeffectifsunitelegale"].lower()
        tranche = tranche.zfill(2) if tranche.isdigit() else tranche
        if tranche in _codes("tranche-effectif"):
            yield f"<{_MAI}trancheEffectif> <{VOC}tranche-effectif/{tranche}>"
        elif tranche:
            self._doubt("tranche")
        ess = _OUI_NON.get(ligne["economiesocialesolidaireunitelegale"])
        if ess:
            yield f'<{_MAI}ess> "{ess}"^^<{PREFIXES["xsd"]}boolean>'
        creation = self._date(ligne["datecreationunitelegale"])
        if creation:
            yield f"<{PREFIXES['dcterms']}created> {creation[0]}"

    def _filter(self, siret: str, modifie: tuple[str, date] | None) -> str:
        """Return the commune of the head office, empty when no file gives it."""
        options = self._atelier.options
        commune = self._sieges.commune_of(siret[:9]) if self._sieges else ""
        wanted = options.departements
        if wanted and (not commune or self._atelier.departement_of(commune) not in wanted):
            raise LigneFiltree(messages("import.repertoires.hors-departement"))
        if options.depuis and (modifie is None or modifie[1] < options.depuis):
            raise LigneFiltree(messages("import.repertoires.trop-ancien"))
        return commune

    def _date(self, texte: str) -> tuple[str, date] | None:
        terme, jour, wrong = read_date(texte[:10])
        if wrong:
            self._doubt("date")
        if jour is None:
            return None
        if jour > self._recent:
            self._recent = jour
            self._provenance.seen(jour)
        return terme, jour

    def _clean(self, texte: str) -> str:
        return without_contacts(" ".join(texte.split()))

    def _doubt(self, cle: str) -> None:
        self._atelier.bilan.avertissements[messages(f"import.repertoires.{cle}")] += 1


def _text(texte: str) -> str:
    return french(texte).removesuffix(" .\n")


def lire(fichiers: Sequence[Path], atelier: Atelier) -> Iterator[Sequence[str]]:
    """Yield the statements of each unit taken, then the passages of the files and the register's date."""
    unites, etablissements = sort_files(fichiers)
    provenance = Provenance(atelier)
    sieges = Sieges.read(unites, etablissements, atelier) if etablissements else None
    redaction = Redaction(atelier, provenance, sieges)
    redaction.begin_sieges([provenance.begin(fichier) for fichier in etablissements])
    for fichier in unites:
        redaction.begin(provenance.begin(fichier))
        yield from read_tables([fichier], atelier, UNITE, redaction.convert, wanted=UNITE_LUE)
    yield from provenance.describe()


LECTEUR: Final = Lecteur(
    kind="sirene",
    titre="Répertoire SIRENE : associations, fondations et économie sociale et solidaire",
    editeur="INSEE",
    lire=lire,
    licence="https://www.etalab.gouv.fr/licence-ouverte-open-licence",
    un_seul=True,
    registre=True,
)
"""Reader of SIRENE stock files."""
