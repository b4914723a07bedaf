import type { Page } from "playwright-core";

// What runs in the page is text: Node.js's types know nothing of documents.
const contrasts = `(() => {
  const parse = (text) => {
    const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\\d.]+/g) || []).map(Number);
    return [r, g, b, a];
  };
  const over = (top, below) =>
    [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const luminance = (colour) => {
    const part = (value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(colour[0]) + 0.7152 * part(colour[1]) + 0.0722 * part(colour[2]);
  };
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      layers.push(parse(getComputedStyle(at).backgroundColor));
    }
    const canvas = isDark ? [0, 0, 0, 1] : [255, 255, 255, 1];
    return layers.reverse().reduce((below, top) => over(top, below), canvas);
  };
  const kindOf = (element) => (element ? element.tagName + "." + element.className : "");
  const weak = [];
  const seen = new Set();
  let looked = 0;
  for (const element of document.querySelectorAll("main *")) {
    const own = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== "",
    );
    if (!own) continue;
    // Elements of one kind in places of one kind look alike.
    const parent = element.parentElement;
    const kind = [element, parent, parent.parentElement].map(kindOf).join(" ");
    if (seen.has(kind) || element.getClientRects().length === 0) continue;
    seen.add(kind);
    looked += 1;
    const style = getComputedStyle(element);
    const below = ground(element);
    const pair = [luminance(over(parse(style.color), below)), luminance(below)];
    const contrast = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (isLarge ? 3 : 4.5)) {
      weak.push(kindOf(element) + ": " + contrast.toFixed(2) + " " + element.textContent.slice(0, 30));
    }
  }
  return { looked, weak };
})()`;

/** Text whose contrast is less than WCAG AA asks for: 4.5 to 1, or 3 to 1 where it is large. */
export function weakContrasts(
  page: Page,
): Promise<{ readonly looked: number; readonly weak: readonly string[] }> {
  return page.evaluate(contrasts);
}

/** By how many pixels a page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth - innerWidth");
}

/** Opens all that can be opened. */
export async function openAll(page: Page): Promise<void> {
  await page.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true; })");
}
