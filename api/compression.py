"""Texts are sent compressed to who accepts gzip: by pieces, the long ones away from the event loop."""

import re
import zlib
from typing import Final

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COURT: Final = 600
"""Bytes below which compressing gains nothing."""
NIVEAU: Final = 5
"""Of zlib: beyond it, time doubles for two hundredths of size."""
LONG: Final = 64 * 1024
"""Bytes beyond which a piece is compressed in a thread."""

_TEXTE: Final = re.compile(
    r"text/(?!event-stream)|image/svg\+xml|application/(?:[\w.-]+\+)?(?:json|xml)\b"
    r"|application/(?:javascript|manifest\+json|n-triples|n-quads|trig)\b"
)


def accepts_gzip(accept_encoding: str) -> bool:
    """Tell whether a client takes gzip (``gzip;q=0`` and its absence say no).

    >>> accepts_gzip("br;q=1.0, gzip;q=0.8"), accepts_gzip("gzip;q=0, *"), accepts_gzip("*")
    (True, False, True)
    """
    said: dict[str, bool] = {}
    for part in accept_encoding.lower().split(","):
        nom, *parameters = (piece.strip() for piece in part.split(";"))
        refused = any(re.fullmatch(r"q\s*=\s*0(?:\.0*)?", parameter) for parameter in parameters)
        said[nom] = not refused
    return said.get("gzip", said.get("x-gzip", said.get("*", False)))


class CompressionMiddleware:
    """Compresses the texts that routes answer, whole or by pieces; everything else passes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        accepted = accepts_gzip(", ".join(Headers(scope=scope).getlist("accept-encoding")))
        await self._app(scope, receive, _Sortie(send, accepted and scope["method"] != "HEAD").send)


class _Sortie:
    """One answer on its way out."""

    def __init__(self, send: Send, accepted: bool) -> None:
        self._send = send
        self._accepted = accepted
        self._start: Message | None = None
        self._gzip: zlib._Compress | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and self._is_text(message):
            MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
            if self._accepted:
                self._start = message  # sent with the first piece, which tells how long the answer is
                return
        elif message["type"] == "http.response.body" and (self._start or self._gzip):
            message = await self._piece(message)
        await self._send(message)

    def _is_text(self, message: Message) -> bool:
        headers = Headers(raw=message["headers"])
        return (
            message["status"] not in (204, 206, 304)
            and "content-encoding" not in headers
            and _TEXTE.match(headers.get("content-type", "").lower()) is not None
        )

    async def _piece(self, message: Message) -> Message:
        corps, more = message.get("body", b""), message.get("more_body", False)
        start, self._start = self._start, None
        if start is not None:
            if not more and len(corps) < COURT:
                await self._send(start)
                return message
            self._gzip = zlib.compressobj(NIVEAU, wbits=zlib.MAX_WBITS | 16)
        compressed = await (
            to_thread.run_sync(self._compress, corps, more) if len(corps) > LONG else self._now(corps, more)
        )
        if start is not None:
            headers = MutableHeaders(scope=start)
            headers["content-encoding"] = "gzip"
            del headers["content-length"]
            if not more:
                headers["content-length"] = str(len(compressed))
            _weaken(headers)
            await self._send(start)
        return {**message, "body": compressed}

    async def _now(self, corps: bytes, more: bool) -> bytes:
        return self._compress(corps, more)

    def _compress(self, corps: bytes, more: bool) -> bytes:
        gzip = self._gzip
        if gzip is None:
            return corps
        return gzip.compress(corps) + (b"" if more else gzip.flush())


def _weaken(headers: MutableHeaders) -> None:
    etag = headers.get("etag")
    if etag is not None and not etag.startswith("W/"):
        headers["etag"] = f"W/{etag}"
