import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";

/** The value at a path of object members; `undefined` when it is not there, or not of objects. */
export function at(value: unknown, ...path: readonly string[]): Json | undefined {
  let found: unknown = value;
  for (const step of path) {
    if (!isJsonObject(found) || !Object.hasOwn(found, step)) return undefined;
    found = found[step];
  }
  return found as Json | undefined;
}

/** The text at a path; `undefined` when there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** The truth at a path; `undefined` when there is none. */
export function flagAt(value: unknown, ...path: readonly string[]): boolean | undefined {
  const found = at(value, ...path);
  return typeof found === "boolean" ? found : undefined;
}

/** The number at a path; `undefined` when there is none. */
export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === "number" ? found : undefined;
}

/** The list at a path; `undefined` when there is none. */
export function listAt(value: unknown, ...path: readonly string[]): readonly Json[] | undefined {
  const found = at(value, ...path);
  return Array.isArray(found) ? (found as readonly Json[]) : undefined;
}

/** The texts of the list at a path; `undefined` when there is no list. */
export function textsAt(value: unknown, ...path: readonly string[]): readonly string[] | undefined {
  return listAt(value, ...path)?.filter((item) => typeof item === "string");
}

/** The object at a path; `undefined` when there is none. */
export function objectAt(value: unknown, ...path: readonly string[]): JsonObject | undefined {
  const found = at(value, ...path);
  return isJsonObject(found) ? found : undefined;
}

/** The objects of the list at a path; `undefined` when there is no list. */
export function objectsAt(
  value: unknown,
  ...path: readonly string[]
): readonly JsonObject[] | undefined {
  return listAt(value, ...path)?.filter(isJsonObject);
}
