import { isJsonObject, type Json } from "../../core/json.ts";
import type { Call } from "../call.ts";
import { callOfColumns } from "../call-of-columns.ts";

/**
 * A row of the answer to an `impactQuery` as a call, or several that cannot be told apart. Values are
 * in the order of the query's columns; engines give truth values and counts as themselves or as
 * texts. Throws when there is no count.
 */
export function callOfGroup(columns: readonly string[], row: readonly unknown[]): Call {
  const values = new Map(columns.map((name, index) => [name, row[index]]));
  const text = (name: string): string | undefined => {
    const value = values.get(name);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const count = Number(values.get("calls"));
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new Error(`an answer without a count: ${JSON.stringify(row).slice(0, 200)}`);
  }
  const first = text("first");
  const last = text("last");
  const call = callOfColumns(
    (column) => (column === "resources" ? resources(text(column)) : text(column)),
    {
      count,
      ...(first === undefined ? {} : { first }),
      ...(last === undefined ? {} : { last }),
    },
  );
  return String(values.get("touched")) === "true" ? call : { ...call, isUntouched: true };
}

/** Pairs of ARN and account, as queries give them, as CloudTrail's `resources`. */
function resources(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  let list: Json;
  try {
    list = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  if (!Array.isArray(list)) return undefined;
  return JSON.stringify(
    list.map((item) => {
      if (isJsonObject(item)) return item;
      const [arn = null, accountId = null] = Array.isArray(item) ? item : [];
      return {
        ...(arn === null ? {} : { ARN: arn }),
        ...(accountId === null ? {} : { accountId }),
      };
    }),
  );
}
