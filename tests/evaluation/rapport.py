"""The tables that ``make evaluate`` prints and that docs/evaluation.md keeps."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from graph.catalogue import Catalogue
from tests.evaluation.cas import Cas, Monographie, Phrase, load_cas, load_monographies, load_phrases
from tests.evaluation.juge import (
    Chiffres,
    Classeur,
    Ecoute,
    Verdict,
    average,
    judge_all,
    judge_monographie,
    listen,
    rate,
)
from tests.evaluation.mesures import mean
from tests.evaluation.plante import plant
from tests.evaluation.proprietes import EXAEQUO, Constat, measure, planted_ndcg, share_firsts
from tests.evaluation.temoins import drop_each, rank_by_engine, rank_by_nearness, rank_by_words

DOC: Final = Path(__file__).resolve().parents[2] / "docs" / "evaluation.md"
DEBUT, FIN = "<!-- figures: written by make evaluate ECRIRE=1 -->", "<!-- /figures -->"
PAYS: Final = range(25)
MOTEUR: Final = "**the engine, whole answer**"
RAPPEL: Final = "**all sentences**"
PASSE: Final = "passes"


def report(catalogue: Catalogue) -> str:
    """Measure everything and return the tables, in Markdown."""
    cas = load_cas()
    verdicts = judge_all(catalogue, cas)
    parts = (
        *_compare(catalogue, cas, verdicts),
        *_cases(verdicts),
        *_sentences(listen(catalogue, load_phrases())),
        *_monographies(catalogue, load_monographies()),
        *_planted(catalogue, measure(catalogue, PAYS)),
    )
    return "\n".join(parts)


def keep(tables: str) -> None:
    """Put the tables in docs/evaluation.md, between its marks."""
    texte = DOC.read_text(encoding="utf-8")
    before, rest = texte.split(DEBUT)
    DOC.write_text(f"{before}{DEBUT}\n\n{tables}\n\n{FIN}{rest.split(FIN)[1]}", encoding="utf-8")


def read_kept() -> tuple[Chiffres, float, set[str]]:
    """Return what docs/evaluation.md keeps: the engine's figures, the sentences' recall, cases that pass."""
    texte = DOC.read_text(encoding="utf-8")
    figures = [float(cell) for cell in _row(texte, MOTEUR)[:4]]
    passed = re.findall(rf"^\| `([a-z0-9-]+)` \|.*\| {PASSE} \|$", texte, re.MULTILINE)
    return Chiffres(*figures), float(_row(texte, RAPPEL)[0]), set(passed)


def _row(texte: str, nom: str) -> list[str]:
    line = next(line for line in texte.splitlines() if line.startswith(f"| {nom} |"))
    return [cell.strip() for cell in line.split("|")[2:]]


def _compare(catalogue: Catalogue, cas: Sequence[Cas], verdicts: Sequence[Verdict]) -> Iterator[str]:
    whole = average([v.chiffres for v in verdicts if v.chiffres])
    expecting = sum(v.chiffres is not None for v in verdicts)
    yield f"### Order: {len(cas)} cases, {expecting} of which expect somebody\n"
    yield "| way of ranking | hits@1 | hits@3 | MRR | nDCG@5 | cases passed | planted nDCG@5 |"
    yield "|---|---|---|---|---|---|---|"
    yield f"| {MOTEUR} | {_figures(whole)} | {sum(not v.torts for v in verdicts)} | |"
    for serie in (1, 2):
        some = [v for v in verdicts if v.cas.serie == serie]
        chiffres = average([v.chiffres for v in some if v.chiffres])
        passed = f"{sum(not v.torts for v in some)} of {len(some)}"
        yield f"| the same, series {serie} | {_figures(chiffres)} | {passed} | |"
    pays = [plant(catalogue, graine) for graine in PAYS]
    ways: list[tuple[str, Callable[[Catalogue], Classeur]]] = [("the engine, order alone", rank_by_engine)]
    ways += [(f"without `{nom}`", lambda c, w=weights: rank_by_engine(c, w)) for nom, weights in drop_each()]
    ways += [("nearest, then the alphabet", rank_by_nearness), ("words in common", rank_by_words)]
    for nom, way in ways:
        chiffres, passed = rate(catalogue, cas, way(catalogue))
        planted = planted_ndcg([(way(country), plantees) for country, plantees in pays])
        yield f"| {nom} | {_figures(chiffres)} | {passed} | {planted:.3f} |"


def _cases(verdicts: Sequence[Verdict]) -> Iterator[str]:
    yield "\n### Case by case\n"
    yield "| case | equal | hits@1 | hits@3 | MRR | nDCG@5 | first three | verdict |"
    yield "|---|---|---|---|---|---|---|---|"
    for verdict in verdicts:
        figures = _figures(verdict.chiffres) if verdict.chiffres else "– | – | – | –"
        first = ", ".join(verdict.premiers) or "personne"
        said = "; ".join(verdict.torts) or PASSE
        equal = "yes" if verdict.cas.egaux else ""
        yield f"| `{verdict.cas.code}` | {equal} | {figures} | {first} | {said} |"


def _sentences(ecoutes: Sequence[Ecoute]) -> Iterator[str]:
    yield "\n### Needs in one's own words\n"
    yield "| sentence | recall@3 | expected | proposed first |"
    yield "|---|---|---|---|"
    yield f"| {RAPPEL} | {mean([e.rappel for e in ecoutes]):.2f} | {len(ecoutes)} sentences | |"
    for serie in (1, 2):
        some = [e.rappel for e in ecoutes if e.phrase.serie == serie]
        yield f"| the same, series {serie} | {mean(some):.2f} | {len(some)} sentences | |"
    for ecoute in ecoutes:
        phrase: Phrase = ecoute.phrase
        row = (phrase.texte, f"{ecoute.rappel:.2f}", ", ".join(phrase.attendus), ", ".join(ecoute.proposes))
        yield f"| {' | '.join(row)} |"


def _monographies(catalogue: Catalogue, monographies: Sequence[Monographie]) -> Iterator[str]:
    yield "\n### Anonymous monographs: needs and type of response\n"
    yield "| action | needs told | type of response | verdict |"
    yield "|---|---|---|---|"
    for one in monographies:
        said = "; ".join(judge_monographie(catalogue, one)) or PASSE
        yield f"| `{one.code}` | {len(one.besoins)} | {one.type_reponse} | {said} |"


def _planted(catalogue: Catalogue, constat: Constat) -> Iterator[str]:
    yield f"\n### Planted countries: {len(PAYS)}, {constat.demandes} requests, {constat.offres} offers\n"
    yield "| what must hold | found |"
    yield "|---|---|"
    yield f"| nDCG@5 of the whole answer | {constat.ndcg5:.4f} |"
    yield f"| answers right to the last actor | {constat.exactes} of {constat.demandes} |"
    for ecart, nombre in constat.ecarts.items():
        yield f"| actors planted as « {ecart} » that answered | {nombre} |"
    yield f"| fallbacks to another level than the one known | {constat.replis} |"
    yield f"| orders changed by actors that do not fit | {constat.instables} |"
    yield f"| actors lowered by a need gained | {constat.baisses} of {constat.gagnes} |"
    for exaequo in EXAEQUO:
        low, high = share_firsts(catalogue, exaequo)
        yield f"| {exaequo} equals, first place over a year, × a fair share | {low:.2f} to {high:.2f} |"


def _figures(chiffres: Chiffres) -> str:
    return " | ".join(f"{getattr(chiffres, nom):.2f}" for nom in Chiffres.__dataclass_fields__)
