"""Real SPARQL servers on the loopback, each in its own folder, ended with the tests."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

VIRTUOSO: Final = "virtuoso-t"
PATIENCE: Final = 90.0
"""Seconds for a server to be ready, on a busy machine."""

INI: Final = """
[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
[TempDatabase]
DatabaseFile = {folder}/t.db
TransactionFile = {folder}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = {lignes}
MaxQueryExecutionTime = 60
"""


@dataclass(frozen=True)
class EnMarche:
    """A server that runs: its two addresses, and who may write."""

    endpoint: str
    graphes: str
    utilisateur: str = ""
    secret: str = ""

    @property
    def variables(self) -> dict[str, str]:
        """What the command is told of who writes."""
        if not self.utilisateur:
            return {}
        return {"MAILLAGE_SPARQL_UTILISATEUR": self.utilisateur, "MAILLAGE_SPARQL_SECRET": self.secret}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def virtuoso(folder: Path, lignes: int = 2_000_000) -> Iterator[EnMarche]:
    """Run a Virtuoso 7; its absence fails in continuous integration, and is a stated skip elsewhere."""
    if shutil.which(VIRTUOSO) is None:
        missing = "Virtuoso 7 is missing: apt-get install virtuoso-opensource-7-bin"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    port = free_port()
    (folder / "virtuoso.ini").write_text(INI.format(folder=folder, sql=free_port(), port=port, lignes=lignes))
    with _running([VIRTUOSO, "-f", "-c", "virtuoso.ini"], folder, f"http://127.0.0.1:{port}/sparql"):
        base = f"http://127.0.0.1:{port}"
        yield EnMarche(f"{base}/sparql", f"{base}/sparql-graph-crud-auth", "dba", "dba")


@contextmanager
def oxigraph(folder: Path) -> Iterator[EnMarche]:
    """Run Oxigraph's own server."""
    base = f"127.0.0.1:{free_port()}"
    command = [str(Path(sys.executable).with_name("oxigraph")), "serve", "--bind", base]
    with _running(command, folder, f"http://{base}/"):
        yield EnMarche(f"http://{base}/query", f"http://{base}/store")


@contextmanager
def _running(command: list[str], folder: Path, adresse: str) -> Iterator[None]:
    with (folder / "sortie.txt").open("w") as sortie:
        process = subprocess.Popen(command, cwd=folder, stdout=sortie, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + PATIENCE
        while not _answers(adresse):
            assert process.poll() is None, (folder / "sortie.txt").read_text()
            assert time.monotonic() < deadline, "the server is not ready in time"
            time.sleep(0.2)
        yield
    finally:
        process.kill()
        process.wait()


def _answers(adresse: str) -> bool:
    try:
        with urlopen(adresse, timeout=5):
            return True
    except HTTPError:
        return True
    except OSError:
        return False
