// The figure: vis-network at fixed positions. It gives panning, zooming, hit testing and edges; nodes
// and texts are drawn by reseau-dessin.js. Physics stays off: the server has placed every node.

import { frame, stretch } from "./reseau-cadrage.js";
import { drawGroups, drawLetters } from "./reseau-communautes.js";
import { drawNode, drawTexts, readPalette } from "./reseau-dessin.js";

const ACTION = "Accompagnement";
const RAYON_MIN = 5.5;
const VERBES_MAX = 16;
const PARTS = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];
const BEAUCOUP_DE_LIENS = 300;
/** Rims cost half of a draw: beyond this many nodes they are left out, so that panning stays smooth. */
const BEAUCOUP_DE_NOEUDS = 800;

export class Figure {
  /** @param {object} rappels `noeud(id)`, `lien(id)`, `rien()` on click; `survol(noeud, lien)` on hover. */
  constructor(toile, donnees, rappels) {
    this.donnees = donnees;
    this.palette = readPalette(donnees);
    this.noeuds = new Map(donnees.noeuds.map((noeud) => [noeud.id, { ...noeud }]));
    this.liens = new Map(donnees.liens.map((lien) => [lien.id, lien]));
    this.montre = { noeuds: new Set(), liens: new Set() };
    this.types = new Map();
    this.choix = { noeud: null, lien: null };
    this.survol = { noeud: null, lien: null };
    this.vifs = null;
    this.chemin = null;
    this.estompe = true;
    this.loupe = 1;
    this.points = new vis.DataSet(donnees.noeuds.map((noeud) => this.#makeNode(noeud)));
    this.traits = new vis.DataSet(donnees.liens.map((lien) => this.#makeEdge(lien)));
    this.vis = new vis.Network(toile, { nodes: this.points, edges: this.traits }, this.#options());
    this.vis.on("beforeDrawing", (ctx) => drawGroups(ctx, this));
    this.vis.on("afterDrawing", (ctx) => this.#drawTexts(ctx));
    this.#listen(rappels);
    this.cadre = toile.querySelector(".vis-network");
    this.cadre.setAttribute("role", "application");
    // vis focuses its frame at each press: scrolled then, the page would move under the mouse.
    this.cadre.focus = () => HTMLElement.prototype.focus.call(this.cadre, { preventScroll: true });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
  }

  #options() {
    return {
      physics: false,
      layout: { improvedLayout: false },
      nodes: { shape: "custom", chosen: false, borderWidth: 0 },
      edges: {
        smooth: false,
        chosen: false,
        selectionWidth: 0,
        hoverWidth: 0,
        arrowStrikethrough: false,
        arrows: { to: { enabled: true, scaleFactor: 0.5 } },
      },
      interaction: {
        hover: true,
        dragNodes: false,
        hideEdgesOnDrag: this.donnees.liens.length > BEAUCOUP_DE_LIENS,
        hideEdgesOnZoom: this.donnees.liens.length > BEAUCOUP_DE_LIENS,
        selectConnectedEdges: false,
        keyboard: { enabled: true, bindToWindow: false, speed: { x: 8, y: 8, zoom: 0.03 } },
      },
    };
  }

  #makeNode(noeud) {
    const renderer = ({ ctx, x, y }) => {
      const rayon = this.#radius(this.noeuds.get(noeud.id));
      return {
        drawNode: () => this.#drawNode(ctx, noeud, x, y, rayon),
        nodeDimensions: { width: rayon * 2, height: rayon * 2 },
      };
    };
    return { id: noeud.id, x: noeud.x, y: noeud.y, size: noeud.rayon, ctxRenderer: renderer };
  }

  #makeEdge(lien) {
    const { tirets } = this.palette.liens[lien.type];
    const courbe = lien.courbure
      ? { enabled: true, type: lien.courbure > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(lien.courbure) }
      : false;
    const arete = { id: lien.id, from: lien.de, to: lien.vers, dashes: tirets, smooth: courbe };
    return { ...arete, ...this.#edgeInk(lien) };
  }

  /** Colour, width and fading of an edge, as the highlighted set asks. */
  #edgeInk(lien) {
    const { couleur, epaisseur } = this.palette.liens[lien.type];
    const vif = this.vifs?.liens.has(lien.id);
    const opacite = vif ? 1 : this.vifs && this.estompe ? 0.1 : 0.62;
    return {
      width: vif ? epaisseur * 1.6 : epaisseur,
      color: { color: couleur, highlight: couleur, hover: couleur, opacity: opacite },
    };
  }

  /** Radius on the sheet: the server's, but never too small on the screen to be seen or touched. */
  #radius({ rayon }) {
    return Math.max(rayon, RAYON_MIN / (this.vis?.getScale() ?? 1));
  }

  #drawNode(ctx, noeud, x, y, rayon) {
    const code = this.types.get(noeud.id) ?? noeud.types[0];
    drawNode(ctx, {
      x,
      y,
      rayon,
      trace: this.donnees.types_noeud[code].trace,
      couleur: this.palette.types[code],
      palette: this.palette,
      marque: noeud.id === this.choix.noeud || noeud.id === this.survol.noeud,
      efface: this.#isFaded(noeud.id),
      cerne: this.montre.noeuds.size <= BEAUCOUP_DE_NOEUDS,
    });
  }

  #isFaded(id) {
    return this.estompe && this.vifs !== null && !this.vifs.noeuds.has(id);
  }

