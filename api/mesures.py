"""What the service counts of itself, in the text that Prometheus reads: no address, no query, no name.

Written here rather than by a library: three families and a histogram are shorter than their registration.
"""

from bisect import bisect_left
from collections import Counter
from itertools import accumulate
from typing import Final

TYPE_MEDIA: Final = "text/plain; version=0.0.4; charset=utf-8"
SEUILS: Final = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0)
"""Upper bounds of durations, in seconds."""
GROUPES: Final = ("sparql", "api", "static")
"""First parts of addresses that are counted apart; the others are ``pages``."""

Jauges = dict[str, float]


class Mesures:
    """Counts the requests of one process since it began."""

    def __init__(self) -> None:
        self._reponses: Counter[tuple[str, int]] = Counter()
        self._durees: dict[str, list[int]] = {}
        self._secondes: dict[str, float] = {}

    def count(self, path: str, statut: int, secondes: float) -> None:
        """Count one request that has ended."""
        first = path.split("/", 2)[1] if path.startswith("/") else ""
        groupe = first if first in GROUPES else "pages"
        self._reponses[groupe, statut] += 1
        self._durees.setdefault(groupe, [0] * (len(SEUILS) + 1))[bisect_left(SEUILS, secondes)] += 1
        self._secondes[groupe] = self._secondes.get(groupe, 0.0) + secondes

    def write(self, jauges: Jauges, edition: str) -> str:
        """Return the exposition.

        Args:
            jauges: what is true now, by name without its prefix.
            edition: the edition being served.
        """
        lines = ["# TYPE maillage_responses_total counter"]
        for (groupe, statut), n in sorted(self._reponses.items()):
            lines.append(f'maillage_responses_total{{group="{groupe}",status="{statut}"}} {n}')
        lines.append("# TYPE maillage_response_seconds histogram")
        for groupe, counts in sorted(self._durees.items()):
            bounds = (*(f"{seuil:g}" for seuil in SEUILS), "+Inf")
            for bound, n in zip(bounds, accumulate(counts), strict=True):
                lines.append(f'maillage_response_seconds_bucket{{group="{groupe}",le="{bound}"}} {n}')
            lines.append(f'maillage_response_seconds_sum{{group="{groupe}"}} {self._secondes[groupe]:.6f}')
            lines.append(f'maillage_response_seconds_count{{group="{groupe}"}} {sum(counts)}')
        for nom, valeur in jauges.items():
            kind = "counter" if nom.endswith("_total") else "gauge"
            lines += [f"# TYPE maillage_{nom} {kind}", f"maillage_{nom} {valeur:g}"]
        lines += ["# TYPE maillage_edition_info gauge", f'maillage_edition_info{{edition="{edition}"}} 1']
        return "\n".join(lines) + "\n"
