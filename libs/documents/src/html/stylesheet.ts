import { createHash } from 'node:crypto';
import { Html } from './html.js';

/** For the screen and for paper; the page needs nothing from elsewhere, fonts included. */
const stylesheet = `
:root { color-scheme: light; --ink: #18212f; --muted: #5d6878; --rule: #d8dee6; --accent: #0b5c8a; }
@page { margin: 16mm 15mm 18mm; }
* { box-sizing: border-box; }
body {
  margin: 0; padding: 2rem 1rem; background: #eef1f5; color: var(--ink);
  font: 15px/1.5 "Noto Sans", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, "Noto Sans Arabic",
    "Noto Sans Hebrew", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "Hiragino Sans", sans-serif;
  font-variant-numeric: tabular-nums lining-nums; overflow-wrap: anywhere;
}
main { max-width: 52rem; margin: 0 auto; padding: 3rem 3.25rem; background: #fff; border-radius: 4px;
  box-shadow: 0 1px 3px rgb(24 33 47 / 12%), 0 8px 32px rgb(24 33 47 / 8%); }
h1, h2, p, dl, dd, table, address { margin: 0; font-style: normal; }
h1 { font-size: 1.9rem; font-weight: 600; line-height: 1.15; letter-spacing: -.01em; text-align: end; }
h2 { margin-bottom: .35rem; font-size: .75rem; font-weight: 600; letter-spacing: .06em; text-transform: uppercase;
  color: var(--muted); }
.head, .parties { display: flex; justify-content: space-between; gap: 2.5rem; }
.head > *, .parties > * { flex: 1 1 0; min-width: 0; }
.name { font-size: 1.1rem; font-weight: 600; }
.details, .reference, .notes, caption { color: var(--muted); }
.number { text-align: end; color: var(--muted); }
.parties { margin-top: 2.5rem; }
.facts { display: grid; grid-template-columns: auto 1fr; gap: .15rem 1.25rem; align-content: start; }
.facts dt { color: var(--muted); white-space: nowrap; }
.facts dd { text-align: end; }
.standing { margin: 2.25rem 0 2rem; padding: .9rem 1.15rem; border-inline-start: 4px solid var(--accent);
  background: #f2f6fa; display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1rem; }
.standing strong { font-size: 1.35rem; font-weight: 600; }
.standing.paid { --accent: #1d7a46; background: #f0f8f3; }
.standing.overdue { --accent: #b3261e; background: #fdf3f2; }
.standing strong { color: var(--accent); }
table { width: 100%; border-collapse: collapse; }
caption { padding-bottom: .4rem; text-align: start; font-size: .85rem; }
th, td { padding: .55rem 0 .55rem 1rem; text-align: end; vertical-align: top; white-space: nowrap; }
th:first-child, td:first-child { padding-inline-start: 0; text-align: start; white-space: normal; width: 60%; }
thead { display: table-header-group; }
thead th { border-bottom: 2px solid var(--ink); font-size: .85rem; font-weight: 600; }
tbody td { border-bottom: 1px solid var(--rule); }
.totals { width: max-content; min-width: 19rem; max-width: 100%; margin: 1rem 0 0 auto; display: grid; grid-template-columns: 1fr auto; row-gap: .3rem; }
.totals dt { white-space: nowrap; }
.totals dd { padding-inline-start: 1rem; text-align: end; white-space: nowrap; }
.totals .due { margin-top: .35rem; padding-top: .6rem; border-top: 2px solid var(--ink); font-size: 1.15rem; font-weight: 600; }
section { margin-top: 2rem; }
.items { padding: 0; margin: 0; list-style: none; }
.items li { display: grid; grid-template-columns: 1fr auto; gap: 0 1.5rem; padding: .45rem 0; border-bottom: 1px solid var(--rule); }
.items .amount { white-space: nowrap; }
.reference, .notes { font-size: .85rem; }
.pay { padding-inline-start: 1.15rem; border-inline-start: 4px solid var(--rule); }
.specimen { margin-bottom: 2rem; padding: .6rem 1rem; border: 1px dashed #b3261e; color: #b3261e; }
@media (max-width: 40rem) {
  body { padding: 0; }
  main { padding: 1.5rem 1.15rem; border-radius: 0; }
  .parties { flex-direction: column; gap: 1.5rem; }
}
@media print {
  :root { font-size: 13px; }
  body { padding: 0; background: none; font-size: 10pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  main { max-width: none; padding: 0; box-shadow: none; }
  .parties { margin-top: 1.5rem; }
  .standing { margin: 1.4rem 0 1.2rem; }
  section { margin-top: 1.3rem; }
  tr, li, .totals, .standing, .pay, .notes { break-inside: avoid; }
  h2 { break-after: avoid; }
  tbody tr:first-child { break-before: avoid; }
  td { padding-block: .35rem; }
}
`;

/** As it stands in the page: the policy knows it by its hash. */
export const style = new Html(`<style>${stylesheet}</style>`);

/** No script, no connection, no frame, and no style but ours. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(stylesheet).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
