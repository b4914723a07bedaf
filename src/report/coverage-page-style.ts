/** Style of the coverage page; states differ by letter and border as well as by colour. */
export const coveragePageStyle = `
:root{color-scheme:light dark;--line:#8886}
body{font:14px/1.4 system-ui,sans-serif;margin:1.5rem;max-width:100rem}
h1{font-size:1.4rem}
form{display:flex;flex-wrap:wrap;gap:1rem;margin:1rem 0}
.scroll{overflow:auto;max-height:75vh}
table{border-collapse:collapse}
caption{text-align:left;padding:.3rem 0}
th,td{border:1px solid var(--line);padding:.15rem .4rem;white-space:nowrap}
thead th{position:sticky;top:0;background:Canvas}
th[scope=row]{text-align:left;font-weight:400}
th.unit{text-align:left;background:#8882}
td{padding:0}
td button{all:unset;box-sizing:border-box;width:100%;padding:.15rem .4rem;text-align:right;cursor:pointer;font-variant-numeric:tabular-nums}
button:focus-visible{outline:2px solid Highlight}
.c{padding:.1rem .4rem;border-radius:.2rem}
.s-on{background:#1a7f3733}
.s-partial{background:#bf870066;font-weight:600}
.s-off{background:#cf222e66;font-weight:700}
.s-unknown{background:#8250df44;font-style:italic}
.s-stale{background:#57606a55;font-style:italic}
.s-not-applicable{opacity:.6}
.organization{padding-left:0;list-style:none}
#detail:empty{display:none}
`;
