"""What an edition is, for machines that discover it: VoID counts and a DCAT-AP record, ``description.ttl``.

Written once, at the end of the build, beside the store and not in it: an edition's statements are those of
its sources. Counting reads the store twice, whatever its size; distinct subjects are not counted.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.edition.dump import dump_path, measure_dumps
from graph.edition.enonces import french, name, number, say, typed
from graph.edition.manifeste import Manifeste, SourceManifeste
from graph.messages import LANGUES, messages
from graph.queries import load_requete
from graph.ressources import read_names, write_statements
from graph.sparql.formats import Format
from graph.store import Store
from ontology.namespaces import EDITION, MAILLAGE, ONTOLOGY_IRI, PREFIXES

DESCRIPTION: Final = "description.ttl"

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
FRANCAIS: Final = "http://publications.europa.eu/resource/authority/language/FRA"
FRANCE: Final = "http://publications.europa.eu/resource/authority/country/FRA"
ACCES: Final = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOCABULAIRES: Final = ("skos", "org", "prov", "dcterms", "igeo")


def describe_edition(store: Store, manifeste: Manifeste) -> list[ox.Triple]:
    """Return the description of an edition: its record, its sources, its classes and properties, counted."""
    edition = f"{EDITION}{manifeste.id}"
    service = f"{MAILLAGE}sparql"
    derives = manifeste.comptes.get("énoncés dérivés", 0)
    enonces = {source.graphe: source.quads for source in manifeste.sources} | {edition: derives}
    tailles = measure_dumps(store, enonces)
    graphes = [ox.NamedNode(source.graphe) for source in manifeste.sources]
    noms = {langue: read_names(store, graphes, langue) for langue in LANGUES}
    datees = {ligne["source"]: ligne for ligne in store.select(load_requete("linked-data/sources").texte)}
    return [
        *_record(edition, service, manifeste),
        *_service(edition, service),
        *_file(edition, f"{edition}#nquads", dump_path(manifeste.id), "application/n-quads", tailles[""]),
        *say(
            f"{edition}#nquads",
            "dcterms:description",
            french(
                messages(
                    "description.quads", quads=sum(enonces.values()), distincts=manifeste.comptes["énoncés"]
                )
            ),
        ),
        *_derived(edition, manifeste.id, derives, tailles[edition]),
        *_partitions(store, edition, "classe", "linked-data/classes"),
        *_partitions(store, edition, "propriete", "linked-data/proprietes"),
        *(
            enonce
            for source in manifeste.sources
            for enonce in _source(
                edition,
                manifeste.id,
                source,
                {langue: noms[langue][source.graphe] for langue in LANGUES if source.graphe in noms[langue]},
                datees.get(source.graphe, {}),
                tailles[source.graphe],
            )
        ),
    ]


def write_description(folder: Path, store: Store, manifeste: Manifeste) -> None:
    """Write the description in the folder of an edition under construction."""
    (folder / DESCRIPTION).write_bytes(write_statements(describe_edition(store, manifeste), Format.TTL))


def move_addresses(enonces: Iterable[ox.Triple], site: str) -> Iterator[ox.Triple]:
    """Yield statements, their addresses of services and files below a site rather than below the namespace.

    Args:
        enonces: of a description.
        site: address of the instance, without its last slash.
    """
    for enonce in enonces:
        objet = enonce.object
        if enonce.predicate in _ADRESSES and isinstance(objet, ox.NamedNode):
            local = objet.value.removeprefix(MAILLAGE)
            yield ox.Triple(enonce.subject, enonce.predicate, ox.NamedNode(f"{site}/{local}"))
        else:
            yield enonce


def open_description(folder: Path) -> Store | None:
    """Return the description of an edition, in memory; None for one that was built without."""
    fichier = folder / DESCRIPTION
    if not fichier.is_file():
        return None
    store = ox.Store()
    store.load(fichier.read_bytes(), format=ox.RdfFormat.TURTLE)
    return Store(store)


def _record(edition: str, service: str, manifeste: Manifeste) -> Iterator[ox.Triple]:
    yield from say(edition, "rdf:type", name("dcat:Dataset"), name("void:Dataset"), name("prov:Entity"))
    yield from say(edition, "dcterms:title", french(messages("description.titre", id=manifeste.id)))
    yield from say(edition, "dcterms:description", french(messages("description.resume")))
    yield from say(edition, "dcterms:publisher", ox.NamedNode(f"{edition}#editeur"))
    yield from say(f"{edition}#editeur", "rdf:type", name("foaf:Agent"))
    yield from say(f"{edition}#editeur", "foaf:name", french(messages("description.editeur")))
    yield from say(edition, "dcterms:identifier", ox.Literal(manifeste.id))
    yield from say(edition, "dcterms:issued", typed(manifeste.jour, "date"))
    yield from say(edition, "prov:generatedAtTime", typed(manifeste.creee, "dateTime"))
    yield from say(edition, "dcterms:license", ox.NamedNode(LICENCE))
    yield from say(edition, "dcterms:accessRights", ox.NamedNode(ACCES))
    yield from say(edition, "dcterms:language", ox.NamedNode(FRANCAIS))
    yield from say(edition, "dcterms:spatial", *_places(manifeste))
    yield from say(edition, "dcterms:conformsTo", ox.NamedNode(ONTOLOGY_IRI))
    yield from say(
        edition, "dcat:keyword", *(french(mot) for mot in messages("description.mots").split(", "))
    )
    yield from say(edition, "dcat:distribution", ox.NamedNode(f"{edition}#sparql"))
    yield from say(edition, "void:sparqlEndpoint", ox.NamedNode(service))
    yield from say(edition, "void:uriSpace", ox.Literal(f"{manifeste.base_iri.rstrip('/')}/id/"))
    yield from say(edition, "void:triples", number(manifeste.comptes["énoncés"]))
    yield from say(edition, "void:vocabulary", *(ox.NamedNode(PREFIXES[nom]) for nom in _VOCABULAIRES))
    yield from say(edition, "void:vocabulary", ox.NamedNode(PREFIXES["mai"]))


def _service(edition: str, service: str) -> Iterator[ox.Triple]:
    yield from say(f"{edition}#sparql", "rdf:type", name("dcat:Distribution"))
    yield from say(f"{edition}#sparql", "dcat:accessURL", ox.NamedNode(service))
    yield from say(f"{edition}#sparql", "dcat:accessService", ox.NamedNode(f"{edition}#service"))
    yield from say(f"{edition}#sparql", "dcterms:license", ox.NamedNode(LICENCE))
    yield from say(f"{edition}#service", "rdf:type", name("dcat:DataService"))
    yield from say(f"{edition}#service", "dcterms:title", french(messages("description.service")))
    yield from say(f"{edition}#service", "dcat:endpointURL", ox.NamedNode(service))
    yield from say(f"{edition}#service", "dcat:servesDataset", ox.NamedNode(edition))


def _partitions(store: Store, edition: str, genre: str, requete: str) -> Iterator[ox.Triple]:
    lien, sur, combien = (
        ("void:classPartition", "void:class", "void:entities")
        if genre == "classe"
        else ("void:propertyPartition", "void:property", "void:triples")
    )
    lignes = list(store.select(load_requete(requete).texte))
    noms = read_names(store, (ox.NamedNode(ligne["terme"]) for ligne in lignes))
    for rang, ligne in enumerate(lignes, 1):
        partie = f"{edition}#{genre}-{rang}"
        yield from say(edition, lien, ox.NamedNode(partie))
        yield from say(partie, "rdf:type", name("void:Dataset"))
        yield from say(partie, sur, ox.NamedNode(ligne["terme"]))
        yield from say(partie, combien, number(int(ligne["nombre"])))
        nom = noms.get(ligne["terme"]) or _shorten(ligne["terme"])
        yield from say(
            partie, "rdfs:label", french(messages("description.partie", nom=nom, n=ligne["nombre"]))
        )


def _file(
    jeu: str, distribution: str, chemin: str, media: str, octets: int, licence: str = LICENCE
) -> Iterator[ox.Triple]:
    types = "https://www.iana.org/assignments/media-types/"
    yield from say(jeu, "void:dataDump", ox.NamedNode(MAILLAGE + chemin))
    yield from say(jeu, "dcat:distribution", ox.NamedNode(distribution))
    yield from say(distribution, "rdf:type", name("dcat:Distribution"))
    yield from say(distribution, "dcat:accessURL", ox.NamedNode(f"{MAILLAGE}dumps/"))
    yield from say(distribution, "dcat:downloadURL", ox.NamedNode(MAILLAGE + chemin))
    yield from say(distribution, "dcat:mediaType", ox.NamedNode(types + media))
    yield from say(distribution, "dcat:compressFormat", ox.NamedNode(f"{types}application/gzip"))
    yield from say(distribution, "dcat:byteSize", typed(str(octets), "nonNegativeInteger"))
    yield from say(distribution, "dcterms:license", ox.NamedNode(licence))


def _derived(edition: str, identifiant: str, enonces: int, octets: int) -> Iterator[ox.Triple]:
    """Say where what the edition deduced is: the graph that holds it is named by the edition's own IRI."""
    jeu, chemin = f"{edition}#deduits", dump_path(identifiant, edition)
    yield from say(edition, "void:subset", ox.NamedNode(jeu))
    yield from say(jeu, "rdf:type", name("void:Dataset"), name("dcat:Dataset"))
    yield from say(jeu, "dcterms:title", french(messages("description.deduits", id=identifiant)))
    yield from say(jeu, "dcterms:description", french(messages("description.graphe-deduits")))
    yield from say(jeu, "void:triples", number(enonces))
    yield from say(jeu, "dcterms:license", ox.NamedNode(LICENCE))
    graphe = ox.NamedNode(f"{edition}#graphe-deduits")
    yield from say(graphe.value, "rdf:type", ox.NamedNode(f"{_SD}NamedGraph"))
    yield ox.Triple(graphe, ox.NamedNode(f"{_SD}name"), ox.NamedNode(edition))
    yield ox.Triple(graphe, ox.NamedNode(f"{_SD}graph"), ox.NamedNode(jeu))
    yield from _file(jeu, f"{edition}#fichier-deduits", chemin, "text/turtle", octets)


