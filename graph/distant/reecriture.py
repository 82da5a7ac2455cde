"""A query on an edition, as the server that holds copies of its graphes must be asked.

The graphs of an edition are put under names of that edition, so that two editions stand side by side. A
small graph, the index, says which copy each is of. A query names sources and never copies, so each
``GRAPH t { … }`` becomes ``GRAPH <index> { ?c dcterms:source t } GRAPH ?c { … }``: the same answers, the
names of sources included. ``FROM`` becomes what the protocol says of the dataset.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from graph.sparql.lecture import Genre, Jeton, read_jetons, read_prologue
from ontology.namespaces import PREFIXES

COPIE_DE: Final = f"{PREFIXES['dcterms']}source"
"""Property of the index: from the copy of a graph to the name it has in the edition."""
_TERMES: Final = (Genre.IRI, Genre.NOM)


@dataclass(frozen=True, slots=True)
class Copies:
    """The graphs of one edition on a server."""

    index: str
    tout: str
    """Copy of the default graph: what all say, once."""
    par_source: Mapping[str, str]
    """Name in the edition → name on the server."""

    def named(self, sources: Collection[str] | None = None) -> list[str]:
        """Return the copies of some graphs, of all without any; one that does not exist has none."""
        return (
            [self.par_source[nom] for nom in sources if nom in self.par_source]
            if sources is not None
            else [*self.par_source.values()]
        )


@dataclass(frozen=True, slots=True)
class Demande:
    """A query and its dataset, for the server."""

    texte: str
    graphes: list[str]
    nommes: list[str]


def rewrite(
    texte: str,
    copies: Copies,
    prefixes: Mapping[str, str] = PREFIXES,
    base_iri: str | None = None,
    defaut: Sequence[str] | None = None,
    nommes: Sequence[str] | None = None,
) -> Demande:
    """Return what to ask of the server.

    Args:
        texte: a query that the engine understands.
        copies: where the graphs of the edition are.
        prefixes: those that the query need not declare.
        base_iri: what its relative IRIs are relative to.
        defaut: sources to merge as default graph, rather than all; they win over ``FROM``.
        nommes: sources that ``GRAPH`` sees, rather than all.
    """
    jetons = list(read_jetons(texte))
    declares = _read_prefixes(jetons, dict(prefixes))
    ecrit, dits_defaut, dits_nommes = _without_from(texte, jetons, declares, base_iri)
    if defaut is None and nommes is None and (dits_defaut or dits_nommes):
        defaut, nommes = dits_defaut, dits_nommes
    given = defaut is not None or nommes is not None
    graphes = copies.named(defaut or ()) if given else [copies.tout]
    seen = copies.named(nommes or ()) if given else copies.named()
    jetons = list(read_jetons(ecrit))
    ecrit, asks = _through_index(ecrit, jetons, copies.index)
    head = _missing_prefixes(jetons, prefixes, base_iri)
    # No graph at all would mean every graph of the server: the index, hidden by what is asked of it, is one.
    return Demande(head + ecrit, graphes or [f"{copies.index}/aucun"], [copies.index, *seen] if asks else [])


def _read_prefixes(jetons: list[Jeton], prefixes: dict[str, str]) -> dict[str, str]:
    for i, jeton in enumerate(jetons[:-2]):
        if jeton.valeur.lower() == "prefix" and jetons[i + 1].genre is Genre.NOM:
            prefixes[jetons[i + 1].valeur.partition(":")[0]] = jetons[i + 2].valeur[1:-1]
    return prefixes


def _without_from(
    texte: str, jetons: list[Jeton], prefixes: Mapping[str, str], base_iri: str | None
) -> tuple[str, list[str], list[str]]:
    defaut, nommes, cuts = list[str](), list[str](), list[tuple[int, int]]()
    for i, jeton in enumerate(jetons):
        if jeton.valeur == "{":
            break
        if jeton.genre is not Genre.MOT or jeton.valeur.lower() != "from":
            continue
        named = i + 1 < len(jetons) and jetons[i + 1].valeur.lower() == "named"
        rang = i + 1 + named
        if rang < len(jetons) and jetons[rang].genre in _TERMES:
            (nommes if named else defaut).append(_resolve(jetons[rang], prefixes, base_iri))
            cuts.append((jeton.debut, jetons[rang].debut + len(jetons[rang].valeur)))
    for debut, fin in reversed(cuts):
        texte = f"{texte[:debut]} {texte[fin:]}"
    return texte, defaut, nommes


def _resolve(jeton: Jeton, prefixes: Mapping[str, str], base_iri: str | None) -> str:
    if jeton.genre is Genre.IRI:
        return urljoin(base_iri or "", jeton.valeur[1:-1])
    prefixe, _, nom = jeton.valeur.partition(":")
    return prefixes.get(prefixe, "") + nom.replace("\\", "")


def _through_index(texte: str, jetons: list[Jeton], index: str) -> tuple[str, bool]:
    taken = {jeton.valeur for jeton in jetons if jeton.genre is Genre.VARIABLE}
    asks = False
    for i in range(len(jetons) - 3, -1, -1):
        jeton, terme, ouvre = jetons[i : i + 3]
        is_graph = jeton.genre is Genre.MOT and jeton.valeur.lower() == "graph" and ouvre.valeur == "{"
        if not is_graph or terme.genre not in (*_TERMES, Genre.VARIABLE):
            continue
        copie = next(
            nom for nom in (f"?copie{i}{'_' * n}" for n in range(len(taken) + 1)) if nom not in taken
        )
        said = f"GRAPH <{index}> {{ {copie} <{COPIE_DE}> {terme.valeur} }} GRAPH {copie} "
        texte = texte[: jeton.debut] + said + texte[ouvre.debut :]
        asks = True
    return texte, asks


def _missing_prefixes(jetons: list[Jeton], prefixes: Mapping[str, str], base_iri: str | None) -> str:
    declared = read_prologue(jetons).prefixes
    used = {jeton.valeur.partition(":")[0] for jeton in jetons if jeton.genre is Genre.NOM}
    head = [f"PREFIX {nom}: <{prefixes[nom]}>\n" for nom in sorted(used - declared) if nom in prefixes]
    relative = any(jeton.genre is Genre.IRI and ":" not in jeton.valeur for jeton in jetons)
    return (f"BASE <{base_iri}>\n" if base_iri and relative else "") + "".join(head)
