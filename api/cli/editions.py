"""Commands on editions: build one, list them, choose one, remove the old ones."""

from typing import Annotated, Final

import typer

from api.cli.commun import plain_errors, say
from api.settings import Settings
from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import Dossier
from graph.edition.rapport import say_count, say_partial
from graph.messages import messages

DITS: Final = ("acteurs", "offres", "accompagnements", "liens", "énoncés")
"""What the end of a build counts aloud; the report counts the rest."""


@plain_errors
def build_command(
    force: Annotated[bool, typer.Option(help="Construire même si rien n’a changé.")] = False,
    departement: Annotated[
        list[str] | None,
        typer.Option(help="Édition partielle : des imports, ne garder que ce département (répétable)."),
    ] = None,
) -> None:
    """Construire une édition du graphe à partir des sources, si quelque chose a changé."""
    settings = Settings()
    options = Options(
        paquet_territoires=settings.paquet_territoires,
        paquet_contours=settings.paquet_contours,
        base_iri=settings.base_iri,
        force=force,
        departements=tuple(
            sorted({code.strip().upper().removeprefix("DEPARTEMENT:").zfill(2) for code in departement or ()})
        ),
    )
    manifeste, built = build(Dossier(settings.data), options, lambda etape: say(f"… {etape}", err=True))
    if not built:
        say(messages("cli.a-jour", id=manifeste.id))
        return
    resume = ", ".join(f"{say_count(manifeste.comptes.get(nom, 0))} {nom}" for nom in DITS)
    say(messages("cli.construite", id=manifeste.id, secondes=f"{sum(manifeste.durees.values()):.1f}"))
    say(f"  {resume}")
    for texte in say_partial(manifeste):
        say(f"  {texte}")
    if manifeste.rapprochements:
        say(f"  {messages('rapprochements.cli', n=manifeste.rapprochements)}")
    for nom, nombre in manifeste.anomalies.items():
        say(f"  {messages('cli.anomalie', nom=nom, nombre=nombre)}")


@plain_errors
def list_command() -> None:
    """Lister les éditions, de la plus ancienne à la plus récente."""
    dossier = Dossier(Settings().data)
    current = dossier.current_id()
    for manifeste in dossier.manifests():
        mark = "*" if manifeste.id == current else " "
        codes, acteurs = ", ".join(manifeste.departements), manifeste.comptes.get("acteurs", 0)
        part = f"  {messages('cli.partielle', codes=codes)}" if codes else ""
        say(f"{mark} {manifeste.id}  {manifeste.creee}  {acteurs} acteurs{part}")


@plain_errors
def use_command(identifiant: Annotated[str, typer.Argument(metavar="EDITION")]) -> None:
    """Faire d’une édition l’édition courante ; un serveur en marche la prend en quelques secondes."""
    Dossier(Settings().data).use(identifiant)
    say(messages("cli.courante", id=identifiant))


@plain_errors
def prune_command(
    garder: Annotated[int, typer.Option(help="Nombre d’éditions à garder, les plus récentes.", min=1)] = 3,
) -> None:
    """Supprimer les vieilles éditions, jamais la courante ni une édition en cours de lecture."""
    removed = Dossier(Settings().data).prune(garder)
    say(messages("cli.elaguees", n=len(removed)) + (f" ({', '.join(removed)})" if removed else ""))
