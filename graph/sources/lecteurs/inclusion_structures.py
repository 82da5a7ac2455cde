"""Structures of data·inclusion, as actors."""

from collections.abc import Sequence

from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.bilan import LigneFiltree, LigneRefusee
from graph.sources.lecteurs import partage
from graph.sources.lecteurs.partage import Memoire, Provenance, hash64, read_day, read_siret, siret_key_holds
from graph.sources.lecteurs.textes import clean
from graph.sources.ntriples import literal, statement
from graph.sources.tableau import Ligne


class Structures:
    """Reads structures, and remembers under which term each was written."""

    def __init__(self, atelier: Atelier, provenance: Provenance) -> None:
        self._atelier, self._provenance = atelier, provenance
        self._sirets: dict[int, str] = {}
        """The SIRET, empty without one, by eight bytes of the identifier."""
        self._filtrees: set[int] = set()
        self._first = Memoire().first

    def find(self, identifiant: str) -> str:
        """Return the term of a structure.

        Raises:
            LigneFiltree: the structure was left aside, and so is what depends on it.
            LigneRefusee: no such structure in the files.
        """
        key = hash64(identifiant)
        if key in self._filtrees:
            raise LigneFiltree(messages("import.publie.hors-departements"))
        if key not in self._sirets:
            raise LigneRefusee("structure_id", identifiant, messages("import.data-inclusion.sans-structure"))
        return self._terme(identifiant, self._sirets[key])

    def convert(self, ligne: Ligne, passage: str) -> Sequence[str]:
        """Return the statements of a structure."""
        identifiant, nom = ligne["id"], clean(ligne["nom"], 250)
        if not identifiant:
            raise LigneRefusee("id", "", messages("import.publie.sans-identifiant"))
        if not nom:
            raise LigneRefusee("nom", ligne["nom"], messages("import.publie.sans-nom"))
        key = hash64(identifiant)
        if key in self._sirets:
            raise LigneRefusee("id", identifiant, messages("import.publie.identifiant-double"))
        commune = partage.siege_of(self._atelier, ligne["code_insee"])
        self._keep_wanted(commune, key)
        siret = self._siret(ligne["siret"])
        self._sirets[key] = siret
        if jour := read_day(ligne["date_maj"]):
            self._provenance.seen(jour)
        return self._describe(self._terme(identifiant, siret), nom, siret, commune, ligne, passage)

    def _keep_wanted(self, commune: str | None, key: int) -> None:
        wanted = self._atelier.options.departements
        if wanted and (commune is None or self._atelier.departement_of(commune) not in wanted):
            self._filtrees.add(key)
            raise LigneFiltree(messages("import.publie.hors-departements"))

    def _siret(self, texte: str) -> str:
        siret = read_siret(texte) or ""
        if siret and not siret_key_holds(siret):
            self._atelier.bilan.avertissements[messages("import.parties.cle-siret")] += 1
        return siret

    def _terme(self, identifiant: str, siret: str) -> str:
        slug = f"siret-{siret}" if siret else f"{self._atelier.slug}-{partage.slug_of(identifiant)}"
        return self._atelier.thing("acteur", slug)

    def _describe(
        self, terme: str, nom: str, siret: str, commune: str | None, ligne: Ligne, passage: str
    ) -> list[str]:
        atelier = self._atelier
        if not self._first(terme):
            # Several structures with one SIRET are one actor: the first names it.
            atelier.bilan.avertissements[messages("import.data-inclusion.meme-siret")] += 1
            other = (
                [statement(terme, partage.AUTRE_NOM, atelier.text(nom))] if self._first(terme + nom) else []
            )
            return [*other, statement(terme, partage.SOURCE_DE, passage)]
        self._first(terme + nom)
        lines = [
            statement(terme, partage.A, partage.ACTEUR),
            statement(terme, partage.NOM, atelier.text(nom)),
        ]
        if siret:
            lines.append(statement(terme, partage.SIRET, literal(siret)))
        if commune is not None:
            lines.append(statement(terme, partage.SIEGE, atelier.thing("territoire", f"commune-{commune}")))
        if description := clean(ligne["description"]):
            lines.append(statement(terme, partage.DESCRIPTION, atelier.text(description)))
        lines += partage.coordinates(atelier, terme, ligne["latitude"], ligne["longitude"])
        lines += partage.homepage(terme, ligne["site_web"])
        return [*lines, statement(terme, partage.SOURCE_DE, passage)]
