"""Who we are for a server that asks: Basic or Digest (RFC 7616, qop=auth), by what it proposes."""

import base64
import hashlib
import re
import secrets
import threading
from dataclasses import dataclass, field
from typing import Final

_CHAMP: Final = re.compile(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))')
_HACHAGES: Final = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


@dataclass(slots=True)
class Secret:
    """A name and a password, never shown; remembers what the server proposed, so as not to ask twice."""

    utilisateur: str
    mot_de_passe: str = field(repr=False)
    _defi: dict[str, str] = field(default_factory=dict, repr=False)
    _rang: int = field(default=0, repr=False)
    _verrou: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def accept(self, propositions: list[str], *, sent: bool) -> bool:
        """Take the best of the ``WWW-Authenticate`` headers of an answer 401; False when none is known.

        Args:
            propositions: these headers.
            sent: whether we had said who we are: the refusal is final then, unless only the nonce is too old.
        """
        lus = [(texte.split(" ", 1)[0].lower(), _read_fields(texte)) for texte in propositions]
        for nom, champs in sorted(lus, key=lambda lu: lu[0] != "digest"):
            known = nom == "basic" or (
                nom == "digest" and champs.get("algorithm", "MD5").upper() in _HACHAGES
            )
            if not known:
                continue
            if sent and champs.get("stale", "").lower() != "true":
                return False
            with self._verrou:
                self._defi, self._rang = champs | {"genre": nom}, 0
            return True
        return False

    def header(self, methode: str, cible: str) -> dict[str, str]:
        """Return the header of a request, none before the server has proposed anything."""
        if not self._defi:
            return {}
        if self._defi["genre"] == "basic":
            jeton = base64.b64encode(f"{self.utilisateur}:{self.mot_de_passe}".encode()).decode()
            return {"Authorization": f"Basic {jeton}"}
        return {"Authorization": f"Digest {self._digest(methode, cible)}"}

    def _digest(self, methode: str, cible: str) -> str:
        with self._verrou:
            self._rang += 1
            defi, rang = self._defi, f"{self._rang:08x}"
        algorithme, client = defi.get("algorithm", "MD5"), secrets.token_hex(8)

        def fold(*parts: str) -> str:
            return _HACHAGES[algorithme.upper()](":".join(parts).encode()).hexdigest()

        qui = fold(self.utilisateur, defi.get("realm", ""), self.mot_de_passe)
        quoi = fold(methode, cible)
        champs = {"username": self.utilisateur, "uri": cible, "algorithm": algorithme}
        champs |= {nom: defi[nom] for nom in ("realm", "nonce", "opaque") if nom in defi}
        if "auth" in re.split(r"\s*,\s*", defi.get("qop", "")):
            champs["response"] = fold(qui, defi.get("nonce", ""), rang, client, "auth", quoi)
            champs |= {"cnonce": client}
            suite = f", qop=auth, nc={rang}"
        else:
            champs["response"], suite = fold(qui, defi.get("nonce", ""), quoi), ""
        return ", ".join(f'{nom}="{_quote(valeur)}"' for nom, valeur in champs.items()) + suite


def _read_fields(texte: str) -> dict[str, str]:
    return {nom.lower(): cite or nu for nom, cite, nu in _CHAMP.findall(texte)}


def _quote(valeur: str) -> str:
    return valeur.replace("\\", "\\\\").replace('"', '\\"')
