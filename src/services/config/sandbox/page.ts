import { pageOf } from "../../kit/sandbox-page.ts";
import { configError } from "./errors.ts";

/** A page of one of Config's lists; its operations call the size `Limit`. */
export function page<T>(
  list: string,
  items: readonly T[],
  input: { readonly Limit?: number | undefined; readonly NextToken?: string | undefined },
  size: number,
): { readonly items: T[]; readonly NextToken?: string } {
  const { items: found, nextToken } = pageOf(
    items,
    // 0 stands for the default, as the API has it.
    { maxResults: input.Limit === 0 ? undefined : input.Limit, token: input.NextToken },
    {
      list,
      defaultSize: size,
      maxSize: size,
      invalid: (member) =>
        member === "maxResults"
          ? configError(
              "InvalidLimitException",
              "The specified limit is outside the allowable range.",
            )
          : configError(
              "InvalidNextTokenException",
              "The specified next token is not valid. Specify the nextToken string that was returned in the previous response to get the next page of results.",
            ),
    },
  );
  return { items: found, ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
}
