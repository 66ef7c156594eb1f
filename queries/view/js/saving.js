// Saving the picture as it stands, as PNG or SVG, with its heading and its legend.

// What XML cannot hold, though a name might.
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

// A canvas context that keeps what it is told to draw as SVG. It knows what vis and this page use.
class Recorder {
  constructor(width, height) {
    this.root = svg("svg", {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
    });
    this.look = {
      fillStyle: "#000000",
      strokeStyle: "#000000",
      lineWidth: 1,
      globalAlpha: 1,
      font: "10px sans-serif",
      textAlign: "start",
      textBaseline: "alphabetic",
      lineJoin: "miter",
      lineCap: "butt",
      dash: [],
      turns: "",
      halo: null,
    };
    this.stack = [];
    this.path = [];
    for (const name of Object.keys(this.look)) {
      Object.defineProperty(this, name, {
        get: () => this.look[name],
        set: (value) => (this.look[name] = value),
      });
    }
  }
  save() {
    this.stack.push({ ...this.look });
  }
  restore() {
    Object.assign(this.look, this.stack.pop());
  }
  translate(x, y) {
    this.turns += ` translate(${x} ${y})`;
  }
  rotate(angle) {
    this.turns += ` rotate(${(angle * 180) / Math.PI})`;
  }
  scale(x, y) {
    this.turns += ` scale(${x} ${y})`;
  }
  setLineDash(dash) {
    this.dash = dash;
  }
  getLineDash() {
    return this.dash;
  }
  measureText(text) {
    ruler.font = this.font;
    return ruler.measureText(text);
  }
  beginPath() {
    this.path = [];
  }
  closePath() {
    this.path.push("Z");
  }
  moveTo(x, y) {
    this.path.push(`M${x} ${y}`);
  }
  lineTo(x, y) {
    this.path.push(`L${x} ${y}`);
  }
  quadraticCurveTo(a, b, x, y) {
    this.path.push(`Q${a} ${b} ${x} ${y}`);
  }
  bezierCurveTo(a, b, c, d, x, y) {
    this.path.push(`C${a} ${b} ${c} ${d} ${x} ${y}`);
  }
  rect(x, y, width, height) {
    this.path.push(`M${x} ${y}h${width}v${height}h${-width}Z`);
  }
  arc(x, y, radius, from, to) {
    const at = (angle) => `${x + radius * Math.cos(angle)} ${y + radius * Math.sin(angle)}`;
    const middle = (from + to) / 2; // two halves: one arc of SVG cannot be a whole circle
    const half = (end) =>
      `A${radius} ${radius} 0 ${Math.abs(to - from) / 2 > Math.PI ? 1 : 0} 1 ${at(end)}`;
    this.path.push(`${this.path.length ? "L" : "M"}${at(from)}${half(middle)}${half(to)}`);
  }
  fill() {
    this.add("path", { d: this.path.join(""), ...paint("fill", this.fillStyle) });
  }
  stroke() {
    this.add("path", { d: this.path.join(""), fill: "none", ...this.pen() });
  }
  fillRect(x, y, width, height) {
    this.add("rect", { x, y, width, height, ...paint("fill", this.fillStyle) });
  }
  strokeText() {
    this.halo = { ...this.pen(), "paint-order": "stroke" };
  }
  fillText(text, x, y) {
    const [, style, weight, size, family] = this.font.match(/^(italic )?(\d+ )?([\d.]+)px (.*)$/);
    const anchor = { center: "middle", end: "end", right: "end" }[this.textAlign] ?? "start";
    const element = this.add("text", {
      x,
      y: this.textBaseline === "middle" ? y + size * 0.35 : y,
      "font-family": family,
      "font-size": size,
      "text-anchor": anchor,
      ...paint("fill", this.fillStyle),
      ...this.halo,
      ...(style ? { "font-style": "italic" } : {}),
      ...(weight ? { "font-weight": weight.trim() } : {}),
    });
    element.textContent = text.toWellFormed().replace(NOT_XML, "");
    this.halo = null;
  }
  pen() {
    return {
      ...paint("stroke", this.strokeStyle),
      "stroke-width": this.lineWidth,
      "stroke-linejoin": this.lineJoin,
      ...(this.dash.length ? { "stroke-dasharray": this.dash.join(" ") } : {}),
    };
  }
  add(tag, looks) {
    const rounded = Object.fromEntries(
      Object.entries(looks).map(([name, value]) => [
        name,
        typeof value === "number" ? Math.round(value * 100) / 100 : value,
      ]),
    );
    if (rounded.d)
      rounded.d = rounded.d.replace(
        /-?\d+\.\d+(e-?\d+)?/g,
        (number) => Math.round(number * 100) / 100,
      );
    const element = svg(tag, {
      ...rounded,
      ...(this.globalAlpha < 1 ? { opacity: this.globalAlpha } : {}),
      ...(this.turns ? { transform: this.turns.trim() } : {}),
    });
    this.root.append(element);
    return element;
  }
  toString() {
    return new XMLSerializer().serializeToString(this.root);
  }
}

