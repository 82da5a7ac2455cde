"""What a graph from elsewhere may say here: nothing derived, nothing about persons, nobody else's data."""

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.documents import find_corpus
from graph.sources.rdf.fichiers import Enonce
from graph.sources.registre import find_lecteurs
from graph.sources.tableau import CELLULE_MAX, FichierRefuseError
from graph.sources.territoires import find_territoires
from ontology.namespaces import IGEO, MAI, MAILLAGE, PREFIXES, SOURCE

TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
ACTEUR: Final = ox.NamedNode(f"{MAI}Acteur")
_DERIVES: Final = frozenset(
    f"{MAI}{nom}"
    for nom in (
        "membreDe",
        "finance",
        "partenaireDe",
        "represente",
        "porte",
        "accompagne",
        "intervientSur",
        "dans",
    )
)
_ROLES: Final = frozenset(
    f"{MAI}{nom}" for nom in ("PointAppui", "OperateurDLA", "DLARegional", "CentreNationalAppui")
)
_FOAF: Final = PREFIXES["foaf"]
_VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
_SCHEMA: Final = ("https://schema.org/", "http://schema.org/")
PERSONNES: Final = frozenset(
    {f"{_FOAF}Person", f"{_VCARD}Individual", f"{_VCARD}VCard", *(f"{s}Person" for s in _SCHEMA)}
)
"""Classes of what is never taken."""
_COORDONNEES: Final = frozenset(
    {
        f"{_FOAF}{n}"
        for n in (
            "mbox",
            "mbox_sha1sum",
            "phone",
            "givenName",
            "familyName",
            "firstName",
            "lastName",
            "surname",
        )
    }
    | {
        f"{_VCARD}{n}"
        for n in ("hasEmail", "email", "hasTelephone", "tel", "fn", "given-name", "family-name", "hasName")
    }
    | {f"{s}{n}" for s in _SCHEMA for n in ("email", "telephone", "faxNumber", "givenName", "familyName")}
    | {f"http://virtual-assembly.org/ontologies/pair#{n}" for n in ("e-mail", "phone")}
)
_COURRIEL: Final = re.compile(r"[^\s@<>]\s?(?:@|\[at\]|\(at\)|%40)\s?[^\s@<>]+[.][A-Za-z]{2,}|^mailto:", re.I)
_INDICATIF: Final = r"(?<![0-9])(?<![0-9][.,])(?:0|(?:[+]|00)33[\s.]?(?:[(]0[)]\s?)?)[1-9]"
_TELEPHONE: Final = re.compile(
    rf"{_INDICATIF}(?:(?:[\s.-]?[0-9]{{2}}){{4}}|([\s./_-]{{1,2}})[0-9]{{2}}(?:\1[0-9]{{2}}){{3}})(?![0-9])|^tel:",
    re.I,
)
"""As people write them; neither a day and an hour (01/02/2013 12 h) nor the decimals of a coordinate."""
_DANGER: Final = re.compile(r"(?:javascript|data|vbscript|file):", re.I)
_DANS: Final = f"{IGEO}subdivisionDirecteDe"


class Tamis:
    """Keeps or drops statements, one by one; counts what it drops by reason."""

    def __init__(self, atelier: Atelier) -> None:
        self._dropped: Counter[str] = atelier.bilan.retires
        self._things = f"{atelier.options.base_iri.rstrip('/')}/id/"
        self._places = f"{self._things}territoire/"
        shipped = {source.slug for source in (*find_corpus(), *find_territoires(Path()))}
        self._others = frozenset({*shipped, *find_lecteurs(), "insee-cog-communes-epci"})
        self._own = atelier.slug

    def refuse(self, fichier: Path, sujet: ox.NamedNode) -> None:
        """Refuse a whole file that speaks of what is not its own.

        Raises:
            FichierRefuseError: a term of the ontology or of a vocabulary, or what belongs to another source.
        """
        iri = sujet.value
        if iri.startswith(self._things) or not iri.startswith(MAILLAGE.rstrip("/")):
            return
        if iri.startswith(str(SOURCE)):
            slug = re.split(r"[#/]", iri.removeprefix(str(SOURCE)), maxsplit=1)[0]
            if slug == self._own or slug not in self._others:
                return
        cle = "autrui" if iri.startswith((str(SOURCE), f"{MAILLAGE}id/", f"{MAILLAGE}edition/")) else "termes"
        raise FichierRefuseError(messages(f"import.rdf.{cle}", fichier=fichier.name, sujet=iri[:120]))

    def sieve(self, enonce: Enonce) -> ox.Triple | None:
        """Return the statement to keep, None when it is dropped."""
        sujet, propriete, objet, _ = enonce
        if propriete == TYPE and isinstance(objet, ox.NamedNode) and objet.value in _ROLES:
            self._dropped[messages("import.rdf.derive")] += 1
            return ox.Triple(sujet, TYPE, ACTEUR)
        reason = self._reason(sujet.value, propriete.value, objet)
        if reason is not None:
            self._dropped[messages(f"import.rdf.{reason}")] += 1
            return None
        assert isinstance(objet, ox.NamedNode | ox.Literal)  # noqa: S101 — checked by _reason
        return ox.Triple(sujet, propriete, objet)

    def _reason(self, sujet: str, propriete: str, objet: object) -> str | None:
        if not isinstance(objet, ox.NamedNode | ox.Literal):
            return "enonce-cite"
        if propriete in _DERIVES:
            return "derive"
        if len(objet.value) > CELLULE_MAX:
            return "trop-long"
        if propriete in _COORDONNEES or is_personal(objet.value) or _is_personal_iri(sujet):
            return "personnel"
        if isinstance(objet, ox.NamedNode) and _DANGER.match(objet.value):
            return "adresse"
        official = sujet.startswith(self._places) and not sujet.startswith(f"{self._places}zone-")
        return "territoire" if official and not self._joins_zone(propriete, objet) else None

    def _joins_zone(self, propriete: str, objet: ox.NamedNode | ox.Literal) -> bool:
        return propriete == _DANS and objet.value.startswith(f"{self._places}zone-")


def is_personal(texte: str) -> bool:
    """True for a text that holds an e-mail address or a French telephone number."""
    return bool(_COURRIEL.search(texte) or _TELEPHONE.search(texte))


@lru_cache(maxsize=1024)
def _is_personal_iri(iri: str) -> bool:
    """Say the same of a subject, which comes back several times in a row."""
    return is_personal(iri[:CELLULE_MAX])
