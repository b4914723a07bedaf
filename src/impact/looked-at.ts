import { compileActions } from "../policy/action-pattern.ts";
import type { Policy, Statement } from "../policy/types.ts";
import { type RecordColumn, recordColumns } from "./record-columns.ts";

/** What of a request policies look at. */
export interface LookedAt {
  /** Condition keys, in lower case; of policy variables too. */
  readonly keys: ReadonlySet<string>;
  /** Whether they tell resources apart. */
  readonly resource: boolean;
  /** What of a record tells these, beside the columns of a call's key; sorted. */
  readonly columns: readonly RecordColumn[];
}

/**
 * Says what of a request for an action (any, when absent) policies could look at: requests that are
 * alike in these are decided alike. It never leaves something out; it may name too much.
 */
export function lookedAt(policies: Iterable<Policy>, action?: string): LookedAt {
  const keys = new Set<string>();
  let resource = false;
  for (const policy of new Set(policies)) {
    for (const statement of policy.statements) {
      if (action !== undefined && !isAbout(statement, action.toLowerCase())) continue;
      const listed = statement.resource ?? statement.notResource;
      if (listed?.values.some(({ value }) => value === "*") === false) resource = true;
      for (const { value } of listed?.values ?? []) addVariables(value, keys);
      for (const condition of statement.conditions) {
        keys.add(condition.key.value.toLowerCase());
        for (const { value } of condition.values.values) addVariables(value, keys);
      }
    }
  }
  const columns = new Set<RecordColumn>();
  for (const key of keys) for (const column of recordColumns.byKey[key] ?? []) columns.add(column);
  if (resource) for (const column of recordColumns.ofResource) columns.add(column);
  return {
    keys,
    resource: resource || [...keys].some((key) => resourceKeys.has(key)),
    columns: [...columns].sort(),
  };
}

/** Keys that are known when the resource is. */
const resourceKeys: ReadonlySet<string> = new Set([
  "aws:resourceaccount",
  "aws:resourceorgid",
  "aws:resourceorgpaths",
]);

function isAbout({ action, notAction }: Statement, name: string): boolean {
  const listed = action ?? notAction;
  if (listed === undefined) return false;
  const matches = compileActions(listed.values.map(({ value }) => value))(name);
  return action === undefined ? !matches : matches;
}

function addVariables(text: string, keys: Set<string>): void {
  for (const [, name = ""] of text.matchAll(/\$\{([^},]*)/g)) keys.add(name.trim().toLowerCase());
}
