// swift-format-ignore-file
// Written by scripts/embed-assets (`make assets`) from Sources/Pages/Assets.  Do not edit.

/// The assets of the pages, as text.
enum EmbeddedAssets {
    /// `Assets/page.css`
    static let pageStyle = ###"""
/* The pages of discover.  Colours and distances are named once, here; dark and light differ in nothing else. */

:root {
  color-scheme: light dark;
  --paper: #fbfaf7;
  --surface: #ffffff;
  --ink: #1c2128;
  --quiet: #59616d;
  --line: #e0ddd5;
  --strong-line: #8b8f96;
  --accent: #0b5c6b;
  --accent-soft: #e2f0f1;
  --on-accent: #ffffff;
  --good: #1b6a3c;
  --unsure: #855000;
  --unsure-soft: #fbf1dd;
  --bad: #9a2a2a;
  --bad-soft: #f9e8e6;
  --mark: #ffeeb0;
  --shadow: 0 0.5rem 1.75rem rgb(28 33 40 / 14%);
  --gap: #c3bfb5;
  --heat-1: #dcefef;
  --heat-2: #a9d6d8;
  --heat-3: #6cb4bb;
  --heat-4: #24737f;
  --heat-5: #0a4652;
  --on-low: #10292e;
  --on-high: #ffffff;
  --step-1: 0.25rem;
  --step-2: 0.5rem;
  --step-3: 0.75rem;
  --step-4: 1rem;
  --step-5: 1.5rem;
  --step-6: 2.5rem;
  --step-7: 4rem;
  --round: 0.5rem;
  --text: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --code: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
}

@media (prefers-color-scheme: dark) {
  :root {
    --paper: #13161a;
    --surface: #1b1f25;
    --ink: #e7e9ec;
    --quiet: #a3abb6;
    --line: #2e343c;
    --strong-line: #757d88;
    --accent: #82d2dd;
    --accent-soft: #16333a;
    --on-accent: #06272d;
    --good: #86d3a2;
    --unsure: #e9bd70;
    --unsure-soft: #33291a;
    --bad: #f0a09a;
    --bad-soft: #3a2220;
    --mark: #5d4b0c;
    --shadow: 0 0.5rem 2rem rgb(0 0 0 / 55%);
    --gap: #464d57;
  --heat-1: #16363c;
    --heat-2: #1d5059;
    --heat-3: #286f7a;
    --heat-4: #5bb0bc;
    --heat-5: #aae2e9;
    --on-low: #eef6f7;
    --on-high: #06272d;
  }
}

/* Ground */

*, *::before, *::after { box-sizing: border-box; }

html {
  font: clamp(1rem, 0.875rem + 0.2vw, 1.5rem) / 1.55 var(--text);
  background: var(--paper);
  color: var(--ink);
  scroll-padding-top: var(--step-4);
}

body { margin: 0; display: flex; flex-direction: column; min-height: 100vh; overflow-wrap: anywhere; }
main { flex: 1; width: 100%; max-width: 92rem; margin: 0 auto; padding: var(--step-4) var(--step-5) var(--step-7); }
main:focus, section:focus { outline: none; }
h1, h2, h3 { line-height: 1.25; margin: 0 0 var(--step-2); font-weight: 640; }
h1 { text-wrap: balance; font-size: 1.75rem; letter-spacing: -0.012em; }
h2 { font-size: 1.0625rem; }
h3 { font-size: 1rem; }
p { margin: 0 0 var(--step-3); }
a { color: var(--accent); text-underline-offset: 0.16em; text-decoration-thickness: 0.06em; }
a:hover { text-decoration-thickness: 0.13em; }
ul, ol { margin: 0; padding: 0; list-style: none; }
code, pre { font-family: var(--code); font-size: 0.875em; }
q { quotes: "“" "”"; }
mark { background: var(--mark); color: inherit; border-radius: 0.15em; padding: 0 0.1em; }
button, input, select { font: inherit; color: inherit; }
:focus-visible { outline: 0.1875rem solid var(--accent); outline-offset: 0.125rem; border-radius: 0.25rem; }
summary { cursor: pointer; }
summary h3 { display: inline; }

.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: var(--step-4); top: -6rem; background: var(--accent); color: var(--on-accent); }
.skip { padding: var(--step-2) var(--step-4); border-radius: 0 0 var(--round) var(--round); z-index: 10; }
.skip:focus { top: 0; }
.hint, .evidence { color: var(--quiet); font-size: 0.875rem; }
.count { color: var(--quiet); font-variant-numeric: tabular-nums; }
.number { font-variant-numeric: tabular-nums; }

