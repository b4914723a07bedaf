import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import type { DiffLine } from "./policy-diff.ts";

/** The longest value that is shown whole. */
const longest = 160;

/**
 * The difference of two facets of a service's thing, one line a member, members of members by
 * their path: `features.S3_DATA_EVENTS = "NONE" -> "ALL"`.
 */
export function facetDiff(before: JsonObject | null, after: JsonObject | null): DiffLine[] {
  const was = flat(before);
  const is = flat(after);
  const paths = [...new Set([...was.keys(), ...is.keys()])];
  return paths.flatMap((path): DiffLine[] => {
    const [old, now] = [was.get(path), is.get(path)];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    if (old === undefined) return [{ sign: "+", text: `${path} = ${shown(now)}` }];
    if (now === undefined) return [{ sign: "-", text: `${path} = ${shown(old)}` }];
    return [{ sign: "~", text: `${path} = ${shown(old)} -> ${shown(now)}` }];
  });
}

function flat(facet: JsonObject | null): Map<string, Json> {
  const members = new Map<string, Json>();
  const walk = (value: JsonObject, path: string): void => {
    for (const [name, member] of Object.entries(value)) {
      const at = path === "" ? name : `${path}.${name}`;
      if (isJsonObject(member) && Object.keys(member).length > 0 && !("$ref" in member)) {
        walk(member, at);
      } else members.set(at, member);
    }
  };
  if (facet !== null) walk(facet, "");
  return members;
}

function shown(value: Json | undefined): string {
  if (isJsonObject(value) && typeof value.$ref === "string") return `(id of ${value.$ref})`;
  const text = JSON.stringify(value ?? null);
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text;
}
