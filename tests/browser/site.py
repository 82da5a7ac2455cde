"""The whole application on a port of its own, for the tests that walk the site as people do."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page

from api.app import create_app
from api.settings import Settings
from tests.browser.outils_reseau import LOCAL


@contextmanager
def serve(data: Path, **reglages: Any) -> Iterator[str]:
    """Serve an edition; gives the address of the site."""
    application = create_app(Settings(data=data, **reglages))
    with socket.create_server(("127.0.0.1", 0)) as prise:
        port = prise.getsockname()[1]
        serveur = uvicorn.Server(uvicorn.Config(application, log_level="error", timeout_graceful_shutdown=1))
        fil = threading.Thread(target=serveur.run, kwargs={"sockets": [prise]}, daemon=True)
        fil.start()
        while not serveur.started:
            assert fil.is_alive(), "the application did not start"
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
        serveur.should_exit = True
        fil.join()


@contextmanager
def open_context(navigateur: Browser, **options: Any) -> Iterator[BrowserContext]:
    """A browser window that is closed whatever happens."""
    contexte = navigateur.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    try:
        yield contexte
    finally:
        contexte.close()


def watch(contexte: BrowserContext) -> list[str]:
    """What must never happen: dialogs, scripts at fault, refused policies, requests to another host."""
    fautes: list[str] = []

    def hear(page: Page) -> None:
        page.on("dialog", lambda dialogue: (fautes.append(dialogue.message), dialogue.dismiss()))
        page.on("pageerror", lambda faute: fautes.append(str(faute)))
        page.on(
            "console",
            lambda m: fautes.append(m.text) if m.type == "error" and "Failed to load" not in m.text else None,
        )

    def guard(route: Any) -> None:
        if route.request.url.startswith(LOCAL):
            route.continue_()
        else:
            fautes.append(route.request.url)
            route.abort()

    contexte.on("page", hear)
    contexte.route("**/*", guard)
    return fautes
