"""The page of anything that has an IRI and no page of its own: what is said of it, what cites it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from graph.catalogue import Catalogue
from graph.messages import langue_courante
from graph.ressources import SUFFIXES, Ressource
from ontology.namespaces import MAI, MAILLAGE, PREFIXES, VOC
from visualisations.pages.commun import (
    ChoseVue,
    action_address,
    actor_address,
    safe_url,
    say_date,
    say_number,
    say_place,
)
from visualisations.pages.lieux import place_address
from visualisations.pages.ressource_modele import (
    BrancheVue,
    GroupeValeurs,
    PassageVue,
    RessourceVue,
    ValeurVue,
)
from visualisations.rendu import messages, render_view
from visualisations.schema_org import structure_thing
from visualisations.sparql import shorten

_RDF: Final = PREFIXES["rdf"]
_SKOS: Final = PREFIXES["skos"]
_DATES: Final = frozenset(PREFIXES["xsd"] + nom for nom in ("date", "gYear", "gYearMonth"))
_CHAPEAU: Final = (f"{_SKOS}definition", f"{PREFIXES['dcterms']}description", f"{PREFIXES['rdfs']}comment")
_TUES: Final = frozenset(
    {
        f"{_RDF}type",
        f"{_SKOS}prefLabel",
        f"{_SKOS}topConceptOf",
        f"{_SKOS}hasTopConcept",
        f"{PREFIXES['dcterms']}title",
        f"{PREFIXES['rdfs']}isDefinedBy",
    }
)
"""Properties that the title, the kind and the breadcrumb already tell."""
_TUES_DU_SCHEMA: Final = frozenset({f"{_SKOS}inScheme"})
"""What the tree of a vocabulary already tells."""


def page_ressource(catalogue: Catalogue, ressource: Ressource, chemin: str) -> str:
    """The page of a thing.

    Args:
        catalogue: of the edition.
        ressource: one page of its description.
        chemin: its address here, without suffix: ``/voc/stade/projet``.
    """
    return render_view("pages/ressource.html", view_ressource(catalogue, ressource, chemin))


def view_ressource(catalogue: Catalogue, ressource: Ressource, chemin: str) -> RessourceVue:
    """Everything the page shows."""
    iri = ressource.iri
    dits = _keep_readable([e for e in ressource.enonces if _value(e.subject) == iri])
    cites = [e for e in ressource.enonces if _value(e.subject) != iri]
    arbre = _view_tree(catalogue, iri)
    tues = _TUES | _TUES_DU_SCHEMA if arbre else _TUES
    fil = _trail(catalogue, ressource)
    chapeaux = [_value(e.object) for p in _CHAPEAU for e in dits if e.predicate.value == p]
    chapeau = chapeaux[0] if chapeaux else ""
    nom = ressource.noms.get(iri) or _make_name(catalogue, iri) or ressource.nom
    return RessourceVue(
        edition=catalogue.edition,
        structure=structure_thing(iri, nom, chapeau, f"{chemin}.html", fil),
        iri=iri,
        nom=nom,
        genres=_kinds(ressource, dits),
        chapeau=chapeau,
        fil=fil,
        arbre=arbre,
        passages=_view_passages(catalogue, iri) if ressource.page == 1 else (),
        dit=_group(
            catalogue,
            ressource,
            [e for e in dits if e.predicate.value not in tues and _value(e.object) != chapeau],
            lambda e: e.object,
            _property_name,
        ),
        cite=_group(
            catalogue,
            ressource,
            [e for e in cites if e.predicate.value not in tues],
            lambda e: e.subject,
            _inverse_name,
        ),
        formats=tuple((format_.value, f"{chemin}.{format_.value}") for format_ in SUFFIXES),
        page=ressource.page,
        precedente=f"{chemin}.html?page={ressource.page - 1}" if ressource.page > 1 else "",
        suivante=f"{chemin}.html?page={ressource.page + 1}" if ressource.suivante else "",
    )


def local_address(catalogue: Catalogue, iri: str) -> str:
    """Where an IRI is read in this instance; the site itself for another's; empty when it is no link."""
    if (territoire := catalogue.territoires.get(iri)) is not None:
        return place_address(territoire)
    if (acteur := catalogue.acteurs.get(iri)) is not None:
        return actor_address(acteur)
    if (action := catalogue.accompagnements.get(iri)) is not None:
        return action_address(action)
    for base in (base_of(catalogue), MAILLAGE):
        if iri.startswith(base):
            return "/" + quote(iri.removeprefix(base), safe="/#")
    return safe_url(iri) or ""


def base_of(catalogue: Catalogue) -> str:
    """Base of the IRIs of the things of an instance."""
    return catalogue.registre.base_iri if catalogue.registre is not None else MAILLAGE


def _trail(catalogue: Catalogue, ressource: Ressource) -> tuple[ChoseVue, ...]:
    iri = ressource.iri
    if not iri.startswith(str(VOC)):
        return ()
    tous = ChoseVue(messages("ressource.vocabulaires"), "/def#vocabulaires")
    schema, _, code = iri.removeprefix(str(VOC)).partition("/")
    if not code:
        return (tous,)
    parents = [catalogue.concepts[parent] for parent in reversed(catalogue.elargir(iri))]
    return (
        tous,
        ChoseVue(ressource.noms.get(f"{VOC}{schema}", schema), f"/voc/{schema}.html"),
        *(ChoseVue(p.libelle, f"/voc/{p.schema}/{p.code}.html") for p in parents),
    )


