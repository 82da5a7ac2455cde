"""Rendering: the Jinja environment and the static files, both found inside the package."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from graph.messages import Messages
from visualisations.integration import embedded_address, integration, shared_address
from visualisations.langues import address_in, address_without, autre_langue, canonical_address, langue
from visualisations.types_acteur import AUTRE, TYPES, sort_types, type_acteur, type_principal

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

DE_PYVIS: Final[Mapping[str, str]] = {"vis-network.min.js": "templates/lib/vis-9.1.2/vis-network.min.js"}
"""Files served under /static that come with the installed pyvis package (Apache-2.0 or MIT)."""

DE_NPM: Final[Mapping[str, str]] = {
    nom: f"@zazuko/yasgui/build/{nom}" for nom in ("yasgui.min.js", "yasgui.min.css")
}
"""Files served under /static that come with the npm packages, where these are installed (MIT)."""
NODE_MODULES: Final = Path(__file__).resolve().parent.parent / "node_modules"

messages: Final = Messages("graph", "visualisations")
"""Every sentence a page may show."""


def _pyvis_folder() -> Path | None:
    """Folder of the installed pyvis, found without importing it (it drags a notebook along)."""
    spec = find_spec("pyvis")
    return (
        Path(next(iter(spec.submodule_search_locations)))
        if spec and spec.submodule_search_locations
        else None
    )


@cache
def static_path(name: str) -> Path | None:
    """Where a static file is on disk; None when no file of that exact name is served."""
    if name in DE_PYVIS:
        dossier = _pyvis_folder()
        chemin = dossier / DE_PYVIS[name] if dossier else None
        return chemin if chemin and chemin.is_file() else None
    if name in DE_NPM:
        chemin = NODE_MODULES / DE_NPM[name]
        return chemin if chemin.is_file() else None
    servis = {fichier.name: fichier for fichier in (files("visualisations") / "static").iterdir()}
    return Path(str(servis[name])) if name in servis else None


def has_editeur() -> bool:
    """Tell whether the parts of the query editor are installed (``npm ci``)."""
    return all(static_path(nom) for nom in DE_NPM)


@cache
def static(name: str) -> str:
    """Address of a static file, changed whenever its content changes.

    Raises:
        FileNotFoundError: a template names a file that does not exist.
    """
    chemin = static_path(name)
    if chemin is None:
        raise FileNotFoundError(name)
    return f"/static/{name}?v={sha256(chemin.read_bytes()).hexdigest()[:12]}"


@cache
def environment() -> Environment:
    """The one Jinja environment: everything escaped, an unknown name is an error."""
    from visualisations.exports.liens import export_links  # what it lists is rendered by this very module

    env = Environment(
        loader=PackageLoader("visualisations", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    env.globals |= {
        "t": messages,
        "langue": langue,
        "autre_langue": autre_langue,
        "address_in": address_in,
        "address_without": address_without,
        "canonical_address": canonical_address,
        "integration": integration,
        "shared_address": shared_address,
        "embedded_address": embedded_address,
        "static": static,
        "export_links": export_links,
        "types_acteur": (*TYPES, AUTRE),
        "type_acteur": type_acteur,
        "type_principal": type_principal,
        "sort_types": sort_types,
    }
    return env


def render(template: str, **context: object) -> str:
    """The HTML of a template (path below ``templates/``) for this context."""
    return environment().get_template(template).render(**context)


def render_view(template: str, vue: "DataclassInstance", **base: object) -> str:
    """The HTML of a template for a view: the fields of the frozen dataclass, and what the base takes."""
    return render(template, **base, **{champ.name: getattr(vue, champ.name) for champ in fields(vue)})
