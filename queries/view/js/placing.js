// Which nodes are drawn, and where they stand on the screen.

const ALL = 1000; // up to so many nodes all are drawn,
const NEAR = 150; // above, a neighbourhood of so many
const ROOM = 4700; // square pixels for a node
const EXACT = 300; // up to so many nodes the positions in the file are exact enough to keep

// The nodes to draw: all, or those around the start that lie nearest and weigh most.
function choose(shown, focus) {
  if (shown.nodes.size <= ALL) return shown.nodes;
  const weigh = (node) => shown.weight.get(node) ?? 0;
  let start = focus && shown.nodes.has(focus) ? focus : undefined;
  if (!start)
    for (const node of shown.nodes) if (!start || weigh(node) > weigh(start)) start = node;
  const chosen = new Set([start]);
  for (let ring = [start]; ring.length && chosen.size < NEAR;) {
    const next = new Map();
    for (const node of ring) {
      for (const line of node.lines) {
        if (!line.to || !shown.quotes.has(line)) continue;
        for (const end of line.ends) if (!chosen.has(end)) next.set(end, weigh(end));
      }
    }
    ring = [...next]
      .sort((a, b) => b[1] - a[1])
      .slice(0, NEAR - chosen.size)
      .map(([node]) => node);
    ring.forEach((node) => chosen.add(node));
  }
  return chosen;
}

// Places for the chosen nodes: those in the file, or, for a part of a large graph, better ones.
function places(chosen, chosenLines) {
  const list = [...chosen];
  const from = list.map((node) => [node.x, node.y]);
  const large = data.nodes.length > EXACT && list.length <= NEAR;
  const points = large ? stress(list, chosenLines, from) : from;
  return new Map(list.map((node, i) => [node, points[i]]));
}

// Stress majorisation (Gansner, Koren & North, 2004): distances on the screen come to be as the
// number of steps between two nodes. Starts from the places in the file, so it is repeatable.
function stress(list, chosenLines, from, rounds = 40) {
  const count = list.length;
  const index = new Map(list.map((node, i) => [node, i]));
  const next = list.map(() => new Set());
  for (const line of chosenLines) {
    const [a, b] = line.ends.map((node) => index.get(node));
    if (a !== b) (next[a].add(b), next[b].add(a));
  }
  const near = next.map((others) => [...others]);
  const steps = near.map((_, start) => stepsFrom(start, near));
  const xs = Float64Array.from(from, ([x], i) => x * 3 + i * 1e-6); // no two in one place
  const ys = Float64Array.from(from, ([, y]) => y * 3);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < count; i++) {
      let [sumX, sumY, sum] = [0, 0, 0];
      for (let j = 0; j < count; j++) {
        if (j === i) continue;
        const wish = steps[i][j];
        const [dx, dy] = [xs[i] - xs[j], ys[i] - ys[j]];
        const weight = 1 / (wish * wish);
        const pull = wish / (Math.sqrt(dx * dx + dy * dy) || 1e-6);
        sumX += weight * (xs[j] + dx * pull);
        sumY += weight * (ys[j] + dy * pull);
        sum += weight;
      }
      if (sum) [xs[i], ys[i]] = [sumX / sum, sumY / sum];
    }
  }
  return list.map((_, i) => [xs[i], ys[i]]);
}

// How many lines lead from one node to each; to those out of reach, a few more than usual.
const FAR = 6;
function stepsFrom(start, near) {
  const steps = new Float64Array(near.length).fill(FAR);
  steps[start] = 0;
  const seen = new Uint8Array(near.length);
  seen[start] = 1;
  const queue = [start];
  for (const node of queue) {
    for (const other of near[node]) {
      if (seen[other]) continue;
      seen[other] = 1;
      steps[other] = steps[node] + 1;
      queue.push(other);
    }
  }
  return steps;
}

// From places to pixels around the middle of the view, so that `fitted` fill it and no two boxes
// (a node with its label) overlap, as far as there is room. Where there are too many for the view
// the frame is larger than it, by `zoom`.
function toScreen(points, fitted, boxes, view) {
  const inside = [...points].filter(([node]) => fitted.has(node)).map(([, point]) => point);
  const zoom = Math.max(1, Math.sqrt((inside.length * ROOM) / (view.width * view.height)));
  const [width, height] = [view.width * zoom, view.height * zoom];
  const turned = view.height > view.width * 1.15; // the places lie wide
  const across = turned ? ([x, y]) => [y, x] : ([x, y]) => [x, y];
  const [xs, ys] = [0, 1].map((axis) => inside.map((point) => across(point)[axis]));
  const [left, right, top, bottom] = [
    Math.min(...xs),
    Math.max(...xs),
    Math.min(...ys),
    Math.max(...ys),
  ];
  const most = 210 * Math.sqrt(inside.length); // pixels: a few nodes do not fly apart
  const scaleX = Math.min(Math.max(width - 150, 120), most) / (right - left || 1);
  const scaleY = Math.min(Math.max(height - 100, 120), most) / (bottom - top || 1);
  const [sx, sy] = [Math.min(scaleX, scaleY * 1.7), Math.min(scaleY, scaleX * 1.7)];
  const screen = new Map();
  for (const [node, point] of points) {
    const [x, y] = across(point);
    screen.set(node, { x: (x - (left + right) / 2) * sx, y: (y - (top + bottom) / 2) * sy - 6 });
  }
  const items = [...fitted].map((node) => ({ at: screen.get(node), box: boxes(node) }));
  apart(items, width / 2 - 8, height / 2 - 8);
  return { screen, zoom, frame: boxAt(0, 0, width, height) };
}

