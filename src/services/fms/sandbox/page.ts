import { pageOf } from "../../kit/sandbox-page.ts";
import { invalidInput } from "./errors.ts";

/** One page of a list, with the token of the next; `max` is the service's page size. */
export function page<T>(
  list: string,
  all: readonly T[],
  input: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
  max: number,
): { readonly items: T[]; readonly next: { NextToken?: string } } {
  const { items, nextToken } = pageOf(
    all,
    { maxResults: input.MaxResults, token: input.NextToken },
    {
      list,
      defaultSize: max,
      maxSize: max,
      invalid: (member) =>
        invalidInput(member === "maxResults" ? "Invalid MaxResults" : "Invalid NextToken"),
    },
  );
  return { items, next: nextToken === undefined ? {} : { NextToken: nextToken } };
}
