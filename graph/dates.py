"""Partial dates: the documents say « 2004 », « mai 2008 » or « 13 mai 2008 », and each is an interval.

Source of the notation: ISO 8601 / XML Schema (``xsd:gYear``, ``xsd:gYearMonth``, ``xsd:date``).
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from graph.messages import langue_courante

MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_FORME = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\Z", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class DatePartielle:
    """A day, a month or a year, seen as the interval of days it covers (both ends included)."""

    debut: date
    fin: date

    @classmethod
    def parse(cls, texte: str) -> Self:
        """Read ``AAAA``, ``AAAA-MM`` or ``AAAA-MM-JJ``.

        Raises:
            ValueError: the text is none of these, or names a day that does not exist.
        """
        trouve = _FORME.match(texte)
        if trouve is None:
            raise ValueError(f"date illisible : {texte[:20]!r} ; écrire AAAA, AAAA-MM ou AAAA-MM-JJ")
        annee, mois, jour = (int(part) if part else None for part in trouve.groups())
        assert annee is not None  # noqa: S101 — the first group is not optional
        if mois is None:
            return cls(date(annee, 1, 1), date(annee, 12, 31))
        if jour is None:
            return cls(date(annee, mois, 1), date(annee, mois, monthrange(annee, mois)[1]))
        seul = date(annee, mois, jour)
        return cls(seul, seul)

    @property
    def texte(self) -> str:
        """The ISO text it came from: ``2008``, ``2008-05`` or ``2008-05-13``."""
        if self.debut == self.fin:
            return self.debut.isoformat()
        if self.debut.month == self.fin.month:
            return f"{self.debut.year:04}-{self.debut.month:02}"
        return f"{self.debut.year:04}"

    @property
    def en_clair(self) -> str:
        """In words, in the current language: « 2008 », « mai 2008 », « 1er juin 1994 », “1 June 1994”."""
        anglais = langue_courante.get() == "en"
        mois = (MONTHS if anglais else MOIS)[self.debut.month - 1]
        if self.debut == self.fin:
            jour = "1er" if self.debut.day == 1 and not anglais else str(self.debut.day)
            return f"{jour} {mois} {self.debut.year}"
        return f"{mois} {self.debut.year}" if self.debut.month == self.fin.month else str(self.debut.year)

    @property
    def avec_de(self) -> str:
        """After « de », as French elides it: « d’octobre 2011 », « du 13 mai 2008 »; alone in English."""
        if langue_courante.get() == "en":
            return self.en_clair
        if self.debut == self.fin:
            return f"du {self.en_clair}"
        return f"d’{self.en_clair}" if self.en_clair[0] in "ao" else f"de {self.en_clair}"

    def surely_before(self, jour: date) -> bool:
        """True when every day of the interval is before ``jour``."""
        return self.fin < jour

    def surely_after(self, jour: date) -> bool:
        """True when every day of the interval is after ``jour``."""
        return self.debut > jour


def aujourd_hui() -> date:
    """Today where the users are: Europe/Paris, whatever the server's clock zone."""
    return datetime.now(ZoneInfo("Europe/Paris")).date()
