"""What every request goes through: an id and a log line, an edition, and safe headers."""

import logging
import secrets
import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.editions import EditionsServies
from api.errors import respond_to_error, respond_to_fault
from api.mesures import Mesures
from graph.errors import EditionError

logger = logging.getLogger("maillage.requetes")

CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
ENTETES: Final = (
    (b"content-security-policy", CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)


class RequestMiddleware:
    """Lends an edition to each request, names it in the answer, logs one line without query nor address."""

    def __init__(self, app: ASGIApp, editions: EditionsServies, mesures: Mesures) -> None:
        self._app = app
        self._editions = editions
        self._mesures = mesures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        identifiant = secrets.token_hex(6)
        begun, status, started = time.perf_counter(), 500, False
        edition_id = ""

        async def send_with_headers(message: Message) -> None:
            nonlocal status, started
            if message["type"] == "http.response.start":
                status, started = message["status"], True
                held = list(message.get("headers", ()))
                said = {nom for nom, _ in held}
                added = [
                    entete for entete in ENTETES if entete[0] not in said
                ]  # a page may have its own policy
                added.append((b"x-request-id", identifiant.encode()))
                if edition_id:
                    added.append((b"x-maillage-edition", edition_id.encode()))
                message["headers"] = [*held, *added]
            await send(message)

        state = scope.setdefault("state", {})
        state["id"] = identifiant
        try:
            with self._editions.borrow() as edition:
                state["edition"], edition_id = edition, edition.id
                await self._app(scope, receive, send_with_headers)
        except EditionError as erreur:
            await respond_to_error(scope, receive, send_with_headers, erreur)
        except Exception as erreur:
            # The one place that catches everything: the answer says nothing of the inside.
            if started:
                raise
            await respond_to_fault(scope, receive, send_with_headers, erreur)
        finally:
            elapsed = time.perf_counter() - begun
            self._mesures.count(scope["path"], status, elapsed)
            logger.info(
                "%s %s %s %d %.1f ms", identifiant, scope["method"], scope["path"], status, elapsed * 1000
            )
