"""RNA, the national register of associations (ministry of the Interior): « waldec » and « import » files.

One kind for both layouts, told apart by their header. Kept: name, short name, purpose, its codes and
their families, seat commune, RNA number, SIRET, site, dates. Never read: who declared it, where it is managed
from, the civility, telephone and e-mail of its officers, and the free observation, except for the W number
that a row taken over by another gives there.

The IRI is that of the SIRET when the row has one, else of the RNA number. A row without SIRET and a SIRENE
row that gives its RNA number meet when the edition is built (:mod:`graph.edition.resolution`).
"""

import re
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
from graph.sources.lecteurs.partage import Provenance, read_siret, siege_of, siret_key_holds
from graph.sources.lecteurs.repertoires import SANS_DATE, french, read_address, read_date
from graph.sources.lecteurs.textes import clean
from graph.sources.registre import Lecteur
from graph.sources.tableau import Ligne
from ontology.namespaces import MAI, PREFIXES, VOC

REQUIRED: Final = ("id", "titre", "position", "groupement", "objet_social1", "adrs_codeinsee")
_SANS_CODE: Final = frozenset({"", "000000"})
_CODE: Final = re.compile(r"[0-9]{6}\Z", re.ASCII)
_NUMERO: Final = re.compile(r"[0-9A-Za-z]{2,20}\Z", re.ASCII)
_REPRISE: Final = re.compile(r"\bW[0-9][0-9A-Z][0-9]{7}\b", re.ASCII)
_SUSPECT: Final = re.compile(
    r"@|[0-9][0-9]"
    r"|[MDm](?:M|me|mes|lle|r|e|ME|LLE|onsieur|adame|ademoiselle|ONSIEUR|ADAME|ADEMOISELLE)?\.? [A-ZÀ-Ý]"
)
"""An e-mail, a telephone, a civility before a name, or what looks like them: a sieve before slow searches."""
_SIEGES_MAX: Final = 1 << 16
_NOTES: Final = {"U": "union", "F": "federation"}
_RAISONS: Final = (
    *("hors-departement", "trop-ancien", "dissoute", "supprimee", "reprise", "position", "sans-numero"),
    *("numero", "sans-nom", "siret-cle", "siret-longueur", "objet-inconnu", "date", "coordonnees"),
)
_MAI: Final = str(MAI)
_SIRET: Final = f" <{_MAI}siret> "
_RNA: Final = f" <{_MAI}rna> "
_AUTRE_NUMERO: Final = f" <{PREFIXES['skos']}notation> "


@lru_cache(maxsize=1 << 14)
def _sectors(*codes: str) -> tuple[tuple[str, ...], int]:
    """Return the ends of the statements that codes of purposes make, and how many have no known family."""
    given = [code for code in dict.fromkeys(codes) if code not in _SANS_CODE]
    kept = [code for code in given if _CODE.match(code)]
    families = dict.fromkeys(code[:3] for code in kept if f"{code[:3]}000" in _familles())
    ends = [f" <{_MAI}secteur> <{VOC}secteur/{famille}000> .\n" for famille in families]
    ends += [f' <{_MAI}objetSocial> "{code}" .\n' for code in kept]
    return tuple(ends), sum(code not in kept or code[:3] not in families for code in given)


@lru_cache(maxsize=1)
def _familles() -> frozenset[str]:
    """Families of purposes: the six-digit codes of the scheme ``secteur``."""
    texte = (files("ontology") / "schemes" / "secteur.ttl").read_text(encoding="utf-8")
    return frozenset(re.findall(r'skos:notation "(\d{6})"', texte))


