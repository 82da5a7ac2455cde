"""``?embed=1``: a page of the cartographies inside a page of another site.

Pages may be framed by their own site alone. Those that hold a figure may also be, under that parameter,
by the origins of the setting ``MAILLAGE_INTEGRATION``: such a page has no form that acts, and every link
of it leaves the frame.
"""

import re
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from visualisations.integration import Integration, integration_courante

PAGES: Final = re.compile(r"/cartographie(?:/[a-z]+)?|/couverture|/territoires/[^/]+|/accompagnements/[^/]+")
ORIGINE: Final = re.compile(
    r"https?://(?:\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::\d{1,5})?",
    re.IGNORECASE,
)
"""What a setting may name: ``https://cress.example``, ``https://*.cress.example``, with a port or not."""
_HOTE: Final = re.compile(r"[A-Za-z0-9.:\[\]-]{1,255}")
_ANCETRES: Final = "frame-ancestors 'self'"


def read_origins(texte: str) -> tuple[str, ...]:
    """Return the origins of a setting: ``*``, or a list separated by commas or spaces.

    Raises:
        ValueError: with the first part that is not an origin.

    >>> read_origins("https://a.example, https://b.example")
    ('https://a.example', 'https://b.example')
    """
    parts = tuple(part for part in re.split(r"[\s,]+", texte.strip()) if part)
    if parts == ("*",):
        return parts
    for part in parts:
        if not ORIGINE.fullmatch(part):
            raise ValueError(part)
    return parts


class IntegrationMiddleware:
    """Takes ``embed`` out of the address, tells the page, and says who may frame it."""

    def __init__(self, app: ASGIApp, origines: tuple[str, ...] = ()) -> None:
        self._app = app
        self._origines = origines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        if scope["type"] != "http" or not PAGES.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        requete, integree = _split(scope["query_string"].decode("latin-1"))

        async def send_framed(message: Message) -> None:
            if message["type"] == "http.response.start" and integree and self._origines:
                headers = MutableHeaders(scope=message)
                regle = headers.get("content-security-policy", _ANCETRES)
                ancetres = f"{_ANCETRES} {' '.join(self._origines)}"
                headers["content-security-policy"] = regle.replace(_ANCETRES, ancetres)
            await send(message)

        jeton = integration_courante.set(Integration(_site(scope), integree, bool(self._origines)))
        try:
            await self._app({**scope, "query_string": requete.encode("latin-1")}, receive, send_framed)
        finally:
            integration_courante.reset(jeton)


def _split(requete: str) -> tuple[str, bool]:
    """Return a query string without ``embed``, and whether it asks for it.

    >>> _split("territoire=departement:14&embed=1")
    ('territoire=departement:14', True)
    """
    parts = requete.split("&")
    reste = "&".join(part for part in parts if part.partition("=")[0] != "embed")
    return reste, "embed=1" in parts


def _site(scope: Scope) -> str:
    hote = Headers(scope=scope).get("host", "")
    racine = scope.get("app_root_path", "")
    return f"{scope.get('scheme', 'http')}://{hote}{racine}" if _HOTE.fullmatch(hote) else ""
