"use strict";
(() => {
  const find = (what, under = document) => [...under.querySelectorAll(what)];
  const box = document.getElementById("q");
  const buttons = find("[data-filter]");
  const items = find("#findings [data-v]");
  const sections = find("#findings > section");
  const folds = find("details.fine");
  const heads = new Map(sections.map((section) => [section, find("h2, .source", section).map((part) => part.textContent).join(" ")]));
  const texts = new Map();

  // Built at the first search: with thousands of findings it takes a moment that an opening page should not take.
  const textOf = (item) => {
    let text = texts.get(item);
    if (text === undefined) {
      text = `${heads.get(item.closest("section"))} ${item.textContent}`.toLowerCase().replace(/\s+/g, " ");
      texts.set(item, text);
    }
    return text;
  };

  const pressed = () => buttons.filter((button) => button.getAttribute("aria-pressed") === "true").map((button) => button.dataset.filter);

  const apply = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = new Set(pressed());
    const all = !words.length && !wanted.size;
    const seen = new Set();
    let number = 0;
    for (const item of items) {
      const shown = all || ((!wanted.size || wanted.has(item.dataset.v)) && (!words.length || words.every((word) => textOf(item).includes(word))));
      item.hidden = !shown;
      if (shown) {
        number += 1;
        seen.add(item.closest("section"));
        if (!all) seen.add(item.closest("details"));
      }
    }
    for (const section of sections) section.hidden = !all && !seen.has(section);
    for (const fold of folds) {
      fold.hidden = !all && !seen.has(fold);
      fold.open = !all && seen.has(fold);
    }
    document.querySelector("#findings > nav")?.toggleAttribute("hidden", !all);
    document.getElementById("none").hidden = all || number > 0;
    document.getElementById("all").hidden = all;
    document.getElementById("shown").textContent = all ? "" : `${number} of ${items.length} shown`;
    document.body.dataset.shown = number;
  };

  const remember = () => {
    const state = new URLSearchParams();
    if (box.value) state.set("q", box.value);
    if (pressed().length) state.set("v", pressed().join(","));
    history.replaceState(null, "", `#${state}`);
  };

  const recall = () => {
    const hash = location.hash.slice(1);
    if (hash && !/^[qv]=/.test(hash)) return;
    const state = new URLSearchParams(hash);
    const wanted = new Set((state.get("v") ?? "").split(","));
    box.value = state.get("q") ?? "";
    for (const button of buttons) button.setAttribute("aria-pressed", String(wanted.has(button.dataset.filter)));
    apply();
  };

  let timer;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { apply(); remember(); }, items.length > 500 ? 150 : 30);
  });
  for (const button of buttons) {
    button.disabled = button.querySelector("b").textContent === "0";
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      apply();
      remember();
    });
  }
  document.getElementById("all").addEventListener("click", () => {
    box.value = "";
    for (const button of buttons) button.setAttribute("aria-pressed", "false");
    apply();
    remember();
  });
  addEventListener("hashchange", recall);
  addEventListener("beforeprint", () => { for (const fold of folds) fold.open = true; });
  addEventListener("afterprint", apply);
  document.querySelector(".search").hidden = false;
  recall();
  if (!document.body.dataset.shown) apply();
})();
