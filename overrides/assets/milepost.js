/* Filters above each table that names columns in data-filters. Without script, the whole table stands there. */

/* An address of before leads on to where its thing stands now, with the place that was asked for. */

"use strict";

{
  const NONE = "–";

  const text = (cell) => (cell ? cell.textContent.trim() : "");

  const cellOf = (row, column) =>
    [...row.cells].find((cell) => cell.dataset.label === column);

  const choices = (rows, column) =>
    [...new Set(rows.map((row) => text(cellOf(row, column))))].sort((a, b) => a.localeCompare(b, "en"));

  /* The filter stands in the address, so that a filtered table can be sent to someone. */
  const chosen = () => new URLSearchParams(window.location.search);

  const remember = (column, value) => {
    const address = new URL(window.location.href);
    if (value) address.searchParams.set(column.toLowerCase(), value);
    else address.searchParams.delete(column.toLowerCase());
    window.history.replaceState(null, "", address);
  };

  const select = (column, values, value) => {
    const label = document.createElement("label");
    const list = document.createElement("select");
    label.append(`${column} `, list);
    list.append(new Option("All", ""), ...values.map((each) => new Option(each === NONE ? "None" : each, each)));
    list.value = values.includes(value) ? value : "";
    return { label, list };
  };

  const addFilters = (table) => {
    const rows = [...table.tBodies[0].rows];
    const columns = table.dataset.filters.split(",");
    const form = document.createElement("form");
    const count = document.createElement("output");
    form.className = "mp-filters";
    const lists = columns.map((column) => {
      const { label, list } = select(column, choices(rows, column), chosen().get(column.toLowerCase()));
      list.addEventListener("change", () => {
        remember(column, list.value);
        show();
      });
      form.append(label);
      return { column, list };
    });
    form.append(count);

    const show = () => {
      let shown = 0;
      for (const row of rows) {
        row.hidden = lists.some(({ column, list }) => list.value && text(cellOf(row, column)) !== list.value);
        if (!row.hidden) shown += 1;
      }
      const filtered = lists.some(({ list }) => list.value);
      count.textContent = filtered ? `${shown} of ${rows.length} shown` : "";
    };

    const place = table.closest(".mp-scroll") || table;
    place.before(form);
    show();
  };

  for (const table of document.querySelectorAll("table[data-filters]")) {
    if (table.tBodies[0].rows.length > 1) addFilters(table);
  }
}

{
  const { hash } = window.location;
  const place = [...document.querySelectorAll(".mp-departed li[id]")].find((each) => `#${each.id}` === hash);
  const link = place
    ? place.querySelector("a.mp-moved")
    : document.querySelector(".mp-head.mp-departed a.mp-moved");
  if (link) {
    const target = new URL(link.href);
    if (!place && hash) target.hash = hash;
    window.location.replace(target);
  }
}
