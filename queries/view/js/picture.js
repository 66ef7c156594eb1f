// The picture: vis-network draws and is moved about; what it draws is told here.

const state = { view: "picture", focus: null, line: null, hover: null, words: false };
let shown = sift();
const theme = {};

// The colours of the page as the style sheet has them now; kinds and families a little lighter in the dark.
function readTheme() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["paper", "ink", "faint", "mark"]) theme[name] = style.getPropertyValue(`--${name}`).trim();
  theme.dark = style.getPropertyValue("--dark").trim() === "1";
}
function ink(colour) {
  if (!theme.dark) return colour;
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `#${parts.map((part) => Math.round(part + (255 - part) * 0.28).toString(16).padStart(2, "0")).join("")}`;
}

const canvas = { network: null, nodes: null, edges: null, chosen: new Set(), lines: [], screen: new Map(), bent: new Map(), labels: null };

const weightOf = (node) => shown.weight.get(node) ?? 0;
const radiusOf = (node) => Math.min(20, 6 + 2.1 * Math.sqrt(weightOf(node)));
const widthOf = (line) => Math.min(6.5, 1.5 + 1.15 * Math.log2(shown.quotes.get(line)?.length || 1));

// The nodes and lines that stand out now; null when all do.
function lit() {
  if (state.line) return { nodes: new Set(ends(state.line)), lines: new Set([state.line]) };
  if (!state.focus) return null;
  const near = linesAt.get(state.focus.id).concat(linesAbout.get(state.focus.id) ?? []).filter((line) => shown.quotes.has(line));
  return { nodes: new Set([state.focus, ...near.flatMap(ends)]), lines: new Set(near) };
}

function edgeLooks(line, bright) {
  const family = familyOf(line);
  const width = widthOf(line);
  return {
    id: line.id,
    from: line.from,
    to: line.to,
    width,
    color: { color: ink(family.colour), opacity: bright ? (line.negated ? 0.45 : 0.92) : 0.1, inherit: false },
    dashes: family.dash.length ? family.dash.map((part) => part * Math.max(1, width / 2.4)) : false,
    background: { enabled: bright, color: theme.paper, size: width + 3, dashes: false },
    smooth: { enabled: true, type: "curvedCW", roundness: canvas.bent.get(line) ?? 0 },
    arrows: { to: { enabled: true, scaleFactor: 0.42 + width * 0.03 } },
  };
}

function drawNode({ ctx, id, x, y, state: { hover } }) {
  const node = nodes.get(id);
  const now = canvas.lit;
  const radius = radiusOf(node);
  const kind = kinds.get(node.kind);
  return {
    drawNode() {
      ctx.globalAlpha = now && !now.nodes.has(node) ? 0.16 : 1;
      outline(ctx, kind.shape, x, y, radius + 2.5);
      ctx.fillStyle = theme.paper;
      ctx.fill();
      outline(ctx, kind.shape, x, y, radius);
      ctx.fillStyle = node.unnamed ? theme.paper : ink(kind.colour);
      ctx.fill();
      ctx.strokeStyle = node.unnamed ? ink(kind.colour) : theme.paper;
      ctx.lineWidth = node.unnamed ? 2 : 1;
      ctx.lineJoin = "round";
      ctx.stroke();
      if (node === state.focus || hover || ends(state.line ?? { from: id }).includes(node) && state.line) {
        outline(ctx, kind.shape, x, y, radius + 4.5);
        ctx.strokeStyle = theme.ink;
        ctx.lineWidth = node === state.focus ? 2 : 1.2;
        ctx.stroke();
      }
      ctx.globalAlpha = 1;
    },
    nodeDimensions: { width: 2 * radius, height: 2 * radius },
  };
}

// The order of drawing: families as the ontology has them, the first on top.
const depth = new Map([...families.keys()].map((name, i) => [name, -i]));

// Draws what passes the filters: which nodes, where, and how.
function draw({ refit = true } = {}) {
  canvas.lit = lit();
  const chosen = choose(shown, state.focus);
  canvas.lines = [...shown.quotes.keys()]
    .filter((line) => line.to && ends(line).every((node) => chosen.has(node)))
    .sort((a, b) => depth.get(familyOf(a).name) - depth.get(familyOf(b).name));
  canvas.chosen = chosen;
  if (refit) place();
  const bright = (line) => !canvas.lit || canvas.lit.lines.has(line);
  sync(canvas.nodes, [...chosen].map((node) => ({ id: node.id, shape: "custom", ctxRenderer: drawNode, ...canvas.screen.get(node) })));
  sync(canvas.edges, canvas.lines.map((line) => edgeLooks(line, bright(line))));
  for (const node of chosen) {
    const { shape } = canvas.network.body.nodes[node.id]; // vis takes a shape of ours for a rectangle
    shape.distanceToBorder = (_, angle) => reach(kinds.get(node.kind).shape, radiusOf(node), angle) + 3;
  }
  canvas.labels = null;
  if (refit) canvas.network.moveTo({ position: { x: 0, y: 0 }, scale: 1 });
  canvas.network.redraw();
  byId("picture").dataset.nodes = chosen.size;
  byId("picture").dataset.lines = canvas.lines.length;
}

