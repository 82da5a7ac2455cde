"""The address by which the public reaches this instance: the top of a site, or a path of it behind a proxy.

Inside, every address is written as at the top of the site (``/acteurs``): neither routes nor views nor
templates know where they are served. The path is taken off what is asked and put before what is answered
here alone: headers, links of pages and pictures, addresses in JSON.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.conditionnel import instance_courante

ADRESSE: Final = re.compile(
    r"(?:https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?)?(?:/[A-Za-z0-9._~-]+)*/?", re.IGNORECASE
)
ECRITS: Final = ("text/html", "image/svg+xml", "application/json", "application/geo+json")
"""Media types whose bodies hold addresses of the site."""
_EN_TETE: Final = re.compile(rb'(<link rel="(?:canonical|alternate)"[^>]*? href=")/(?!/)')
_STRUCTURE: Final = re.compile(rb'("(?:url|item|contentUrl|mainEntityOfPage)":\s*")/(?!/)')
"""What machines read alone: the whole address."""
_LIENS: Final = re.compile(
    rb'(\b(?:href|src|action|formaction|data-suggestions|data-adresse)="|"adresse":\s*")/(?!/)'
)
"""People's texts never match: a double quote is written ``&#34;`` in HTML, ``\\"`` in JSON."""
_LIEN: Final = re.compile(r"<(/(?!/)[^>]*)>")


@dataclass(frozen=True, slots=True)
class AdressePublique:
    """Where the public finds the instance."""

    origine: str = ""
    """``https://maillage.example``; empty when each request tells (its ``Host``)."""
    racine: str = ""
    """``/carte``; empty at the top of the site."""

    def __str__(self) -> str:
        return f"{self.origine}{self.racine}"


def read_public_address(texte: str) -> AdressePublique:
    """Return the address of a setting: whole, or its path alone.

    Raises:
        ValueError: it is neither.

    >>> str(read_public_address("https://cress.example/maillage/")), read_public_address("/m").racine
    ('https://cress.example/maillage', '/m')
    """
    if not ADRESSE.fullmatch(texte):
        raise ValueError(texte)
    parts = urlsplit(texte)
    origine = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return AdressePublique(origine, parts.path.rstrip("/"))


def public_address() -> str:
    """Return the whole address of the instance when a setting says it, empty otherwise."""
    instance = instance_courante.get()
    return "" if instance.startswith("/") else instance


def site_of(request: Request) -> str:
    """Return the whole address of the instance for this request, without its last slash."""
    return str(request.base_url).rstrip("/")


class AdresseMiddleware:
    """Takes the path of the instance off each request, and puts it before each address of the answer."""

    def __init__(self, app: ASGIApp, adresse: AdressePublique) -> None:
        self._app = app
        self._adresse = adresse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        if scope["type"] != "http" or not str(self._adresse):
            await self._app(scope, receive, send)
            return
        jeton = instance_courante.set(str(self._adresse))
        try:
            inside = self._enter(scope)
            ici = f"{inside.get('scheme', 'http')}://{Headers(scope=inside).get('host', '')}"
            await self._app(inside, receive, _Sortie(send, self._adresse, ici).send)
        finally:
            instance_courante.reset(jeton)

    def _enter(self, scope: Scope) -> Scope:
        """Return a request as at the top of the site: the proxy may have taken the path off, or not."""
        racine = self._adresse.racine
        inside = {**scope, "root_path": "", "app_root_path": racine}
        if racine and (scope["path"] == racine or scope["path"].startswith(f"{racine}/")):
            inside["path"] = scope["path"].removeprefix(racine) or "/"
            if raw := scope.get("raw_path"):
                inside["raw_path"] = raw.removeprefix(racine.encode()) or b"/"
        if self._adresse.origine:
            scheme, _, hote = self._adresse.origine.partition("://")
            others = [pair for pair in scope["headers"] if pair[0] != b"host"]
            inside |= {"scheme": scheme, "headers": [(b"host", hote.encode()), *others]}
        return inside


class _Sortie:
    """One answer on its way out."""

    def __init__(self, send: Send, adresse: AdressePublique, ici: str) -> None:
        self._send = send
        self._adresse = adresse
        self._ici = ici
        self._start: Message | None = None
        self._corps = bytearray()

    async def send(self, message: Message) -> None:
        """Send a message on, the addresses it holds made public; a body that holds some is sent whole."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            self._say_headers(headers)
            if (
                headers.get("content-type", "").partition(";")[0] in ECRITS
                and "content-encoding" not in headers
            ):
                self._start = message
                return
        elif self._start is not None:
            self._corps += message.get("body", b"")
            if message.get("more_body", False):
                return
            await self._send_whole(self._start)
            return
        await self._send(message)

    async def _send_whole(self, start: Message) -> None:
        headers = MutableHeaders(scope=start)
        detached = headers.get("content-disposition", "").startswith("attachment")
        corps = write_addresses(bytes(self._corps), self._adresse, whole=detached)
        if corps:
            headers["content-length"] = str(len(corps))
        else:  # of a HEAD: the length of what was not written is not known
            del headers["content-length"]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": corps})

    def _say_headers(self, headers: MutableHeaders) -> None:
        racine = self._adresse.racine
        for nom in ("location", "content-location"):
            if (adresse := headers.get(nom)) is not None:
                path = adresse.removeprefix(self._ici) if adresse.startswith(f"{self._ici}/") else adresse
                headers[nom] = f"{racine}{path}" if re.match(r"/(?!/)", path) else adresse
        if "link" in headers:
            headers["link"] = _LIEN.sub(rf"<{racine}\1>", headers["link"])
        cookies = headers.getlist("set-cookie")
        if racine and cookies:
            del headers["set-cookie"]
            for cookie in cookies:
                headers.append("set-cookie", cookie.replace("; Path=/;", f"; Path={racine};"))


def write_addresses(corps: bytes, adresse: AdressePublique, *, whole: bool = False) -> bytes:
    """Put the public address before those that a body holds.

    Args:
        corps: HTML, SVG or JSON.
        adresse: of the instance.
        whole: links too must be found from elsewhere: a file, once taken away.
    """
    long = str(adresse).encode()
    court = long if whole else adresse.racine.encode()
    for motif, before in ((_EN_TETE, long), (_STRUCTURE, long), (_LIENS, court)):
        corps = motif.sub(rb"\1" + before + b"/", corps)
    return corps
