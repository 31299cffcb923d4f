// What makes the pages of discover better where scripts run.  Everything works without it.
"use strict";

/** Suggestions of vocabulary values while typing: the ARIA 1.2 combobox with a listbox. */
function combobox(form) {
  const input = form.querySelector("input[name=q]");
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "listbox";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Values of the vocabulary");
  list.hidden = true;
  form.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
    "aria-haspopup": "listbox",
  }))
    input.setAttribute(name, value);

  let active = -1;
  let found = [];
  let piece = null;
  let timer = 0;
  let running = null;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (index) => {
    active = index;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (index < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  };

  const choose = (index) => {
    const value = found[index];
    const words = `${value.facet}:"${value.label.replaceAll('"', " ")}" `;
    const before = input.value.slice(0, piece.start);
    input.value = before + words + input.value.slice(piece.end).trimStart();
    input.setSelectionRange(before.length + words.length, before.length + words.length);
    input.focus();
    close();
  };

  const show = () => {
    list.replaceChildren(
      ...found.map((value, index) => {
        const option = document.createElement("li");
        option.id = `suggestion-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        for (const [kind, text] of [["facet", value.facet], ["label", value.label], ["count", value.count]]) {
          const part = document.createElement("span");
          part.className = kind;
          part.textContent = text;
          option.append(part, " ");
        }
        option.addEventListener("pointerdown", (event) => event.preventDefault());
        option.addEventListener("click", () => choose(index));
        return option;
      }),
    );
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  };

  // The word at the caret, alone and with up to two words before it; longer pieces are tried first.
  const pieces = () => {
    const end = input.selectionStart;
    const words = [...input.value.slice(0, end).matchAll(/[^\s"(){},;]+/g)].slice(-3);
    if (words.length === 0 || words.at(-1).index + words.at(-1)[0].length < end) return [];
    return words.map((word) => ({ start: word.index, end, text: input.value.slice(word.index, end) }))
      .filter((one) => one.text.length > 1 && !one.text.includes(":") && !one.text.includes('"'));
  };

  const look = async () => {
    running?.abort();
    running = new AbortController();
    const signal = running.signal;
    try {
      for (const one of pieces()) {
        const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(one.text)}&limit=8`, { signal });
        if (!answer.ok) break;
        const values = (await answer.json()).suggestions ?? [];
        if (values.length === 0) continue;
        [found, piece] = [values, one];
        return show();
      }
      close();
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 120);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = list.hidden ? 0 : found.length;
    switch (event.key) {
      case "ArrowDown":
        if (count) mark(active + 1 < count ? active + 1 : 0);
        else look();
        break;
      case "ArrowUp":
        if (!count) return;
        mark(active > 0 ? active - 1 : count - 1);
        break;
      case "Enter":
        if (active < 0) return close();
        choose(active);
        break;
      case "Escape":
        if (!count) return;
        close();
        break;
      default:
        return;
    }
    event.preventDefault();
  });
}

/** Chips by keyboard: Delete and Backspace remove, Escape closes, and the focus stays among the chips. */
function chips(list) {
  const bodies = () => [...list.querySelectorAll("summary, .remove")];
  list.addEventListener("keydown", (event) => {
    const chip = event.target.closest(".chip");
    if (!chip) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      chip.querySelector(".remove").click();
    } else if (event.key === "Escape") {
      const open = chip.querySelector("details[open]");
      if (!open) return;
      open.open = false;
      open.querySelector("summary").focus();
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      const all = bodies();
      const at = all.indexOf(event.target);
      if (at < 0) return;
      all[(at + (event.key === "ArrowRight" ? 1 : all.length - 1)) % all.length].focus();
      event.preventDefault();
    }
  });
  list.addEventListener("click", (event) => {
    if (!event.target.closest("a")) return;
    sessionStorage.setItem("chip", [...list.children].indexOf(event.target.closest(".chip")));
  });
  const last = sessionStorage.getItem("chip");
  sessionStorage.removeItem("chip");
  if (last === null || location.hash !== "#plan") return;
  const chip = list.children[Math.min(Number(last), list.children.length - 1)];
  // After the browser has moved the focus to the fragment.
  addEventListener("load", () => setTimeout(() => chip?.querySelector("summary, .remove")?.focus()));
}

/** A button beside each text that is meant to be copied. */
function copyButton(block) {
  const name = block.querySelector("h3").textContent;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy: ${name}`);
  button.addEventListener("click", async () => {
    let said = "Copied";
    try {
      await navigator.clipboard.writeText(block.querySelector("code").textContent);
    } catch {
      getSelection().selectAllChildren(block.querySelector("code"));
      said = "Selected";
    }
    button.textContent = said;
    announce(`${said}: ${name}`);
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  block.append(button);
}

/** Says something to people who listen. */
function announce(text) {
  const region = document.querySelector("[role=status]");
  if (region) region.textContent = text;
}

const form = document.querySelector("form[data-suggest]");
if (form) combobox(form);
const list = document.querySelector(".chips");
if (list) chips(list);
document.querySelectorAll(".copy").forEach(copyButton);
const totals = document.querySelector(".totals");
if (totals) setTimeout(() => announce(totals.textContent.trim()), 150);
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll(".chip details[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
