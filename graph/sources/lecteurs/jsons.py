"""JSON files read record by record, however long: only one record is in memory at a time.

The standard library reads a whole file or nothing. Here its decoder is run on a window of text that
slides from one record of the list to the next; no parser is added to the product.
"""

import codecs
import json
import re
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, Final

from graph.messages import messages
from graph.sources.avancement import open_counted
from graph.sources.tableau import FichierRefuseError, Ligne, column_name

BLOC: Final = 1 << 18
"""Characters read at a time."""
FICHE_MAX: Final = 1 << 24
"""Characters of one record; more is not a list of records."""
_ENTETE_MAX: Final = 1 << 16
_APRES: Final = frozenset(",] \t\r\n")
_DEBUT: Final = re.compile(r"[\s,]*")


def begins_like_json(fichier: Path) -> bool:
    """Tell whether a file holds JSON, by its first sign."""
    try:
        with fichier.open("rb") as flux:
            return flux.read(64).removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"[", b"{")
    except OSError:
        return False


def read_records(fichier: Path, cle: str | None = None) -> Iterator[Ligne]:
    """Yield the records of a file: a list of objects, or the list under ``cle`` of an object.

    Cells are text, as in a table: empty for null, JSON for a list or an object. A record that is not an
    object comes without cells. ``numero`` is its rank in the list.

    Raises:
        FichierRefuseError: not such a list, cut short, or with a record too long to be one.
    """
    try:
        with TextIOWrapper(open_counted(fichier), encoding="utf-8-sig", newline="") as flux:
            window = _Window(flux, fichier.name)
            window.enter(cle)
            for numero, record in enumerate(window.records(), 1):
                yield Ligne(numero, _cells(record) if isinstance(record, dict) else {})
    except UnicodeDecodeError:
        raise FichierRefuseError(messages("import.publie.json-casse", fichier=fichier.name)) from None


def _cells(record: dict[str, Any]) -> dict[str, str]:
    return {column_name(cle): as_text(valeur) for cle, valeur in record.items()}


def as_text(valeur: object) -> str:
    """Return a value of JSON, or of another nested format, as the cell of a table."""
    if valeur is None:
        return ""
    texte = valeur if isinstance(valeur, str) else json.dumps(valeur, ensure_ascii=False, default=str)
    return texte.encode("utf-8", "replace").decode()


class _Window:
    """The part of the text that is being read."""

    def __init__(self, flux: IO[str], nom: str) -> None:
        self._flux, self._nom = flux, nom
        self._texte, self._place = "", 0
        self._decoder = json.JSONDecoder()

    def enter(self, cle: str | None) -> None:
        """Go to the first record of the list."""
        self._more()
        opening = r"\s*\[" if cle is None else rf'\s*(?:\[|\{{.*?"{re.escape(cle)}"\s*:\s*\[)'
        found = re.match(opening, self._texte[:_ENTETE_MAX], re.DOTALL)
        if found is None:
            raise FichierRefuseError(messages("import.publie.json-sans-liste", fichier=self._nom))
        self._place = found.end()

    def records(self) -> Iterator[Any]:
        """Yield each record, up to the end of the list."""
        while True:
            self._skip()
            if self._texte[self._place] == "]":
                return
            yield self._record()

    def _skip(self) -> None:
        """Go to the next sign that tells something."""
        while True:
            found = _DEBUT.match(self._texte, self._place)
            self._place = found.end() if found else self._place
            if self._place < len(self._texte):
                return
            if not self._more():
                raise FichierRefuseError(messages("import.publie.json-casse", fichier=self._nom))

    def _record(self) -> Any:  # noqa: ANN401 — any JSON value
        while True:
            try:
                record, end = self._decoder.raw_decode(self._texte, self._place)
            except (ValueError, RecursionError):
                end = -1
            # A number cut by the end of the window would read as another number.
            if end >= 0 and self._texte[end : end + 1] in _APRES:
                self._place = end
                return record
            if len(self._texte) - self._place > FICHE_MAX or not self._more():
                raise FichierRefuseError(messages("import.publie.json-casse", fichier=self._nom)) from None

    def _more(self) -> bool:
        """Read on, twice as much as what is kept; False at the end."""
        kept = self._texte[self._place :]
        block = self._flux.read(max(BLOC, len(kept)))
        self._texte, self._place = kept + block, 0
        return bool(block)
