// What a person takes away: two tables for a spreadsheet, one picture for a report.

import { drawShape } from "./reseau-dessin.js";

/** A cell that a spreadsheet reads as text: quoted, and never the start of a formula. */
function cell(valeur) {
  const texte = String(valeur);
  const sur = /^[=+\-@\t\r\n]/.test(texte) ? `'${texte}` : texte;
  return `"${sur.replaceAll('"', '""')}"`;
}

/** A CSV that spreadsheets open in French: BOM, semicolons, CRLF. */
export function makeCsv(lignes) {
  return `\uFEFF${lignes.map((ligne) => ligne.map(cell).join(";")).join("\r\n")}\r\n`;
}

/** Rows of the actors and actions shown. */
export function listNodes(donnees, montre, degres) {
  const entete = donnees.textes.csv_acteurs.split(";");
  const lignes = donnees.noeuds
    .filter(({ id }) => montre.noeuds.has(id))
    .map((noeud) => [
      noeud.nom,
      noeud.types.map((code) => donnees.types_noeud[code].nom).join(", "),
      noeud.lieu,
      noeud.quand,
      degres.get(noeud.id) ?? 0,
      noeud.adresse && new URL(noeud.adresse, location.href).href,
    ]);
  return [entete, ...lignes];
}

/** Rows of the links shown. */
export function listLinks(donnees, montre) {
  const noms = new Map(donnees.noeuds.map(({ id, nom }) => [id, nom]));
  const entete = donnees.textes.csv_liens.split(";");
  const lignes = donnees.liens
    .filter(({ id }) => montre.liens.has(id))
    .map((lien) => [
      noms.get(lien.de),
      lien.aller,
      noms.get(lien.vers),
      lien.precision,
      lien.quand.join(" ; "),
      lien.sources.map((rang) => [donnees.sources[rang].titre, donnees.sources[rang].lieu].join(", ")).join(" | "),
    ]);
  return [entete, ...lignes];
}

/** Hand a file to the browser's downloads. */
export function download(contenu, nom) {
  const adresse = URL.createObjectURL(contenu);
  const lien = document.createElement("a");
  lien.href = adresse;
  lien.download = nom;
  lien.click();
  setTimeout(() => URL.revokeObjectURL(adresse), 10_000);
}

/** The figure with its title, the legend of what it shows and where it comes from, as a PNG blob. */
export function makePicture(figure, donnees, { titre, etat, types, genres }) {
  const echelle = 2;
  const vue = figure.snapshot(echelle);
  const largeur = Math.max(vue.width, 1100);
  const { palette } = figure;
  const feuille = document.createElement("canvas");
  const ctx = feuille.getContext("2d");
  const pick = (table, codes, trait) =>
    Object.entries(table).filter(([code]) => codes.has(code)).map(([code, { nom }]) => ({ code, nom, trait }));
  const items = [...pick(donnees.types_noeud, types, false), ...pick(donnees.types_lien, genres, true)];
  ctx.font = `24px ${palette.police}`;
  const places = flow(ctx, items, largeur - 80);
  const legende = places.length ? places.at(-1).y + 60 : 20;
  feuille.width = largeur;
  feuille.height = 130 + vue.height + legende + 50;
  ctx.fillStyle = palette.fond;
  ctx.fillRect(0, 0, feuille.width, feuille.height);
  ctx.textBaseline = "middle";
  ctx.fillStyle = palette.encre;
  ctx.font = `700 38px ${palette.police}`;
  ctx.fillText(titre, 40, 52, largeur - 80);
  ctx.font = `24px ${palette.police}`;
  ctx.fillText(etat, 40, 98, largeur - 80);
  ctx.drawImage(vue, (largeur - vue.width) / 2, 130);
  ctx.translate(40, 130 + vue.height + 20);
  for (const item of places) drawKey(ctx, item, donnees, palette);
  ctx.fillStyle = palette.douce;
  ctx.font = `20px ${palette.police}`;
  ctx.fillText(donnees.textes.source_image.replace("{edition}", donnees.edition), 0, legende, largeur - 80);
  return new Promise((resolve) => {
    feuille.toBlob(resolve, "image/png");
  });
}

/** Put legend entries in lines. */
function flow(ctx, items, largeur) {
  let x = 0;
  let y = 16;
  return items.map((item) => {
    const large = ctx.measureText(item.nom).width + (item.trait ? 92 : 72);
    if (x && x + large > largeur) [x, y] = [0, y + 42];
    const place = { ...item, x, y };
    x += large;
    return place;
  });
}

function drawKey(ctx, { code, nom, trait, x, y }, donnees, palette) {
  const depart = trait ? 56 : 34;
  if (trait) {
    const { couleur, tirets } = palette.liens[code];
    ctx.strokeStyle = couleur;
    ctx.lineWidth = 4;
    ctx.setLineDash((tirets || []).map((part) => part * 2));
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x + 44, y);
    ctx.stroke();
    ctx.setLineDash([]);
  } else {
    drawShape(ctx, donnees.types_noeud[code].trace, x + 13, y, 12, palette.types[code]);
  }
  ctx.font = `24px ${palette.police}`;
  ctx.fillStyle = palette.encre;
  ctx.fillText(nom, x + depart, y);
}
