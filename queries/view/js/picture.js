// The picture: vis-network draws it and moves it about; what it draws is told here.

const state = { view: "picture", focus: null, line: null, hover: null };
const canvas = {
  network: null, // vis's own
  nodes: null,
  edges: null,
  chosen: new Set(), // what is drawn,
  lines: [],
  screen: new Map(), // where,
  zoom: 1,
  bent: new Map(),
  level: null, // how much each node and line stands out, from 0 to 1,
  labels: null, // and what is written beside them
  fit: "",
  moving: 0,
};
const theme = {};
let shown = sift();

// The colours the style sheet has now; those of kinds and families a little lighter in the dark.
function readTheme() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["paper", "ink", "soft", "serif", "dark"])
    theme[name] = style.getPropertyValue(`--${name}`).trim();
}
function ink(colour) {
  if (theme.dark !== "1") return colour;
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `#${parts
    .map((part) =>
      Math.round(part + (255 - part) * 0.28)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

const weightOf = (node) => shown.weight.get(node) ?? 0;
const radiusOf = (node) => Math.min(20, 6 + 2.1 * Math.sqrt(weightOf(node)));
const widthOf = (line) =>
  Math.min(6.5, 1.5 + 1.15 * Math.log2(shown.quotes.get(line)?.length || 1));

// The lines at the focus and those that are about it.
function nearLines() {
  if (!state.focus) return null;
  const near = [...state.focus.lines, ...state.focus.about];
  return new Set(near.filter((line) => shown.quotes.has(line)));
}

function levels() {
  const near = shown.nodes.has(state.focus) ? nearLines() : null;
  const nearNodes = near && new Set([state.focus, ...[...near].flatMap((line) => line.ends)]);
  const picked = state.line && new Set(state.line.ends);
  const level = (is, isNear, dim) => {
    if (is) return 1;
    if (near) return isNear ? (state.line ? 0.4 : 1) : dim;
    return state.line ? 0.25 : 1;
  };
  return {
    near: nearNodes,
    line: (line) => level(line === state.line, near?.has(line), 0.09),
    node: (node) => level(picked?.has(node), nearNodes?.has(node), 0.14),
  };
}

// Lines that cross are kept apart by a margin, unless they are too many for it to help.
const CASED = 300;
function lineLooks(line) {
  const family = familyOf(line);
  const width = widthOf(line);
  const level = canvas.level.line(line);
  return {
    id: line.id,
    from: line.from,
    to: line.to,
    width,
    color: {
      color: ink(family.colour),
      opacity: level * (line.negated ? 0.5 : 0.94),
      inherit: false,
    },
    dashes: family.dash.length ? family.dash.map((part) => part * Math.max(1, width / 2.4)) : false,
    background: {
      enabled: level > 0.3 && canvas.lines.length <= CASED,
      color: theme.paper,
      size: width + 3,
      dashes: false,
    },
    smooth: { enabled: true, type: "curvedCW", roundness: canvas.bent.get(line) ?? 0 },
    arrows: { to: { enabled: true, scaleFactor: 0.42 + width * 0.03 } },
  };
}

function drawNode({ ctx, id, x, y }) {
  const node = nodes.get(id);
  const kind = kinds.get(node.kind);
  const radius = radiusOf(node);
  const shape = (size, fill, stroke, width) => {
    outline(ctx, kind.shape, x, y, size);
    Object.assign(ctx, {
      fillStyle: fill,
      strokeStyle: stroke,
      lineWidth: width,
      lineJoin: "round",
    });
    if (fill) ctx.fill();
    if (stroke) ctx.stroke();
  };
  return {
    drawNode() {
      const colour = ink(kind.colour);
      shape(radius + 2.5, theme.paper);
      ctx.globalAlpha = canvas.level.node(node);
      if (node.unnamed) shape(radius - 1, theme.paper, colour, 2);
      else shape(radius, colour);
      if (node === state.focus) shape(radius + 5, null, theme.ink, 2);
      else if (id === state.hover || (state.line && state.line.ends.includes(node)))
        shape(radius + 4, null, theme.ink, 1.2);
      ctx.globalAlpha = 1;
    },
    nodeDimensions: { width: 2 * radius, height: 2 * radius },
  };
}

// The order of drawing: families as the ontology has them, the first on top.
const depth = new Map([...families.keys()].map((name, i) => [name, -i]));

// The lines that run between these nodes and pass the filters.
function linesAmong(some) {
  const drawn = (line) =>
    line.to && shown.quotes.has(line) && line.ends.every((end) => some.has(end));
  return [...some].flatMap((node) =>
    node.lines.filter((line) => line.from === node.id && drawn(line)),
  );
}

// Draws what passes the filters, fitted anew when that, the focus or the room has changed.
function draw() {
  const { clientWidth: width, clientHeight: height } = byId("network");
  if (!width || !height) return;
  canvas.level = levels();
  const fit = [state.focus?.id, width, height, shown.stamp].join();
  const refit = fit !== canvas.fit;
  canvas.fit = fit;
  if (refit) {
    canvas.chosen = choose(shown, state.focus);
    canvas.lines = linesAmong(canvas.chosen).sort(
      (a, b) => depth.get(familyOf(a).name) - depth.get(familyOf(b).name),
    );
    place({ width, height });
  }
  canvas.labels = null;
  canvas.network.body.emitter.emit("_blockRedraw"); // or vis draws at every change
  const drawn = canvas.network.body.nodes;
  const before = new Map(
    [...canvas.chosen].map((node) => [
      node,
      drawn[node.id] && { x: drawn[node.id].x, y: drawn[node.id].y },
    ]),
  );
  sync(
    canvas.nodes,
    [...canvas.chosen].map((node) => ({
      id: node.id,
      shape: "custom",
      ctxRenderer: drawNode,
      ...canvas.screen.get(node),
    })),
  );
  sync(canvas.edges, canvas.lines.map(lineLooks));
  for (const node of canvas.chosen) {
    const { shape } = drawn[node.id]; // vis takes a shape of ours for a rectangle
    shape.distanceToBorder = (_, angle) =>
      reach(kinds.get(node.kind).shape, radiusOf(node), angle) + 3;
  }
  canvas.network.body.emitter.emit("_allowRedraw");
  if (refit) move(before);
  redraw();
  Object.assign(byId("picture").dataset, { nodes: canvas.chosen.size, lines: canvas.lines.length });
}

const redraw = () => canvas.network.body.emitter.emit("_requestRedraw");

function sync(set, rows) {
  const keep = new Set(rows.map((row) => row.id));
  set.remove(set.getIds().filter((id) => !keep.has(id)));
  set.update(rows);
}

function place(view) {
  const near =
    canvas.level.near && new Set([...canvas.level.near].filter((node) => canvas.chosen.has(node)));
  const fitted = near?.size ? near : canvas.chosen;
  const roomy = fitted.size * ROOMY < view.width * view.height;
  const boxes = (node) => {
    const half = radiusOf(node) + 9;
    const label = roomy ? rowsOf(node) : { rows: [], width: 0 };
    return {
      width: Math.max(2 * half, label.width + 12),
      above: half,
      below: half + label.rows.length * NAME.line,
    };
  };
  Object.assign(canvas, toScreen(places(canvas.chosen, canvas.lines), fitted, boxes, view));
  canvas.bent = bends(canvas.lines, canvas.screen, radiusOf);
}

// Lets the nodes glide from where they stood, unless the reader wants no motion.
function move(before, duration = 420) {
  cancelAnimationFrame(canvas.moving);
  canvas.moving = 0;
  const still =
    matchMedia("(prefers-reduced-motion: reduce)").matches || ![...before.values()].some(Boolean);
  const camera = { position: { x: 0, y: 0 }, scale: 1 / canvas.zoom };
  canvas.network.moveTo(
    still ? camera : { ...camera, animation: { duration, easingFunction: "easeInOutCubic" } },
  );
  if (still) return;
  const start = performance.now();
  const frame = (now) => {
    const share = Math.min(1, Math.max(0, (now - start) / duration));
    const eased = share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2;
    for (const [node, old] of before) {
      const to = canvas.screen.get(node);
      const from = old ?? to;
      Object.assign(canvas.network.body.nodes[node.id], {
        x: from.x + (to.x - from.x) * eased,
        y: from.y + (to.y - from.y) * eased,
      });
    }
    canvas.moving = share < 1 ? requestAnimationFrame(frame) : 0;
    redraw();
  };
  frame(start);
}

// vis finds where a line ends only when it draws its arrow, after the line: let it do so before.
const nowhere = new OffscreenCanvas(1, 1).getContext("2d");
function settleLines() {
  for (const line of canvas.lines) canvas.network.body.edges[line.id].drawArrows(nowhere);
}

function startPicture() {
  canvas.nodes = new vis.DataSet();
  canvas.edges = new vis.DataSet();
  canvas.network = new vis.Network(
    byId("network"),
    { nodes: canvas.nodes, edges: canvas.edges },
    {
      physics: false,
      interaction: {
        hover: true,
        hoverConnectedEdges: false,
        selectConnectedEdges: false,
        tooltipDelay: 1e9,
      },
      nodes: { chosen: false, borderWidth: 0 },
      edges: {
        chosen: false,
        arrowStrikethrough: false,
        selectionWidth: 0,
        hoverWidth: 0,
        selfReference: { size: 16 },
      },
    },
  );
  byId("network").firstElementChild.removeAttribute("tabindex"); // one stop for the keyboard
  const hover = (id) => {
    state.hover = id;
    redraw();
  };
  canvas.network.on("beforeDrawing", settleLines);
  canvas.network.on("afterDrawing", drawLabels);
  canvas.network.on("hoverNode", ({ node }) => hover(node));
  canvas.network.on("hoverEdge", ({ edge }) => hover(edge));
  canvas.network.on("blurNode", () => hover(null));
  canvas.network.on("blurEdge", () => hover(null));
  canvas.network.on("dragEnd", ({ nodes: dragged }) => {
    for (const id of dragged) canvas.screen.set(nodes.get(id), canvas.network.getPosition(id));
    canvas.labels = null;
    redraw();
  });
  canvas.network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node) go({ focus: nodes.get(node), line: null });
    else if (edge) go({ line: lineOf(edge) });
    else if (state.focus || state.line) go({ focus: null, line: null });
  });
}
