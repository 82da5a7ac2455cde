"""The turn of equals: nobody is always first, nothing is random."""

import hashlib
from collections.abc import Sequence

from graph.catalogue.modele import Offre
from graph.orientation.modele import Demande


class Tour:
    """Order equals by SHA-256 of (date, request, edition, offer).

    The same request on the same day on the same edition gives the same order everywhere.
    """

    def __init__(self, edition: str, demande: Demande, offres: Sequence[Offre]) -> None:
        asked = (
            demande.date.isoformat(),
            demande.territoire,
            demande.stade or "",
            ",".join(sorted(demande.besoins)),
            demande.secteur or "",
            edition,
        )
        self._asked = hashlib.sha256("|".join((*asked, "")).encode())
        self._offres = offres

    def __call__(self, place: int) -> bytes:
        """Return what to sort an offer by, from its place among the offers."""
        digest = self._asked.copy()
        digest.update(self._offres[place].iri.encode())
        return digest.digest()
