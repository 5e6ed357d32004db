/* Tables that name themselves in data-table sort, and filter by the columns of data-filters. Tables of one name on a page
   are ruled together. The address keeps how, so that a sorted and filtered table can be sent to someone. Without script,
   the whole table stands there, in the order of the data. */

"use strict";

{
  const NONE = "–";
  const FEW = 5; // A table of fewer rows is seen at a glance: it needs no list to choose from.

  const slug = (column) => column.toLowerCase().replace(/\s+/g, "-");

  const make = (tag, attributes, ...children) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.append(...children);
    return element;
  };

  /* What a cell says, each part by itself: several states, several owners. */
  const said = (cell) => {
    const parts = [...cell.querySelectorAll(".mp-state, .mp-owner")];
    const texts = parts.length ? parts.map((part) => part.textContent) : [cell.textContent];
    return texts.map((text) => text.trim().replace(/\s+/g, " ") || NONE);
  };

  /* What a cell is sorted by: the order that it states, a figure, a day, or its words; null where it says nothing. */
  const value = (cell) => {
    if (cell.dataset.order) return Number(cell.dataset.order);
    const words = said(cell).join(", ");
    if (words === NONE) return null;
    if (cell.querySelector(".mp-owner, .mp-state")) return words;
    const exact = cell.querySelector("data[value], time[datetime]");
    if (exact) return exact.localName === "time" ? Date.parse(exact.dateTime) : Number(exact.value);
    return cell.classList.contains("mp-number") ? parseFloat(words) : words;
  };

  const compare = (one, other) =>
    typeof one === "number" ? one - other : one.localeCompare(other, "en", { numeric: true, sensitivity: "base" });

  /* Rows that say nothing in the column, or only words where others give a figure or a day, come last either way. */
  const sorted = (rows, column, direction) => {
    const valued = rows.map((row) => ({ row, value: value(row.cells[column]) }));
    const kind = valued.some((each) => typeof each.value === "number") ? "number" : "string";
    const told = valued.filter((each) => typeof each.value === kind);
    const untold = valued.filter((each) => typeof each.value !== kind);
    told.sort((one, other) => direction * compare(one.value, other.value));
    return [...told, ...untold].map(({ row }) => row);
  };

  /* One table: its columns, and its rows in the order of the data. */
  const read = (table) => ({
    table,
    columns: [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim()),
    rows: [...table.tBodies[0].rows],
  });

  /* Whoever opens an address that says how a table is to be shown has come for that table, and may be screens above it.
     Who comes back, or to a place that the address names, is where they were. */
  let isArrived = Boolean(window.location.hash) || performance.getEntriesByType("navigation")[0]?.type !== "navigate";

  const arrive = (form) => {
    if (isArrived) return;
    isArrived = true;
    const { top } = form.getBoundingClientRect();
    if (top < window.innerHeight / 2) return;
    const above = [...document.querySelectorAll("main :is(h1, h2, h3)")].filter(
      (heading) => heading.compareDocumentPosition(form) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    (above.at(-1) || form).scrollIntoView({ behavior: "instant" });
  };

  const rule = (name, tables) => {
    const key = (what) => `${name}.${what}`;
    const asking = () => new URLSearchParams(window.location.search);
    const rows = tables.flatMap((table) => table.rows);
    const columns = [...new Set(tables.flatMap((table) => table.columns))];
    const cellsOf = (column) =>
      tables.flatMap((table) =>
        table.columns.includes(column) ? table.rows.map((row) => row.cells[table.columns.indexOf(column)]) : [],
      );
    const declared = [...new Set(tables.flatMap(({ table }) => (table.dataset.filters || "").split(",")))];
    /* What no row says can be asked for all the same, by an address of another day: it is answered, with no row. */
    const filters = declared
      .filter((column) => columns.includes(column))
      .map((column) => {
        const choices = [...new Set(cellsOf(column).flatMap(said))];
        return { column, choices: choices.sort((one, other) => compare(one, other)), chosen: "" };
      })
      .filter(
        ({ column, choices }) => (rows.length >= FEW && choices.length > 1) || asking().get(key(slug(column))),
      );
    let order = { column: "", direction: 1 };

    const recall = () => {
      const address = asking();
      for (const filter of filters) filter.chosen = address.get(key(slug(filter.column))) || "";
      const asked = address.get(key("sort")) || "";
      const column = columns.find((each) => slug(each) === asked.replace(/^-/, "")) || "";
      order = { column, direction: asked.startsWith("-") ? -1 : 1 };
    };

    const remember = () => {
      const address = new URL(window.location.href);
      const keep = (what, text) =>
        text ? address.searchParams.set(key(what), text) : address.searchParams.delete(key(what));
      for (const { column, chosen } of filters) keep(slug(column), chosen);
      keep("sort", order.column && (order.direction < 0 ? "-" : "") + slug(order.column));
      // A page opened from a folder cannot change its address.
      if (address.protocol !== "file:" && address.href !== window.location.href)
        window.history.pushState(null, "", address);
    };

    const count = make("output", { className: "mp-count" });
    const clear = make("button", { type: "button", className: "mp-clear", textContent: "Show all" });
    const printed = make("p", { className: "mp-as-shown" });
    const sortBy = make("select", {}, new Option("As listed", ""));
    for (const column of columns)
      sortBy.append(new Option(column, slug(column)), new Option(`${column}, reversed`, `-${slug(column)}`));
    const option = (choice) => new Option(choice === NONE ? "None" : choice, choice);
    const lists = filters.map(({ choices }) => make("select", {}, new Option("All", ""), ...choices.map(option)));

    const choose = (list, chosen) => {
      if (![...list.options].some(({ value: each }) => each === chosen)) list.append(option(chosen));
      list.value = chosen;
    };

    const show = () => {
      let shown = 0;
      for (const { table, columns: own, rows: all, empty } of tables) {
        const tests = filters.filter(({ column, chosen }) => chosen && own.includes(column));
        const place = own.indexOf(order.column);
        for (const row of all)
          row.hidden = tests.some(({ column, chosen }) => !said(row.cells[own.indexOf(column)]).includes(chosen));
        table.tBodies[0].append(...(place < 0 ? all : sorted(all, place, order.direction)));
        [...table.tHead.rows[0].cells].forEach((cell, index) => {
          if (index === place) cell.setAttribute("aria-sort", order.direction < 0 ? "descending" : "ascending");
          else cell.removeAttribute("aria-sort");
        });
        const left = all.filter((row) => !row.hidden).length;
        shown += left;
        table.hidden = left === 0;
        empty.hidden = left > 0;
      }
      const chosen = filters.filter((filter) => filter.chosen);
      filters.forEach((filter, index) => choose(lists[index], filter.chosen));
      sortBy.value = order.column && (order.direction < 0 ? "-" : "") + slug(order.column);
      clear.hidden = !chosen.length;
      count.textContent = chosen.length ? `${shown} of ${rows.length} rows shown` : "";
      const parts = chosen.map((filter) => `${filter.column}: ${filter.chosen === NONE ? "none" : filter.chosen}`);
      if (order.column) parts.push(`sorted by ${order.column}${order.direction < 0 ? ", reversed" : ""}`);
      printed.textContent = parts.length ? `${[count.textContent, ...parts].filter(Boolean).join("; ")}.` : "";
      printed.hidden = !parts.length;
    };

    const change = () => {
      remember();
      show();
    };

    const showAll = () => {
      for (const filter of filters) filter.chosen = "";
      change();
      (lists[0] || sortBy).focus();
    };

    /* A heading that is pressed sorts, pressed again turns the order round, and a third time gives back the data's. */
    const press = (column) => {
      if (order.column !== column) order = { column, direction: 1 };
      else order = order.direction > 0 ? { column, direction: -1 } : { column: "", direction: 1 };
      change();
    };

    const headings = [];
    for (const each of tables) {
      for (const cell of each.table.tHead.rows[0].cells) {
        const column = cell.textContent.trim();
        const button = make("button", { type: "button", className: "mp-sort" }, ...cell.childNodes);
        button.addEventListener("click", () => press(column));
        cell.append(button);
        if (each.table.classList.contains("mp-cards")) headings.push(button);
      }
      const again = make("button", { type: "button", className: "mp-clear", textContent: "Show all" });
      again.addEventListener("click", showAll);
      each.empty = make("p", { className: "mp-empty", hidden: true }, "No row matches these filters. ", again);
      (each.table.closest(".mp-scroll") || each.table).after(each.empty);
    }

    /* Cards show no headings: these keep their words for who hears the table, and are not stopped at. */
    const cards = window.matchMedia("(max-width: 44.9375em)");
    const offer = () => headings.forEach((button) => (button.disabled = cards.matches));
    cards.addEventListener("change", offer);
    offer();

    lists.forEach((list, index) =>
      list.addEventListener("change", () => {
        filters[index].chosen = list.value;
        change();
      }),
    );
    sortBy.addEventListener("change", () => {
      const column = columns.find((each) => slug(each) === sortBy.value.replace(/^-/, "")) || "";
      order = { column, direction: sortBy.value.startsWith("-") ? -1 : 1 };
      change();
    });
    clear.addEventListener("click", showAll);
    window.addEventListener("popstate", () => {
      recall();
      show();
    });

    const field = (what, list, className) => {
      list.id = `mp-${name}-${slug(what)}`;
      return make("span", { className }, make("label", { htmlFor: list.id }, what), " ", list);
    };

    const form = make("form", { className: "mp-filters" });
    form.setAttribute("aria-label", `Filter and sort: ${name.replace(/-/g, " ")}`);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.append(
      ...filters.map(({ column }, index) => field(column, lists[index], "mp-field")),
      field("Sort by", sortBy, "mp-field mp-sort-by"),
      count,
      clear,
    );
    if (!filters.length) form.classList.add("mp-sort-only");
    form.hidden = rows.length < FEW && !filters.length;
    const first = tables[0].table;
    const place = document.querySelector(`[data-controls="${name}"]`);
    if (place) place.append(form, printed);
    else (first.closest(".mp-scroll") || first).before(form, printed);

    recall();
    show();
    if (order.column || filters.some(({ chosen }) => chosen)) arrive(form);
  };

  const named = new Map();
  for (const table of document.querySelectorAll("table[data-table]")) {
    const name = table.dataset.table;
    named.set(name, [...(named.get(name) || []), read(table)]);
  }
  const isAskedFor = (name) =>
    [...new URLSearchParams(window.location.search).keys()].some((key) => key.startsWith(`${name}.`));
  for (const [name, tables] of named)
    if (tables.some(({ rows }) => rows.length > 1) || isAskedFor(name)) rule(name, tables);
  document.documentElement.classList.add("mp-tables-ready");
}
