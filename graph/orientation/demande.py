"""Understanding a request: codes checked against the edition, nothing guessed in silence."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.lieux import read_place
from graph.catalogue.modele import Territoire
from graph.catalogue.territoires import reference
from graph.dates import aujourd_hui
from graph.errors import DemandeInvalideError, IntrouvableError
from graph.messages import messages
from graph.orientation.modele import Demande
from graph.texte import fold

BESOINS_MAX: Final = 30
ANNEES: Final = (1901, 2100)
"""From the law on associations to where a calendar still means something."""
_CODE: Final = re.compile(r"[a-z0-9-]{1,80}\Z")


@dataclass(frozen=True, slots=True)
class Saisie:
    """A request as it was typed, before anything is checked."""

    commune: str | None = None
    territoire: str | None = None
    stade: str | None = None
    effectif: int | None = None
    besoins: Sequence[str] = ()
    secteur: str | None = None
    jour: date | None = None


def understand(catalogue: Catalogue, saisie: Saisie) -> tuple[Demande, tuple[str, ...]]:
    """Check a request against an edition.

    Returns:
        The request as understood, and what was assumed to understand it, in French.

    Raises:
        DemandeInvalideError: a field cannot be used; it is named, and the sentence says what to do.
    """
    remarques: list[str] = []
    territoire = _territoire(catalogue, saisie, remarques)
    jour = saisie.jour or aujourd_hui()
    if not ANNEES[0] <= jour.year <= ANNEES[1]:
        raise DemandeInvalideError("date", messages("demande.date", debut=ANNEES[0], fin=ANNEES[1]))
    demande = Demande(
        territoire=territoire.iri,
        date=jour,
        stade=_stade(catalogue, saisie, remarques),
        effectif=saisie.effectif,
        besoins=_besoins(catalogue, saisie.besoins),
        secteur=_code(catalogue, "secteur", "secteur", saisie.secteur),
    )
    return demande, tuple(remarques)


def _territoire(catalogue: Catalogue, saisie: Saisie, remarques: list[str]) -> Territoire:
    if saisie.commune and saisie.territoire:
        raise DemandeInvalideError("commune", messages("demande.commune-ou-territoire"))
    if saisie.territoire:
        return _place(catalogue, saisie.territoire.strip(), remarques)
    if not saisie.commune or not saisie.commune.strip():
        raise DemandeInvalideError("commune", messages("demande.ou"))
    return _commune(catalogue, saisie.commune.strip()[:100], remarques)


def _place(catalogue: Catalogue, ref: str, remarques: list[str]) -> Territoire:
    """Return the place of a reference; what ended is answered for as it was, and said."""
    try:
        found = catalogue.lire_territoire(ref)
    except IntrouvableError as erreur:
        raise DemandeInvalideError("territoire", erreur.message) from None
    code = ref.rpartition(":")[2]
    if found.niveau == "commune" and code != found.code and code in catalogue.codes_resolus:
        remarques.append(messages("demande.ancien-code", code=code, nom=found.nom))
    if found.fin is not None:
        today = catalogue.territoires.get(found.remplace_par or "")
        cle = "territoire-remplace" if today else "territoire-fini"
        remarques.append(
            messages(
                f"demande.{cle}",
                nom=found.nom,
                annee=found.fin.debut.year,
                **({"nouveau": today.nom, "ref": reference(today)} if today else {}),
            )
        )
    return found


def _commune(catalogue: Catalogue, texte: str, remarques: list[str]) -> Territoire:
    found = _one_commune(catalogue, texte)
    if found.niveau != "commune":
        raise DemandeInvalideError(
            "commune", messages("demande.pas-une-commune", nom=found.nom, territoire=reference(found))
        )
    typed = fold(texte)
    if typed in {fold(nom) for nom in found.autres_noms} and typed != fold(found.nom):
        remarques.append(messages("demande.ancienne-commune", texte=texte, nom=found.nom))
    if texte in catalogue.codes_resolus and texte != found.code:
        remarques.append(messages("demande.ancien-code", code=texte, nom=found.nom))
    elif texte in found.codes_postaux and texte != found.code:
        remarques.append(messages("demande.code-postal", code=texte, nom=found.nom))
    return found


def _one_commune(catalogue: Catalogue, texte: str) -> Territoire:
    """Return the place a text names; a bare code is an INSEE code first, whatever mail it also serves."""
    try:
        return catalogue.lire_territoire(texte)
    except IntrouvableError:
        lu = read_place(catalogue, texte)
    if lu.territoire is not None:
        return lu.territoire
    if not lu.choix:
        raise DemandeInvalideError("commune", messages("demande.commune-inconnue", texte=texte[:60]))
    noms = ", ".join(f"{place.nom} ({place.code})" for place in lu.choix[:8])
    raise DemandeInvalideError("commune", messages("demande.plusieurs-communes", texte=texte[:60], noms=noms))


def _stade(catalogue: Catalogue, saisie: Saisie, remarques: list[str]) -> str | None:
    stade = _code(catalogue, "stade", "stade", saisie.stade)
    effectif = saisie.effectif
    if effectif is not None and not 0 <= effectif <= 1_000_000:
        raise DemandeInvalideError("effectif", messages("demande.effectif"))
    if effectif is None:
        return stade
    if stade is None and effectif > 0:
        remarques.append(messages("demande.stade-suggere", n=effectif))
        return "employeur"
    if stade in {"benevole", "projet"} and effectif > 0:
        raise DemandeInvalideError("effectif", messages("demande.stade-contredit", n=effectif))
    return stade


def _besoins(catalogue: Catalogue, codes: Iterable[str]) -> tuple[str, ...]:
    uniques = tuple(dict.fromkeys(codes))
    if len(uniques) > BESOINS_MAX:
        raise DemandeInvalideError(
            "besoins", messages("demande.trop-de-besoins", n=len(uniques), max=BESOINS_MAX)
        )
    return tuple(known for code in uniques if (known := _code(catalogue, "besoins", "besoin", code)))


def _code(catalogue: Catalogue, champ: str, schema: str, code: str | None) -> str | None:
    if not code:
        return None
    if not _CODE.match(code) or catalogue.concept(schema, code) is None:
        raise DemandeInvalideError(
            champ,
            messages(
                "demande.code-inconnu", code=code[:60], schema=schema, proches=_near(catalogue, schema, code)
            ),
        )
    return code


def _near(catalogue: Catalogue, schema: str, code: str) -> str:
    """Say which codes of a vocabulary somebody may have meant, empty when none is near."""
    codes = [concept.code for concept in catalogue.concepts_de(schema)]
    close = get_close_matches(fold(code[:80]).replace(" ", "-"), codes, n=3)
    return messages("demande.code-proche", codes=", ".join(close)) if close else ""
