// Groups of actors under the figure: an outline in the group's colour, and its letter.

const MARGE = 16;
const TOUR = 10;

/** Outlines of the groups, under everything else. */
export function drawGroups(ctx, figure) {
  const echelle = figure.vis.getScale();
  for (const { contour, couleur } of outline(figure)) {
    ctx.save();
    ctx.beginPath();
    for (const { x, y } of contour) ctx.lineTo(x, y);
    ctx.closePath();
    ctx.globalAlpha = 0.1;
    ctx.fillStyle = couleur;
    ctx.fill();
    ctx.globalAlpha = 0.8;
    ctx.setLineDash([6 / echelle, 4 / echelle]);
    ctx.lineWidth = 1.5 / echelle;
    ctx.strokeStyle = couleur;
    ctx.stroke();
    ctx.restore();
  }
}

/** Letters of the groups, over everything else: each on the highest point of its outline, as large at any zoom. */
export function drawLetters(ctx, figure) {
  const echelle = figure.vis.getScale();
  for (const { contour, couleur, lettre } of outline(figure)) {
    const { x, y } = contour.reduce((haut, point) => (point.y < haut.y ? point : haut));
    ctx.save();
    ctx.beginPath();
    ctx.arc(x, y, 10 / echelle, 0, 2 * Math.PI);
    ctx.fillStyle = couleur;
    ctx.fill();
    ctx.font = `700 ${13 / echelle}px ${figure.palette.police}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = figure.palette.fond;
    ctx.fillText(lettre, x, y);
    ctx.restore();
  }
}

/** Where each group goes; one of which a single node shows, or none, goes nowhere. */
function outline({ donnees, montre, noeuds, palette, vis }) {
  const marge = MARGE / Math.sqrt(vis.getScale());
  return donnees.communautes.flatMap(({ lettre, noeuds: membres }, rang) => {
    const visibles = membres.filter((id) => montre.noeuds.has(id)).map((id) => noeuds.get(id));
    if (visibles.length < 2) return [];
    const contour = surround(visibles.flatMap((noeud) => circle(noeud, marge)));
    return [{ lettre, contour, couleur: palette.groupes[rang] }];
  });
}

function circle({ x, y, rayon }, marge) {
  return Array.from({ length: TOUR }, (_, pas) => {
    const angle = (2 * Math.PI * pas) / TOUR;
    return { x: x + (rayon + marge) * Math.cos(angle), y: y + (rayon + marge) * Math.sin(angle) };
  });
}

/** The convex outline of points (Andrew's monotone chain). */
function surround(points) {
  const tries = points.toSorted((un, autre) => un.x - autre.x || un.y - autre.y);
  const turn = (o, a, b) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  const half = (suite) => {
    const bord = [];
    for (const point of suite) {
      while (bord.length > 1 && turn(bord.at(-2), bord.at(-1), point) <= 0) bord.pop();
      bord.push(point);
    }
    return bord.slice(0, -1);
  };
  return [...half(tries), ...half(tries.toReversed())];
}
