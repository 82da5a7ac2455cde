// Drawing on the canvas: nodes, their labels, and the verbs of the links in view.
// Labels are placed in screen pixels so that they stay readable at any zoom, the most telling first;
// one that would cover another label or a node is left out.

const INTERLIGNE = 15;
const ECART = 4;
const MAILLE = 64;
const ESSAIS = 400;
const chemins = new Map();
const largeurs = new Map();

/** What a key was worth the first time: outlines and widths of words are asked again at every draw. */
function recall(memoire, cle, calcul) {
  if (!memoire.has(cle)) memoire.set(cle, calcul());
  return memoire.get(cle);
}

/** Colours and dashes as the style sheet gives them to the legend: light, dark, or forced. */
export function readPalette(donnees) {
  const racine = document.querySelector(".reseau-figure");
  const style = getComputedStyle(racine);
  const temoin = document.createElement("span");
  temoin.className = "masque";
  racine.append(temoin);
  const couleur = (classe) => {
    temoin.className = `masque ${classe}`;
    return getComputedStyle(temoin).color;
  };
  const types = {};
  for (const [code, type] of Object.entries(donnees.types_noeud)) types[code] = couleur(type.classe);
  const groupes = donnees.communautes.map(({ classe }) => couleur(classe));
  const liens = {};
  for (const code of Object.keys(donnees.types_lien)) {
    const trait = document.querySelector(`.trait-${code} .trait`);
    const tirets = trait ? getComputedStyle(trait).strokeDasharray : "none";
    const epaisseur = trait ? Number.parseFloat(getComputedStyle(trait).strokeWidth) : 2;
    liens[code] = {
      couleur: couleur(`trait-${code}`),
      tirets: tirets === "none" ? false : tirets.split(/[ ,]+/).map((part) => Number.parseFloat(part)),
      epaisseur: epaisseur * 0.75,
    };
  }
  temoin.remove();
  return {
    types,
    liens,
    groupes,
    fond: style.getPropertyValue("--halo").trim(),
    encre: style.color,
    douce: style.getPropertyValue("--encre-douce").trim(),
    accent: style.getPropertyValue("--gaude").trim(),
    police: style.fontFamily,
  };
}

/** Fill and rim the shape of a kind of node: an SVG path about 1 in radius. */
export function drawShape(ctx, trace, x, y, rayon, couleur, fond = null, bord = 0) {
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(rayon, rayon);
  const chemin = recall(chemins, trace, () => new Path2D(trace));
  if (fond) {
    ctx.lineJoin = "round";
    ctx.lineWidth = bord / rayon;
    ctx.strokeStyle = fond;
    ctx.stroke(chemin);
  }
  ctx.fillStyle = couleur;
  ctx.fill(chemin);
  ctx.restore();
}

/** One node: a rim of the background, its shape, and a ring when it is chosen or hovered. */
export function drawNode(ctx, { x, y, rayon, trace, couleur, palette, marque, efface, cerne }) {
  ctx.save();
  ctx.globalAlpha = efface ? 0.18 : 1;
  if (marque) {
    ctx.beginPath();
    ctx.arc(x, y, rayon * 1.5, 0, 2 * Math.PI);
    ctx.fillStyle = palette.fond;
    ctx.fill();
    for (const [part, encre] of [[0.34, palette.encre], [0.22, palette.accent]]) {
      ctx.lineWidth = rayon * part;
      ctx.strokeStyle = encre;
      ctx.stroke();
    }
  }
  drawShape(ctx, trace, x, y, rayon, couleur, cerne || marque ? palette.fond : null, marque ? 3 : 5);
  ctx.restore();
}

/** Boxes by the cells of a coarse grid that they lie on. */
class Cases {
  #boites = new Map();

  take(boite) {
    for (const cle of this.#keys(boite)) {
      const boites = this.#boites.get(cle);
      if (boites) boites.push(boite);
      else this.#boites.set(cle, [boite]);
    }
  }

  libre(boite) {
    const apart = (b) => boite.d <= b.g || boite.g >= b.d || boite.b <= b.h || boite.h >= b.b;
    return this.#keys(boite).every((cle) => this.#boites.get(cle)?.every(apart) ?? true);
  }

