/* What the theme gives to the pointer alone, given to the keyboard: the navigation's drawer, the search, wide tables. */

"use strict";

{
  /* Ticked boxes open the parts of the navigation. The theme ticks them by labels, which no keyboard reaches. */
  const labels = [
    ...document.querySelectorAll(".md-header__button[for=__drawer], .md-header__button[for=__search]"),
    ...document.querySelectorAll(".md-nav--primary .md-nav__link[for], .md-nav--primary .md-nav .md-nav__title[for]"),
  ];
  const names = { __drawer: "Navigation", __search: "Search" };
  const drawer = document.getElementById("__drawer");
  const navigation = document.querySelector(".md-sidebar--primary");

  const firstShown = (place) =>
    [...place.querySelectorAll("a[href], button")].find((element) =>
      element.checkVisibility({ visibilityProperty: true }),
    );

  const buttonIn = (label, box) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "mp-fold";
    /* An arrow says nothing: it stands beside the name of what it opens. */
    const said = label.textContent.trim();
    if (!said) button.setAttribute("aria-label", names[box.id] || label.parentElement.textContent.trim());
    button.append(...label.childNodes);
    label.append(button);
    label.removeAttribute("tabindex");
    const tell = () => button.setAttribute("aria-expanded", String(box.checked));
    box.addEventListener("change", tell);
    tell();
    button.addEventListener("click", (event) => {
      box.click();
      /* A press of a key is a click of no count: focus follows into what it has opened. */
      if (box === drawer && box.checked && event.detail === 0) firstShown(navigation)?.focus();
    });
    return button;
  };

  const buttons = new Map();
  for (const label of labels) {
    const box = document.getElementById(label.htmlFor);
    if (box) buttons.set(label.htmlFor, buttonIn(label, box));
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.checked) return;
    drawer.click();
    buttons.get("__drawer").focus();
  });

  /* A table that is wider than its place can be reached, and then scrolled with the arrow keys. */
  const headingOf = (place) =>
    [...document.querySelectorAll("main :is(h1, h2, h3)")]
      .filter((heading) => heading.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING)
      .at(-1);

  /* The title of its chart, else the heading above it, says which table it is; a number does where several share one. */
  const titleOf = (place) => {
    const title = place.closest("figure")?.querySelector("figcaption") || headingOf(place)?.firstChild;
    return title?.textContent.trim() || document.title;
  };

  const places = [...document.querySelectorAll(".mp-scroll, .md-typeset__scrollwrap")];
  const titles = places.map(titleOf);
  const nameOf = (place) => {
    const title = titles[places.indexOf(place)];
    const alike = places.filter((_, index) => titles[index] === title);
    return alike.length > 1 ? `Table ${alike.indexOf(place) + 1}: ${title}` : `Table: ${title}`;
  };

  const fit = (place) => {
    if (place.scrollWidth > place.clientWidth) {
      place.tabIndex = 0;
      place.setAttribute("role", "region");
      place.setAttribute("aria-label", nameOf(place));
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) place.removeAttribute(name);
    }
  };

  const resized = new ResizeObserver((entries) => entries.forEach((entry) => fit(entry.target)));
  for (const place of places) resized.observe(place);
}
