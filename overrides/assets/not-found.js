/* The page for what is not found: says which address that is, and suggests those that come nearest to it. */

"use strict";

{
  const place = document.getElementById("mp-not-found");
  const MOST = 5;
  const FARTHEST = 0.34; // The share of its letters in which a name may differ from what was asked for.
  const ABOUT_AS_FAR = 0.05;

  const element = (tag, attributes, ...children) => {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  };

  const decoded = (path) => {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  };

  /* How many letters must be put in, taken out or changed to make one word of another (Levenshtein). */
  const distance = (one, other) => {
    let row = Array.from({ length: other.length + 1 }, (_, index) => index);
    for (let i = 1; i <= one.length; i += 1) {
      const above = row;
      row = [i];
      for (let j = 1; j <= other.length; j += 1)
        row.push(Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)));
    }
    return row[other.length];
  };

  const share = (one, other) => distance(one, other) / Math.max(one.length, other.length, 1);

  /* An address as a name: `/fixnado/T4a.html` asks for fixnado/t4a. */
  const asName = (path) =>
    path
      .replace(/(^|\/)index(\.html?)?$/i, "")
      .replace(/\.html?$/i, "")
      .replace(/^\/+|\/+$/g, "");

  const lastPart = (name) => name.slice(name.lastIndexOf("/") + 1);

  /* How far an entry is from what was asked for; 0 where it has that very name. Addresses are names, too. */
  const farness = (asked, entry) => {
    const last = lastPart(asked);
    const names = entry.names.map((name) => name.toLowerCase());
    if (names.includes(asked)) return 0;
    if (names.some((name) => name.includes("/") && lastPart(name) === last))
      return 0.1 + Math.min(...names.map((name) => share(asked, name))) / 10;
    return Math.min(...[...names, asName(entry.location).toLowerCase()].map((name) => share(asked, name)));
  };

  const nearest = (asked, entries) => {
    const measured = entries.map((entry) => ({ entry, far: farness(asked, entry) }));
    const least = Math.min(...measured.map(({ far }) => far));
    const near = ({ far }) => far <= FARTHEST && (least === 0 ? far === 0 : far <= least + ABOUT_AS_FAR);
    return measured
      .filter(near)
      .sort((one, other) => one.far - other.far)
      .slice(0, MOST)
      .map(({ entry }) => entry);
  };

  const suggestion = (root, asked) => (entry) => {
    const item = element("li", {}, element("a", { href: new URL(entry.location, root).href }, entry.title));
    const [kind, programme] = entry.of;
    if (kind) item.append(`, ${kind.toLowerCase()}${programme ? ` of ${programme}` : ""}`);
    const former = entry.names.slice(1).map(lastPart).find((name) => name.toLowerCase() === lastPart(asked));
    if (former) item.append(`, which was called ${former} before`);
    return item;
  };

  const search = (words) => {
    const button = element("button", { type: "button", className: "mp-clear" }, `Search for “${words}”`);
    button.addEventListener("click", () => {
      const field = document.querySelector(".md-search__input");
      field.value = words;
      field.focus();
      field.dispatchEvent(new KeyboardEvent("keyup"));
    });
    return element("li", {}, button);
  };

  const tell = async () => {
    const root = new URL(".", new URL(place.dataset.site, window.location.href));
    const { pathname } = window.location;
    const below = pathname.startsWith(root.pathname) ? pathname.slice(root.pathname.length) : pathname;
    const name = asName(decoded(below));
    const asked = name.toLowerCase();
    place.prepend(element("p", {}, "Nothing is at ", element("code", {}, decoded(pathname)), "."));
    if (!asked || asked === "404") return;
    document.getElementById("mp-lead-on").append(search(lastPart(name)));
    const answer = await fetch(new URL(place.dataset.names, window.location.href));
    if (!answer.ok) return;
    const found = nearest(asked, await answer.json());
    if (found.length)
      place.firstElementChild.after(
        element("p", {}, "You may have meant:"),
        element("ul", { className: "mp-suggestions" }, ...found.map(suggestion(root, asked))),
      );
  };

  tell();
}
