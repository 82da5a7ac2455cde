"""The catalogue itself: things by IRI, and the few indexes that answers need."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from graph.catalogue.comptes import Comptes
from graph.catalogue.contours import Contour
from graph.catalogue.dessins import Dessins
from graph.catalogue.divergences import Dires
from graph.catalogue.lieux import read_place, same_name, say_choices
from graph.catalogue.modele import (
    Accompagnement,
    Acteur,
    Concept,
    Instance,
    Iri,
    Lien,
    Observation,
    Offre,
    Passage,
    Source,
    Territoire,
)
from graph.catalogue.registre import Registre
from graph.catalogue.territoires import IndexTerritoires
from graph.errors import IntrouvableError
from graph.messages import messages
from graph.texte import radicals
from ontology.namespaces import VOC


@dataclass(frozen=True, eq=False)
class Catalogue:
    """What an edition says, ready to be read; indexes are made at first use and kept.

    Actors that only registers name are not here: :meth:`lire_acteur` reads them.
    """

    edition: str = ""
    sources: Mapping[Iri, Source] = field(default_factory=dict)
    passages: Mapping[Iri, Passage] = field(default_factory=dict)
    concepts: Mapping[Iri, Concept] = field(default_factory=dict)
    territoires: Mapping[Iri, Territoire] = field(default_factory=dict)
    acteurs: Mapping[Iri, Acteur] = field(default_factory=dict)
    offres: Mapping[Iri, Offre] = field(default_factory=dict)
    accompagnements: Mapping[Iri, Accompagnement] = field(default_factory=dict)
    instances: Mapping[Iri, Instance] = field(default_factory=dict)
    observations: Mapping[Iri, Observation] = field(default_factory=dict)
    liens: tuple[Lien, ...] = ()
    successeurs: Mapping[Iri, Iri] = field(default_factory=dict)
    """What was replaced (actor or dispositif) to what replaced it."""
    codes_resolus: Mapping[str, Iri] = field(default_factory=dict)
    """Former and delegated commune codes to today's commune."""
    departements: tuple[str, ...] = ()
    """Codes of the departements that the edition keeps to; empty for all of France."""
    comptes: Comptes = field(default_factory=Comptes)
    """What was counted when the edition was built."""
    contours: Mapping[str, Contour] = field(default_factory=dict)
    """Shapes of the departements, by code; empty where the edition was built without them."""
    dessins: Dessins = field(default_factory=dict)
    """Where the build drew the networks of actors."""
    registre: Registre | None = None
    """Where to read the actors that only registers name; None when every actor is here."""

    def acteur(self, slug: str) -> Acteur:
        """Return the actor of a slug.

        Raises:
            IntrouvableError: no such actor in this edition.
        """
        found = self._acteurs_by_slug.get(slug)
        if found is None and self.registre is not None:
            found = self.registre.acteur(self.registre.iri(slug))
        if found is None:
            raise IntrouvableError(messages("introuvable.acteur"))
        return found

    def lire_acteur(self, iri: Iri) -> Acteur | None:
        """Return an actor, known here or by a register alone; None when nobody knows it."""
        found = self.acteurs.get(iri)
        return self.registre.acteur(iri) if found is None and self.registre is not None else found

    def remplacant(self, slug: str) -> str | None:
        """Return the slug of the actor that a merged one became, None when it became none."""
        found = self.registre.remplacant(self.registre.iri(slug)) if self.registre is not None else None
        return found.rsplit("/", 1)[-1] if found else None

    def dires_de(self, acteur: Iri) -> Dires:
        """Return what each source says of an actor, where one value is expected; nothing without a store."""
        return self.registre.dires(acteur) if self.registre is not None else {}

    def accompagnement(self, slug: str) -> Accompagnement:
        """Return the action of a slug.

        Raises:
            IntrouvableError: no such action in this edition.
        """
        found = next((a for a in self.accompagnements.values() if a.slug == slug), None)
        if found is None:
            raise IntrouvableError(messages("introuvable.accompagnement"))
        return found

    def concept(self, schema: str, code: str) -> Concept | None:
        """Return the concept of a scheme by its code, None when there is none."""
        return self.concepts.get(f"{VOC}{schema}/{code}")

    def concepts_de(self, schema: str) -> tuple[Concept, ...]:
        """Return the concepts of a scheme, each parent followed by its children, by file order."""
        return self._concepts_by_scheme.get(schema, ())

    def elargir(self, concept: Iri) -> tuple[Iri, ...]:
        """Return the broader concepts of a concept, nearest first."""
        chain: list[Iri] = []
        current = self.concepts.get(concept)
        while current is not None and current.parent is not None and current.parent not in chain:
            chain.append(current.parent)
            current = self.concepts.get(current.parent)
        return tuple(chain)

    def lire_territoire(self, ref: str) -> Territoire:
        """Return the territory of a reference (``14027``, ``departement:14``), a code or a name of one place.

        Raises:
            IntrouvableError: no such territory in this edition, or several of that name.
        """
        if (found := self._index_territoires.read(ref)) is not None:
            return found
        lu = read_place(self, ref)
        if lu.territoire is not None:
            return lu.territoire
        if named := same_name(ref, lu.choix):
            noms = say_choices(self, named)
            raise IntrouvableError(messages("introuvable.plusieurs-territoires", texte=ref[:60], noms=noms))
        raise IntrouvableError(messages("introuvable.territoire"))

    def chercher_territoires(self, texte: str, limite: int = 10) -> list[Territoire]:
        """Return the territories that a typed text may mean, likeliest first."""
        return self._index_territoires.search(texte, limite)

    def lieux_du_code(self, texte: str) -> list[Territoire]:
        """Return the places of a reference, an INSEE or a postal code; none when it is no code."""
        return self._index_territoires.by_code(texte)

    def rapprocher_communes(self, texte: str) -> list[Territoire]:
        """Return the communes spelt nearly like a text that no name begins like, likeliest first."""
        return self._index_territoires.nearest(texte)

    def offres_de(self, acteur: Iri) -> tuple[Offre, ...]:
        """Return the offers of an actor."""
        return self._offres_by_acteur.get(acteur, ())

    def offres_couvrant(self, territoires: Iterable[Iri]) -> list[Offre]:
        """Return the offers that cover any of the territories, each once."""
        found = {offre.iri: offre for iri in territoires for offre in self._offres_by_territoire.get(iri, ())}
        return list(found.values())

    def liens_de(self, iri: Iri) -> tuple[Lien, ...]:
        """Return the links that leave from or arrive at a thing."""
        return self._liens_by_iri.get(iri, ())

    def libelle(self, iri: Iri) -> str:
        """Return the name of anything known: actor, concept, territory, action, committee, offer, source."""
        if (named := self.acteurs.get(iri) or self.territoires.get(iri)) is not None:
            return named.nom
        if (concept := self.concepts.get(iri)) is not None:
            return concept.libelle
        titled = (
            self.accompagnements.get(iri)
            or self.instances.get(iri)
            or self.offres.get(iri)
            or self.sources.get(iri)
        )
        return titled.titre if titled is not None else iri.rstrip("/").rsplit("/", 1)[-1]

    def source_de(self, passages: Iterable[Iri]) -> list[tuple[Passage, Source]]:
        """Return passages with the source each belongs to, unknown ones left out."""
        known = (self.passages[iri] for iri in passages if iri in self.passages)
        return [
            (passage, self.sources[passage.source]) for passage in known if passage.source in self.sources
        ]

    def radicaux(self, iri: Iri) -> frozenset[str]:
        """Return the telling words of a passage, or of the names of anything else; worked out once."""
        found = self._radicaux.get(iri)
        if found is None:
            if (passage := self.passages.get(iri)) is not None:
                texte = f"{passage.lieu} {passage.citation or ''}"
            elif (concept := self.concepts.get(iri)) is not None:
                texte = " ".join((concept.libelle_fr, *concept.alias))
            else:
                texte = self.libelle(iri)
            found = self._radicaux[iri] = radicals(texte)
        return found

    @cached_property
    def _radicaux(self) -> dict[Iri, frozenset[str]]:
        return {}

    @cached_property
    def _acteurs_by_slug(self) -> dict[str, Acteur]:
        return {acteur.slug: acteur for acteur in self.acteurs.values()}

    @cached_property
    def _concepts_by_scheme(self) -> dict[str, tuple[Concept, ...]]:
        children: dict[tuple[str, Iri | None], list[Concept]] = defaultdict(list)
        for concept in self.concepts.values():
            parent = concept.parent if concept.parent in self.concepts else None
            children[concept.schema, parent].append(concept)

        def walk(schema: str, parent: Iri | None) -> Iterable[Concept]:
            for concept in children.get((schema, parent), ()):
                yield concept
                yield from walk(schema, concept.iri)

        return {schema: tuple(walk(schema, None)) for schema, parent in children if parent is None}

    @cached_property
    def _index_territoires(self) -> IndexTerritoires:
        return IndexTerritoires(self.territoires, self.codes_resolus)

    @cached_property
    def _offres_by_acteur(self) -> dict[Iri, tuple[Offre, ...]]:
        groups: dict[Iri, list[Offre]] = defaultdict(list)
        for offre in self.offres.values():
            groups[offre.acteur].append(offre)
        return {acteur: tuple(offres) for acteur, offres in groups.items()}

    @cached_property
    def _offres_by_territoire(self) -> dict[Iri, tuple[Offre, ...]]:
        groups: dict[Iri, list[Offre]] = defaultdict(list)
        for offre in self.offres.values():
            for territoire in offre.territoires:
                groups[territoire].append(offre)
        return {territoire: tuple(offres) for territoire, offres in groups.items()}

    @cached_property
    def _liens_by_iri(self) -> dict[Iri, tuple[Lien, ...]]:
        groups: dict[Iri, list[Lien]] = defaultdict(list)
        for lien in self.liens:
            groups[lien.de].append(lien)
            if lien.vers != lien.de:
                groups[lien.vers].append(lien)
        return {iri: tuple(liens) for iri, liens in groups.items()}
