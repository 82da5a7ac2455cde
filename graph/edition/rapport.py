"""The report of a build, for the person who ran it: ``rapport.md``."""

from collections.abc import Iterator, Sequence

from graph.edition.controle import Controle, find_controles
from graph.edition.manifeste import Manifeste
from graph.edition.reponses import LIMITE
from graph.messages import messages


def format_rapport(manifeste: Manifeste, controles: Sequence[Controle]) -> str:
    """Write the report of an edition in Markdown."""
    return "\n".join(_lines(manifeste, controles)) + "\n"


def say_partial(manifeste: Manifeste) -> Iterator[str]:
    """Say why an edition is not of the whole country; nothing when it is."""
    if manifeste.departements:
        codes = ", ".join(manifeste.departements)
        yield messages("rapport.departements", n=len(manifeste.departements), codes=codes)
    if manifeste.partielle and not manifeste.comptes.get("communes"):
        yield messages("rapport.partielle")


def _lines(manifeste: Manifeste, controles: Sequence[Controle]) -> Iterator[str]:
    yield f"# {messages('rapport.titre', id=manifeste.id)}"
    yield ""
    yield messages("rapport.jour", creee=manifeste.creee, jour=manifeste.jour)
    yield from (f"\n**{texte}**" for texte in say_partial(manifeste))
    yield f"\n## {messages('rapport.contenu')}\n"
    yield from (f"- {nom} : {say_count(nombre)}" for nom, nombre in manifeste.comptes.items())
    yield f"\n## {messages('rapport.sources')}\n"
    yield from (f"- {s.titre} — {say_count(s.quads)} quads — `{s.graphe}`" for s in manifeste.sources)
    yield f"\n## {messages('rapport.controles')}\n"
    if not controles:
        yield messages("rapport.controles-bons", n=len(find_controles()))
    for controle in controles:
        yield f"- **{controle.nom}** ({controle.total}) : {controle.question}"
        yield from (f"    - {ligne}" for ligne in controle.lignes)
    if manifeste.rapprochements:
        yield f"\n## {messages('rapprochements.titre')}\n"
        yield messages("rapprochements.aide", n=manifeste.rapprochements)
        if manifeste.rapprochements > LIMITE:
            yield messages("rapprochements.limite", max=say_count(LIMITE))
    yield f"\n## {messages('rapport.durees')}\n"
    yield from (f"- {etape} : {duree:.2f} s" for etape, duree in manifeste.durees.items())


def say_count(nombre: int) -> str:
    """Write a number with its thousands apart."""
    return f"{nombre:,}".replace(",", "\u202f")
