"""How the API is described to those who write programs: ``/api/openapi.json``.

Routes say what is theirs; what is the same everywhere is added here once: every refusal is a problem document
(RFC 9457), any parameter may be refused, any answer may have to wait for an edition.
"""

from typing import Any, Final

from fastapi import FastAPI
from starlette.types import Lifespan

from api.publique import AdressePublique
from graph.messages import LANGUES
from visualisations.langues import PARAMETRE

Responses = dict[int | str, dict[str, Any]]

PROBLEME: Final = "application/problem+json"
HTML: Final = "text/html"
STATUTS_DITS: Final[dict[int, str]] = {
    303: "L’adresse du document qui décrit cette chose, dans la forme que préfère Accept (en-tête Location).",
    304: "La réponse est celle que donne déjà If-None-Match.",
    308: "Cette chose a changé d’adresse (en-tête Location).",
    400: "Demande refusée ; « detail » dit pourquoi.",
    404: "Rien de ce nom dans cette édition.",
    406: "Aucun des formats acceptés n’est proposé ; « formats » les nomme quand il y en a plusieurs.",
    408: "La demande n’est pas arrivée entière à temps.",
    410: "Rien de ce nom dans cette édition ; « detail » nomme la dernière qui l’a décrit.",
    413: "Demande trop grande.",
    415: "Type d’envoi non accepté.",
    422: "Un champ est inconnu, manque, ou sa valeur n’est rien ici ; « champ » le nomme.",
    429: "Part de chacun dépassée (Retry-After dit quand revenir).",
    502: "Le serveur de données, quand il y en a un, ne répond pas.",
    503: "Requête arrêtée au délai ; ou pas encore d’édition ouverte, ou plus une place (Retry-After).",
    504: "Le serveur de données, quand il y en a un, n’a pas répondu au délai.",
}
"""What each status means, in general."""
PARTOUT: Final = (502, 503, 504)
_CHAINE: Final = {"type": "string"}
LANGUE: Final[dict[str, Any]] = {
    "name": PARAMETRE,
    "in": "query",
    "description": "La langue des phrases de la réponse ; sans, le français.",
    "schema": {"type": "string", "enum": list(LANGUES)},
}
"""What any address takes: the language is read before the routes."""
SCHEMA_PROBLEME: Final[dict[str, Any]] = {
    "title": "Probleme",
    "type": "object",
    "description": "Ce qui empêche de répondre, en une phrase pour qui demande (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {**_CHAINE, "description": "Toujours « about:blank » : le statut dit le genre du problème."},
        "title": {**_CHAINE, "description": "Le genre du problème, en mots."},
        "status": {"type": "integer", "description": "Le statut HTTP."},
        "detail": {**_CHAINE, "description": "Ce qui ne va pas, et souvent quoi faire."},
        "champ": {**_CHAINE, "description": "Le champ ou le paramètre en cause (422)."},
        "erreurs": {
            "type": "array",
            "description": "Chaque champ en cause, quand il y en a plusieurs (422).",
            "items": {"type": "object", "properties": {"champ": _CHAINE, "detail": _CHAINE}},
        },
        "formats": {"type": "array", "items": _CHAINE, "description": "Les formats proposés (406)."},
        "arretee": {"type": "boolean", "description": "Vrai quand la requête a été arrêtée au délai (503)."},
        "conseil": {**_CHAINE, "description": "Comment demander moins (503)."},
    },
}


def say(*statuts: int) -> Responses:
    """Return what a route documents for statuses that mean there what they mean everywhere."""
    return {statut: {"description": STATUTS_DITS[statut]} for statut in statuts}


class Application(FastAPI):
    """The application, and how it describes itself."""

    def __init__(self, lifespan: Lifespan["Application"], adresse: AdressePublique) -> None:
        """Describe what is served.

        Args:
            lifespan: what is opened at start and closed at the end.
            adresse: where the public finds it.
        """
        super().__init__(
            title="Maillage",
            summary="Qui accompagne les associations, où, à quel stade, pour quel besoin.",
            version="1",
            lifespan=lifespan,
            openapi_url="/api/openapi.json",
            docs_url=None,
            redoc_url=None,
            servers=[{"url": str(adresse) or "/"}],
            openapi_tags=[
                {"name": "orientation", "description": "Vers qui se tourner, et pourquoi."},
                {"name": "données", "description": "Territoires, vocabulaires, acteurs, réseau."},
                {"name": "questions", "description": "Questions prêtes, chacune avec ses paramètres."},
                {"name": "sparql", "description": "Le graphe entier, en lecture."},
                {"name": "données liées", "description": "Chaque chose à son adresse, et les fichiers."},
            ],
        )
        self.adresse = adresse

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI document, made once."""
        if self.openapi_schema is None:
            document = super().openapi()
            schemas = document.setdefault("components", {}).setdefault("schemas", {})
            schemas["Probleme"] = SCHEMA_PROBLEME
            for inutile in ("HTTPValidationError", "ValidationError"):
                schemas.pop(inutile, None)
            for chemin, operations in document["paths"].items():
                for operation in operations.values():
                    operation["parameters"] = [*operation.get("parameters", ()), LANGUE]  # they may share
                    if chemin.startswith("/api/"):
                        operation["responses"].setdefault("422", {"description": STATUTS_DITS[422]})
                    _say_refusals(operation, page=not chemin.startswith("/api/"))
        return super().openapi()


def _say_refusals(operation: dict[str, Any], *, page: bool) -> None:
    """Add the refusals that any route may answer, and their form: a page too, where browsers come."""
    reponses = operation["responses"]
    for statut in PARTOUT:
        reponses.setdefault(str(statut), {"description": STATUTS_DITS[statut]})
    if reponses.get("422", {}).get("description") == "Validation Error":
        reponses["422"]["description"] = STATUTS_DITS[422]
    forme = {"schema": {"$ref": "#/components/schemas/Probleme"}}
    for statut, said in reponses.items():
        if statut >= "400":
            said["content"] = {PROBLEME: forme} | ({HTML: {"schema": _CHAINE}} if page else {})
    operation["responses"] = dict(sorted(reponses.items()))
