// Where to look from: how the server's sheet is fitted to the window that shows it.

const MARGE = { cote: 14, haut: 14, bas: 60 };
const ZOOM_MAX = 1.5;
const ETIREMENT_MAX = 2.4;

/** How much wider or higher to make the server's sheet so that it fills the window: never tighter. */
export function stretch(noeuds, largeur, hauteur) {
  const size = (axe) => Math.max(...noeuds.map((n) => n[axe])) - Math.min(...noeuds.map((n) => n[axe])) + 60;
  const rapport = largeur / hauteur / (size("x") / size("y"));
  const borne = (valeur) => Math.min(Math.max(valeur, 1), ETIREMENT_MAX);
  return { x: borne(rapport), y: borne(1 / rapport) };
}

/** Middle and scale that show nodes whole: nodes grow with the scale, labels do not. */
export function frame(noeuds, largeur, hauteur) {
  const extent = (scale) => {
    const cote = ({ etiquette }) =>
      Math.min(Math.max(...etiquette.map((ligne) => ligne.length)) * 3.4, largeur * 0.12);
    return {
      g: Math.min(...noeuds.map((a) => a.x * scale - Math.max(a.rayon * scale, cote(a)))),
      d: Math.max(...noeuds.map((a) => a.x * scale + Math.max(a.rayon * scale, cote(a)))),
      h: Math.min(...noeuds.map((a) => (a.y - a.rayon) * scale)),
      b: Math.max(...noeuds.map((a) => (a.y + a.rayon) * scale + a.etiquette.length * 15)),
    };
  };
  let [petit, grand] = [0.02, ZOOM_MAX];
  for (let tour = 0; tour < 24; tour += 1) {
    const milieu = (petit + grand) / 2;
    const { g, d, h, b } = extent(milieu);
    if (d - g > largeur - 2 * MARGE.cote || b - h > hauteur - MARGE.haut - MARGE.bas) grand = milieu;
    else petit = milieu;
  }
  const { g, d, h, b } = extent(petit);
  return { scale: petit, position: { x: (g + d) / 2 / petit, y: (h + b + MARGE.bas - MARGE.haut) / 2 / petit } };
}
