/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether a value is a JSON object (neither null nor an array). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Serialises a value with sorted object keys and no white space, so that equal values give equal
 * text. Members that are `undefined` are left out, as `JSON.stringify` does.
 */
export function canonicalJson(value: unknown): string {
  // The engine's own serialiser is much faster than concatenation, but puts keys that look like
  // array indices first; it is used where there are none.
  const order = { kept: true };
  const copy = sorted(value, order);
  return order.kept ? (JSON.stringify(copy) ?? "null") : concatenated(value);
}

function sorted(value: unknown, order: { kept: boolean }): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => sorted(item, order));
  const members = value as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(members).sort()) {
    if (isMovedByEngine(key)) order.kept = false;
    copy[key] = sorted(members[key], order);
  }
  return copy;
}

/** Whether JavaScript engines give a key a place of their own: array indices, and `__proto__`. */
function isMovedByEngine(key: string): boolean {
  const first = key.charCodeAt(0);
  if (first >= 48 && first <= 57) return /^\d{1,10}$/.test(key);
  return first === 95 && key === "__proto__";
}

function concatenated(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => concatenated(item)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${JSON.stringify(key)}:${concatenated(member)}`);
  return `{${members.join(",")}}`;
}
