// The shapes of the kinds, each within a circle of radius 1, for the picture and the legend alike.

const around = (corners, turn) =>
  Array.from({ length: corners }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / corners;
    return [Math.cos(angle), Math.sin(angle)];
  });
const SHAPES = {
  square: [
    [-0.84, -0.84],
    [0.84, -0.84],
    [0.84, 0.84],
    [-0.84, 0.84],
  ],
  box: [
    [-0.74, -0.96],
    [0.28, -0.96],
    [0.74, -0.5],
    [0.74, 0.96],
    [-0.74, 0.96],
  ],
  diamond: around(4, 0).map(([x, y]) => [x * 1.08, y * 1.08]),
  triangle: around(3, -Math.PI / 2).map(([x, y]) => [x * 1.12, y * 1.12 + 0.16]),
  triangleDown: around(3, Math.PI / 2).map(([x, y]) => [x * 1.12, y * 1.12 - 0.16]),
  hexagon: around(6, 0),
  ellipse: around(24, 0).map(([x, y]) => [x, y * 0.68]),
};

// Draws the outline of a shape; whatever has no corners is a circle.
function outline(ctx, shape, x, y, radius) {
  ctx.beginPath();
  if (SHAPES[shape]) {
    SHAPES[shape].forEach(([dx, dy], i) =>
      ctx[i ? "lineTo" : "moveTo"](x + dx * radius, y + dy * radius),
    );
    ctx.closePath();
  } else ctx.arc(x, y, radius, 0, 2 * Math.PI);
}

// How far a shape reaches from its middle in one direction (canvas angles, y downwards).
function reach(shape, radius, angle) {
  const corners = SHAPES[shape];
  if (!corners) return radius;
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
  for (let i = 0; i < corners.length; i++) {
    const [ax, ay] = corners[i];
    const [bx, by] = corners[(i + 1) % corners.length];
    const [ex, ey] = [bx - ax, by - ay];
    const across = ux * ey - uy * ex;
    const along = (ax * ey - ay * ex) / across;
    const share = (ax * uy - ay * ux) / across;
    if (along > 0 && share >= 0 && share <= 1) return along * radius;
  }
  return radius;
}

// A kind's shape, and a family's line, as small images for the legend.
function kindIcon(kind, hollow = false) {
  const corners = SHAPES[kind.shape];
  const looks = {
    fill: hollow ? "none" : ink(kind.colour),
    stroke: ink(kind.colour),
    "stroke-width": 1.5,
    "stroke-linejoin": "round",
  };
  const shape = corners
    ? svg("polygon", {
        points: corners.map(([x, y]) => `${8 + x * 6},${8 + y * 6}`).join(" "),
        ...looks,
      })
    : svg("circle", { cx: 8, cy: 8, r: 6, ...looks });
  return svg("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" }, shape);
}

function familyIcon(family) {
  const colour = ink(family.colour);
  return svg(
    "svg",
    { viewBox: "0 0 34 16", class: "icon line", "aria-hidden": "true" },
    svg("path", {
      d: "M1 8H27",
      stroke: colour,
      "stroke-width": 2.2,
      fill: "none",
      "stroke-dasharray": family.dash.join(" "),
    }),
    svg("path", { d: "M33 8L25.5 4.4V11.6Z", fill: colour }),
  );
}
