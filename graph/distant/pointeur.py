"""Which editions are whole on a server, and which of them is to be read."""

from graph.distant.noms import COURANTE, ENTIERE, SOURCE, Noms
from graph.distant.reecriture import Copies
from graph.distant.serveur import Serveur, read_solutions


def read_current(serveur: Serveur, noms: Noms, delai: float) -> str | None:
    """Return the id of the edition to read.

    None when none is said, or several: between two moments of a switch on a server that does not replace
    a graph at once, a reader keeps the edition it has.
    """
    texte = f"SELECT ?edition WHERE {{ <{noms.pointeur}> <{COURANTE.value}> ?edition }}"
    said = {row[0].value for row in read_solutions(serveur.query(texte, [noms.pointeur], delai=delai))}
    return noms.identifiant(said.pop()) if len(said) == 1 else None


def read_published(serveur: Serveur, noms: Noms, delai: float) -> list[str]:
    """Return the ids of the editions that are whole on a server."""
    texte = f"SELECT DISTINCT ?edition WHERE {{ GRAPH ?index {{ ?edition a <{ENTIERE.value}> }} }}"
    debut = noms.edition("")
    lignes = read_solutions(serveur.query(texte, [], delai=delai))
    editions = (ligne["edition"].value for ligne in lignes)
    return sorted(noms.identifiant(e) for e in editions if e.startswith(debut) and "/" not in e[len(debut) :])


def read_index(serveur: Serveur, noms: Noms, identifiant: str, delai: float) -> tuple[Copies, dict[str, str]]:
    """Return where the graphs of an edition are, and its small files by name."""
    index = noms.index(identifiant)
    texte = f"SELECT ?copie ?source WHERE {{ ?copie <{SOURCE.value}> ?source }}"
    copies, pieces = dict[str, str](), dict[str, str]()
    prefixe = noms.fichier(identifiant, "")
    for ligne in read_solutions(serveur.query(texte, [index], delai=delai)):
        copie, source = ligne["copie"].value, ligne["source"].value
        if copie.startswith(prefixe):
            pieces[copie.removeprefix(prefixe)] = source
        else:
            copies[source] = copie
    fichiers: dict[str, str] = {}
    for nom in sorted(pieces):
        fichier = nom.rsplit("/", 1)[0]
        fichiers[fichier] = fichiers.get(fichier, "") + pieces[nom]
    return Copies(index, noms.tout(identifiant), copies), fichiers
