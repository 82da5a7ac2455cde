"""What an edition is made of: its options, its sources, and the fingerprint of it all."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from itertools import chain
from pathlib import Path

from graph.dates import aujourd_hui
from graph.edition.annexes import read_shapes
from graph.edition.derivation import derivation_queries
from graph.edition.dossier import Dossier
from graph.edition.manifeste import FORMAT
from graph.queries import load_requete
from graph.sources.documents import find_corpus, find_ontology
from graph.sources.importation import find_imports
from graph.sources.modele import EntreeSource, empreinte
from graph.sources.territoires import SLUG_COG, find_territoires
from ontology.namespaces import MAILLAGE


@dataclass(frozen=True, slots=True)
class Options:
    """What an edition is made of, beside what the product ships."""

    paquet_territoires: Path | None = None
    paquet_contours: Path | None = None
    """Shapes of the departements; without them the edition has no map to draw."""
    base_iri: str = MAILLAGE
    force: bool = False
    """Build even when nothing changed."""
    jour: date = field(default_factory=aujourd_hui)
    departements: tuple[str, ...] = ()
    """Codes, sorted, of the departements that imports are cut down to; empty keeps all of France."""


def find_sources(dossier: Dossier, options: Options) -> list[EntreeSource]:
    """Return every source of an edition, in a fixed order; imported geographic codes replace the package."""
    imports = find_imports(dossier.racine, options.base_iri)
    imported = any(source.slug == SLUG_COG for source in imports)
    return [
        *find_ontology(),
        *([] if imported else find_territoires(options.paquet_territoires, options.base_iri)),
        *find_corpus(options.base_iri),
        *imports,
    ]


def fingerprint(sources: Sequence[EntreeSource], options: Options, reponses: Path) -> str:
    """Return what changes as soon as an edition would: its sources, its options, answers, rules and code."""
    derivations = (load_requete(nom).texte for nom in derivation_queries())
    rules = chain(*(sorted((files("ontology") / part).iterdir(), key=str) for part in ("checks", "shapes")))
    checks = (entry.read_bytes() for entry in rules)
    # A build that works otherwise makes another edition, even of the same sources.
    racine = Path(__file__).parent.parent
    parts = chain(*(sorted((racine / part).glob("*.py")) for part in ("edition", "annuaire", "catalogue")))
    code = (entry.read_bytes() for entry in parts)
    return empreinte(
        str(FORMAT),
        options.base_iri,
        options.jour.isoformat(),
        " ".join(options.departements),
        *(source.graphe + source.empreinte for source in sources),
        *derivations,
        *checks,
        *code,
        *([reponses] if reponses.exists() else []),
        json.dumps(read_shapes(options.paquet_contours)),
    )
