"""What HTTP asks of every address alike: ``HEAD``, ``OPTIONS``, other sites' scripts, 304.

Routes answer ``GET`` and ``POST`` and set an ``ETag``; the rest of the exchange is here, once.
"""

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.conditionnel import is_listed

OUVERTES: Final = (
    "/sparql",
    "/api",
    "/id",
    "/voc",
    "/def",
    "/source",
    "/edition",
    "/dumps",
    "/questions",
    "/.well-known",
)
"""Addresses that scripts of any site may read: public data, no cookie, no password."""
SANS_CORPS: Final = "maillage.sans-corps"
"""Set in the scope of a ``HEAD``, for routes whose answer is long to make."""
METHODES: Final = "GET, HEAD, POST, OPTIONS"
_PRELIMINAIRE: Final = {
    "access-control-allow-methods": METHODES,
    "access-control-allow-headers": "Accept, Content-Type, If-None-Match",
    "access-control-max-age": "86400",
}
_DU_CORPS: Final = ("content-length", "content-type", "content-encoding", "content-disposition")


class EchangeMiddleware:
    """Answers ``HEAD`` as ``GET`` without its body, ``OPTIONS``, and 304 to who holds the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        methode, asked = scope["method"], Headers(scope=scope)
        silent = methode == "HEAD"

        async def send_rest(message: Message) -> None:
            nonlocal silent
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                _open(scope["path"], headers)
                if message["status"] == 405:
                    headers["allow"] = ", ".join(sorted(_methods_of(scope)))
                    if methode == "OPTIONS":
                        _tell_methods(message, asked)
                        silent = True
                elif _is_held(methode, message["status"], headers, asked):
                    message["status"] = 304
                    silent = True
                    for nom in _DU_CORPS:
                        del headers[nom]
            elif silent and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET", SANS_CORPS: True} if silent else scope, receive, send_rest)


def is_open(path: str) -> bool:
    """Tell whether scripts of any site may read an address."""
    return any(path == root or path.startswith(f"{root}/") for root in OUVERTES)


def _open(path: str, headers: MutableHeaders) -> None:
    if is_open(path):
        headers["access-control-allow-origin"] = "*"
        headers["access-control-expose-headers"] = "*"


def _methods_of(scope: Scope) -> set[str]:
    """Return the methods that the routes of an address answer."""
    routes: list[BaseRoute] = scope["app"].routes
    found = {
        methode
        for methode in ("GET", "POST")
        if any(route.matches({**scope, "method": methode})[0] is Match.FULL for route in routes)
    }
    return found | ({"HEAD", "OPTIONS"} if "GET" in found else {"OPTIONS"})


def _tell_methods(message: Message, asked: Headers) -> None:
    """Turn « this method is not allowed » into the list of those that are."""
    headers = MutableHeaders(scope=message)
    message["status"] = 204
    for nom in _DU_CORPS:
        del headers[nom]
    if "access-control-request-method" in asked and "access-control-allow-origin" in headers:
        headers.update(_PRELIMINAIRE)


def _is_held(methode: str, status: int, headers: MutableHeaders, asked: Headers) -> bool:
    held, etag = ", ".join(asked.getlist("if-none-match")), headers.get("etag", "")
    return methode in ("GET", "HEAD") and status == 200 and bool(etag and held) and is_listed(etag, held)
