import { cloudtrailPrices } from "../../data/cloudtrail-prices.ts";
import type { CollectContext } from "../security-service.ts";
import { orNull } from "./or-null.ts";
import type { CloudTrailBlock } from "./schema.ts";
import type { TrailUsageState } from "./state.ts";

type Line = TrailUsageState["lines"][number];

/**
 * Reads what CloudTrail was charged for in the last full month, by account and usage type. AWS charges
 * a cent for each page of the answer. Only the management account is told of all accounts: others do
 * not ask. `null`: there is no data to be had.
 *
 * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetCostAndUsage.html
 */
export async function collectUsage(
  context: CollectContext<CloudTrailBlock>,
): Promise<TrailUsageState | null | undefined> {
  const { aws, organization } = context;
  return context.attempt("usage", async () => {
    const { account } = await aws.caller(context.signal);
    if (account !== organization.managementAccountId) return null;
    return orNull(["DataUnavailableException"], async () => {
      const { start, end } = lastMonth(aws.clock.now());
      const lines: Line[] = [];
      const answers = aws.pages(
        "ce",
        "GetCostAndUsage",
        {
          TimePeriod: { Start: start, End: end },
          Granularity: "MONTHLY",
          Metrics: ["UnblendedCost", "UsageQuantity"],
          Filter: { Dimensions: { Key: "SERVICE", Values: [cloudtrailPrices.service] } },
          GroupBy: [
            { Type: "DIMENSION", Key: "LINKED_ACCOUNT" },
            { Type: "DIMENSION", Key: "USAGE_TYPE" },
          ],
        },
        {
          region: aws.partition.globalRegion,
          paging: { inputToken: "NextPageToken", outputToken: "NextPageToken" },
          ...(context.signal === undefined ? {} : { signal: context.signal }),
        },
      );
      let currency = cloudtrailPrices.currency;
      for await (const { ResultsByTime = [] } of answers) {
        for (const { Keys = [], Metrics } of ResultsByTime.flatMap(({ Groups = [] }) => Groups)) {
          const [linked = "", type = ""] = Keys;
          currency = Metrics?.UnblendedCost?.Unit ?? currency;
          lines.push({
            account: linked,
            type,
            events: Number(Metrics?.UsageQuantity?.Amount ?? 0),
            cost: Number(Metrics?.UnblendedCost?.Amount ?? 0),
          });
        }
      }
      return { start, end, currency, lines };
    });
  });
}

/** The last month that is over, in UTC: its first day, and the first of the next. */
function lastMonth(nowMs: number): { readonly start: string; readonly end: string } {
  const now = new Date(nowMs);
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  const first = (at: number): string => new Date(Date.UTC(year, at, 1)).toISOString().slice(0, 10);
  return { start: first(month - 1), end: first(month) };
}
