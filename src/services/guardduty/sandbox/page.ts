import { guardDutyFacts } from "../../../data/guardduty-facts.ts";
import { pageOf } from "../../kit/sandbox-page.ts";
import { invalidValue } from "./errors.ts";

/** One page of a list; GuardDuty's hold at most 50 items. */
export function page<T>(
  list: string,
  items: readonly T[],
  input: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): { readonly items: T[]; readonly NextToken?: string } {
  const { pageSize } = guardDutyFacts;
  const { items: page, nextToken } = pageOf(
    items,
    { maxResults: input.MaxResults, token: input.NextToken },
    { list, defaultSize: pageSize, maxSize: pageSize, invalid: () => invalidValue() },
  );
  return { items: page, ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
}
