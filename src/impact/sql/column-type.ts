/** A type of a column, as far as it matters here. */
export type ColumnType =
  | { readonly kind: "text" | "date" | "timestamp" | "zoned" | "other" }
  | { readonly kind: "rows"; readonly members: ReadonlyMap<string, ColumnType> }
  | { readonly kind: "row"; readonly members: ReadonlyMap<string, ColumnType> };

/** Deeper types are no table of CloudTrail's. */
const deepest = 16;

/**
 * Reads a type as Hive writes it (`struct<arn:string>`) or Trino (`row(arn varchar)`). Names of
 * members are in lower case.
 */
export function parseColumnType(text: string, depth = 0): ColumnType {
  const type = text.trim();
  const lower = type.toLowerCase();
  if (depth > deepest) return { kind: "other" };
  const array = /^array\s*[<(](.*)[>)]$/is.exec(type)?.[1];
  if (array !== undefined) {
    const item = parseColumnType(array, depth + 1);
    return item.kind === "row" ? { kind: "rows", members: item.members } : { kind: "other" };
  }
  const hive = /^struct\s*<(.*)>$/is.exec(type)?.[1];
  const row = /^(?:row|struct)\s*\((.*)\)$/is.exec(type)?.[1];
  const inside = hive ?? row;
  if (inside !== undefined) {
    const members = new Map<string, ColumnType>();
    for (const part of splitMembers(inside)) {
      const match = /^\s*(?:"((?:[^"]|"")+)"|`([^`]+)`|([^\s:"`]+))\s*(?::|\s)\s*(.*)$/s.exec(part);
      const name = match?.[1] ?? match?.[2] ?? match?.[3];
      if (match === null || name === undefined) return { kind: "other" };
      members.set(name.toLowerCase(), parseColumnType(match[4] ?? "", depth + 1));
    }
    return { kind: "row", members };
  }
  if (/^(string|varchar|char)\b/.test(lower)) return { kind: "text" };
  if (lower === "date") return { kind: "date" };
  if (/^timestamp\b.*with time zone$/.test(lower)) return { kind: "zoned" };
  if (/^timestamp\b/.test(lower)) return { kind: "timestamp" };
  return { kind: "other" };
}

function splitMembers(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === "<" || char === "(") depth++;
    else if (char === ">" || char === ")") depth--;
    else if (char === "," && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part.trim() !== "");
}
