"""One HTTP request to a SPARQL server: one deadline for the whole, an answer kept on disk when it is big.

The standard library's client is enough: no redirection is followed, no proxy is asked, nothing is retried.
"""

import http.client
import io
import os
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from urllib.parse import urlsplit

from graph.distant.erreurs import RefusServeurError, ServeurError, ServeurLentError, ServeurOccupeError
from graph.distant.secret import Secret
from graph.messages import messages, write_number
from graph.sparql.arret import Arret, RequeteAbandonneeError

_MORCEAU: Final = 1 << 16
_EN_MEMOIRE: Final = 8 << 20


@dataclass(frozen=True, slots=True)
class Reponse:
    """An answer of status 2xx."""

    type_media: str
    entetes: Mapping[str, str]
    coupee: bool
    """True when it was longer than asked for."""
    corps: bytes
    fichier: Path | None = None
    """Where it is, when it is too long for memory."""

    def open(self) -> IO[bytes]:
        """Return it as a stream, once."""
        return io.BytesIO(self.corps) if self.fichier is None else self.fichier.open("rb")


class Adresse:
    """An HTTP address that can be asked; its host is in no message."""

    def __init__(self, url: str, secret: Secret | None = None) -> None:
        """Read an address.

        Raises:
            ServeurError: it is no ``http(s)://host/…``, or holds a password.
        """
        try:
            lue = urlsplit(url.strip())
            self._port = lue.port
        except ValueError:
            raise ServeurError("adresse") from None
        if lue.scheme not in ("http", "https") or not lue.hostname or lue.fragment:
            raise ServeurError("adresse")
        if lue.username or lue.password:
            raise ServeurError("adresse-secret")
        self._chiffre, self._hote = lue.scheme == "https", lue.hostname
        self.cible = (lue.path or "/") + (f"?{lue.query}" if lue.query else "")
        self._secret = secret

    def ask(
        self,
        methode: str,
        *,
        delai: float,
        suite: str = "",
        corps: bytes | None = None,
        entetes: Mapping[str, str] | None = None,
        octets_max: int | None = None,
        arret: Arret | None = None,
    ) -> Reponse:
        """Send a request and read its answer.

        Args:
            methode: of HTTP.
            delai: seconds for the whole of it.
            suite: what is added to the address (``?graph=…``).
            corps: what is sent.
            entetes: headers.
            octets_max: bytes of the answer after which it is cut.
            arret: what stops it from another thread.

        Raises:
            ServeurError: no answer, or one of another status than 2xx.
            ServeurLentError: not within the deadline.
            ServeurOccupeError: 429 or 503.
            RequeteAbandonneeError: stopped through ``arret``.
        """
        appel = _Appel(self._connect(), time.monotonic() + delai)
        arret = arret or Arret()
        joint = suite if "?" not in self.cible else suite.replace("?", "&", 1)
        try:
            with arret.watch(appel):
                reponse = self._exchange(appel, methode, self.cible + joint, corps, dict(entetes or {}))
                return appel.read(reponse, octets_max)
        except TimeoutError:
            raise ServeurLentError(messages("distant.lent", secondes=write_number(f"{delai:g}"))) from None
        except (OSError, http.client.HTTPException) as faute:
            if arret.demande:
                raise RequeteAbandonneeError from None
            raise ServeurError("certificat" if isinstance(faute, ssl.SSLError) else "absent") from None
        finally:
            appel.close()

    def _connect(self) -> http.client.HTTPConnection:
        if self._chiffre:
            return http.client.HTTPSConnection(self._hote, self._port)
        return http.client.HTTPConnection(self._hote, self._port)

    def _exchange(
        self, appel: "_Appel", methode: str, cible: str, corps: bytes | None, entetes: dict[str, str]
    ) -> http.client.HTTPResponse:
        secret, said = self._secret, self._secret.header(methode, cible) if self._secret else {}
        reponse = appel.send(methode, cible, corps, entetes | said)
        refused = reponse.status == http.client.UNAUTHORIZED
        if secret and refused and secret.accept(_proposals(reponse), sent=bool(said)):
            appel.restart(self._connect())
            reponse = appel.send(methode, cible, corps, entetes | secret.header(methode, cible))
        if not 200 <= reponse.status < 300:
            raise _refusal(reponse.status)
        return reponse


