// What pages share. Text only ever becomes a text node.

const at = (id) => document.getElementById(id);

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

// Pieces of text; those that are injected are lists of one.
const marked = (pieces, properties = {}) => pieces.map((piece) => (typeof piece === "string" ? piece
  : element("mark", { ...properties, textContent: piece[0] })));

const reasonRows = (found) => found.map(([name, weight, detail]) => {
  const sign = weight < 0 ? "\u2212" : "+";
  return element("div", {}, element("b", { textContent: name }), `${sign}${Math.abs(weight).toFixed(1)}`,
    element("span", { dir: "auto", textContent: detail }));
});
