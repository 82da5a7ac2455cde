"""What only registers say, read from the store when it is asked for: one actor, its payments.

National registers name organisations by the million, and nobody can be oriented to most of them. They stay
on disk: the catalogue answers without them, the directory and the cards reach them here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.catalogue.divergences import Dires, read_dires, settle
from graph.catalogue.fiche import Fiche, read_fiches
from graph.catalogue.lecture_choses import read_acteur
from graph.catalogue.modele import Acteur, Iri, Versement, Versements
from graph.queries import load_requete
from graph.store import Ligne, Store
from ontology.namespaces import MAILLAGE


@dataclass(frozen=True, slots=True)
class Registre:
    """Reads on demand what the catalogue does not hold."""

    store: Store
    annuaire: Path
    """Index of the directory: every actor of the edition."""
    base_iri: str = MAILLAGE

    def iri(self, slug: str) -> Iri:
        """Return the IRI that an actor of this slug has in this instance."""
        return f"{self.base_iri.rstrip('/')}/id/acteur/{slug}"

    def acteur(self, iri: Iri) -> Acteur | None:
        """Return an actor, None when the edition knows none of this IRI."""
        fiche = self._fiche(iri)
        return read_acteur(fiche, ()) if fiche is not None and "Acteur" in fiche.types else None

    def dires(self, iri: Iri) -> Dires:
        """Return what each source says of an actor, for the properties that expect one value."""
        return read_dires(self.store, [iri]).get(iri, {})

    def remplacant(self, iri: Iri) -> Iri | None:
        """Return the actor that a merged one became, None when it became none."""
        terme = _terme(iri)
        lignes = self._select("catalogue/remplacant", terme) if terme else []
        return lignes[0]["remplacant"] if lignes else None

    def versements(self, iri: Iri) -> Versements:
        """Return what registers say that an actor gives and receives: the sums, and the 50 latest."""
        terme = _terme(iri)
        if terme is None:
            return Versements()
        sommes = {
            ligne["recu"]: (int(ligne["nombre"]), float(ligne.get("total", 0)))
            for ligne in self._select("catalogue/versements-sommes", terme)
            if "recu" in ligne
        }
        donnes, recus = sommes.get("false", (0, 0.0)), sommes.get("true", (0, 0.0))
        return Versements(*donnes, *recus, tuple(self._latest(terme)))

    def _latest(self, acteur: ox.NamedNode) -> Iterator[Versement]:
        recus = {
            ligne["lien"]: ligne["recu"] == "true" for ligne in self._select("catalogue/versements", acteur)
        }
        liens = {fiche.iri: fiche for fiche in read_fiches(self.store, recus)}
        autres = {
            iri: liens[iri].text("de" if recu else "vers") for iri, recu in recus.items() if iri in liens
        }
        noms = {fiche.iri: fiche.text("prefLabel") for fiche in read_fiches(self.store, set(autres.values()))}
        for iri, autre in autres.items():
            yield _versement(liens[iri], autre, noms.get(autre, ""), recu=recus[iri])

    def _fiche(self, iri: Iri) -> Fiche | None:
        if _terme(iri) is None:
            return None
        return next(iter(settle(self.store, read_fiches(self.store, [iri]))), None)

    def _select(self, requete: str, acteur: ox.NamedNode) -> list[Ligne]:
        return list(self.store.select(load_requete(requete).bind(acteur=acteur)))


def _terme(iri: Iri) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(iri)
    except ValueError:  # what people type as a slug may be anything
        return None


def _versement(fiche: Fiche, autre: Iri, nom: str, *, recu: bool) -> Versement:
    return Versement(
        lien=fiche.iri,
        autre=autre,
        nom=nom or autre.rsplit("/", 1)[-1],
        recu=recu,
        montant=fiche.text("montant"),
        date=fiche.date("debut"),
        objet=fiche.text("title"),
        passages=fiche.iris("source"),
    )
