"""What one workbook has said so far: its actors by identifier, where they work, what they claim to be."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from graph.dates import DatePartielle
from graph.messages import messages
from graph.sources.atelier import Atelier, slugify
from graph.sources.bilan import LigneFiltree, LigneRefusee
from graph.sources.classeur.colonnes import PREFIXE_EXEMPLE
from graph.sources.classeur.valeurs import clean, holds_contact, public_text, read_date
from graph.sources.tableau import Ligne
from graph.texte import fold
from ontology.namespaces import MAILLAGE

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\Z", re.ASCII)
_CLE: Final = re.compile(r"[a-z0-9][a-z0-9 ]{0,49}\Z", re.ASCII)
_DE_CE_GRAPHE: Final = re.compile(r"(acteur|accompagnement):(.*)\Z", re.DOTALL)


@dataclass(slots=True)
class ActeurLu:
    """An actor of the workbook, or one it names in the graph."""

    terme: str
    cle: str
    """Words of its identifier joined by hyphens: part of the slugs of its offers and links."""
    departement: str = ""
    passage: str = ""
    roles: tuple[str, ...] = ()
    """Roles claimed in ``types`` that a mandate must carry."""


@dataclass
class Carnet:
    """The state of one import, kept by identifier."""

    atelier: Atelier
    acteurs: dict[str, ActeurLu] = field(default_factory=dict)
    ecartes: dict[str, str] = field(default_factory=dict)
    """Identifiers of actors left aside, with the reason: what names them is left aside too."""
    actions: dict[str, str] = field(default_factory=dict)
    termes: set[str] = field(default_factory=set)
    zones: dict[str, dict[str, None]] = field(default_factory=dict)
    """Territories of each actor's offers."""
    mandats: set[tuple[str, str]] = field(default_factory=set)
    """Mandates a row ``mandat`` gives: actor and role."""
    rangs: Counter[str] = field(default_factory=Counter)
    recente: DatePartielle | None = None
    """Newest update date of the rows taken."""

    def own_slug(self, cle: str) -> str:
        """Return a slug that no other workbook can make: source slugs never hold two hyphens in a row."""
        return f"{self.atelier.slug}--{cle}"

    def numbered(self, cle: str) -> str:
        """Return the next slug of a series (the offers of an actor, its links of a kind)."""
        self.rangs[cle] += 1
        return self.own_slug(f"{cle}-{self.rangs[cle]}")

    def identifier(self, ligne: Ligne, colonne: str = "id") -> str:
        """Return the folded identifier of a row.

        Raises:
            LigneRefusee: none, or one that says whom to call.
            LigneFiltree: an example row of the empty workbook.
        """
        brut = clean(ligne[colonne])
        cle = fold(brut)
        if cle.split()[:1] == [PREFIXE_EXEMPLE]:
            raise LigneFiltree(messages("import.classeur.exemple"))
        if not _CLE.match(cle) or holds_contact(brut) or _DE_CE_GRAPHE.match(brut):
            raise LigneRefusee(colonne, "" if holds_contact(brut) else brut, messages("import.classeur.id"))
        return cle

    def claim(self, terme: str, colonne: str, valeur: str) -> None:
        """Note that a row describes a thing.

        Raises:
            LigneRefusee: another row of the workbook does.
        """
        if terme in self.termes:
            raise LigneRefusee(colonne, valeur, messages("import.classeur.doublon"))

    def actor(self, colonne: str, valeur: str) -> ActeurLu:
        """Return the actor a cell names: an ``id`` of the sheet, ``acteur:slug`` or an IRI of the graph.

        Raises:
            LigneRefusee: none was taken under this identifier.
            LigneFiltree: it was left aside.
        """
        slug = self._graph_slug("acteur", valeur)
        if slug is not None:
            return ActeurLu(self.atelier.thing("acteur", slug), slug)
        cle = fold(valeur)
        if cle in self.acteurs:
            return self.acteurs[cle]
        self._filter_known(cle)
        raise LigneRefusee(colonne, _shown(valeur), messages("import.classeur.acteur-inconnu"))

    def _filter_known(self, cle: str) -> None:
        if cle.split()[:1] == [PREFIXE_EXEMPLE]:
            raise LigneFiltree(messages("import.classeur.exemple"))
        if cle in self.ecartes:
            raise LigneFiltree(self.ecartes[cle])

    def action(self, colonne: str, valeur: str) -> str | None:
        """Return the support action a cell names (``accompagnement:id`` or an IRI); None for anything else.

        Raises:
            LigneRefusee: said to be one, but there is none.
            LigneFiltree: an example.
        """
        named = _DE_CE_GRAPHE.match(clean(valeur))
        if named is not None and named[1] == "accompagnement":
            cle = fold(named[2])
            if cle in self.actions:
                return self.actions[cle]
            self._filter_known(cle)
        slug = self._graph_slug("accompagnement", valeur)
        if slug is None and named is not None and named[1] == "accompagnement":
            raise LigneRefusee(colonne, _shown(valeur), messages("import.classeur.action-inconnue"))
        return None if slug is None else self.atelier.thing("accompagnement", slug)

    def _graph_slug(self, segment: str, valeur: str) -> str | None:
        texte = clean(valeur)
        for base in (self.atelier.options.base_iri.rstrip("/"), MAILLAGE.rstrip("/")):
            texte = texte.removeprefix(f"{base}/id/{segment}/")
        found = texte if texte != clean(valeur) else ""
        if not found and texte.startswith(f"{segment}:"):
            found = texte.removeprefix(f"{segment}:")
        return found if _SLUG.match(found) and len(found) <= 200 else None

    def territories(self, acteur: ActeurLu) -> list[str]:
        """Return where an actor works: the territories of its offers, else the departement of its seat."""
        offered = list(self.zones.get(acteur.terme, ()))
        return offered or ([f"departement-{acteur.departement}"] if acteur.departement else [])

    def update_date(self, ligne: Ligne) -> DatePartielle | None:
        """Return the date a row was last kept up.

        Raises:
            LigneRefusee: not a date.
            LigneFiltree: before the day asked for.
        """
        lue = read_date(self.atelier, ligne, "date_maj")
        self.check_since(lue)
        return lue

    def check_since(self, lue: DatePartielle | None) -> None:
        """Leave a row aside when it is surely older than the day asked for.

        Raises:
            LigneFiltree: it is.
        """
        depuis = self.atelier.options.depuis
        if lue is not None and depuis is not None and lue.surely_before(depuis):
            raise LigneFiltree(messages("import.classeur.avant"))

    def passage_of(self, nom: str) -> str:
        """Write the term of the passage of a row."""
        return self.atelier.passage(nom)

    def provenance(
        self, nom: str, lieu: str, ligne: Ligne, maj: DatePartielle | None = None
    ) -> Iterator[str]:
        """Write the passage of a row: where it is in the workbook, and the source the row gives.

        Its place is told by identifier, not by line: a row added above must not change all the others.
        """
        atelier, passage = self.atelier, self.passage_of(nom)
        said = public_text(atelier, ligne["source"])
        yield atelier.triple(passage, "a", atelier.property("mai:Passage"))
        yield atelier.triple(passage, "dcterms:isPartOf", f"<{atelier.graphe}>")
        if said:
            lieu = messages("import.classeur.lieu-source", lieu=lieu, source=said)
        yield atelier.triple(passage, "mai:lieu", atelier.text(lieu))
        if maj is not None:
            yield atelier.triple(passage, "dcterms:modified", atelier.partial_date("date_maj", maj.texte))

    def keep_recent(self, maj: DatePartielle | None) -> None:
        """Remember the newest update date."""
        if maj is not None and (self.recente is None or maj.fin > self.recente.fin):
            self.recente = maj


def hyphened(cle: str) -> str:
    """Make a slug of a folded identifier."""
    return slugify(cle)


def _shown(valeur: str) -> str:
    return "" if holds_contact(valeur) else valeur
