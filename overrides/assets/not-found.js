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
      .replace(/\.(html?|xml|json|ics|opml)$/i, "")
      .replace(/^\/+|\/+$/g, "");

  const lastPart = (name) => name.slice(name.lastIndexOf("/") + 1);

  /* How far an entry is from what was asked for; 0 where it has that very name. Addresses are names, too. */
  const farness = (asked, entry) => {
    const last = lastPart(asked);
    const names = [...entry.names, asName(entry.location)].map((name) => name.toLowerCase());
    if (names.includes(asked)) return 0;
    const least = Math.min(...names.map((name) => share(asked, name)));
    return names.some((name) => lastPart(name) === last) ? Math.min(least, 0.1 + least / 10) : least;
  };

  const nearest = (asked, entries) => {
    /* A page at a name of before only leads on to what is suggested by that name anyway. */
    const former = new Set(entries.flatMap(({ names }) => names.slice(1)));
    const measured = entries
      .filter(({ names, location }) => names.length || !former.has(asName(location)))
      .map((entry) => ({ entry, far: farness(asked, entry) }));
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
    if (entry.snapshot) item.append(`, in snapshot ${entry.snapshot}`);
    return item;
  };

  const readOf = async (address) => {
    const answer = await fetch(address);
    return answer.ok ? answer.json() : null;
  };

  /* The pages of a snapshot, called as those of today are, as far as these are there still. */
  const pagesOf = async (snapshot, root, entries) => {
    const read = await readOf(new URL("versions.json", root));
    const found = read && read.versions.find(({ folder }) => folder === `s/${snapshot}/`);
    return ((found && found.pages) || []).map((page) => {
      const known = entries.find(({ location }) => location === page);
      return { names: [], of: [], title: page, ...known, location: page, folder: found.folder, snapshot };
    });
  };

  const placed = ({ folder, location, ...rest }) => ({ ...rest, location: (folder || "") + location });

  /* What comes nearest to an address; below a folder of snapshots, in the snapshot that it names and in the site of
     today, with the list of all; among feeds, the list of these. */
  const meant = async (below, root, entries) => {
    const listed = (route) => entries.filter(({ location }) => location === route);
    const inSnapshot = /^s\/([^/]+)(?:\/(.*))?$/.exec(below);
    if (inSnapshot) {
      const [, snapshot, rest] = inSnapshot;
      const asked = asName(rest || "").toLowerCase();
      const frozen = nearest(asked, await pagesOf(snapshot, root, entries)).map(placed);
      return [...frozen, ...nearest(asked, entries), ...listed("snapshots.html")];
    }
    const isFeed = below.startsWith("feeds/") || /\.(xml|ics|opml)$/i.test(below);
    return [...(isFeed ? listed("feeds.html") : []), ...nearest(asName(below).toLowerCase(), entries)];
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
    const entries = await readOf(new URL(place.dataset.names, window.location.href));
    if (!entries) return;
    const found = [...new Set(await meant(decoded(below), root, entries))];
    if (found.length)
      place.firstElementChild.after(
        element("p", {}, "You may have meant:"),
        element("ul", { className: "mp-suggestions" }, ...found.map(suggestion(root, asked))),
      );
  };

  tell();
}
