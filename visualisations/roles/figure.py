"""The diagram of a system of actors, drawn on the server: the subject in the middle, a panel a role.

Everything has its place by rule, so that the same system gives the same picture: those who carry a
dispositif over the subject when they are many; the other roles in two columns of nearest height; those
who are associated and those it is for under it.
"""

from collections.abc import Sequence
from typing import Final

from visualisations.rendu import messages
from visualisations.roles.mesures import (
    COTE,
    DESSOUS,
    ECART,
    FLECHE,
    GAUCHE,
    LARGEUR,
    PILIER,
    PUCE,
    Bande,
    Puce,
    arrange,
    column_height,
    measure_band,
    measure_box,
    say_absent,
    say_centre,
    say_title,
    share_columns,
)
from visualisations.roles.modele import GroupeRolesVue, SystemeVue, VoieVue
from visualisations.trace_svg import Palette, Trace, wrap
from visualisations.types_acteur import type_principal

_TIRETS: Final = {"": "", "prevu": "8 5", "termine": "2 4"}
PALETTE: Final[Palette] = {
    "r-puce": ("fill", "#ffffff"),
    "r-pilier": ("fill", "#e9e7df"),
    "r-tete": ("fill", "#17495c"),
    "r-sur-tete": ("fill", "#ffffff"),
    "r-nom": ("fill", "#17242b"),
    "r-mots": ("fill", "#4a585f"),
    "r-titre": ("fill", "#17495c"),
    "r-filet": ("stroke", "#9aa5a5"),
    "r-fleche": ("stroke", "#4a585f"),
    "r-pointe": ("fill", "#4a585f"),
    "r-numero": ("fill", "#f2bb1d"),
    "r-chiffre": ("fill", "#17242b"),
    "r-bord": ("stroke", "#717d83"),
}
"""Light colours, those of a file that leaves the site; ``roles.css`` gives those of a page."""


def draw_systeme(vue: SystemeVue, credit: str = "") -> tuple[str, float]:
    """The diagram as SVG, and its height in units of which it is :data:`LARGEUR` wide.

    Args:
        vue: the system in words.
        credit: line at the foot of a file that leaves the site, which then says its own title too; on
            the page the diagram is hidden from screen readers, whose form of it is the table.
    """
    return _Planche(vue, credit).draw()


