"""Is the service ready, and on which edition?"""

from typing import Any

from fastapi import APIRouter

from api.dependances import EditionCourante

router = APIRouter()


@router.get("/sante", summary="Dire si le service est prêt, et sur quelle édition")
def read_sante(edition: EditionCourante) -> dict[str, Any]:
    """Answer 200 once an edition is open (503 before)."""
    return {
        "etat": "prêt",
        "edition": edition.id,
        "creee": edition.manifeste.creee,
        "format": edition.manifeste.format,
        "partielle": edition.manifeste.partielle,
        "departements": list(edition.manifeste.departements),
        "comptes": edition.manifeste.comptes,
        "sparql": edition.sparql.etat(),
    }