def _source(
    edition: str,
    identifiant: str,
    source: SourceManifeste,
    noms: Mapping[str, str],
    dite: Mapping[str, str],
    octets: int,
) -> Iterator[ox.Triple]:
    """Say what a source is and where its file is.

    Args:
        edition: IRI.
        identifiant: of the edition.
        source: as the manifest has it.
        noms: its title by language; what the manifest calls it when there is none.
        dite: its date and licence, as it says them.
        octets: of its file, about.
    """
    graphe = source.graphe
    yield from say(edition, "void:subset", ox.NamedNode(graphe))
    yield from say(edition, "prov:wasDerivedFrom", ox.NamedNode(graphe))
    yield from say(graphe, "rdf:type", name("void:Dataset"), name("dcat:Dataset"))
    for langue, nom in (noms or {"fr": source.titre}).items():
        yield from say(graphe, "dcterms:title", ox.Literal(nom, language=langue))
    if "date" in dite:
        yield from say(graphe, "dcterms:issued", ox.Literal(dite["date"]))
    yield from say(graphe, "void:triples", number(source.quads))
    chemin = dump_path(identifiant, graphe)
    distribution = f"{edition}#fichier-{re.sub('[^a-z0-9]+', '-', graphe.removeprefix(MAILLAGE))}"
    yield from _file(graphe, distribution, chemin, "text/turtle", octets, dite.get("licence", LICENCE))
    if "licence" in dite:
        yield from say(graphe, "dcterms:license", ox.NamedNode(dite["licence"]))
    else:  # its IRI is the document's too, whose words are its authors'
        yield from say(distribution, "dcterms:rights", french(messages("description.droits")))


def _places(manifeste: Manifeste) -> list[ox.NamedNode]:
    base = manifeste.base_iri.rstrip("/")
    parties = [ox.NamedNode(f"{base}/id/territoire/departement-{code}") for code in manifeste.departements]
    return parties or [ox.NamedNode(FRANCE)]


def _shorten(iri: str) -> str:
    return next(
        (f"{nom}:{iri.removeprefix(base)}" for nom, base in PREFIXES.items() if iri.startswith(base)), iri
    )


_ADRESSES: Final = frozenset(
    name(court)
    for court in (
        "void:sparqlEndpoint",
        "void:dataDump",
        "dcat:accessURL",
        "dcat:endpointURL",
        "dcat:downloadURL",
    )
)
"""What is said of where to find a service or a file: each instance has its own."""
