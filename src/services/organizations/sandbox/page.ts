import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import type { HandlerContext } from "../../../sandbox/service.ts";
import { invalidInput } from "./errors.ts";
import { organizationsSlot } from "./state.ts";

/** What a list operation is asked. */
interface PageInput {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

/** A page of a list. */
export interface Page<T> {
  readonly items: T[];
  readonly NextToken?: string;
}

/** What a token holds: the list it belongs to, where it stands, the last item given. */
interface Cursor {
  readonly list: string;
  readonly position: number;
  readonly last: string | null;
  /** Whether the page that gave the token was empty, so that the next one is not. */
  readonly empty: boolean;
}

/**
 * One page of a list of ids, at most {@link organizationsQuotas.pageSize} long. `list` names the
 * list: operation and parameters, for a token of another list is refused. A page can be empty and
 * have a token, as AWS's can; the option `emptyPageChance` says how often.
 *
 * @throws InvalidInputException for a `MaxResults` out of range and a token that is not its own.
 */
export function page<T>(
  context: HandlerContext,
  list: string,
  ids: readonly string[],
  input: PageInput,
  item: (id: string) => T,
): Page<T> {
  const size = pageSize(input.MaxResults);
  const cursor = decode(list, input.NextToken);
  const start = cursor === undefined ? 0 : resume(ids, cursor);
  const { emptyPageChance } = context.world.state(organizationsSlot).options;
  if (
    emptyPageChance > 0 &&
    start < ids.length &&
    cursor?.empty !== true &&
    context.world.random() < emptyPageChance
  ) {
    return { items: [], NextToken: encode(list, ids, start, true) };
  }
  const end = Math.min(start + size, ids.length);
  const items = ids.slice(start, end).map(item);
  return end < ids.length ? { items, NextToken: encode(list, ids, end, false) } : { items };
}

function pageSize(value: number | undefined): number {
  if (value === undefined || value === null) return organizationsQuotas.pageSize;
  if (value < 1) {
    throw invalidInput(
      "MIN_VALUE_EXCEEDED",
      "You provided a numeric parameter that has a smaller value than allowed.",
    );
  }
  if (value > organizationsQuotas.pageSize) {
    throw invalidInput(
      "MAX_VALUE_EXCEEDED",
      "You provided a numeric parameter that has a larger value than allowed.",
    );
  }
  return value;
}

/** Where to go on: after the last item given, wherever it now stands; else at the old position. */
function resume(ids: readonly string[], cursor: Cursor): number {
  if (cursor.last === null || ids[cursor.position - 1] === cursor.last) {
    return Math.min(cursor.position, ids.length);
  }
  const index = ids.indexOf(cursor.last);
  return index < 0 ? Math.max(0, Math.min(cursor.position - 1, ids.length)) : index + 1;
}

function encode(list: string, ids: readonly string[], position: number, empty: boolean): string {
  const cursor: Cursor = { list, position, last: ids[position - 1] ?? null, empty };
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

function decode(list: string, token: string | undefined): Cursor | undefined {
  if (token === undefined || token === null) return undefined;
  try {
    const cursor: unknown = JSON.parse(Buffer.from(token, "base64url").toString());
    if (isCursor(cursor) && cursor.list === list) return cursor;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw invalidInput(
    "INVALID_NEXT_TOKEN",
    "You specified an invalid value for nextToken. You must get the value from the response to a " +
      "previous call to the API.",
  );
}

function isCursor(value: unknown): value is Cursor {
  if (typeof value !== "object" || value === null) return false;
  const { list, position, last, empty } = value as Record<string, unknown>;
  return (
    typeof list === "string" &&
    Number.isInteger(position) &&
    (position as number) >= 0 &&
    (last === null || typeof last === "string") &&
    typeof empty === "boolean"
  );
}