def _view_tree(catalogue: Catalogue, iri: str) -> tuple[BrancheVue, ...]:
    if not iri.startswith(str(VOC)):
        return ()
    return tuple(
        BrancheVue(
            concept.code,
            concept.libelle,
            f"/voc/{concept.schema}/{concept.code}.html",
            concept.definition,
            len(catalogue.elargir(concept.iri)),
        )
        for concept in catalogue.concepts_de(iri.removeprefix(str(VOC)))
    )


def _view_passages(catalogue: Catalogue, iri: str) -> tuple[PassageVue, ...]:
    return tuple(
        PassageVue(passage.iri.rpartition("#")[2], passage.lieu, passage.citation or "")
        for passage in catalogue.passages.values()
        if passage.source == iri
    )


def _kinds(ressource: Ressource, dits: Iterable[ox.Triple]) -> tuple[str, ...]:
    types = [_value(e.object) for e in dits if e.predicate.value == f"{_RDF}type"]
    noms = {ressource.noms[iri]: None for iri in types if iri.startswith(str(MAI)) and iri in ressource.noms}
    for iri in types:
        cle = f"ressource.genre-{_short(iri)}"
        if cle in messages:
            noms[messages(cle)] = None
    return tuple(sorted(noms))


def _group(
    catalogue: Catalogue,
    ressource: Ressource,
    enonces: Iterable[ox.Triple],
    other: Callable[[ox.Triple], object],
    name: Callable[[Ressource, str], str],
) -> tuple[GroupeValeurs, ...]:
    groupes: dict[str, dict[ValeurVue, None]] = {}
    for enonce in enonces:
        titre = name(ressource, enonce.predicate.value)
        groupes.setdefault(titre, {})[_view_value(catalogue, ressource, other(enonce))] = None
    return tuple(
        GroupeValeurs(titre, tuple(sorted(valeurs, key=lambda vue: vue.texte.casefold())))
        for titre, valeurs in sorted(groupes.items(), key=lambda pair: pair[0].casefold())
    )


def _view_value(catalogue: Catalogue, ressource: Ressource, terme: object) -> ValeurVue:
    if isinstance(terme, ox.NamedNode):
        iri = terme.value
        adresse = local_address(catalogue, iri)
        texte = ressource.noms.get(iri) or _make_name(catalogue, iri) or shorten(iri, PREFIXES)
        return ValeurVue(texte, adresse, exterieure=bool(adresse) and not adresse.startswith("/"))
    texte = _value(terme)
    if isinstance(terme, ox.Literal) and terme.datatype.value in _DATES:
        return ValeurVue(say_date(texte) or texte)
    lue = _language(terme)
    return ValeurVue(texte, langue=lue if lue != langue_courante.get() else "")


def _make_name(catalogue: Catalogue, iri: str) -> str:
    """Return the name of what the edition gives none to: a passage, a figure; empty for other things."""
    for passage, source in catalogue.source_de([iri]):
        return f"{source.titre}, {passage.lieu}"
    if (figure := catalogue.observations.get(iri)) is None:
        return ""
    sur = [catalogue.libelle(figure.sur)]
    lieux = [say_place(catalogue, figure.territoire)] if figure.territoire else []
    dits = [*sur, *(lieu for lieu in lieux if lieu not in sur), figure.date.en_clair if figure.date else ""]
    valeur = f"{say_number(figure.valeur)} {figure.unite}".strip()
    quoi = messages("ressource.figure", indicateur=catalogue.libelle(figure.indicateur), valeur=valeur)
    return ", ".join([quoi, *filter(None, dits)])


def _property_name(ressource: Ressource, iri: str) -> str:
    cle = f"ressource.propriete-{_short(iri)}"
    if cle in messages:
        return messages(cle)
    nom = ressource.noms.get(iri)
    return nom[:1].upper() + nom[1:] if nom else shorten(iri, PREFIXES)


def _inverse_name(ressource: Ressource, iri: str) -> str:
    cle = f"ressource.inverse-{_short(iri)}"
    if cle in messages:
        return messages(cle)
    return messages("ressource.inverse", nom=_property_name(ressource, iri))


def _short(iri: str) -> str:
    return shorten(iri, PREFIXES).replace(":", "-")


def _keep_readable(dits: Sequence[ox.Triple]) -> list[ox.Triple]:
    """Keep the texts in the current language, and those in French of properties said in no other."""
    said = {(e.predicate, _language(e.object)) for e in dits}
    langue = langue_courante.get()
    return [
        e
        for e in dits
        if (lue := _language(e.object)) in ("", langue) or (lue == "fr" and (e.predicate, langue) not in said)
    ]


def _language(terme: object) -> str:
    return (terme.language or "") if isinstance(terme, ox.Literal) else ""


def _value(terme: object) -> str:
    return terme.value if isinstance(terme, ox.NamedNode | ox.Literal | ox.BlankNode) else ""