function sync(set, rows) {
  const keep = new Set(rows.map((row) => row.id));
  set.remove(set.getIds().filter((id) => !keep.has(id)));
  set.update(rows);
}

function place() {
  const { clientWidth: width, clientHeight: height } = byId("network");
  const fitted = canvas.lit ? new Set([...canvas.lit.nodes].filter((node) => canvas.chosen.has(node))) : canvas.chosen;
  const points = places(canvas.chosen, canvas.lines);
  const whole = fitted.size * 130 * 60 < width * height;
  const boxes = (node) => {
    const radius = radiusOf(node) + 4;
    const label = whole ? rowsOf(node) : { rows: [], width: 0 };
    return { width: Math.max(2 * radius, label.width) + 12, above: radius + 4, below: radius + 6 + label.rows.length * NAME.line };
  };
  canvas.screen = toScreen(points, fitted.size ? fitted : canvas.chosen, boxes, width, height);
  canvas.bent = bends(canvas.lines, canvas.screen, radiusOf);
}

// Where labels stand is found again when the scale or a node has changed.
function labels() {
  const scale = canvas.network.getScale();
  const at = (node) => canvas.network.body.nodes[node.id];
  const stamp = [scale.toFixed(3), state.hover, state.words, ...[...canvas.chosen].map((node) => Math.round(at(node).x + 7 * at(node).y))].join();
  if (canvas.labels?.stamp === stamp) return canvas.labels;
  const now = canvas.lit;
  const must = (node) => node === state.focus || node.id === state.hover || Boolean(now?.nodes.has(node) && now.nodes.size < 30);
  const spots = [...canvas.chosen]
    .filter((node) => !now || now.nodes.has(node) || node.id === state.hover)
    .sort((a, b) => must(b) - must(a) || weightOf(b) - weightOf(a) || (a.id < b.id ? -1 : 1))
    .slice(0, 400)
    .map((node) => ({ node, x: at(node).x * scale, y: at(node).y * scale, radius: radiusOf(node) * scale, must: must(node) }));
  const strokes = canvas.lines.map((line) => {
    const [from, to] = ends(line).map((node) => ({ x: at(node).x * scale, y: at(node).y * scale }));
    const via = bendPoint(from, to, canvas.bent.get(line) ?? 0);
    return { line, at: (share) => onCurve(from, via, to, share) };
  });
  const bright = strokes.filter(({ line }) => !now || now.lines.has(line));
  const curves = bright.length > 600 ? [] : bright.map(({ at: point }) => Array.from({ length: 15 }, (_, i) => point((i + 0.5) / 15)));
  const { placed, taken } = placeNames(spots, curves);
  const named = strokes.filter(({ line }) =>
    line.from !== line.to && (now?.lines.has(line) || line.id === state.hover || (state.words && !now) ||
    (state.hover && (line.from === state.hover || line.to === state.hover) && !now)));
  canvas.labels = { stamp, scale, names: placed, words: placeWords(named, taken) };
  return canvas.labels;
}

function drawLabels(ctx) {
  const { names, words, scale } = labels();
  ctx.save();
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.strokeStyle = theme.paper;
  const write = (text, x, y, halo) => {
    ctx.lineWidth = halo / scale;
    ctx.strokeText(text, x, y);
    ctx.fillText(text, x, y);
  };
  for (const { line, text, x, y, angle } of words) {
    ctx.save();
    ctx.translate(x / scale, y / scale);
    ctx.rotate(angle);
    ctx.font = wordsFont(WORDS.size / scale);
    ctx.fillStyle = ink(familyOf(line).colour);
    write(text, 0, 0, 4);
    ctx.restore();
  }
  for (const { node, x, y, rows } of names) {
    ctx.font = nameFont(node, NAME.size / scale);
    ctx.fillStyle = theme.ink;
    rows.forEach((row, i) => write(row, x / scale, (y + (i - (rows.length - 1) / 2) * NAME.line) / scale, 3.5));
  }
  ctx.restore();
}

function startPicture() {
  canvas.nodes = new vis.DataSet();
  canvas.edges = new vis.DataSet();
  canvas.network = new vis.Network(byId("network"), { nodes: canvas.nodes, edges: canvas.edges }, {
    physics: false,
    autoResize: true,
    interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, tooltipDelay: 1e9 },
    nodes: { chosen: false, borderWidth: 0 },
    edges: { chosen: false, arrowStrikethrough: false, selectionWidth: 0, hoverWidth: 0, selfReference: { size: 16 } },
  });
  const hover = (id) => () => {
    state.hover = id;
    canvas.network.redraw();
  };
  canvas.network.on("afterDrawing", drawLabels);
  canvas.network.on("hoverNode", ({ node }) => hover(node)());
  canvas.network.on("hoverEdge", ({ edge }) => hover(edge)());
  canvas.network.on("blurNode", hover(null));
  canvas.network.on("blurEdge", hover(null));
  canvas.network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node) go({ focus: nodes.get(node), line: null });
    else if (edge) go({ line: lines.get(edge) });
    else if (state.focus || state.line) go({ focus: null, line: null });
  });
}