/* Banner and search box */

.banner { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: var(--step-2) var(--step-5); align-items: center; }
.banner { width: 100%; max-width: 92rem; margin: 0 auto; padding: var(--step-4) var(--step-5); }
.banner nav a, .brand a { display: inline-block; padding: var(--step-1) 0; }
.brand { margin: 0; font-size: 1.25rem; font-weight: 700; letter-spacing: -0.02em; }
.brand a { color: var(--ink); text-decoration: none; }
.search { position: relative; max-width: 54rem; }
.box { display: flex; background: var(--surface); border: 1px solid var(--strong-line); border-radius: 0.75rem; }
.box:focus-within { border-color: var(--accent); box-shadow: 0 0 0 0.125rem var(--accent); }
.box input { flex: 1; min-width: 0; border: 0; background: none; padding: 0.6rem var(--step-4); border-radius: 0.75rem; }
.box input:focus-visible { outline: none; }
.box input::placeholder { color: var(--quiet); opacity: 1; }
button { border: 1px solid var(--strong-line); background: var(--surface); border-radius: var(--round); cursor: pointer; }
button { padding: 0.35rem var(--step-3); min-height: 2rem; }
button:hover { border-color: var(--accent); }
.box button { border: 0; background: var(--accent); color: var(--on-accent); font-weight: 600; margin: 0.25rem; padding: 0 var(--step-4); }
.listbox { position: absolute; z-index: 5; left: 0; right: 0; top: calc(100% + 0.375rem); background: var(--surface); }
.listbox { border: 1px solid var(--line); border-radius: 0.75rem; box-shadow: var(--shadow); padding: var(--step-1); }
.listbox li { display: flex; gap: var(--step-3); align-items: baseline; padding: 0.4rem var(--step-3); border-radius: var(--round); cursor: pointer; }
.listbox li[aria-selected="true"] { background: var(--accent-soft); }
.listbox .facet { color: var(--quiet); font-size: 0.8125rem; min-width: 6rem; }
.listbox .count { margin-left: auto; }

/* The first page */

.landing .banner { padding-top: clamp(2rem, 9vh, 6rem); grid-template-columns: minmax(0, 1fr) auto; max-width: 60rem; }
.landing .search { grid-column: 1 / -1; grid-row: 2; max-width: none; }
.landing .brand { font-size: 1.5rem; }
.landing .box input { padding: 0.85rem var(--step-5); font-size: 1.0625rem; }
.landing main { max-width: 60rem; }
.welcome { margin: var(--step-5) 0 var(--step-6); }
.lead { font-size: 1.125rem; color: var(--quiet); max-width: 42rem; }
.welcome h2 { margin-top: var(--step-5); }
.examples { display: grid; gap: var(--step-2); margin-bottom: var(--step-5); }
.examples a { display: block; padding: 0.65rem var(--step-4); background: var(--surface); border: 1px solid var(--line); border-radius: 0.75rem; text-decoration: none; }
.examples a:hover { border-color: var(--accent); }

/* The plan */

