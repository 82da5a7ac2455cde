"""A real server on the loopback, and where the W3C suites are."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

W3C = Path(__file__).resolve().parents[3] / "shared" / "w3c"
here = pytest.mark.skipif(not W3C.is_dir(), reason="the W3C suites (../shared/w3c) are not here")


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve an application for a while; gives its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def run_suite(nom: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run one of the runners that come with the suites."""
    environment = os.environ | {"PYTHONWARNINGS": "ignore"}
    command = [sys.executable, str(W3C / nom), *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment)


def results_of(nom: str, sortie: Path, *words: str) -> list[Any]:
    """Run a runner and return what it found, test by test."""
    done = run_suite(nom, *words, "--json", str(sortie))
    assert sortie.exists(), done.stdout[-2000:] + done.stderr[-2000:]
    return json.loads(sortie.read_text())