// A colour with its opacity apart, as every reader of SVG understands it.
function paint(what, colour) {
  const parts = colour.match(/^rgba\((.*),\s*([\d.]+)\)$/);
  return parts ? { [what]: `rgb(${parts[1]})`, [`${what}-opacity`]: parts[2] } : { [what]: colour };
}

// The legend as rows of marks with their names, no wider than the picture.
function legendRows(width) {
  const used = {
    kinds: new Set([...canvas.chosen].map((node) => node.kind)),
    families: new Set(canvas.lines.map(familyOf)),
  };
  const marks = [
    ...data.kinds
      .filter((kind) => used.kinds.has(kind.name))
      .map((kind) => ({ kind, text: kind.name, room: 18 })),
    ...data.families
      .filter((family) => used.families.has(family))
      .map((family) => ({ family, text: capital(family.name), room: 40 })),
  ];
  const rows = [];
  let x = Infinity;
  for (const mark of marks) {
    const wide = mark.room + textWidth(wordsFont(12), mark.text) + 20;
    if (x + wide > width - 24) {
      rows.push([]);
      x = 24;
    }
    rows.at(-1).push({ ...mark, x });
    x += wide;
  }
  return rows;
}

function drawMark(ctx, { kind, family, text, x, room }, y) {
  if (kind) {
    outline(ctx, kind.shape, x + 6, y, 6);
    ctx.fillStyle = ink(kind.colour);
    ctx.fill();
  } else {
    Object.assign(ctx, {
      strokeStyle: ink(family.colour),
      fillStyle: ink(family.colour),
      lineWidth: 2.2,
    });
    ctx.setLineDash(family.dash);
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x + 25, y);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.beginPath();
    [
      [32, 0],
      [24, -4],
      [24, 4],
    ].forEach(([dx, dy], i) => ctx[i ? "lineTo" : "moveTo"](x + dx, y + dy));
    ctx.closePath();
    ctx.fill();
  }
  Object.assign(ctx, { font: wordsFont(12), fillStyle: theme.ink });
  ctx.fillText(text, x + room, y);
}

const [TOP, ROW] = [64, 24];
function compose(ctx, width, height, rows) {
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, width, TOP + height + rows.length * ROW + 16);
  const { network } = canvas;
  const middle = network.getViewPosition();
  ctx.save();
  ctx.translate(width / 2, TOP + height / 2);
  ctx.scale(network.getScale(), network.getScale());
  ctx.translate(-middle.x, -middle.y);
  for (const line of canvas.lines) {
    network.body.edges[line.id].draw(ctx);
    network.body.edges[line.id].drawArrows(ctx);
  }
  for (const node of canvas.chosen) network.body.nodes[node.id].draw(ctx);
  drawLabels(ctx);
  ctx.restore();
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, width, TOP);
  ctx.fillRect(0, TOP + height, width, rows.length * ROW + 16);
  Object.assign(ctx, {
    textAlign: "start",
    textBaseline: "middle",
    fillStyle: theme.ink,
    font: `600 21px ${theme.serif}`,
  });
  ctx.fillText(data.heading, 24, 26);
  Object.assign(ctx, { fillStyle: theme.soft, font: wordsFont(12) });
  ctx.fillText(byId("count").textContent, 24, 50);
  rows.forEach((row, i) => row.forEach((mark) => drawMark(ctx, mark, TOP + height + 12 + i * ROW)));
}

function save(format) {
  const { clientWidth: width, clientHeight: height } = byId("network");
  const rows = legendRows(width);
  const whole = TOP + height + rows.length * ROW + 16;
  if (format === "svg") {
    const recorder = new Recorder(width, whole);
    compose(recorder, width, height, rows);
    download(new Blob([recorder], { type: "image/svg+xml" }), format);
    return;
  }
  const paper = document.createElement("canvas");
  Object.assign(paper, { width: width * 2, height: whole * 2 });
  const ctx = paper.getContext("2d");
  ctx.scale(2, 2);
  compose(ctx, width, height, rows);
  paper.toBlob((blob) => download(blob, format), "image/png");
}

function download(blob, format) {
  const name =
    folded(data.heading)
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "onrecord";
  const link = el("a", { href: URL.createObjectURL(blob), download: `${name}.${format}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
