/** A mapping; empty when the value is none. */
export function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** A list; a lone value is a list of one, nothing is an empty list. */
export function asList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** A scalar as text, without white space around it. */
export function asText(value: unknown): string | undefined {
  if (typeof value === "string") return value.trim();
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** The texts of a list. */
export function asTexts(value: unknown): readonly string[] {
  return asList(value).flatMap((item) => asText(item) ?? []);
}

/** The value at a path of mappings. */
export function at(value: unknown, path: readonly string[]): unknown {
  let here = value;
  for (const step of path) {
    const map = asMap(here);
    here = Object.hasOwn(map, step) ? map[step] : undefined;
  }
  return here;
}
