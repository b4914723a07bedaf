/** Style of the findings page alone; the rest is shared by all pages. */
export const findingsPageStyle = `
.s-fail{background:var(--off-b);color:var(--off-f)}
.s-pass{background:var(--on-b);color:var(--on-f)}
.s-excepted{background:var(--partial-b);color:var(--partial-f)}
.sev{display:inline-block;min-width:4.6rem;text-align:center;border-radius:.3rem;padding:0 .4rem;font-size:.85em;border:1px solid currentColor}
.sev-critical{background:var(--off-f);color:var(--off-b);border-color:var(--off-f)}
.sev-high{color:var(--off-f);background:var(--off-b)}
.sev-medium{color:var(--partial-f);background:var(--partial-b)}
.sev-low,.sev-info{color:var(--dim)}
details.rule{border:1px solid var(--line);border-radius:.5rem;margin:.5rem 0;background:var(--bg)}
details.rule[open]{background:var(--soft)}
details.rule>summary{cursor:pointer;padding:.45rem .8rem;display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline}
details.rule>summary .t{flex:1 1 16rem;min-width:0}
details.rule>div{padding:0 .8rem .8rem;overflow:auto}
.found{width:100%}
.found td{border-top:1px solid var(--line);padding:.3rem .5rem;vertical-align:top}
.found td:first-child{white-space:nowrap;width:1%}
.evidence{color:var(--dim);font-size:.9em;overflow-wrap:anywhere}
`;
