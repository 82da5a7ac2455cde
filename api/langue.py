"""The language of each request: ``?lang=``, else the cookie it left, else French.

The parameter belongs to the exchange and not to what is asked: routes never see it. Nothing is guessed from
``Accept-Language`` (ADR 0023).
"""

from typing import Final
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.messages import LANGUES, speak
from visualisations.langues import PARAMETRE, adresse_courante

COOKIE: Final = "langue"
UN_AN: Final = 365 * 24 * 3600
PARLEES: Final = ("text/html", "text/csv", "application/json", "application/problem+json")
"""Media types of the answers that hold sentences; the others are the same in every language."""


class LangueMiddleware:
    """Sets the language of a request, and tells caches and browsers what depends on it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        requete, asked = split_language(scope["query_string"].decode("latin-1"))
        kept = "" if asked is not None else cookie_parser(Headers(scope=scope).get("cookie", "")).get(COOKIE)
        langue = next((code for code in (asked, kept) if code in LANGUES), LANGUES[0])
        adresse_courante.set((scope["path"], requete))

        async def send_said(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                media = headers.get("content-type", "").partition(";")[0]
                if media in PARLEES or message["status"] == 304:  # a 304 no longer says what it stands for
                    headers.add_vary_header("Cookie")
                if media in PARLEES:
                    headers.setdefault("content-language", langue)
                if asked in LANGUES and (media == "text/html" or 300 <= message["status"] < 400):
                    headers.append("set-cookie", _write_cookie(langue, scope.get("scheme") == "https"))
            await send(message)

        with speak(langue):
            await self._app({**scope, "query_string": requete.encode("latin-1")}, receive, send_said)


def split_language(requete: str) -> tuple[str, str | None]:
    """Return a query string without the language, and the language asked for; None when it is not.

    >>> split_language("q=a%20b&lang=en&page=2")
    ('q=a%20b&page=2', 'en')
    """
    parts = requete.split("&")
    said = [part for part in parts if part.partition("=")[0] == PARAMETRE]
    if not said:
        return requete, None
    rest = "&".join(part for part in parts if part not in said)
    return rest, dict(parse_qsl(said[-1], keep_blank_values=True)).get(PARAMETRE, "")


def _write_cookie(langue: str, secure: bool) -> str:
    cookie = f"{COOKIE}={langue}; Max-Age={UN_AN}; Path=/; SameSite=Lax; HttpOnly"
    return f"{cookie}; Secure" if secure else cookie
