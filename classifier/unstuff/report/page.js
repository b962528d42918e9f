// What the parts share. Text only ever becomes a text node.

const at = (id) => document.getElementById(id);
const index = JSON.parse(at("index").textContent);

const rows = index.rows.map((values, i) => {
  const row = { place: i + 1 };
  index.columns.forEach((name, k) => { row[name] = values[k]; });
  row.words = [row.id, row.host, row.title, row.reason, row.error, ...row.notes].join("\n").toLowerCase();
  return row;
});
let shown = rows; // those that the table has now, in its order

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};
