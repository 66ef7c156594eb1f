// Labels that do not collide: names beside their nodes, relations along their lines. All in pixels
// of the screen, so that they keep their size however far the picture is zoomed.

const NAME = { size: 12.5, line: 15, wrap: 124, rows: 3, letters: 28 };
const WORDS = { size: 11.5, line: 13 };
const SANS = '"Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const nameFont = (node, px) => `${node.unnamed ? "italic " : ""}600 ${px}px ${SANS}`;
const wordsFont = (px) => `${px}px ${SANS}`;

const ruler = document.createElement("canvas").getContext("2d");
function textWidth(font, text) {
  ruler.font = font;
  return ruler.measureText(text).width;
}

// A name broken into rows, once for each node.
const wrapped = new Map();
function rowsOf(node) {
  if (!wrapped.has(node)) wrapped.set(node, wrap(node.label, nameFont(node, NAME.size)));
  return wrapped.get(node);
}

function wrap(label, font) {
  const short = (row) => (row.length > NAME.letters ? `${row.slice(0, NAME.letters - 1)}…` : row);
  const rows = [];
  for (const word of label.split(/\s+/)) {
    const longer = rows.length ? `${rows.at(-1)} ${word}` : word;
    if (rows.length && textWidth(font, longer) <= NAME.wrap) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  const kept = rows.slice(0, NAME.rows).map(short);
  if (rows.length > kept.length) kept.push(`${kept.pop().replace(/…$/, "")}…`);
  return { rows: kept, width: Math.max(...kept.map((row) => textWidth(font, row))) };
}

const between = (least, value, most) => Math.max(least, Math.min(most, value));
const boxAt = (x, y, width, height) => ({
  left: x - width / 2,
  right: x + width / 2,
  top: y - height / 2,
  bottom: y + height / 2,
});
const overlap = (a, b) =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
const overlaps = (box, others) => others.reduce((sum, other) => sum + overlap(box, other), 0);

// Where a name may stand: below, above, at the sides, at the corners.
const SIDES = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
  [0.82, 0.9],
  [-0.82, 0.9],
  [0.82, -0.9],
  [-0.82, -0.9],
];

// Names, in the order given, each where least is in its way and never on another name. Those that
// must be shown may cover a node; the others are left out where there is no room.
// `spots`: {node, x, y, radius, must}; `curves`: points some six pixels apart along each line.
function placeNames(spots, curves, frame) {
  const bodies = spots.map(({ x, y, radius }) => boxAt(x, y, 2 * radius + 2, 2 * radius + 2));
  const names = [];
  const placed = [];
  for (const { node, x, y, radius, must } of spots) {
    const { rows, width } = rowsOf(node);
    const height = rows.length * NAME.line;
    let best = null;
    SIDES.forEach(([right, down], i) => {
      const dx = right * (radius + 5 + width / 2);
      const dy = down * (radius + 3 + height / 2);
      const at = {
        x: between(frame.left + width / 2 + 4, x + dx, frame.right - width / 2 - 4),
        y: between(frame.top + height / 2 + 2, y + dy, frame.bottom - height / 2 - 2),
      };
      const box = boxAt(at.x, at.y, width + 4, height);
      const covered = overlaps(box, bodies);
      if (overlaps(box, names) > 1 || (covered > 1 && !must)) return;
      const cost = covered + i * 0.6 + crossings(box, curves);
      if (!best || cost < best.cost) best = { cost, box, dx: at.x - x, dy: at.y - y };
    });
    if (!best) continue;
    names.push(best.box);
    placed.push({ node, rows, dx: best.dx, dy: best.dy });
  }
  return { placed, taken: [...bodies, ...names] };
}

// How much of the lines a box would hide.
function crossings(box, curves) {
  const inside = ({ x, y }) => x > box.left && x < box.right && y > box.top && y < box.bottom;
  return curves.reduce((cost, { points, around }) => {
    const hidden = overlap(box, around) && points.filter(inside).length;
    return cost + (hidden && 2 + hidden * 0.25);
  }, 0);
}

// Relation words along their lines, where they meet neither names, nodes nor one another.
const SHARES = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74];
function placeWords(strokes, taken) {
  const placed = [];
  for (const { line, at } of strokes) {
    const text = relationOf(line);
    const width = textWidth(wordsFont(WORDS.size), text);
    const count = Math.max(2, Math.ceil(width / WORDS.line));
    for (const share of SHARES) {
      const [{ x, y }, before, after] = [at(share), at(share - 0.04), at(share + 0.04)];
      let angle = Math.atan2(after.y - before.y, after.x - before.x);
      if (Math.abs(angle) > Math.PI / 2) angle += Math.PI; // no word stands on its head
      const boxes = Array.from({ length: count }, (_, i) => {
        const along = ((i + 0.5) / count - 0.5) * width;
        const [dx, dy] = [Math.cos(angle) * along, Math.sin(angle) * along];
        return boxAt(x + dx, y + dy, WORDS.line, WORDS.line);
      });
      if (boxes.some((box) => taken.some((other) => overlap(box, other) > 4))) continue;
      taken.push(...boxes);
      placed.push({ line, text, x, y, angle });
      break;
    }
  }
  return placed;
}

