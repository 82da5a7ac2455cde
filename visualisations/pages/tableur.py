"""The answer as a spreadsheet reads it: one table, UTF-8 with its mark, semicolons."""

from collections.abc import Iterable, Iterator

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri
from graph.orientation.modele import Consultation, EtapeParcours, Part, Recommandation, Reponse
from ontology.namespaces import VOC
from visualisations.pages.commun import actor_address, say_places
from visualisations.rendu import messages
from visualisations.tableau import write_table

Ligne = tuple[str, str, str, str, str, str, str, str, str]


def write_answer_csv(catalogue: Catalogue, reponse: Reponse, site: str = "") -> str:
    """The whole answer as one table, most useful lines first; the first column says what each is.

    Args:
        catalogue: what the edition says.
        reponse: the answer.
        site: what to put before the addresses of the cards, so that they lead there from a spreadsheet.
    """
    lines = ((*line[:-1], f"{site}{line[-1]}" if line[-1] else "") for line in _lines(catalogue, reponse))
    return write_table(messages("tableur.colonnes").split(";"), lines)


def _lines(catalogue: Catalogue, reponse: Reponse) -> Iterator[Ligne]:
    for reco in reponse.recommandations:
        yield _recommendation(catalogue, reco)
    if len(reponse.combinaison.parts) > 1:
        for part in reponse.combinaison.parts:
            yield _part(catalogue, part)
    for besoin in _labels(catalogue, "besoin", reponse.combinaison.non_couverts):
        yield _line("non-couvert", quoi=besoin)
    for autre in reponse.ailleurs:
        lieux = _join(say_places(catalogue, autre.territoires))
        yield _line(
            "ailleurs", qui=_who(catalogue, autre.acteur), quoi=catalogue.libelle(autre.offre), pourquoi=lieux
        )
    for consultation in reponse.prestataires:
        yield _consultation(catalogue, consultation)
    for rang, etape in enumerate(reponse.parcours, start=1):
        yield from _step(catalogue, rang, etape)
    for texte in (*reponse.remarques, *((reponse.repli.texte,) if reponse.repli else ())):
        yield _line("remarque", verifier=texte)


def _line(
    rubrique: str,
    rang: int | None = None,
    qui: tuple[str, str] = ("", ""),
    quoi: str = "",
    niveau: str | None = None,
    pourquoi: str = "",
    verifier: str = "",
    date: str = "",
) -> Ligne:
    nom, adresse = qui
    ou = messages(f"niveaux.{niveau}") if niveau else ""
    return (
        messages(f"tableur.{rubrique}"), str(rang or ""), nom, quoi, ou, pourquoi, verifier, date, adresse,
    )  # fmt: skip


def _who(catalogue: Catalogue, iri: Iri) -> tuple[str, str]:
    acteur = catalogue.acteurs[iri]
    return acteur.nom, actor_address(acteur)


def _labels(catalogue: Catalogue, schema: str, codes: Iterable[str]) -> Iterator[str]:
    return (catalogue.libelle(f"{VOC}{schema}/{code}") for code in codes)


def _join(textes: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(textes))


def _recommendation(catalogue: Catalogue, reco: Recommandation) -> Ligne:
    return _line(
        "reponse" if reco.competent else "piste",
        reco.rang,
        _who(catalogue, reco.acteur),
        catalogue.libelle(reco.offre),
        reco.niveau,
        _join(raison.texte for raison in reco.raisons),
        _join(reco.a_verifier),
        reco.fraicheur or "",
    )


def _part(catalogue: Catalogue, part: Part) -> Ligne:
    besoins = _join(_labels(catalogue, "besoin", part.besoins))
    return _line("combinaison", qui=_who(catalogue, part.acteur), quoi=besoins, niveau=part.niveau)


def _consultation(catalogue: Catalogue, consultation: Consultation) -> Ligne:
    manques = _labels(catalogue, "piece", consultation.manques)
    return _line(
        "prestataire",
        qui=_who(catalogue, consultation.acteur),
        quoi=_join(catalogue.libelle(offre) for offre in consultation.offres),
        pourquoi=_join(raison.texte for raison in consultation.raisons),
        verifier=_join(
            [*(messages("tableur.bloque", piece=piece) for piece in manques), *consultation.a_verifier]
        ),
    )


def _step(catalogue: Catalogue, rang: int, etape: EtapeParcours) -> Iterator[Ligne]:
    condition = etape.condition.texte if etape.condition else ""
    verifier = _join(etape.a_verifier)
    if not etape.acteurs:
        yield _line("etape", rang, quoi=etape.titre, pourquoi=condition, verifier=verifier)
    for rencontre in etape.acteurs:
        qui = _who(catalogue, rencontre.acteur)
        yield _line("etape", rang, qui, etape.titre, rencontre.niveau, condition, verifier)
