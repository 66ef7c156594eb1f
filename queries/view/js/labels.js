// Labels that do not collide: names beside their nodes, relations along their lines.

const NAME = { size: 12.5, line: 15, wrap: 124, rows: 3 };
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
  if (wrapped.has(node)) return wrapped.get(node);
  const font = nameFont(node, NAME.size);
  const rows = [""];
  for (const word of node.label.split(/\s+/)) {
    const longer = `${rows.at(-1)} ${word}`.trim();
    if (rows.at(-1) && textWidth(font, longer) > NAME.wrap) rows.push(word);
    else rows[rows.length - 1] = longer;
  }
  const kept = rows.slice(0, NAME.rows).map((row) => (row.length > 28 ? `${row.slice(0, 27)}…` : row));
  if (rows.length > NAME.rows) kept[NAME.rows - 1] = `${kept[NAME.rows - 1].replace(/…$/, "")}…`;
  const label = { rows: kept, width: Math.max(...kept.map((row) => textWidth(font, row))) };
  wrapped.set(node, label);
  return label;
}

const overlap = (a, b) =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
const boxAt = (x, y, width, height) => ({ left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 });

const between = (least, value, most) => Math.max(least, Math.min(most, value));
const within = (box, p) => p.x > box.left && p.x < box.right && p.y > box.top && p.y < box.bottom;

// Names, the weightiest first, each on the side where least is in its way; those without room are
// left out. Everything is in screen pixels. `spots`: {node, x, y, radius, must}; `curves`: points
// some six pixels apart along each line.
function placeNames(spots, curves, frame) {
  const taken = spots.map(({ x, y, radius }) => boxAt(x, y, 2 * radius + 2, 2 * radius + 2));
  const placed = [];
  const onLines = (box) => {
    let cost = 0;
    for (const points of curves) {
      if (overlap(box, points.box) === 0) continue;
      const inside = points.filter((point) => within(box, point)).length;
      if (inside) cost += 2 + inside * 0.25;
    }
    return cost;
  };
  for (const spot of spots) {
    const { rows, width } = rowsOf(spot.node);
    const height = rows.length * NAME.line;
    const [besideX, besideY] = [spot.radius + 5 + width / 2, spot.radius + 3 + height / 2];
    const sides = [[0, besideY], [0, -besideY], [besideX, 0], [-besideX, 0]].concat(
      [[1, 1], [-1, 1], [1, -1], [-1, -1]].map(([h, v]) => [h * besideX * 0.82, v * besideY * 0.9]),
    );
    let best;
    sides.forEach(([dx, dy], i) => {
      const x = between(frame.left + width / 2 + 4, spot.x + dx, frame.right - width / 2 - 4);
      const y = between(frame.top + height / 2 + 2, spot.y + dy, frame.bottom - height / 2 - 2);
      const box = boxAt(x, y, width + 4, height);
      const hard = taken.reduce((sum, other) => sum + overlap(box, other), 0);
      if (hard > 1 && !spot.must) return;
      const cost = hard * 3 + i * 0.6 + onLines(box);
      if (!best || cost < best.cost) best = { cost, box, dx: x - spot.x, dy: y - spot.y };
    });
    if (!best) continue;
    taken.push(best.box);
    placed.push({ node: spot.node, dx: best.dx, dy: best.dy, rows });
  }
  return { placed, taken };
}

// Relation words along their lines, where they meet neither names, nodes nor one another.
// `strokes`: {line, at(share), must}.
function placeWords(strokes, taken) {
  const placed = [];
  for (const { line, at } of strokes) {
    const text = relationOf(line);
    const width = textWidth(wordsFont(WORDS.size), text);
    for (const share of [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74]) {
      const [point, before, after] = [at(share), at(share - 0.04), at(share + 0.04)];
      let angle = Math.atan2(after.y - before.y, after.x - before.x);
      if (Math.abs(angle) > Math.PI / 2) angle += Math.PI;
      const pieces = Math.max(2, Math.ceil(width / WORDS.line));
      const boxes = Array.from({ length: pieces }, (_, i) => {
        const along = ((i + 0.5) / pieces - 0.5) * width;
        return boxAt(point.x + Math.cos(angle) * along, point.y + Math.sin(angle) * along, WORDS.line, WORDS.line);
      });
      if (boxes.some((box) => taken.some((other) => overlap(box, other) > 4))) continue;
      taken.push(...boxes);
      placed.push({ line, text, x: point.x, y: point.y, angle });
      break;
    }
  }
  return placed;
}
