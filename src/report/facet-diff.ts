import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import type { PlanNames } from "./plan-names.ts";
import type { DiffLine } from "./policy-diff.ts";

/** The longest value that is shown whole. */
const longest = 160;

/**
 * The difference of two facets of a service's thing, one line a member, members of members by
 * their path: `features.S3_DATA_EVENTS = "NONE" -> "ALL"`. Of lists, what comes and what goes; ids of
 * accounts and units with their names.
 */
export function facetDiff(
  before: JsonObject | null,
  after: JsonObject | null,
  names: Pick<PlanNames, "thing">,
): DiffLine[] {
  const was = flat(before);
  const is = flat(after);
  const paths = [...new Set([...was.keys(), ...is.keys()])];
  const shown = (value: Json | undefined): string => shownValue(value, names);
  return paths.flatMap((path): DiffLine[] => {
    const [old, now] = [was.get(path), is.get(path)];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    if (old === undefined) return [{ sign: "+", text: `${path} = ${shown(now)}` }];
    if (now === undefined) return [{ sign: "-", text: `${path} = ${shown(old)}` }];
    const [had, has] = [scalarsOf(old), scalarsOf(now)];
    const lines = had === undefined || has === undefined ? [] : listDiff(path, had, has, names);
    return lines.length > 0
      ? lines
      : [{ sign: "~", text: `${path} = ${shown(old)} -> ${shown(now)}` }];
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

type Scalar = string | number | boolean;

/** The members of a list that has nothing but texts, numbers and truths. */
function scalarsOf(value: Json | undefined): readonly Scalar[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const members = value as readonly Json[];
  const scalars = members.filter((member) => typeof member !== "object");
  return scalars.length === members.length ? (scalars as readonly Scalar[]) : undefined;
}

/** What comes to a list and what goes; nothing where only their order differs. */
function listDiff(
  path: string,
  had: readonly Scalar[],
  has: readonly Scalar[],
  names: Pick<PlanNames, "thing">,
): DiffLine[] {
  const [before, after] = [new Set(had), new Set(has)];
  const come = has.filter((member) => !before.has(member));
  const gone = had.filter((member) => !after.has(member));
  const line = (sign: "+" | "-", members: readonly Scalar[]): DiffLine[] =>
    members.length === 0 ? [] : [{ sign, text: `${path}: ${enumerated(members, names)}` }];
  return [...line("+", come), ...line("-", gone)];
}

/** Members one after the other, as many as have room. */
function enumerated(members: readonly Scalar[], names: Pick<PlanNames, "thing">): string {
  const all = members.map((member) => scalar(member, names));
  let count = all.length;
  while (count > 1 && all.slice(0, count).join(", ").length > longest) count -= 1;
  const rest = all.length - count;
  const text = all.slice(0, count).join(", ");
  return rest === 0 ? text : `${text} and ${rest} more`;
}

function scalar(value: Scalar, names: Pick<PlanNames, "thing">): string {
  const named = typeof value === "string" ? names.thing(value) : value;
  return named === value ? JSON.stringify(value) : String(named);
}

function shownValue(value: Json | undefined, names: Pick<PlanNames, "thing">): string {
  if (isJsonObject(value) && typeof value.$ref === "string") return `(id of ${value.$ref})`;
  const members = scalarsOf(value);
  if (members !== undefined && members.length > 0) return `[${enumerated(members, names)}]`;
  const isScalar = typeof value === "string" || typeof value === "number";
  const text = isScalar ? scalar(value, names) : JSON.stringify(value ?? null);
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text;
}