// Pushes overlapping boxes apart, each pair along the shorter way, and keeps them in the view.
function apart(items, halfWidth, halfHeight) {
  for (let round = 0; round < Math.min(120, 4e6 / items.length ** 2); round++) {
    let moved = false;
    for (let i = 0; i < items.length; i++) {
      const { at: a, box: p } = items[i];
      for (let j = i + 1; j < items.length; j++) {
        const { at: b, box: q } = items[j];
        const overX = (p.width + q.width) / 2 - Math.abs(b.x - a.x);
        const overY = (b.y > a.y ? p.below + q.above : q.below + p.above) - Math.abs(b.y - a.y);
        if (overX <= 0 || overY <= 0) continue;
        moved = true;
        if (overX < overY) {
          const push = (overX / 2) * (b.x < a.x ? -0.6 : 0.6);
          ((a.x -= push), (b.x += push));
        } else {
          const push = (overY / 2) * (b.y < a.y ? -0.6 : 0.6);
          ((a.y -= push), (b.y += push));
        }
      }
    }
    for (const { at, box } of items) {
      at.x = between(-halfWidth + box.width / 2, at.x, halfWidth - box.width / 2);
      at.y = between(-halfHeight + box.above, at.y, halfHeight - box.below);
    }
    if (!moved) break;
  }
}

// The middle of a line's curve is bent aside by vis's "curvedCW" with this roundness.
function bendPoint(from, to, roundness) {
  const [dx, dy] = [to.x - from.x, from.y - to.y];
  const share = roundness / 2 + 0.5;
  const angle = Math.atan2(dy, dx) + share * Math.PI;
  const radius = share * Math.hypot(dx, dy);
  return { x: from.x + radius * Math.sin(angle), y: from.y + radius * Math.cos(angle) };
}

function onCurve(from, via, to, share) {
  const rest = 1 - share;
  return {
    x: rest * rest * from.x + 2 * rest * share * via.x + share * share * to.x,
    y: rest * rest * from.y + 2 * rest * share * via.y + share * share * to.y,
  };
}

// A roundness for every line: parallel lines apart, and round the nodes that stand in the way.
function bends(chosenLines, screen, radius) {
  const pairs = new Map();
  for (const line of chosenLines) {
    const key = [line.from, line.to].sort().join("\n");
    pairs.set(key, [...(pairs.get(key) ?? []), line]);
  }
  const obstacles = chosenLines.length <= 600 ? [...screen] : [];
  const bent = new Map();
  for (const group of pairs.values()) {
    const [first] = group;
    if (first.from === first.to) {
      group.forEach((line) => bent.set(line, 0.2));
      continue;
    }
    const forward = [first.from, first.to].sort()[0];
    const sign = (line) => (line.from === forward ? 1 : -1);
    const fan = group.map(
      (_, i) => (i - (group.length - 1) / 2) * Math.min(0.24, 0.9 / group.length),
    );
    const hits = (line, roundness) => {
      const [from, to] = line.ends.map((node) => screen.get(node));
      const via = bendPoint(from, to, roundness * sign(line));
      const points = Array.from({ length: 12 }, (_, i) => onCurve(from, via, to, (i + 1) / 13));
      const [left, right] = [
        Math.min(from.x, via.x, to.x) - 26,
        Math.max(from.x, via.x, to.x) + 26,
      ];
      const [top, bottom] = [
        Math.min(from.y, via.y, to.y) - 26,
        Math.max(from.y, via.y, to.y) + 26,
      ];
      let sum = 0;
      for (const [node, { x, y }] of obstacles) {
        if (x < left || x > right || y < top || y > bottom || line.ends.includes(node)) continue;
        const room = (radius(node) + 6) ** 2;
        if (points.some((point) => (point.x - x) ** 2 + (point.y - y) ** 2 < room)) sum += 1;
      }
      return sum;
    };
    let best = { cost: Infinity, shift: 0 };
    for (const shift of [0, 0.12, -0.12, 0.24, -0.24, 0.36, -0.36]) {
      const cost = group.reduce(
        (sum, line, i) => sum + hits(line, fan[i] + shift),
        Math.abs(shift) * 2,
      );
      if (cost < best.cost) best = { cost, shift };
      if (best.cost < 1) break;
    }
    group.forEach((line, i) => bent.set(line, (fan[i] + best.shift) * sign(line)));
  }
  return bent;
}