class _Planche:
    """One sheet being drawn, from top to bottom."""

    def __init__(self, vue: SystemeVue, credit: str) -> None:
        self._vue = vue
        self._credit = credit
        self._trace = Trace(PALETTE, "roles-schema")

    def draw(self) -> tuple[str, float]:
        dessus, gauche, droite, dessous = arrange(self._vue.voies)
        haut = 8.0
        for voie in dessus:
            bande = measure_band(voie, LARGEUR, 4)
            bas = self._band(bande, 0, haut)
            self._joint(bande, (LARGEUR / 2, bas), (LARGEUR / 2, bas + 42))
            haut = bas + 46
        bas = self._pillar(haut, haut + max(column_height(gauche), column_height(droite)))
        for voies, a_gauche in ((gauche, True), (droite, False)):
            y = haut
            for voie in voies:
                y = self._lane(voie, y, a_gauche)
        bas = self._bottom(dessous, bas)
        bas = self._notes(bas + 12)
        if self._credit:
            self._trace.text(self._credit, 0, bas + 10, "r-mots", 12)
            bas += 24
            self._trace.name(self._vue.sujet)
        return self._trace.finish(LARGEUR, bas), bas

    def _pillar(self, haut: float, bas: float) -> float:
        """The subject, down to at least ``bas``: its name, when and where, what stands inside."""
        tete, textes = say_centre(self._vue)
        hauteur = 20.0 * len(tete) + 22
        bas = max(bas, haut + hauteur + 17 * len(textes) + 22)
        self._trace.rect((GAUCHE, haut, PILIER, bas - haut), "r-pilier")
        self._trace.rect((GAUCHE, haut, PILIER, hauteur), "r-tete")
        for rang, ligne in enumerate(tete):
            self._trace.text(ligne, LARGEUR / 2, haut + 27 + 20 * rang, "r-sur-tete", 16, "middle", gras=True)
        for rang, (ligne, gras) in enumerate(textes):
            y = haut + hauteur + 23 + 17 * rang
            self._trace.text(ligne, LARGEUR / 2, y, "r-nom" if gras else "r-mots", 12.5, "middle", gras)
        return bas

    def _lane(self, voie: VoieVue, y: float, a_gauche: bool) -> float:
        bord, ancre = (0.0, "") if a_gauche else (float(LARGEUR), "end")
        fin = GAUCHE - 16 if a_gauche else LARGEUR - GAUCHE + 16
        self._trace.text(voie.titre, bord, y + 16, "r-titre", 15, ancre, gras=True)
        self._trace.line((bord, y + 24, fin, y + 24), "r-filet")
        y += 32
        for groupe in voie.groupes:
            y = self._group(groupe, y, a_gauche)
        return y + ECART

    def _group(self, groupe: GroupeRolesVue, y: float, a_gauche: bool) -> float:
        bord, ancre = (0.0, "") if a_gauche else (float(LARGEUR), "end")
        for ligne in say_title(groupe):
            self._trace.text(ligne, bord, y + 13, "r-nom", 13, ancre, gras=True)
            y += 17
        if not groupe.tenants:
            for ligne in say_absent():
                self._trace.text(ligne, bord, y + 13, "r-mots", 12.5, ancre)
                y += 16
        for tenant in groupe.tenants[:COTE]:
            puce = measure_box(tenant, PUCE, FLECHE - 34)
            self._row(puce, y + 4, a_gauche, groupe.autour)
            y += puce.rangee + 8
        if (reste := len(groupe.tenants) - COTE) > 0:
            self._trace.text(messages("roles.autres", n=reste), bord, y + 14, "r-mots", 12.5, ancre)
            y += 20
        return y + 4

    def _row(self, puce: Puce, y: float, a_gauche: bool, autour: bool) -> None:
        """An actor, and its arrow to the subject with the words over it; words alone for what is around."""
        self._box(puce, (0 if a_gauche else LARGEUR - PUCE, y, PUCE, puce.rangee))
        debut, fin = (PUCE + 2, GAUCHE - 4) if a_gauche else (LARGEUR - PUCE - 2, LARGEUR - GAUCHE + 4)
        trait = y + (puce.rangee + 15 * len(puce.mots)) / 2 + 1
        if not autour:
            self._trace.arrow((debut, trait, fin, trait), _TIRETS[puce.tenant.etat])
        for rang, ligne in enumerate(reversed(puce.mots)):
            self._trace.text(ligne, (debut + fin) / 2, trait - 5 - 15 * rang, "r-mots", 12.5, "middle")

    def _box(self, puce: Puce, cadre: tuple[float, float, float, float], tirets: str = "") -> None:
        x, y, largeur, hauteur = cadre
        tenant = puce.tenant
        dit = (*tenant.mots, *((messages(f"roles.etat.{tenant.etat}"),) if tenant.etat else ()))
        self._trace.open_link(
            tenant.acteur.adresse,
            messages("commun.etiquette", nom=tenant.acteur.nom, texte=messages("commun.puis").join(dit)),
        )
        self._trace.rect((x + 0.5, y, largeur - 1, hauteur), "r-puce r-bord", tirets)
        haut = y + (hauteur - puce.boite) / 2
        self._trace.symbol(type_principal(tenant.acteur.types), x + 18, haut + 15, 7.5)
        for rang, ligne in enumerate(puce.nom):
            self._trace.text(ligne, x + 34, haut + 20 + 17 * rang, "r-nom", 14, gras=True)
        for rang, ligne in enumerate(puce.dessous):
            self._trace.text(ligne, x + 34, haut + 18 + 17 * len(puce.nom) + 15 * rang, "r-mots", 12)
        if tenant.numero:
            self._number(tenant.numero, x + largeur - 16, haut + 15)
        self._trace.close_link()

    def _number(self, numero: int, x: float, y: float) -> None:
        self._trace.disc(x, y, 10, "r-numero")
        self._trace.text(str(numero), x, y + 4, "r-chiffre", 12, "middle", gras=True)

    def _bottom(self, voies: Sequence[VoieVue], haut: float) -> float:
        """Those who are associated and those it is for, side by side under the subject."""
        bas, x = haut, 0.0
        colonnes = share_columns(voies)
        unite = (LARGEUR - ECART * (len(voies) - 1)) / 4
        for rang, (voie, nombre) in enumerate(zip(voies, colonnes, strict=True)):
            bande = measure_band(voie, nombre * unite, nombre)
            sortie = LARGEUR / 2 + (PILIER / 4 * (2 * rang - 1) if len(voies) > 1 else 0)
            bord = min(max(sortie, x + 30), x + bande.large - 30)
            if voie.code == "participation":
                self._joint(bande, (bord, haut + 46), (sortie, haut + 4), a_droite=rang == len(voies) - 1)
            else:
                self._joint(bande, (sortie, haut + 4), (bord, haut + 46), a_droite=rang == len(voies) - 1)
            bas = max(bas, self._band(bande, x, haut + 50))
            x += bande.large + ECART
        return bas

    def _joint(
        self, bande: Bande, debut: tuple[float, float], fin: tuple[float, float], a_droite: bool = True
    ) -> None:
        """The arrow between a band and the subject, bent when one is not over the other, and its words."""
        (x1, y1), (x2, y2) = debut, fin
        milieu, tirets = (y1 + y2) / 2, _TIRETS[bande.etat]
        if x1 == x2:
            self._trace.arrow((x1, y1, x2, y2), tirets)
        else:
            self._trace.line((x1, y1, x1, milieu), "r-fleche", tirets)
            self._trace.line((x1, milieu, x2, milieu), "r-fleche", tirets)
            self._trace.arrow((x2, milieu, x2, y2), tirets)
        bord, ancre = (max(x1, x2) + 10, "") if a_droite else (min(x1, x2) - 10, "end")
        self._trace.text(bande.voie.court, bord, milieu + 5, "r-mots", 12.5, ancre)

    def _band(self, bande: Bande, x: float, y: float) -> float:
        self._trace.text(bande.voie.titre, x, y + 16, "r-titre", 15, gras=True)
        self._trace.line((x, y + 24, x + bande.large, y + 24), "r-filet")
        y += 34
        for puces in bande.rangs:
            hauteur = max(puce.boite for puce in puces)
            for rang, puce in enumerate(puces):
                cadre = (x + rang * bande.pas, y, bande.pas - 10, hauteur)
                self._box(puce, cadre, _TIRETS[puce.tenant.etat])
            y += hauteur + 8
        if bande.reste:
            self._trace.text(messages("roles.autres", n=bande.reste), x, y + 14, "r-mots", 12.5)
            y += 20
        return y

    def _notes(self, y: float) -> float:
        """What no document says, who plays several roles, what dashes mean."""
        if self._vue.manques:
            texte = messages("roles.manque_liste", liste=", ".join(self._vue.manques))
            lignes = wrap(texte, LARGEUR - 40, 14, 4)
            self._trace.rect((0.5, y, LARGEUR - 1, 20 * len(lignes) + 16), "r-puce r-bord", _TIRETS["prevu"])
            for rang, ligne in enumerate(lignes):
                self._trace.text(ligne, 18, y + 24 + 20 * rang, "r-nom", 14)
            y += 20 * len(lignes) + 34
        moitie = (len(self._vue.pluriels) + 1) // 2
        bas = y
        for x, pluriels in ((0, self._vue.pluriels[:moitie]), (LARGEUR / 2, self._vue.pluriels[moitie:])):
            haut = y
            for pluriel in pluriels[:DESSOUS]:
                self._number(pluriel.numero, x + 11, haut + 9)
                dit = messages("commun.etiquette", nom=pluriel.court, texte=", ".join(pluriel.roles))
                for ligne in wrap(dit, LARGEUR / 2 - 44, 13, 2):
                    self._trace.text(ligne, x + 30, haut + 14, "r-nom", 13)
                    haut += 17
                haut += 8
            bas = max(bas, haut)
        return self._key(bas)

    def _key(self, y: float) -> float:
        etats = {tenant.etat for voie in self._vue.voies for g in voie.groupes for tenant in g.tenants}
        cles = [
            cle for cle, etat in (("plein", ""), ("prevu", "prevu"), ("termine", "termine")) if etat in etats
        ]
        if set(cles) <= {"plein"}:
            return y
        dit = messages("commun.puis").join(messages(f"roles.etat.trait_{cle}") for cle in cles)
        self._trace.text(dit[:1].upper() + dit[1:], 0, y + 16, "r-mots", 12.5)
        return y + 26
