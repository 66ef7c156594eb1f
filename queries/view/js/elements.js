// Making elements: text goes in as text only.

// el("span.n", { title }, child, …): a tag and its class, attributes and listeners, what is inside.
function el(name, ...parts) {
  const [tag, look] = name.split(".");
  const element = document.createElement(tag);
  if (look) element.className = look;
  for (const part of parts.flat(3)) {
    if (part === null || part === undefined || part === false) continue;
    if (part instanceof Node || typeof part !== "object") element.append(part);
    else dress(element, part);
  }
  return element;
}

function dress(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
}

const button = (look, onclick, ...parts) =>
  el(look ? `button.${look}` : "button", { type: "button", onclick }, ...parts);

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  dress(element, attributes);
  element.append(...children);
  return element;
}

const byId = (id) => document.getElementById(id);
const { format: grouped } = new Intl.NumberFormat("en");
const count = (number) => el("span.n", grouped(number));
const many = (number, one) => `${grouped(number)} ${one}${number === 1 ? "" : "s"}`;
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const MONTHS =
  "January February March April May June July August September October November December".split(
    " ",
  );
function longDay(day) {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}
const shortDay = (day) => longDay(day).replace(/ (\w{3})\w* /, " $1 ");

// Only addresses of the web become links.
const webAddress = (url) => (/^https?:\/\//i.test(url ?? "") ? url : undefined);
