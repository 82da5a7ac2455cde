"""Is the service ready, on which edition, and what did it do?"""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.dependances import EditionCourante
from api.mesures import TYPE_MEDIA, Mesures
from api.partage import Partage

router = APIRouter(tags=["données"])


@router.get("/sante", summary="Dire si le service est prêt, et sur quelle édition")
def read_sante(edition: EditionCourante) -> dict[str, Any]:
    """200 dès qu’une édition est ouverte, 503 avant."""
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


@router.get(
    "/metrics",
    summary="Mesures du service, au format de Prometheus",
    response_class=Response,
    responses={200: {"description": "Les mesures.", "content": {"text/plain": {}}}},
)
async def read_metrics(request: Request, edition: EditionCourante) -> Response:
    """Les comptes de ce processus depuis son démarrage."""
    mesures: Mesures = request.app.state.mesures
    partage: Partage = request.app.state.partage
    etat = edition.sparql.etat()
    jauges = {
        "sparql_workers": etat["ouvriers"],
        "sparql_workers_started": etat["demarres"],
        "sparql_workers_busy": etat["occupes"],
        "sparql_workers_killed_total": etat["tues"],
        "sparql_queries_waiting": partage.en_attente,
        "sparql_clients_refused_total": partage.refus,
    }
    return Response(
        mesures.write({nom: float(valeur) for nom, valeur in jauges.items()}, edition.id),
        headers={"Content-Type": TYPE_MEDIA, "Cache-Control": "no-store"},
    )