class _Appel:
    """One connection, held to one deadline, that another thread may cut."""

    def __init__(self, connexion: http.client.HTTPConnection, fin: float) -> None:
        self._connexion, self._fin = connexion, fin
        self._prise: socket.socket | None = None
        self._verrou = threading.Lock()
        self._coupe = False

    def interrupt(self) -> None:
        """Cut the connection: whoever reads it gets an error at once."""
        with self._verrou:
            self._coupe = True
            if self._prise is not None:
                try:
                    self._prise.shutdown(socket.SHUT_RDWR)
                except OSError:
                    return

    def send(
        self, methode: str, cible: str, corps: bytes | None, entetes: dict[str, str]
    ) -> http.client.HTTPResponse:
        self._connexion.timeout = self._left()
        self._connexion.connect()
        with self._verrou:
            self._prise = self._connexion.sock
        if self._coupe:
            raise OSError
        self._connexion.request(methode, cible, corps, entetes | {"Connection": "close"})
        self._prise.settimeout(self._left())
        return self._connexion.getresponse()

    def restart(self, connexion: http.client.HTTPConnection) -> None:
        self.close()
        self._connexion = connexion

    def read(self, reponse: http.client.HTTPResponse, octets_max: int | None) -> Reponse:
        """Read an answer until its end, or until so many bytes."""
        media, entetes = reponse.headers.get_content_type(), dict(reponse.headers.items())
        morceaux, held, fichier = list[bytes](), 0, None
        for morceau in self._pieces(reponse, octets_max):
            morceaux.append(morceau)
            held += len(morceau)
            if held > _EN_MEMOIRE:
                fichier = self._spill(morceaux, reponse, octets_max and octets_max - held)
                break
        coupee = octets_max is not None and bool(reponse.read1(1))
        return Reponse(media, entetes, coupee, b"" if fichier else b"".join(morceaux), fichier)

    def _spill(self, morceaux: list[bytes], reponse: http.client.HTTPResponse, left: int | None) -> Path:
        descripteur, nom = tempfile.mkstemp(prefix="maillage-")
        try:
            with os.fdopen(descripteur, "wb") as flux:
                flux.writelines(morceaux)
                flux.writelines(self._pieces(reponse, left))
        except BaseException:
            Path(nom).unlink()
            raise
        return Path(nom)

    def _pieces(self, reponse: http.client.HTTPResponse, left: int | None) -> Iterator[bytes]:
        assert self._prise is not None  # noqa: S101 — an answer has come through it
        while left is None or left > 0:
            self._prise.settimeout(self._left())
            morceau = reponse.read1(_MORCEAU if left is None else min(left, _MORCEAU))
            if not morceau:
                return
            left = None if left is None else left - len(morceau)
            yield morceau

    def close(self) -> None:
        self._connexion.close()
        if self._prise is not None:
            self._prise.close()

    def _left(self) -> float:
        left = self._fin - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def _proposals(reponse: http.client.HTTPResponse) -> list[str]:
    return reponse.msg.get_all("WWW-Authenticate") or []


def _refusal(statut: int) -> ServeurError | ServeurOccupeError | ServeurLentError:
    match statut:
        case 401 | 403 | 413:
            return RefusServeurError(str(statut))
        case 400 | 422 | 500:
            return RefusServeurError("refus", statut=statut)
        case 404 | 405:
            return ServeurError("404")
        case 429 | 503:
            return ServeurOccupeError(messages("distant.occupe"))
        case 408 | 504:
            return ServeurLentError(messages("distant.lent-statut"))
        case _:
            return ServeurError("statut", statut=statut)
