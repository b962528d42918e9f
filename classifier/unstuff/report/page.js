// The documents of the report, as rows of its table.

const index = JSON.parse(at("index").textContent);

const rows = index.rows.map((values, i) => {
  const row = { place: i + 1 };
  index.columns.forEach((name, k) => { row[name] = values[k]; });
  row.words = [row.id, row.host, row.title, row.reason, row.error, ...row.notes].join("\n").toLowerCase();
  return row;
});
let shown = rows; // those that the table has now, in its order
