/** The style sheet of the report pages, for light and for dark screens and for paper. */
import { Markup } from "./markup.js";

const css = `
:root { color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1d2530; --quiet: #5c6775; --line: #dfe3e8;
  --good: #13795b; --bad: #b3372f; --warn: #8a6100; --accent: #1f6fb2;
  --good-soft: #e2f3ec; --bad-soft: #fbe7e4; --warn-soft: #f8efd8; --code: #f1f3f6; }
@media (prefers-color-scheme: dark) { :root {
  --page: #14181d; --card: #1c2229; --ink: #e4e9ef; --quiet: #9aa6b4; --line: #303944;
  --good: #57c79c; --bad: #f08a7e; --warn: #dcb457; --accent: #72b7ec;
  --good-soft: #173329; --bad-soft: #3d211f; --warn-soft: #352b14; --code: #262d36; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .75rem; }
h3 { font-size: 1rem; margin: 0; }
p { margin: .4rem 0; }
a { color: var(--accent); }
.quiet { color: var(--quiet); }
.small { font-size: .87rem; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .87em; }
code { background: var(--code); border-radius: 4px; padding: .08em .35em; overflow-wrap: anywhere; }
pre { background: var(--code); border-radius: 8px; padding: .7rem .9rem; margin: .5rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 22rem; overflow: auto; }
.listing { max-height: none; padding: .5rem 0; }
.line { display: block; position: relative; min-height: 1.5em; padding: 0 .9rem 0 3.4rem; counter-increment: line; }
.line::before { content: counter(line); position: absolute; left: 0; width: 2.6rem; text-align: right; color: var(--quiet); }
.line.bad { background: var(--bad-soft); color: inherit; }
.line.same { background: var(--warn-soft); }
.note { display: block; margin: .2rem .9rem .5rem 3.4rem; padding-left: .6rem; border-left: 3px solid; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.2rem; margin: .8rem 0; }
.numbers { display: flex; flex-wrap: wrap; gap: .8rem; margin: 1.4rem 0; }
.number { flex: 1 1 9rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: .8rem 1.1rem; }
.number b { display: block; font-size: 1.5rem; line-height: 1.25; font-weight: 650; font-variant-numeric: tabular-nums; }
.said { white-space: pre-wrap; margin: .3rem 0; }
.head { display: flex; flex-wrap: wrap; gap: .35rem .8rem; align-items: baseline; }
.head h2 { margin: 0; }
.head .push { margin-left: auto; font-variant-numeric: tabular-nums; white-space: nowrap; }
.chip { display: inline-block; border-radius: 99px; padding: .05rem .65rem; font-size: .82rem; font-weight: 600; white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.chip.good { background: var(--good-soft); } .chip.bad { background: var(--bad-soft); } .chip.warn { background: var(--warn-soft); }
.meter { height: .5rem; border-radius: 99px; background: var(--line); overflow: hidden; margin: .6rem 0 0; }
.meter i { display: block; height: 100%; background: var(--good); border-radius: 99px; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-size: .8rem; font-weight: 600; color: var(--quiet); padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
td { padding: .42rem .7rem .42rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
tr:last-child > td { border-bottom: 0; }
td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.figure + td, th.figure + th { padding-left: .5rem; }
td.mark { width: 1.6rem; font-weight: 700; }
td.name { width: 12rem; }
.box { border-left: 4px solid var(--warn); background: var(--warn-soft); border-radius: 0 8px 8px 0; padding: .55rem .9rem; margin: .8rem 0 .2rem; }
.box.bad { border-color: var(--bad); background: var(--bad-soft); color: inherit; }
.pair { display: flex; flex-wrap: wrap; gap: 1.4rem; margin: .5rem 0 .2rem; }
.matrix { width: auto; border-left: 1.5px solid var(--quiet); border-right: 1.5px solid var(--quiet); border-radius: 6px; font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .82rem; }
.matrix td { border: 0; padding: .08rem .55rem; text-align: right; }
.matrix td.off { background: var(--bad-soft); color: var(--bad); font-weight: 650; }
.matrix td.on { background: var(--good-soft); color: var(--good); font-weight: 650; }
summary { cursor: pointer; color: var(--quiet); font-size: .87rem; margin-top: .5rem; }
figure { margin: 0; overflow-x: auto; } figure svg { max-width: 100%; height: auto; }
.squares { display: inline-flex; gap: 3px; vertical-align: -1px; }
.squares i { width: .72rem; height: .72rem; border-radius: 3px; background: var(--line); }
.squares i.good { background: var(--good); } .squares i.bad { background: var(--bad); } .squares i.warn { background: var(--warn); }
nav { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 0 0 1rem; font-size: .9rem; }
nav .push { margin-left: auto; }
label { display: block; font-size: .87rem; font-weight: 600; margin: .5rem 0 .15rem; }
input, textarea, button { font: inherit; color: inherit; border: 1px solid var(--quiet); border-radius: 8px; padding: .4rem .6rem; max-width: 100%; }
input, textarea { background: var(--page); width: 100%; } input[type=number] { width: 8rem; }
button { background: var(--card); cursor: pointer; margin-top: .6rem; font-weight: 600; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.forms { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 1.4rem 1.2rem; align-items: start; }
.forms form { margin: 0; } .forms label:first-of-type { margin-top: 0; }
.attempt { display: block; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 0 .8rem; align-items: start; }
.sides h2 { margin: 0 0 .5rem; }
@media print { body { background: none; } .card, .number { break-inside: avoid; } }
`;

/** The style element. */
export const style: Markup = new Markup(`<style>${css}</style>`);
