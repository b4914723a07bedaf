import { pageOf } from "../../kit/sandbox-page.ts";
import { validation } from "./errors.ts";

/** One page of a list, with the token of the next; `max` is the service's page size. */
export function page<T>(
  list: string,
  all: readonly T[],
  input: { readonly maxResults?: number | undefined; readonly nextToken?: string | undefined },
  max: number,
): { readonly items: T[]; readonly next: { nextToken?: string } } {
  const { items, nextToken } = pageOf(
    all,
    { maxResults: input.maxResults, token: input.nextToken },
    {
      list,
      defaultSize: max,
      maxSize: max,
      invalid: (member) => validation(`The value for the ${member} field is invalid`),
    },
  );
  return { items, next: nextToken === undefined ? {} : { nextToken } };
}
