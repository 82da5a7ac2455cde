"""Who does it elsewhere: when nobody here is known to, those who do may know whom to call."""

from dataclasses import replace
from typing import Final

from graph.catalogue import Catalogue
from graph.orientation.classement import rank
from graph.orientation.index import Candidats, IndexOffres
from graph.orientation.modele import Ailleurs, Demande

AILLEURS_MAX: Final = 3


def find_elsewhere(
    catalogue: Catalogue, index: IndexOffres, candidats: Candidats, demande: Demande
) -> tuple[Ailleurs, ...]:
    """Return a few actors who meet what is asked, in other places or in places that no source names.

    Nothing when somebody here is known to, or when neither a need nor a sector was asked.
    """
    if candidats.competents.any() or not (demande.besoins or demande.secteur):
        return ()
    partout = index.find(demande, partout=True)
    connus = partout.competents
    kept = replace(
        partout,
        ids=partout.ids[connus],
        scores=partout.scores[connus],
        competents=connus[connus],
        niveaux=partout.niveaux[connus],
        besoins=partout.besoins[:, connus],
    )
    return tuple(
        Ailleurs(rang.acteur, rang.offre.iri, rang.offre.territoires)
        for rang in rank(catalogue, index, kept, demande, AILLEURS_MAX)
    )
