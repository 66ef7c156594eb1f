// Search by name: accents and case do not matter; arrows choose, Enter focuses, Escape leaves.

const FOUND = 8;
let index = null;
function find(query) {
  index ??= data.nodes.map((node) => [node, [node.label, ...(node.aliases ?? [])].map(folded)]);
  const words = folded(query).trim();
  const rank = (name) => {
    const at = name.indexOf(words);
    return at < 0 ? 3 : at === 0 ? 0 : name[at - 1] === " " ? 1 : 2;
  };
  return index
    .map(([node, names]) => ({ node, rank: Math.min(...names.map(rank)) }))
    .filter((found) => found.rank < 3)
    .sort((a, b) => a.rank - b.rank || weightOf(b.node) - weightOf(a.node))
    .slice(0, FOUND)
    .map(({ node }) => node);
}

function searchBox() {
  const list = el("ul", {
    id: "found",
    role: "listbox",
    "aria-label": "Names found",
    hidden: true,
  });
  const input = el("input", {
    id: "search",
    type: "search",
    placeholder: "Search a name",
    "aria-label": "Search a name",
    autocomplete: "off",
    spellcheck: "false",
    role: "combobox",
    "aria-controls": "found",
    "aria-expanded": "false",
  });
  let found = [];
  let at = 0;
  const open = (isOpen) => {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
  };
  const mark = () => {
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    input.setAttribute("aria-activedescendant", found.length ? `found-${at}` : "");
  };
  const take = (node) => {
    input.value = "";
    open(false);
    go({ focus: node, line: null });
    if (state.view === "picture") byId("network").focus();
  };
  const option = (node, i) => {
    const pick = (event) => {
      event.preventDefault();
      take(node);
    };
    const props = { id: `found-${i}`, role: "option", onpointerdown: pick };
    return el("li", props, iconOf(node), node.label);
  };
  const keys = {
    ArrowDown: () => (at = (at + 1) % (found.length || 1)),
    ArrowUp: () => (at = (at + (found.length || 1) - 1) % (found.length || 1)),
    Enter: () => found[at] && take(found[at]),
    Escape: () => {
      input.value = "";
      open(false);
      input.blur();
    },
  };
  input.addEventListener("input", () => {
    found = input.value.trim() ? find(input.value) : [];
    at = 0;
    list.replaceChildren(...(found.length ? found.map(option) : [el("li.soft", "No such name")]));
    open(Boolean(input.value.trim()));
    mark();
  });
  input.addEventListener("keydown", (event) => {
    if (!keys[event.key]) return;
    keys[event.key]();
    mark();
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("blur", () => open(false));
  return el("div.search", input, list);
}
