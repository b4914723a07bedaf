import { identityCenterFacts } from "../../../data/identity-center.ts";
import { pageOf } from "../../kit/sandbox-page.ts";
import { invalid } from "./errors.ts";

/** One page of a list. */
export function page<T>(
  items: readonly T[],
  input: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
  list: string,
): { readonly items: T[]; readonly next: { readonly NextToken?: string } } {
  const { items: found, nextToken } = pageOf(
    items,
    { maxResults: input.MaxResults, token: input.NextToken },
    {
      list,
      defaultSize: identityCenterFacts.pageSize,
      maxSize: identityCenterFacts.pageSize,
      invalid: (member) => invalid(`Invalid ${member}`),
    },
  );
  return { items: found, next: nextToken === undefined ? {} : { NextToken: nextToken } };
}
