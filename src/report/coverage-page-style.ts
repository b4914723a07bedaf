/** Style of the coverage page alone; the rest is shared by all pages. */
export const coveragePageStyle = `
.scroll{overflow:auto;max-height:80vh;border:1px solid var(--line);border-radius:.5rem}
.map{border-collapse:separate;border-spacing:0}
.map th,.map td{border-right:1px solid var(--line);border-bottom:1px solid var(--line);white-space:nowrap}
.map thead th{position:sticky;top:0;z-index:2;background:var(--soft);padding:.35rem .5rem;font-size:.85em;text-align:center}
.map thead th:first-child,.map th[scope=row],.map th.unit{text-align:left}
.map th[scope=row],.map thead th:first-child{position:sticky;left:0;z-index:1;background:var(--bg);font-weight:400;padding:.2rem .6rem;max-width:min(20rem,40vw);overflow:hidden;text-overflow:ellipsis}
.map thead th:first-child{z-index:3;background:var(--soft);font-weight:600}
.map th.unit{background:var(--soft);padding:.25rem .6rem;font-size:.9em}
.map th.unit span{position:sticky;left:.6rem}
.map td{padding:0}
.cell{border:0;font:inherit;display:block;width:100%;min-width:3.4rem;min-height:1.75rem;padding:.2rem .45rem;text-align:center;cursor:pointer;font-variant-numeric:tabular-nums}
.cell:hover{box-shadow:inset 0 0 0 2px currentColor}
.cell:focus-visible{outline:3px solid var(--link);outline-offset:-3px}
.services{width:100%;max-width:60rem}
.services td,.services th{padding:.2rem .5rem;border-bottom:1px solid var(--line)}
.services td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.bar{display:flex;height:.9rem;min-width:6rem;border-radius:.25rem;overflow:hidden;background:var(--soft);border:1px solid var(--line)}
.bar i{display:block;border-right:1px solid var(--bg)}
.bar .s-on{background:#2da44e}.bar .s-partial{background:#d4a72c}.bar .s-off{background:#cf222e}
.bar .s-unknown{background:repeating-linear-gradient(45deg,#8250df 0 4px,#a98be8 4px 8px)}
.bar .s-stale{background:repeating-linear-gradient(45deg,#6e7781 0 4px,#9aa4ae 4px 8px)}
.organization{list-style:none;padding:0;display:grid;gap:.35rem;grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr))}
.legend{display:flex;flex-wrap:wrap;gap:.4rem .6rem;margin:.5rem 0}
#detail{border:1px solid var(--line);border-radius:.5rem;background:var(--soft);padding:.4rem 1rem 1rem;margin-top:1rem;overflow:auto}
#detail:empty{display:none}
#detail td,#detail th{padding:.25rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
@media(max-width:40rem){.services .wide{display:none}.services td,.services th{padding:.2rem .25rem}.bar{min-width:3rem}.services thead th{font-size:.85em}}
`;
