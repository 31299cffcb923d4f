// <discover-search endpoint="https://discover.example.org"> : a search box with results for any page.
//
// One file, no dependencies, a shadow root of its own.  Attributes:
//   endpoint     where `discover serve` runs; its interface is asked by CORS, without cookies
//   query        a question to begin with
//   filter       filters that always hold, separated by semicolons: "source=dandi; species=mouse"
//   limit        hits on a page, 10 when absent
//   placeholder  text of the empty box
// Events: `discover-results` with the answer as detail, `discover-error` with the problem.
// Parts to style from outside: form, input, button, status, list, hit, title, why.
"use strict";

(() => {
  const sheet = `
    :host { display: block; font: inherit; color: inherit; --discover-accent: #0b5c6b; --discover-line: #8884; }
    @media (prefers-color-scheme: dark) { :host { --discover-accent: #82d2dd; } }
    * { box-sizing: border-box; }
    form { display: flex; gap: 0.5rem; }
    input { flex: 1; min-width: 0; font: inherit; color: inherit; background: Field; color: FieldText;
      border: 1px solid #767676; border-radius: 0.5rem; padding: 0.5rem 0.75rem; }
    button { font: inherit; font-weight: 600; border: 1px solid currentColor; border-radius: 0.5rem; cursor: pointer;
      padding: 0.5rem 1rem; background: none; color: var(--discover-accent); }
    :focus-visible { outline: 3px solid var(--discover-accent); outline-offset: 2px; }
    .status { margin: 0.75rem 0; min-height: 1.5em; }
    ol { list-style: none; margin: 0; padding: 0; }
    li.hit { padding: 0.75rem 0; border-top: 1px solid var(--discover-line); overflow-wrap: anywhere; }
    a { color: var(--discover-accent); font-weight: 600; }
    .facts, .why { margin: 0.25rem 0 0; font-size: 0.875em; opacity: 0.85; }
    ul.why { padding-left: 1.2em; }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }`;

  /** An element with text.  Text from records goes through textContent only. */
  const make = (name, attributes = {}, text = "") => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text) element.textContent = text;
    return element;
  };

  class DiscoverSearch extends HTMLElement {
    static observedAttributes = ["endpoint", "query", "filter", "limit"];
    #root = this.attachShadow({ mode: "open" });
    #running = null;
    #next = null;

    connectedCallback() {
      if (this.#root.childElementCount) return;
      const style = new CSSStyleSheet();
      style.replaceSync(sheet);
      this.#root.adoptedStyleSheets = [style];
      this.form = make("form", { role: "search", part: "form" });
      const label = make("label", { for: "q", class: "unseen" }, "Search neuroscience data");
      this.input = make("input", { id: "q", type: "search", part: "input", autocomplete: "off", maxlength: "1024" });
      this.input.placeholder = this.getAttribute("placeholder") ?? "";
      this.input.value = this.getAttribute("query") ?? "";
      this.form.append(label, this.input, make("button", { type: "submit", part: "button" }, "Search"));
      this.status = make("p", { class: "status", role: "status", part: "status" });
      this.list = make("ol", { part: "list", "aria-label": "Results" });
      this.more = make("button", { type: "button", part: "button" }, "More results");
      this.more.hidden = true;
      this.#root.append(this.form, this.status, this.list, this.more);
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.search();
      });
      this.more.addEventListener("click", () => this.search(this.#next));
      if (this.input.value) this.search();
    }

    attributeChangedCallback(name, before, after) {
      if (!this.input || before === after) return;
      if (name === "query") this.input.value = after ?? "";
      if (this.input.value) this.search();
    }

    disconnectedCallback() {
      this.#running?.abort();
    }

    /** The page of `discover` at a path; null when the endpoint is no web address. */
    #address(path) {
      try {
        const address = new URL(path, this.getAttribute("endpoint") ?? location.href);
        return ["http:", "https:"].includes(address.protocol) ? address : null;
      } catch {
        return null;
      }
    }

    /** Asks; with a cursor, for the page after it. */
    async search(cursor = null) {
      const address = this.#address("/v1/search");
      if (!address) return this.#fail({ title: "The endpoint is no web address." });
      address.searchParams.set("q", this.input.value);
      address.searchParams.set("limit", this.getAttribute("limit") ?? "10");
      for (const filter of (this.getAttribute("filter") ?? "").split(";"))
        if (filter.trim()) address.searchParams.append("filter", filter.trim());
      if (cursor) address.searchParams.set("cursor", cursor);
      this.#running?.abort();
      const running = (this.#running = new AbortController());
      this.status.textContent = "Searching …";
      try {
        const answer = await fetch(address, { signal: running.signal, credentials: "omit" });
        const body = await answer.json();
        if (!answer.ok) return this.#fail(body);
        this.#show(body, cursor !== null);
      } catch (error) {
        if (error.name !== "AbortError") this.#fail({ title: "The search cannot be reached." });
      }
    }

    #fail(problem) {
      this.list.replaceChildren();
      this.more.hidden = true;
      this.status.textContent = [problem.title, problem.detail].filter(Boolean).join(" ");
      this.dispatchEvent(new CustomEvent("discover-error", { detail: problem, bubbles: true, composed: true }));
    }

    #show(answer, isMore) {
      const hits = answer.hits.map((hit) => this.#hit(hit));
      const first = hits[0]?.querySelector("a");
      if (isMore) this.list.append(...hits);
      else this.list.replaceChildren(...hits);
      this.#next = answer.next;
      this.more.hidden = !answer.next;
      this.status.textContent = `${answer.total} ${answer.total === 1 ? "match" : "matches"}`
        + (answer.possible ? `, ${answer.possible} possible` : "");
      if (isMore) first?.focus();
      this.dispatchEvent(new CustomEvent("discover-results", { detail: answer, bubbles: true, composed: true }));
    }

    #hit(hit) {
      const item = make("li", { class: "hit", part: "hit" });
      const link = make("a", { part: "title", dir: "auto" }, hit.title || hit.id);
      const page = this.#address(`/records/${encodeURIComponent(hit.id)}`);
      if (page) link.href = page.href;
      const facts = [hit.tier === "possible" ? "possible" : "", hit.type, hit.source, hit.access];
      item.append(link, make("p", { class: "facts" }, facts.filter(Boolean).join(" · ")));
      const reasons = [
        ...hit.matched.map((one) => `${one.facet}: ${one.term.label}${one.broader ? " (broader)" : ""}`),
        ...(hit.unknown ?? []).map((one) => `${one.field}: ${one.reason}`),
      ];
      if (reasons.length) {
        const why = make("ul", { class: "why", part: "why", "aria-label": "Why it is here" });
        why.append(...reasons.map((reason) => make("li", {}, reason)));
        item.append(why);
      }
      return item;
    }
  }

  if (!customElements.get("discover-search")) customElements.define("discover-search", DiscoverSearch);
})();
