import { cloudformationQuotas } from "../../../data/cloudformation-quotas.ts";
import { pageOf } from "../../kit/sandbox-page.ts";
import { validationError } from "./errors.ts";

/** A page of one of the StackSets lists, as its operation answers it. */
export function page<T>(
  list: string,
  items: readonly T[],
  input: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): { readonly items: T[]; readonly NextToken?: string } {
  const { items: found, nextToken } = pageOf(
    items,
    { maxResults: input.MaxResults, token: input.NextToken },
    {
      list,
      defaultSize: cloudformationQuotas.pageSize,
      maxSize: cloudformationQuotas.pageSize,
      invalid: (member) =>
        validationError(
          member === "maxResults"
            ? `1 validation error detected: Value '${input.MaxResults}' at 'maxResults' failed to satisfy constraint: Member must have value between 1 and ${cloudformationQuotas.pageSize}`
            : "Invalid pagination token",
        ),
    },
  );
  return { items: found, ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
}