.plan { margin-bottom: var(--step-5); }
.plan h2 { font-size: 0.875rem; font-weight: 500; color: var(--quiet); }
.chips { display: flex; flex-wrap: wrap; gap: var(--step-2); margin-bottom: var(--step-3); }
.chip { position: relative; display: inline-flex; align-items: stretch; max-width: 100%; background: var(--accent-soft); border-radius: 1.25rem; }
.chip.negated { background: var(--bad-soft); }
.chip.text { background: none; box-shadow: inset 0 0 0 1px var(--line); }
.chip.kind, .chip.range { background: var(--surface); box-shadow: inset 0 0 0 1px var(--strong-line); }
.chip .body { display: inline-block; padding: 0.35rem var(--step-1) 0.35rem var(--step-4); border-radius: 1.25rem 0 0 1.25rem; list-style: none; }
.chip summary::-webkit-details-marker { display: none; }
.chip summary::after { content: ""; display: inline-block; width: 0.4em; height: 0.4em; margin: 0 0.3em 0.2em 0.5em; border: solid var(--quiet); border-width: 0 0.12em 0.12em 0; transform: rotate(45deg); }
.chip .name { color: var(--quiet); font-size: 0.875rem; margin-right: 0.25em; }
.chip bdi { font-weight: 600; }
.chip.text bdi { font-weight: 400; font-style: italic; }
.chip .below { color: var(--quiet); font-size: 0.8125rem; }
.chip .sign { color: var(--bad); }
.chip .remove { display: grid; place-items: center; min-width: 2.1rem; color: var(--quiet); text-decoration: none; font-size: 1.25rem; border-radius: 0 1.25rem 1.25rem 0; }
.chip .remove:hover { color: var(--bad); }
.menu { position: absolute; z-index: 4; left: 0; top: calc(100% + 0.375rem); width: max-content; min-width: 17rem; max-width: min(26rem, 88vw); }
.menu { background: var(--surface); border: 1px solid var(--line); border-radius: 0.75rem; box-shadow: var(--shadow); padding: var(--step-4); font-size: 0.9375rem; }
.menu p { margin: var(--step-2) 0 var(--step-1); }
.menu .group { font-weight: 600; margin-top: var(--step-3); }
.menu ul a, .menu .act { display: flex; justify-content: space-between; gap: var(--step-4); padding: 0.2rem 0; min-height: 1.75rem; align-items: center; }
.menu bdi { font-weight: 400; }
.origin { color: var(--quiet); font-size: 0.875rem; }
.reading { font-size: 0.9375rem; margin: 0 0 var(--step-2); }
.warning { border-left: 0.25rem solid var(--unsure); background: var(--unsure-soft); padding: var(--step-2) var(--step-3); border-radius: 0 var(--round) var(--round) 0; max-width: 60rem; }

/* Results and facets */

