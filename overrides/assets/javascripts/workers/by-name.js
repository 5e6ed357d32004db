/* The theme's search worker, whose results are put in order once more: what the query names stands first.

   The theme ranks by how rare a word is, so that T10 would come before T1 for who types T1. Here the results whose
   name or title is the query come first, then those that hold it word for word; else the theme's order stays. A page
   that only repeats what stands elsewhere, whose boost is below 1, climbs by its own title alone. */

"use strict";

{
  const SETUP = 0;
  const QUERY = 2;
  const RESULT = 3;

  const entities = new Map();
  let asked = "";

  const bare = (html) =>
    html.replace(/<[^>]*>/g, " ").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

  /* As people type it: without the marks between words, which some leave out. */
  const words = (text) =>
    text.toLowerCase().replace(/[\s\-/,:;!?=()"“”·–—→]+/g, " ").replace(/\.(?!\d)/g, "").trim();

  const known = (doc) => {
    const title = words(bare(doc.title));
    const names = (doc.names || []).flatMap((name) => [name, name.slice(name.indexOf("/") + 1)]).map(words);
    const called = names.map((name) => (title.startsWith(`${name} `) ? title.slice(name.length + 1) : title));
    const demoted = doc.boost < 1;
    const titles = demoted && doc.location.includes("#") ? [] : [title, ...called];
    return { names, titles, text: words(bare(doc.text)), repeats: demoted };
  };

  const nearness = ({ names, titles, text, repeats }) => {
    if (repeats) return titles.includes(asked) ? 4 : 0;
    if (names.includes(asked)) return 5;
    if (titles.includes(asked)) return 4;
    if (titles.some((title) => title.startsWith(asked))) return 3;
    if (!asked.includes(" ")) return 0;
    if (titles.some((title) => title.includes(asked))) return 2;
    return text.includes(asked) ? 1 : 0;
  };

  /* The theme shows a text whole where the query stands in the title alone. */
  const beginning = (text) => (text.includes("<mark") ? text : text.split("</p>", 2).join("</p>"));

  const inOrder = (groups) => {
    const most = Math.max(0, ...groups.flat().map((item) => item.score));
    const scored = groups.map((group) =>
      group
        .map((item) => {
          const step = item.score > 0 ? nearness(entities.get(item.location)) : 0;
          return { ...item, text: beginning(item.text), score: item.score + step * (most + 1) };
        })
        .sort((one, other) => other.score - one.score),
    );
    return scored.sort(([one], [other]) => other.score - one.score);
  };

  self.addEventListener("message", ({ data: message }) => {
    if (message.type === SETUP) {
      for (const doc of message.data.docs) entities.set(doc.location, known(doc));
    } else if (message.type === QUERY) asked = words(message.data);
  });

  const post = self.postMessage.bind(self);
  self.postMessage = (message) => {
    const found = message.type === RESULT && asked ? { ...message.data, items: inOrder(message.data.items) } : null;
    post(found ? { ...message, data: found } : message);
  };

  const theme = self.location.search.slice(1);
  if (!/^search\.[0-9a-f]+\.min\.js$/.test(theme)) throw new Error("the theme's search worker is not named");
  self.importScripts(theme);
}
