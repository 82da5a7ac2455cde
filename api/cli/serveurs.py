"""Commands on servers: serve the site, publish an edition on a SPARQL server."""

import logging
import socket
from typing import Annotated

import typer

from api.cli.commun import open_current, plain_errors, say
from api.settings import Settings, open_acces
from graph.edition.acces import AccesLocal
from graph.errors import MaillageError
from graph.messages import messages


@plain_errors
def serve_command(
    host: Annotated[str, typer.Option(help="Adresse d’écoute.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port d’écoute.", min=1, max=65535)] = 8000,
) -> None:
    """Servir les pages, l’API et SPARQL."""
    import uvicorn

    from api.app import create_app

    settings = Settings()
    open_current(open_acces(settings))
    _refuse_taken_port(host, port)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    say(messages("cli.ecoute", adresse=f"http://{host}:{port}"))
    uvicorn.run(
        create_app(settings),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        proxy_headers=bool(settings.mandataires),
        forwarded_allow_ips=settings.mandataires,
    )


def _refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise MaillageError(messages("cli.port-pris", port=port, host=host)) from None


@plain_errors
def publish_command(
    endpoint: Annotated[str, typer.Option(help="Adresse des requêtes SPARQL du serveur.")],
    graphes: Annotated[
        str, typer.Option(help="Adresse de ses graphes (Graph Store Protocol) ; inutile pour Virtuoso.")
    ] = "",
    par_envoi: Annotated[
        int, typer.Option(help="Énoncés de chaque envoi, à réduire s’il est refusé comme trop gros.", min=100)
    ] = 20_000,
    garder: Annotated[
        int, typer.Option(help="Éditions à garder sur le serveur, celle-ci comprise.", min=1)
    ] = 2,
) -> None:
    """Mettre l’édition courante sur un serveur SPARQL 1.1 ; une publication interrompue se reprend.

    Le nom et le mot de passe se donnent par MAILLAGE_SPARQL_UTILISATEUR et MAILLAGE_SPARQL_SECRET.
    """
    from api.cli.publication import publish_edition

    settings = Settings()
    folder, _ = open_current(AccesLocal(settings.data))
    for texte in publish_edition(folder, settings, endpoint, graphes, par_envoi, garder):
        say(texte)