.columns { display: grid; gap: var(--step-6); }
.totals { font-size: 1.25rem; margin-bottom: 0; }
.hits { border-top: 1px solid var(--line); }
.totals .possible, .totals a { color: var(--unsure); font-weight: 500; }
.options { display: flex; flex-wrap: wrap; gap: 0 var(--step-4); font-size: 0.875rem; color: var(--quiet); padding: var(--step-2) 0; }
.options a { display: inline-block; min-height: 1.5rem; }
.options strong { color: var(--ink); font-weight: 600; }
.options li:last-child { margin-left: auto; }
.hit { padding: var(--step-4) 0 var(--step-4) var(--step-4); border-bottom: 1px solid var(--line); position: relative; }
.hit::before { content: ""; position: absolute; left: 0; top: 1.2rem; bottom: 1.1rem; width: 0.1875rem; border-radius: 0.2rem; background: var(--accent); }
.hit.possible::before { background: repeating-linear-gradient(var(--unsure) 0 0.3rem, transparent 0.3rem 0.55rem); }
.hit h3 { font-size: 1.125rem; margin-bottom: var(--step-1); }
.hit h3 a { text-decoration: none; }
.hit h3 a:hover { text-decoration: underline; }
.hit p { margin-bottom: var(--step-2); }
.facts { display: flex; flex-wrap: wrap; gap: 0 var(--step-2); color: var(--quiet); font-size: 0.875rem; margin-bottom: var(--step-2); }
.facts li + li::before { content: "·"; margin-right: var(--step-2); }
.access.open { color: var(--good); }
.access.embargoed, .access.restricted { color: var(--unsure); }
.facts a { display: inline-block; min-height: 1.5rem; }
.why { font-size: 0.9375rem; margin-bottom: var(--step-2); }
.why li { padding-left: 1.4rem; position: relative; color: var(--quiet); }
.why b, .why .gap span { color: var(--ink); }
.why li::before { content: "✓" / ""; position: absolute; left: 0; color: var(--good); font-weight: 700; }
.why .broader::before { content: "≈" / ""; color: var(--unsure); }
.why .gap::before { content: "?" / ""; color: var(--unsure); }
.facet { color: var(--quiet); }
.evidence { margin-left: 0.35em; }
.stated, .mapped, .inferred { font-size: 0.75rem; padding: 0.05em 0.45em; border-radius: 1em; box-shadow: inset 0 0 0 1px var(--line); }
.inferred { color: var(--unsure); box-shadow: inset 0 0 0 1px var(--unsure); }
.snippet { color: var(--quiet); max-width: 60rem; }
.snippet mark { color: var(--ink); }
.also { font-size: 0.875rem; display: flex; gap: var(--step-2); }
.stale, #possible { color: var(--unsure); }
#possible { margin-top: var(--step-5); }
.paging { display: flex; justify-content: space-between; margin-top: var(--step-4); }
.paging a, .more, .act { font-weight: 600; }
.paging a { padding: var(--step-2) 0; }
.paging .next { margin-left: auto; }
.paging .next::after, .more::after { content: " →"; }

.facets details { border-bottom: 1px solid var(--line); }
.facets h2 { font-size: 0.875rem; font-weight: 500; color: var(--quiet); padding-bottom: var(--step-2); }
.facets summary { padding: 0.45rem 0; min-height: 2rem; }
.facets summary h3 { font-size: 0.9375rem; }
.facets ul { padding-bottom: var(--step-3); font-size: 0.9375rem; }
.facets li > a, .facets li > span:only-child, .facets .missing { display: flex; justify-content: space-between; gap: var(--step-3); min-height: 1.75rem; align-items: center; }
.facets li > a { text-decoration: none; }
.facets li > a:hover bdi { text-decoration: underline; }
.facets .every, .facets .missing { color: var(--quiet); }
.facets .missing { font-style: italic; }
.facets .all a { color: var(--quiet); text-decoration: underline; justify-content: flex-start; }

.help { border: 1px solid var(--line); background: var(--surface); border-radius: 0.75rem; padding: var(--step-4) var(--step-5); margin: var(--step-4) 0; }
.help li { padding: 0.3rem 0; }

/* The same search elsewhere, sources */