  #keys({ g, d, h, b }) {
    const cles = [];
    for (let x = Math.floor(g / MAILLE); x <= Math.floor(d / MAILLE); x += 1) {
      for (let y = Math.floor(h / MAILLE); y <= Math.floor(b / MAILLE); y += 1) cles.push(x * 10_007 + y);
    }
    return cles;
  }
}

/** Where nodes and texts already are, and whether a new text would cover any. */
class Grille {
  noeuds = new Cases();
  textes = new Cases();

  constructor(largeur, hauteur) {
    this.largeur = largeur;
    this.hauteur = hauteur;
  }

  libre(boite, surNoeuds = false) {
    if (boite.g < 2 || boite.h < 0 || boite.d > this.largeur - 2 || boite.b > this.hauteur) return false;
    return this.textes.libre(boite) && (surNoeuds || this.noeuds.libre(boite));
  }
}

/** Place and draw labels, then verbs. Every item is in screen pixels: {x, y, rayon, lignes, fort, efface}. */
export function drawTexts(ctx, noeuds, verbes, palette, { largeur, hauteur }) {
  const grille = new Grille(largeur, hauteur);
  for (const { x, y, rayon } of noeuds) {
    grille.noeuds.take({ g: x - rayon, d: x + rayon, h: y - rayon, b: y + rayon });
  }
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  const isNear = ({ x, y }) => x > -MAILLE && x < largeur + MAILLE && y > -MAILLE && y < hauteur + MAILLE;
  // Seen whole, a large network has room for some fifty names: those of its first nodes.
  for (const noeud of noeuds.filter(isNear).slice(0, ESSAIS)) {
    if (noeud.lignes.length) placeLabel(ctx, grille, noeud, palette);
  }
  ctx.font = `italic 12px ${palette.police}`;
  for (const { places, texte, couleur } of verbes) {
    const demi = ctx.measureText(texte).width / 2 + 2;
    const around = ({ x, y }) => ({ g: x - demi, d: x + demi, h: y - 8, b: y + 8 });
    const place = places.find((une) => grille.libre(around(une)));
    if (!place) continue;
    grille.textes.take(around(place));
    write(ctx, texte, place.x, place.y, couleur, palette.fond);
  }
}

function placeLabel(ctx, grille, { x, y, rayon, lignes, fort, force }, palette) {
  const police = `${fort ? "650 13.5px" : "12.5px"} ${palette.police}`;
  const measure = (ligne) => {
    ctx.font = police;
    return ctx.measureText(ligne).width;
  };
  const demi = Math.max(...lignes.map((ligne) => recall(largeurs, police + ligne, () => measure(ligne)))) / 2;
  const haut = lignes.length * INTERLIGNE;
  const [bas, dessus, milieu] = [y + rayon + ECART - 1, y - rayon - ECART - haut + 1, y - haut / 2];
  const cote = rayon + ECART + demi;
  const essais = [
    { cx: x, h: bas },
    { cx: x, h: dessus },
    { cx: x + cote, h: milieu },
    { cx: x - cote, h: milieu },
    { cx: x + demi * 0.75, h: bas },
    { cx: x - demi * 0.75, h: bas },
    { cx: x + demi * 0.75, h: dessus },
    { cx: x - demi * 0.75, h: dessus },
  ];
  const around = ({ cx, h }) => ({ g: cx - demi, d: cx + demi, h, b: h + haut });
  const choix =
    essais.find((essai) => grille.libre(around(essai))) ??
    (force ? (essais.find((essai) => grille.libre(around(essai), true)) ?? essais[0]) : null);
  if (!choix) return;
  grille.textes.take(around(choix));
  ctx.font = police;
  lignes.forEach((ligne, rang) => {
    write(ctx, ligne, choix.cx, choix.h + (rang + 0.5) * INTERLIGNE, palette.encre, palette.fond);
  });
}

function write(ctx, texte, x, y, couleur, fond) {
  ctx.strokeStyle = fond;
  ctx.lineWidth = 4;
  ctx.strokeText(texte, x, y);
  ctx.fillStyle = couleur;
  ctx.fillText(texte, x, y);
}
