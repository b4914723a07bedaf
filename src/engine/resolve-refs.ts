import { AppError } from "../core/app-error.ts";
import type { Json, JsonObject } from "../core/json.ts";
import { type Change, isRef, type Ref } from "../core/plan.ts";

/** A change with every reference replaced. Throws ORGRAIL4104 for one that stands for nothing. */
export function resolveRefs(change: Change, ids: ReadonlyMap<string, string>): Change {
  const resolve = (value: Json): Json => {
    if (isRef(value)) {
      const id = ids.get(value.$ref);
      if (id === undefined) {
        throw new AppError(
          "ORGRAIL4104",
          `the plan is damaged: \`${change.id}\` refers to \`${value.$ref}\`, which no change before it makes`,
          { hint: "make the plan anew" },
        );
      }
      return id;
    }
    if (Array.isArray(value)) return (value as readonly Json[]).map(resolve);
    if (typeof value === "object" && value !== null) return resolveObject(value as JsonObject);
    return value;
  };
  const resolveObject = (object: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(object).map(([name, member]) => [name, resolve(member)]));
  return {
    ...change,
    input: resolveObject(change.input),
    before: change.before === null ? null : resolveObject(change.before),
    after: change.after === null ? null : resolveObject(change.after),
    ...(change.workIn === undefined ? {} : { workIn: resolve(idOrRef(change.workIn)) as string }),
  };
}

function idOrRef(value: string | Ref): Json {
  return typeof value === "string" ? value : { $ref: value.$ref };
}
