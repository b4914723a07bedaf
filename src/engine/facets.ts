import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import type { FacetDifference } from "./apply-report.ts";

/** Whether two facets say the same. */
export function sameFacet(a: JsonObject | null, b: JsonObject | null): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** In which members what is found differs from what was planned from. */
export function facetDifferences(
  planned: JsonObject | null,
  found: JsonObject | null,
): readonly FacetDifference[] {
  const before = members(planned);
  const now = members(found);
  const paths = [...new Set([...before.keys(), ...now.keys()])];
  return paths
    .map((path) => ({ path, planned: before.get(path) ?? null, found: now.get(path) ?? null }))
    .filter(({ planned: was, found: is }) => canonicalJson(was) !== canonicalJson(is));
}

/** Differences as a sentence. */
export function describeDifferences(
  planned: JsonObject | null,
  found: JsonObject | null,
  nameOf: (id: string) => string | undefined,
): string {
  if (planned === null) return "it exists now; the plan was made when it did not";
  if (found === null) return "it does not exist any more";
  const show = (value: Json): string => {
    if (value === null) return "nothing";
    if (typeof value !== "string") return JSON.stringify(value);
    const name = nameOf(value);
    return `\`${value.length > 60 ? `${value.slice(0, 60)}…` : value}\`${name === undefined ? "" : ` (${name})`}`;
  };
  return facetDifferences(planned, found)
    .map(({ path, planned: was, found: is }) => `${path} is ${show(is)}, was ${show(was)}`)
    .join("; ");
}

function members(facet: JsonObject | null): Map<string, Json> {
  const flat = new Map<string, Json>();
  for (const [name, member] of Object.entries(facet ?? {})) {
    if (isJsonObject(member)) {
      for (const [inner, value] of Object.entries(member)) flat.set(`${name}.${inner}`, value);
    } else flat.set(name, member);
  }
  return flat;
}