  #listen({ noeud, lien, rien, survol }) {
    for (const geste of ["zoom", "dragStart"]) this.vis.on(geste, () => (this.cadree = false));
    this.vis.on("resize", () => this.cadree && this.fit(this.parmi));
    this.vis.on("click", ({ nodes, edges }) => {
      if (nodes.length) noeud(nodes[0]);
      else if (edges.length) lien(edges[0]);
      else rien();
    });
    const hover = (unNoeud, unLien) => {
      this.survol = { noeud: unNoeud, lien: unLien };
      this.#highlight();
      survol(unNoeud, unLien);
    };
    this.vis.on("hoverNode", ({ node }) => hover(node, null));
    this.vis.on("hoverEdge", ({ edge }) => hover(null, edge));
    this.vis.on("blurNode", () => hover(null, null));
    this.vis.on("blurEdge", () => hover(null, null));
  }

  /** Show a set of nodes and links, each node in the role and size given, with what is chosen. */
  update(montre, types, choix, taille = "liens") {
    for (const noeud of this.noeuds.values()) noeud.rayon = noeud.rayons[taille];
    this.montre = montre;
    this.types = types;
    this.choix = choix;
    this.survol = { noeud: null, lien: null };
    this.vis.unselectAll();
    this.points.update(this.donnees.noeuds.map(({ id }) => ({ id, hidden: !montre.noeuds.has(id) })));
    this.traits.update(this.donnees.liens.map(({ id }) => ({ id, hidden: !montre.liens.has(id) })));
    this.#highlight();
  }

  /** Keep paths vivid as long as nothing is chosen: sets of nodes and links, or null. */
  follow(chemin) {
    this.chemin = chemin;
    this.#highlight();
  }

  /** What is around the chosen or hovered thing stays vivid, the rest fades but stays. */
  #highlight() {
    const noeud = this.survol.noeud ?? (this.survol.lien ? null : this.choix.noeud);
    const lien = this.survol.lien ?? (this.survol.noeud ? null : this.choix.lien);
    const liens = [...this.montre.liens]
      .map((id) => this.liens.get(id))
      .filter((un) => (lien ? un.id === lien : un.de === noeud || un.vers === noeud));
    this.vifs = noeud || lien ? null : this.chemin;
    if (this.montre.noeuds.has(noeud) || liens.length) {
      const bouts = liens.flatMap(({ de, vers }) => [de, vers]);
      this.vifs = {
        noeuds: new Set(noeud ? [...bouts, noeud] : bouts),
        liens: new Set(liens.map(({ id }) => id)),
      };
    }
    this.traits.update(this.donnees.liens.map((un) => ({ id: un.id, ...this.#edgeInk(un) })));
  }

  /** Let what is far from the choice fade, or show it all: paper has no hover. */
  fade(oui) {
    this.estompe = oui;
    this.#highlight();
    this.vis.redraw();
  }

  /** Read the colours again (light or dark) and redraw. */
  repaint() {
    this.palette = readPalette(this.donnees);
    this.#highlight();
    this.vis.redraw();
  }

  #drawTexts(ctx) {
    const { loupe } = this;
    const ratio = (ctx.canvas.width / ctx.canvas.clientWidth) * loupe;
    const cadre = { largeur: this.cadre.clientWidth / loupe, hauteur: this.cadre.clientHeight / loupe };
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawTexts(ctx, this.#labels(), this.#verbs(), this.palette, cadre);
    ctx.restore();
    drawLetters(ctx, this);
  }

  /** A point of the sheet in the pixels that texts are written in. */
  #toScreen(point) {
    const { x, y } = this.vis.canvasToDOM(point);
    return { x: x / this.loupe, y: y / this.loupe };
  }

  /** Nodes in view, the most telling first: chosen, near it, then by size. */
  #labels() {
    const echelle = this.vis.getScale() / this.loupe;
    const isMarked = ({ id }) => id === this.choix.noeud || id === this.survol.noeud;
    const poids = (noeud) => {
      if (isMarked(noeud)) return 3e6;
      const telling = noeud.types[0] === ACTION ? 18 : noeud.rayon;
      return (this.vifs?.noeuds.has(noeud.id) ? 1e6 : 0) + telling;
    };
    return [...this.montre.noeuds]
      .map((id) => this.noeuds.get(id))
      .sort((un, autre) => poids(autre) - poids(un))
      .map((noeud) => ({
        ...this.#toScreen(noeud),
        rayon: this.#radius(noeud) * echelle * (isMarked(noeud) ? 1.6 : 1),
        lignes: this.#isFaded(noeud.id) ? [] : noeud.etiquette,
        fort: isMarked(noeud) || noeud.rayon >= 15,
        force: isMarked(noeud),
      }));
  }

  /** What the vivid links say, and the places along each where it may be written, best first. */
  #verbs() {
    if (!this.vifs || this.vifs.liens.size > VERBES_MAX) return [];
    return [...this.vifs.liens].map((id) => {
      const lien = this.liens.get(id);
      const trait = this.vis.body.edges[id].edgeType;
      const places = PARTS.map((part) => this.#toScreen(trait.getPoint(part)));
      return { places, texte: lien.aller, couleur: this.palette.liens[lien.type].couleur };
    });
  }

  /** Frame the visible nodes (of a set, if any) with their labels; kept so while the window changes, until someone moves it. */
  fit(parmi = null) {
    const choisis = [...this.montre.noeuds].filter((id) => parmi?.has(id));
    const noeuds = (choisis.length ? choisis : [...this.montre.noeuds]).map((id) => this.noeuds.get(id));
    if (!noeuds.length) return;
    const { clientWidth, clientHeight } = this.cadre;
    this.cadree = true;
    this.parmi = parmi;
    if (!clientWidth) return;
    this.#spread(stretch(this.donnees.noeuds, clientWidth, clientHeight));
    const cadrage = frame(noeuds, clientWidth, clientHeight);
    this.vis.moveTo({ ...cadrage, animation: false });
  }

  #spread(facteur) {
    for (const { id, x, y } of this.donnees.noeuds) {
      Object.assign(this.noeuds.get(id), { x: x * facteur.x, y: y * facteur.y });
    }
    this.points.update([...this.noeuds.values()].map(({ id, x, y }) => ({ id, x, y })));
  }

  /** The current view as a canvas, larger than on the screen and with nothing faded. */
  snapshot(echelle) {
    const { clientWidth: large, clientHeight: haut } = this.cadre;
    const position = this.vis.getViewPosition();
    const zoom = this.vis.getScale();
    const toile = this.cadre.querySelector("canvas");
    const ratio = toile.width / toile.clientWidth;
    const agrandi = Math.max(1, echelle / ratio);
    this.loupe = agrandi;
    this.fade(false);
    this.#resize(large * agrandi, haut * agrandi, position, zoom * agrandi);
    const copie = document.createElement("canvas");
    copie.width = toile.width;
    copie.height = toile.height;
    copie.getContext("2d").drawImage(toile, 0, 0);
    this.loupe = 1;
    this.fade(true);
    this.#resize(large, haut, position, zoom);
    return copie;
  }

  #resize(large, haut, position, scale) {
    this.vis.setSize(`${large}px`, `${haut}px`);
    this.vis.moveTo({ position, scale, animation: false });
    this.vis.redraw();
  }

  zoom(facteur) {
    this.vis.moveTo({ scale: this.vis.getScale() * facteur, animation: this.#animation() });
  }

  /** Bring a node in view when it is not. */
  reveal(id) {
    const { x, y } = this.vis.canvasToDOM(this.noeuds.get(id));
    const { clientWidth, clientHeight } = this.cadre;
    if (x < 40 || y < 40 || x > clientWidth - 40 || y > clientHeight - 40) {
      this.vis.focus(id, { scale: this.vis.getScale(), animation: this.#animation() });
    }
  }

  #animation() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches
      ? false
      : { duration: 250, easingFunction: "easeInOutQuad" };
  }
}
