"use strict";
(() => {
  const OPEN_AT_MOST = 200;
  const PAUSE = 120;
  const fold = (text) => text.normalize("NFKC").toLowerCase().replaceAll("ё", "е");
  const blocks = [...document.querySelectorAll("details.block")];
  const field = document.getElementById("find");
  const hits = document.getElementById("hits");
  let entries = null;
  let openBefore = null;
  let waiting = 0;

  const readEntries = () => {
    const words = new Map();
    for (const quote of document.querySelectorAll(".quote[id]")) words.set(quote.id, fold(quote.textContent));
    return blocks.map((block) => ({
      block,
      quotes: [...block.querySelectorAll(".quote")].map((quote) => {
        const id = quote.id || quote.querySelector("a").hash.slice(1);
        return { quote, id, words: words.get(id) || "" };
      }),
    }));
  };

  const filter = () => {
    const wanted = fold(field.value).split(/\s+/).filter(Boolean);
    entries ||= readEntries();
    openBefore ||= new Set(blocks.filter((block) => block.open));
    const found = new Set();
    const shown = [];
    for (const { block, quotes } of entries) {
      let any = false;
      for (const { quote, id, words } of quotes) {
        const match = wanted.every((word) => words.includes(word));
        quote.hidden = !match;
        if (match) {
          any = true;
          found.add(id);
        }
      }
      block.hidden = !any;
      if (any) shown.push(block);
    }
    const narrowed = wanted.length > 0;
    for (const block of blocks) block.open = narrowed && found.size <= OPEN_AT_MOST ? !block.hidden : openBefore.has(block);
    if (!narrowed) openBefore = null;
    const plural = found.size === 1 ? "quote" : "quotes";
    hits.textContent = !narrowed ? "" : found.size ? `${found.size} ${plural} found` : "No quote has these words.";
  };

  const reveal = () => {
    for (const link of document.querySelectorAll("a.here")) link.classList.remove("here");
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.closest("[hidden]")) {
      field.value = "";
      filter();
    }
    const block = target.closest("details");
    if (block && !block.open) {
      block.open = true;
      target.scrollIntoView();
    }
    const cell = document.querySelector(`td > a[href="#${CSS.escape(target.id)}"]`);
    if (cell) cell.classList.add("here");
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    field.value = "";
    filter();
  });
  document.getElementById("finder").hidden = false;
  addEventListener("hashchange", reveal);
  reveal();
})();