// What is written where: found again when the scale or a place has changed.
const ROOMY = 7800; // square pixels a node: then a name may cover a node rather than be left out,
const HEAVIEST = 20; // as may always the heaviest eighth, up to so many
const MOST = 300; // so many names at most
function labels() {
  const scale = canvas.network.getScale();
  if (canvas.labels?.scale !== scale) canvas.labels = namesAt(scale);
  if (canvas.labels.hover !== state.hover) Object.assign(canvas.labels, pointedAt(canvas.labels));
  return canvas.labels;
}

function namesAt(scale) {
  const sides = Object.entries(canvas.frame).map(([side, value]) => [side, value * scale]);
  const frame = Object.fromEntries(sides);
  const strokes = strokesAt(scale);
  const curves = strokes.length > 2 * MOST ? [] : strokes.map(sampled);
  return { scale, frame, strokes, curves, ...placeNames(spotsAt(scale), curves, frame) };
}

// What the pointer or a chosen line adds; the names that stand already keep their places.
function pointedAt({ scale, frame, strokes, curves, placed, taken }) {
  const named = new Set(placed.map(({ node }) => node));
  const missed = [nodes.get(state.hover), ...(state.line?.ends ?? [])]
    .filter((node) => canvas.chosen.has(node) && !named.has(node))
    .map((node) => spotAt(node, scale, true));
  const words = placeWords(strokes.filter(isNamed), [...taken]);
  return { hover: state.hover, words, added: placeNames(missed, curves, frame).placed };
}

function placeOf(node, scale) {
  const { x, y } = canvas.screen.get(node);
  return { x: x * scale, y: y * scale };
}

function spotAt(node, scale, must) {
  const ring = node === state.focus ? 6 : 0;
  return { node, must, ...placeOf(node, scale), radius: (radiusOf(node) + ring) * scale };
}

function spotsAt(scale) {
  const { level, frame } = canvas;
  const near = level.near?.size < 30 ? level.near : new Set();
  const first = (node) => (node === state.focus ? Infinity : weightOf(node));
  const shownNodes = [...canvas.chosen]
    .filter((node) => level.node(node) > 0.2)
    .sort((a, b) => compare(first(b), first(a)) || compare(a.id, b.id));
  const area = (frame.right - frame.left) * (frame.bottom - frame.top) * scale * scale;
  const roomy = area > shownNodes.length * ROOMY;
  const heavy = Math.min(HEAVIEST, shownNodes.length / 8);
  return shownNodes
    .slice(0, MOST)
    .map((node, i) => spotAt(node, scale, roomy || i < heavy || near.has(node)));
}

function strokesAt(scale) {
  return canvas.lines
    .filter((line) => line.from !== line.to && canvas.level.line(line) > 0.2)
    .map((line) => {
      const [from, to] = line.ends.map((node) => placeOf(node, scale));
      const via = bendPoint(from, to, canvas.bent.get(line));
      const length = Math.hypot(to.x - from.x, to.y - from.y);
      return { line, length, at: (share) => onCurve(from, via, to, share) };
    });
}

function isNamed({ line }) {
  const pointed = [line.id, line.from, line.to].includes(state.hover);
  const near = !state.line && canvas.level.near?.size;
  return line.negated || line === state.line || pointed || near;
}

function sampled({ at, length }) {
  const count = Math.max(4, Math.ceil(length / 6));
  const points = Array.from({ length: count }, (_, i) => at((i + 0.5) / count));
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, right] = [Math.min(...xs) - 1, Math.max(...xs) + 1];
  return { points, around: { left, right, top: Math.min(...ys) - 1, bottom: Math.max(...ys) + 1 } };
}

function drawLabels(ctx) {
  const { placed, added, words, scale } = labels();
  ctx.save();
  Object.assign(ctx, { textAlign: "center", textBaseline: "middle", lineJoin: "round" });
  ctx.strokeStyle = theme.paper;
  const write = (text, x, y, halo) => {
    ctx.lineWidth = halo / scale;
    ctx.strokeText(text, x, y);
    ctx.fillText(text, x, y);
  };
  for (const { line, text, x, y, angle } of canvas.moving ? [] : words) {
    ctx.save();
    ctx.translate(x / scale, y / scale);
    ctx.rotate(angle);
    ctx.font = wordsFont(WORDS.size / scale);
    ctx.fillStyle = ink(familyOf(line).colour);
    ctx.globalAlpha = Math.max(0.45, canvas.level.line(line));
    write(text, 0, 0, 4);
    ctx.restore();
  }
  for (const { node, dx, dy, rows } of [...placed, ...added]) {
    const { x, y } = canvas.network.body.nodes[node.id];
    ctx.font = nameFont(node, NAME.size / scale);
    ctx.fillStyle = theme.ink;
    ctx.globalAlpha = Math.max(0.55, canvas.level.node(node));
    const top = dy - ((rows.length - 1) / 2) * NAME.line;
    rows.forEach((row, i) => write(row, x + dx / scale, y + (top + i * NAME.line) / scale, 3.5));
  }
  ctx.restore();
}
