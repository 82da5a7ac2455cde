"""An orientation written for a terminal: who and why, together with whom, by which path."""

from collections.abc import Iterator, Sequence
from typing import Any

from graph.messages import messages


def format_reponse(reponse: dict[str, Any]) -> str:
    """Write an answer, in the API's form, for a terminal."""
    lines = [reponse["demande"]["nom_territoire"], *reponse["remarques"]]
    if reponse["repli"]:
        lines += ["", reponse["repli"]["texte"]]
    for item in reponse["recommandations"]:
        lines += _recommandation(item)
    for autre in reponse["ailleurs"]:
        lieux = ", ".join(autre["territoires"])
        lines.append(
            f"   ~ {messages('cli.ailleurs')} {autre['acteur']['nom']} ({lieux}) : {autre['titre_offre']}"
        )
    lines += _combinaison(reponse)
    lines += _parcours(reponse["parcours"])
    return "\n".join(lines)


def _recommandation(item: dict[str, Any]) -> Iterator[str]:
    yield ""
    yield f"{item['rang']}. {item['acteur']['nom']} ({item['score']:g} points)"
    yield f"   {item['titre_offre']}"
    for raison in item["raisons"]:
        yield f"   · {raison['texte']} ({raison['points']:+g})"
        source = raison["source"]
        if source and source["citation"]:
            yield f"       « {source['citation']} » — {source['titre']}, {source['lieu']}"
    yield from (f"   ? {texte}" for texte in item["a_verifier"])


def _combinaison(reponse: dict[str, Any]) -> Iterator[str]:
    if len(reponse["combinaison"]) > 1 or reponse["besoins_non_couverts"]:
        yield from ("", messages("cli.combinaison"))
    if len(reponse["combinaison"]) > 1:
        for part in reponse["combinaison"]:
            yield f"   + {part['acteur']['nom']} : {', '.join(part['besoins'])}"
    if reponse["besoins_non_couverts"]:
        yield f"   ! {messages('cli.non-couverts', besoins=', '.join(reponse['besoins_non_couverts']))}"


def _parcours(etapes: Sequence[dict[str, Any]]) -> Iterator[str]:
    yield from ("", messages("cli.parcours"))
    for etape in etapes:
        noms = ", ".join(acteur["nom"] for acteur in etape["acteurs"])
        yield f"   {'→' if etape['entree'] else '·'} {etape['titre']}{f' : {noms}' if noms else ''}"
        condition = etape["condition"]
        if condition and condition["verdict"] != "oui":
            yield f"       {condition['texte']}"
        yield from (f"       ? {texte}" for texte in etape["a_verifier"])
