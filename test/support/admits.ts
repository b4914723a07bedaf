/**
 * Whether an npm version range (`^20.19.0 || >=22`, `>=14 <21`, `20.x`) admits a version. What it
 * does not understand it does not admit.
 */
export function admits(range: string, version: string): boolean {
  const target = numbers(version);
  return range.split("||").some((alternative) => {
    const parts = alternative
      .trim()
      .replaceAll(/([<>=^~]+)\s+/g, "$1")
      .split(/\s+/);
    return parts.every((part) => admitsPart(part, target));
  });
}

type Numbers = readonly [number, number, number];

function admitsPart(part: string, target: Numbers): boolean {
  if (part === "" || part === "*" || part === "x") return true;
  const match = /^(\^|~|>=|<=|>|<|=)?v?(\d+(?:\.(?:\d+|x|\*)){0,2})$/.exec(part);
  if (match === null) return false;
  const [, operator = "", text = ""] = match;
  const given = text.split(".").filter((piece) => /^\d+$/.test(piece)).length;
  const bound = numbers(text);
  const order = compare(target, bound);
  switch (operator) {
    case ">=":
      return order >= 0;
    case ">":
      return order > 0;
    case "<=":
      return order <= 0;
    case "<":
      return order < 0;
    case "^":
      return order >= 0 && target[0] === bound[0];
    case "~":
      return order >= 0 && target[0] === bound[0] && (given === 1 || target[1] === bound[1]);
    default:
      return target.slice(0, given).every((number, index) => number === bound[index]);
  }
}

function numbers(version: string): Numbers {
  const [major = 0, minor = 0, patch = 0] = version
    .split(".")
    .map((piece) => (/^\d+$/.test(piece) ? Number(piece) : 0));
  return [major, minor, patch];
}

function compare(a: Numbers, b: Numbers): number {
  for (const index of [0, 1, 2] as const) {
    if (a[index] !== b[index]) return a[index] - b[index];
  }
  return 0;
}
