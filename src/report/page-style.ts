/**
 * What the HTML pages share: colours of states for light and dark screens, each with its text in a
 * contrast of 4.5 to 1 at least, and how a page is laid out on a screen, a telephone and paper.
 */
export const pageStyle = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1c2128;--dim:#57606a;--line:#d0d7de;--soft:#f6f8fa;--link:#0550ae;
--on-b:#d7f2de;--on-f:#0b4a1e;--partial-b:#ffe8b3;--partial-f:#5c3b00;--off-b:#ffd6d6;--off-f:#7d0010;
--unknown-b:#e8dcff;--unknown-f:#43207d;--stale-b:#e0e6ec;--stale-f:#33414f}
@media(prefers-color-scheme:dark){:root{--bg:#0f1318;--fg:#e6edf3;--dim:#9aa7b4;--line:#333c47;--soft:#171d24;--link:#79b8ff;
--on-b:#12381f;--on-f:#9be7b0;--partial-b:#4a3500;--partial-f:#ffd675;--off-b:#571519;--off-f:#ffb3b3;
--unknown-b:#33215c;--unknown-f:#d3bcff;--stale-b:#2a333d;--stale-f:#c3cfdb}}
*{box-sizing:border-box}
body{font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;margin:0;background:var(--bg);color:var(--fg)}
main{max-width:100rem;margin:0 auto;padding:1.25rem clamp(.75rem,3vw,2.5rem) 3rem}
h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0;overflow-wrap:anywhere}
h2{font-size:1.1rem;margin:2rem 0 .5rem}
p{margin:.35rem 0}
.dim{color:var(--dim)}
code,pre{font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{background:var(--soft);border:1px solid var(--line);border-radius:.4rem;padding:.6rem .8rem;overflow:auto}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;margin:1rem 0;padding:0;list-style:none}
.cards li{border:1px solid var(--line);border-radius:.5rem;padding:.6rem .8rem;background:var(--soft)}
.cards b{display:block;font-size:1.55rem;line-height:1.2;font-variant-numeric:tabular-nums}
.tag{display:inline-block;border-radius:.3rem;padding:0 .45rem;white-space:nowrap;font-size:.9em}
.s-on{background:var(--on-b);color:var(--on-f)}
.s-partial{background:var(--partial-b);color:var(--partial-f)}
.s-off{background:var(--off-b);color:var(--off-f)}
.s-unknown{background:var(--unknown-b);color:var(--unknown-f)}
.s-stale{background:var(--stale-b);color:var(--stale-f)}
.s-not-applicable{background:transparent;color:var(--dim)}
form{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin:1rem 0}
label{display:grid;gap:.15rem;font-size:.9em;color:var(--dim);min-width:0}
input,select{font:inherit;color:var(--fg);background:var(--bg);border:1px solid var(--dim);border-radius:.35rem;padding:.3rem .5rem;max-width:100%}
button{font:inherit;color:inherit}
.plain{border:1px solid var(--dim);border-radius:.35rem;background:var(--soft);padding:.3rem .8rem;cursor:pointer}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:1px}
table{border-collapse:collapse}
th{font-weight:600;text-align:left}
@media print{:root{--bg:#fff;--fg:#000;--dim:#444;--soft:#fff}form,button.plain,.noprint{display:none!important}
main{padding:0;max-width:none}.scroll{overflow:visible!important;max-height:none!important}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`;
