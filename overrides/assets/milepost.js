/* What pages do in the browser beyond tables and search, which have files of their own. All of it reads without script. */

/* An address of before leads on to where its thing stands now, with the place that was asked for. */

"use strict";

/* The versions that a frozen page cannot know of; without script it leads to the site of today alone. */
{
  const selector = document.querySelector(".mp-versions[data-site]");

  /* Where a snapshot is published, the site of today stands two folders above, and lists the versions. */
  const fill = ({ versions }, above) => {
    const { route, version: own } = selector.dataset;
    if (!versions.some(({ name }) => name === own)) return;
    const items = versions.map(({ name, folder, pages }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      item.className = "md-version__item";
      link.className = "md-version__link";
      link.href = new URL(`./${folder}${pages && pages.includes(decodeURI(route)) ? route : "index.html"}`, above);
      link.textContent = name;
      if (name === own) link.setAttribute("aria-current", "true");
      item.append(link);
      return item;
    });
    /* The list is replaced while it is open: whoever has come to an entry by keyboard stays on the same one. */
    const focused = document.activeElement.closest(".mp-versions a");
    selector.querySelector("ul").replaceChildren(...items);
    if (focused) items.find((item) => item.textContent === focused.textContent)?.firstChild.focus();
  };

  const complete = async () => {
    try {
      const above = new URL("../../", new URL(selector.dataset.site, window.location.href));
      const answer = await fetch(new URL("versions.json", above));
      if (answer.ok) fill(await answer.json(), above);
    } catch {
      /* The snapshot stands alone: what the page lists by itself is all there is. */
    }
  };

  if (selector && window.location.protocol !== "file:") {
    let asked = false;
    for (const event of ["focusin", "pointerenter"]) {
      selector.addEventListener(event, () => {
        if (!asked) complete();
        asked = true;
      });
    }
  }
}

/* A button beside each form of a citation. Without script, or where a page may not write to the clipboard, it is
   selected by hand. */
{
  const addCopying = (form) => {
    const title = form.querySelector("figcaption");
    const citation = form.querySelector("code");
    const status = document.createElement("span");
    const button = document.createElement("button");
    status.className = "mp-copied";
    status.setAttribute("role", "status");
    button.type = "button";
    button.className = "mp-copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy as ${title.textContent}`);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(citation.textContent);
        status.textContent = "Copied";
      } catch {
        window.getSelection().selectAllChildren(citation);
        status.textContent = "Selected: copy it by hand";
      }
    });
    title.append(status, button);
  };

  if (navigator.clipboard) {
    for (const form of document.querySelectorAll(".mp-cite figure")) addCopying(form);
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
