/* Ctrl+K, or ⌘K, opens the search, and its field says so where there is a keyboard. */

"use strict";

{
  const field = document.querySelector(".md-search__input");

  if (field) {
    const onApple = /Mac|iPhone|iPad/.test(navigator.platform);
    field.setAttribute("aria-keyshortcuts", "Control+K Meta+K");
    if (window.matchMedia("(hover: hover)").matches)
      field.placeholder = `${field.placeholder} (${onApple ? "⌘K" : "Ctrl+K"})`;

    window.addEventListener("keydown", (event) => {
      const wanted = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      if (!wanted || event.altKey || event.shiftKey) return;
      event.preventDefault();
      field.focus();
      field.select();
    });
  }
}
