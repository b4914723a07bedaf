import type { ServiceError } from "../../sandbox/service.ts";

/** What a list is asked for. */
export interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly token?: string | undefined;
}

/** The rules of a list operation. */
export interface PageRules {
  /** Name of the list with its parameters; a token of another list is refused. */
  readonly list: string;
  /** How many items a page holds when nothing is asked. */
  readonly defaultSize: number;
  readonly maxSize: number;
  /** The service's error for a page size or token that is out of order. */
  readonly invalid: (member: "maxResults" | "nextToken") => ServiceError;
}

/** One page of a list and the token of the next; the last page has none. */
export function pageOf<T>(
  items: readonly T[],
  { maxResults, token }: PageRequest,
  { list, defaultSize, maxSize, invalid }: PageRules,
): { readonly items: T[]; readonly nextToken?: string } {
  const size = maxResults ?? defaultSize;
  if (!Number.isInteger(size) || size < 1 || size > maxSize) throw invalid("maxResults");
  const start = startOf(token, list);
  if (start === undefined) throw invalid("nextToken");
  const end = start + size;
  const page = items.slice(start, end);
  if (end >= items.length) return { items: page };
  return { items: page, nextToken: Buffer.from(`${list}\n${end}`).toString("base64url") };
}

function startOf(token: string | undefined, list: string): number | undefined {
  if (token === undefined || token === "") return 0;
  const [of, position] = Buffer.from(token, "base64url").toString().split("\n");
  return of === list && /^\d+$/.test(position ?? "") ? Number(position) : undefined;
}