.reuse, .sources { border-top: 1px solid var(--line); padding-top: var(--step-4); }
.elsewhere { display: grid; gap: var(--step-6); align-content: start; grid-column: 1 / -1; min-width: 0; }
.welcome + .sources { margin-top: var(--step-6); }
.copy { position: relative; margin-bottom: var(--step-4); max-width: 70rem; }
.copy h3 { font-size: 0.875rem; font-weight: 500; color: var(--quiet); }
.copy pre { margin: 0; background: var(--surface); border: 1px solid var(--line); border-radius: var(--round); padding: var(--step-3); overflow: auto; max-height: 14rem; white-space: pre-wrap; }
.copy button { position: absolute; right: 0; top: -0.6rem; font-size: 0.8125rem; background: var(--paper); }
.reuse details > summary { padding: var(--step-2) 0; margin-bottom: var(--step-3); }
.account { font-size: 0.875rem; margin: var(--step-2) 0 0; }
.account dt { color: var(--quiet); }
.account dd { margin: 0 0 var(--step-2); }
.account li { padding-left: 1em; text-indent: -0.7em; }
.account li::before { content: "– "; }
table { border-collapse: collapse; font-size: 0.9375rem; }
caption { text-align: left; color: var(--quiet); padding-bottom: var(--step-2); }
th, td { text-align: left; padding: 0.35rem var(--step-4) 0.35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th.number, td.number { text-align: right; }
thead th { font-weight: 500; color: var(--quiet); }
tbody th { font-weight: 500; }

/* One record */

.record { max-width: 62rem; }
.record section { margin-top: var(--step-5); }
.kicker { color: var(--quiet); margin-bottom: var(--step-1); }
.fields { margin: var(--step-4) 0; display: grid; gap: var(--step-1) 0; }
.fields > div { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: 0 var(--step-4); padding: 0.3rem 0; border-bottom: 1px solid var(--line); }
.fields dt { color: var(--quiet); }
.fields dd { margin: 0; grid-column: 2; }
.tags li { padding: 0.2rem 0; display: grid; grid-template-columns: 8rem minmax(0, 19rem) minmax(0, 1fr); gap: 0 var(--step-3); align-items: baseline; }
.record li > .facet { display: inline-block; min-width: 8rem; }
.tags a { justify-self: start; }
.tags a { font-weight: 600; text-decoration: none; }
.tags a:hover { text-decoration: underline; }
.part { background: var(--surface); border: 1px solid var(--line); border-radius: 0.75rem; padding: var(--step-3) var(--step-4); }
.record .part { margin-top: var(--step-3); }
.role { font-size: 0.8125rem; font-weight: 500; color: var(--accent); background: var(--accent-soft); padding: 0.1em 0.6em; border-radius: 1em; }
.forms ul { display: flex; flex-wrap: wrap; gap: var(--step-4); margin-top: var(--step-5); padding-top: var(--step-3); border-top: 1px solid var(--line); }
.record ol li { padding: 0.25rem 0; }
.more { display: inline-block; padding: var(--step-1) 0; margin-top: var(--step-3); }

/* Coverage */

.choose { display: flex; flex-wrap: wrap; gap: var(--step-3) var(--step-4); align-items: end; margin: var(--step-4) 0 var(--step-5); }
.choose p { margin: 0; display: grid; }
.choose label { font-size: 0.875rem; color: var(--quiet); }
.choose .wide { flex: 1 1 18rem; }
.choose select, .choose input { background: var(--surface); border: 1px solid var(--strong-line); border-radius: var(--round); padding: 0.4rem var(--step-3); min-height: 2.4rem; width: 100%; }
.choose button { min-height: 2.4rem; background: var(--accent); color: var(--on-accent); font-weight: 600; border-color: var(--accent); }
.trail { display: flex; flex-wrap: wrap; margin-bottom: var(--step-3); }
.trail li + li::before { content: "›"; color: var(--quiet); margin: 0 var(--step-2); }
.heat { margin: var(--step-4) 0; }
.scroll { overflow-x: auto; padding: var(--step-1); }
.map { display: block; font-size: 13px; max-width: none; }
.map text { fill: var(--ink); }
.map .head { fill: var(--quiet); }
.map .label text { fill: var(--accent); }
.map .label:hover text { text-decoration: underline; }
.map rect { stroke: transparent; stroke-width: 1; }
.map a:hover rect { stroke: var(--ink); stroke-width: 2; }
.map a text[class] { text-anchor: middle; font-variant-numeric: tabular-nums; pointer-events: none; }
rect.c0, .map rect.c0 { fill: none; stroke: var(--gap); stroke-dasharray: 3 3; pointer-events: all; }
rect.c1 { fill: var(--heat-1); }
rect.c2 { fill: var(--heat-2); }
rect.c3 { fill: var(--heat-3); }
rect.c4 { fill: var(--heat-4); }
rect.c5 { fill: var(--heat-5); }
.map .t1, .map .t2, .map .t3 { fill: var(--on-low); }
.map .t4, .map .t5 { fill: var(--on-high); }
.legend { display: flex; flex-wrap: wrap; gap: var(--step-1) var(--step-4); font-size: 0.875rem; color: var(--quiet); margin-top: var(--step-3); }
.legend li { display: flex; gap: var(--step-2); align-items: center; }
.equal { margin-top: var(--step-5); }
.equal summary { padding: var(--step-2) 0; font-weight: 600; }
.numbers td { text-align: right; font-variant-numeric: tabular-nums; }
.numbers thead th { vertical-align: bottom; max-width: 9rem; }
.numbers td a { display: inline-block; min-width: 1.75rem; min-height: 1.5rem; }
.numbers th a { display: inline-block; min-height: 1.5rem; padding: 0 0.25rem; }
.numbers .none a { color: var(--quiet); text-decoration: none; }
.numbers .d1 { padding-left: 1.25rem; }
.numbers .d2 { padding-left: 2.5rem; }
.numbers .d3, .numbers .d4 { padding-left: 3.75rem; }

/* Errors, foot */

.error { max-width: 44rem; margin-top: var(--step-6); }
.error .status { font-size: 3rem; font-weight: 700; color: var(--quiet); line-height: 1; }
.foot { border-top: 1px solid var(--line); color: var(--quiet); font-size: 0.875rem; }
.foot p { max-width: 92rem; margin: 0 auto; padding: var(--step-4) var(--step-5); }

/* Width */

@media (min-width: 60rem) {
  .columns { grid-template-columns: minmax(0, 1fr) 17rem; }
}

@media (min-width: 120rem) {
  main, .banner, .foot p { max-width: 110rem; }
  .landing main, .landing .banner { max-width: 64rem; }
  .columns { grid-template-columns: minmax(0, 1fr) 17rem 26rem; }
  .elsewhere { grid-column: 3; }
  .elsewhere > :first-child { border: 0; padding: 0; }
}

@media (max-width: 40rem) {
  main, .banner { padding-left: var(--step-4); padding-right: var(--step-4); }
  .banner { grid-template-columns: minmax(0, 1fr) auto; }
  .banner .search { grid-column: 1 / -1; grid-row: 2; }
  .chip { width: 100%; align-items: start; }
  .chip details, .chip > .body { flex: 1; min-width: 0; }
  .chip .body { display: block; padding-top: 0.5rem; padding-bottom: 0.5rem; }
  .chip .remove { min-height: 2.6rem; }
  .menu { position: static; width: auto; min-width: 0; max-width: none; margin: 0 0 var(--step-4) var(--step-4); }
  .menu { border: 0; border-top: 1px solid var(--line); border-radius: 0; background: none; box-shadow: none; padding: var(--step-2) 0 0; }
  .tags li { display: block; }
  .fields > div { grid-template-columns: minmax(0, 1fr); }
  .fields dd { grid-column: 1; }
  .listbox .facet { min-width: 4.5rem; }
  .options li:last-child { margin: 0; }
}

/* Motion, contrast, print */

@media (prefers-reduced-motion: no-preference) {
  @view-transition { navigation: auto; }
  ::view-transition-group(*) { animation-duration: 120ms; }
}

@media (forced-colors: active) {
  .chip, .hit, .stated, .mapped, .inferred { border: 1px solid CanvasText; }
}

@media print {
  .banner, .facets, .paging, .skip, .remove, .copy button, .foot, .reuse { display: none; }
  html { background: #fff; color: #000; font-size: 10pt; }
  .hit, .part { break-inside: avoid; }
  .hit h3 a::after { content: " <" attr(href) ">"; font-weight: 400; font-size: 0.75rem; }
}

"""###

    /// `Assets/page.js`
    static let pageScript = ###"""
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

"""###

    /// `Assets/icon.svg`
    static let icon = ###"""
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0b5c6b"/><path d="M7 17h4l2.5-8 4.5 15 3-10 1.5 3H26" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>

"""###

    /// `Assets/widget.js`
    static let widget = ###"""
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

"""###
}