class Redaction:
    """The statements of RNA rows: terms are written once, sentences looked up once."""

    def __init__(self, atelier: Atelier, provenance: Provenance) -> None:
        self._atelier, self._provenance = atelier, provenance
        self._avertis = atelier.bilan.avertissements
        self._acteur = atelier.thing("acteur", "")[:-1]
        self._commune = f" <{_MAI}siege> {atelier.thing('territoire', 'commune-')[:-1]}"
        self._recent = date.min
        self._source = ""
        self._sieges: dict[str, str] = {}
        a = atelier.property("a")
        self._types = (f" {a} <{_MAI}Acteur> .\n", f" {a} <{_MAI}Association> .\n")
        self._nom, self._autre, self._description, self._note, self._site, self._cree, self._modifie = (
            f" {atelier.property(nom)} "
            for nom in (
                *("skos:prefLabel", "skos:altLabel", "dcterms:description", "skos:note", "foaf:homepage"),
                *("dcterms:created", "dcterms:modified"),
            )
        )
        self._raisons = {cle: messages(f"import.repertoires.{cle}") for cle in _RAISONS}
        notes = {code: messages(f"import.repertoires.{cle}") for code, cle in _NOTES.items()}
        self._notes = {code: f"{self._note}{french(texte)}" for code, texte in notes.items()}
        self._utilite = f"{self._note}{french(messages('import.repertoires.utilite-publique'))}"

    def begin(self, passage: str) -> None:
        """Say which file the next rows come from."""
        self._source = f" {self._atelier.property('dcterms:source')} {passage} .\n"

    def convert(self, ligne: Ligne, atelier: Atelier) -> list[str]:
        """Return the statements of one association."""
        cells = ligne.cellules.get
        numero, rna = self._numero(cells("id", "").strip())
        position = cells("position", "").strip().upper()
        if position == "D" or cells("date_disso", "").strip() not in SANS_DATE:
            raise LigneFiltree(self._raisons["dissoute"])
        if position == "S":
            raise LigneFiltree(self._raisons["supprimee"])
        modifie, jour = self._date(cells("maj_time", "").strip()[:10])
        commune = self._filter(cells("adrs_codeinsee", "").strip(), jour)
        if position == "R":
            return self._taken_over(ligne, numero, rna)
        if position not in ("A", ""):
            raise LigneRefusee("position", position, self._raisons["position"])
        siret = self._siret(cells("siret", ""))
        slug = f"siret-{siret}" if siret else self._slug(numero, rna)
        sujet = f"{self._acteur}{slug}>"
        lines = self._identity(ligne, sujet, numero, rna)
        if siret:
            lines.append(f'{sujet}{_SIRET}"{siret}" .\n')
        if commune:
            lines.append(f"{sujet}{self._commune}{commune}> .\n")
        lines += self._activity(ligne, sujet)
        if modifie:
            lines.append(f"{sujet}{self._modifie}{modifie} .\n")
        lines.append(f"{sujet}{self._source}")
        return lines

    def _identity(self, ligne: Ligne, sujet: str, numero: str, rna: str) -> list[str]:
        cells = ligne.cellules.get
        nom = self._clean(cells("titre", ""))
        if not nom:
            raise LigneRefusee("titre", "", self._raisons["sans-nom"])
        lines = [sujet + self._types[0], sujet + self._types[1], f"{sujet}{self._nom}{french(nom)}"]
        court = cells("titre_court", "").strip()
        if court and court != nom and not court.endswith("..."):
            court = self._clean(court)
            if court != nom:
                lines.append(f"{sujet}{self._autre}{french(court)}")
        lines.append(f'{sujet}{_RNA}"{rna}" .\n' if rna else f'{sujet}{_AUTRE_NUMERO}"{numero}" .\n')
        return lines

    def _activity(self, ligne: Ligne, sujet: str) -> list[str]:
        cells = ligne.cellules.get
        found, unknown = _sectors(
            cells("objet_social1", "").strip()[:12], cells("objet_social2", "").strip()[:12]
        )
        if unknown:
            self._avertis[self._raisons["objet-inconnu"]] += unknown
        lines = [sujet + secteur for secteur in found]
        objet = " ".join(cells("objet", "").split())
        if _SUSPECT.search(objet):
            objet = clean(self._clean(objet))
        if objet and objet != "_":
            lines.append(f"{sujet}{self._description}{french(objet)}")
        site = cells("siteweb", "").strip()
        if site and cells("publiweb", "") != "0" and (adresse := read_address(site)):
            lines.append(f"{sujet}{self._site}<{adresse}> .\n")
        cree, _ = self._date(cells("date_creat", "").strip()[:10])
        if cree:
            lines.append(f"{sujet}{self._cree}{cree} .\n")
        note = self._notes.get(cells("groupement", ""))
        if note:
            lines.append(sujet + note)
        if cells("nature", "") == "R":
            lines.append(sujet + self._utilite)
        return lines

    def _numero(self, numero: str) -> tuple[str, str]:
        rna = normalise_rna(numero)
        if not rna and not _NUMERO.match(numero):
            raise LigneRefusee("id", numero, self._raisons["sans-numero"])
        if not rna and numero[0] in "Ww":
            self._avertis[self._raisons["numero"]] += 1
        return numero, rna

    def _slug(self, numero: str, rna: str) -> str:
        return f"rna-{rna}" if rna else f"{self._atelier.slug}-{numero.lower()}"

    def _taken_over(self, ligne: Ligne, numero: str, rna: str) -> list[str]:
        """Return the redirect of a row whose association goes on under a W number."""
        found = _REPRISE.search(ligne["observation"])
        if found is None or found[0] == rna:
            raise LigneFiltree(self._raisons["reprise"])
        old = f"{self._acteur}{self._slug(numero, rna)}>"
        return [f"{old} <{PREFIXES['dcterms']}isReplacedBy> {self._acteur}rna-{found[0]}> .\n"]

    def _filter(self, code: str, jour: date | None) -> str:
        """Return today's code of the seat commune, empty when the row does not say it or nobody knows it."""
        options = self._atelier.options
        siege = self._sieges.get(code) or siege_of(self._atelier, code)
        if siege and len(self._sieges) < _SIEGES_MAX:
            self._sieges[code] = siege
        code = siege or ""
        wanted = options.departements
        if wanted and (not code or self._atelier.departement_of(code) not in wanted):
            raise LigneFiltree(self._raisons["hors-departement"])
        if options.depuis and (jour is None or jour < options.depuis):
            raise LigneFiltree(self._raisons["trop-ancien"])
        return code

    def _siret(self, texte: str) -> str:
        if not texte or not texte.strip("0 "):
            return ""
        siret = read_siret(texte)
        if siret is None:
            self._avertis[self._raisons["siret-longueur"]] += 1
        elif not siret_key_holds(siret):
            self._avertis[self._raisons["siret-cle"]] += 1
        return siret or ""

    def _date(self, texte: str) -> tuple[str, date | None]:
        terme, jour, wrong = read_date(texte)
        if wrong:
            self._avertis[self._raisons["date"]] += 1
        elif jour is not None and jour > self._recent:
            self._recent = jour
            self._provenance.seen(jour)
        return terme, jour

    def _clean(self, texte: str) -> str:
        """Return a text on one line, without the e-mails and telephones that some wrote in it."""
        words = " ".join(texte.split())
        bare = without_contacts(words)
        if bare != words:
            self._avertis[self._raisons["coordonnees"]] += 1
        return bare


def lire(fichiers: Sequence[Path], atelier: Atelier) -> Iterator[Sequence[str]]:
    """Yield the statements of each association, then the passage of each file and the register's date."""
    provenance = Provenance(atelier)
    redaction = Redaction(atelier, provenance)
    for fichier in fichiers:
        redaction.begin(provenance.begin(fichier))
        yield from read_tables([fichier], atelier, REQUIRED, redaction.convert)
    yield from provenance.describe()


LECTEUR: Final = Lecteur(
    kind="rna",
    titre="Répertoire national des associations (RNA)",
    editeur="Ministère de l’Intérieur",
    lire=lire,
    licence="https://www.etalab.gouv.fr/licence-ouverte-open-licence",
    un_seul=True,
    registre=True,
)
"""Reader of RNA files."""
