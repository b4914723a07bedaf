import { AwsError, type CallSite } from "./aws-error.ts";
import { describeSite } from "./errors.ts";

/** How an operation pages: which members hold the token, in input and output. */
export interface Paging {
  readonly inputToken: string;
  readonly outputToken: string;
}

/** The paging of AWS Organizations and Account Management. */
export const nextToken: Paging = { inputToken: "NextToken", outputToken: "NextToken" };

/** The ways of paging that an answer itself tells; IAM's needs to be said. */
const telling: readonly Paging[] = [
  nextToken,
  { inputToken: "nextToken", outputToken: "nextToken" },
  { inputToken: "Marker", outputToken: "NextMarker" },
  { inputToken: "ContinuationToken", outputToken: "ContinuationToken" },
];

/**
 * Reads all pages. A page may be empty and still have a token: the list ends where the token ends.
 * Throws an AwsError, ORGRAIL4014, when a token comes a second time: the list would never end.
 */
export async function* paginate<Page extends object>(
  read: (token: Readonly<Record<string, string>>) => Promise<Page>,
  site: CallSite,
  given?: Paging,
): AsyncGenerator<Page, void, undefined> {
  const seen = new Set<string>();
  let token: string | undefined;
  let input: Readonly<Record<string, string>> = {};
  do {
    const page = await read(input);
    yield page;
    const paging = given ?? telling.find(({ outputToken }) => outputToken in page) ?? nextToken;
    const next = (page as Readonly<Record<string, unknown>>)[paging.outputToken];
    token = typeof next === "string" && next !== "" ? next : undefined;
    if (token !== undefined) {
      if (seen.has(token)) {
        const said = "the endpoint gave the same page token twice, so the list has no end";
        throw new AwsError(
          "ORGRAIL4014",
          `${describeSite(site)}: ${said}`,
          { kind: "unreadable", site, said },
          { hint: "this is a fault of the endpoint: is it AWS's own?" },
        );
      }
      seen.add(token);
      input = { [paging.inputToken]: token };
    }
  } while (token !== undefined);
}
