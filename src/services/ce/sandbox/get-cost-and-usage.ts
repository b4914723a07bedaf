import type {
  DimensionValues,
  Expression,
  GetCostAndUsageCommandInput,
  GetCostAndUsageCommandOutput,
  Group,
  MetricValue,
} from "@aws-sdk/client-cost-explorer";
import { cloudtrailPrices } from "../../../data/cloudtrail-prices.ts";
import { type Handler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { pageOf } from "../../kit/sandbox-page.ts";
import { hasCostData } from "./activity.ts";
import { trailUsage, type UsageLine } from "./trail-usage.ts";

type Served = Handler<GetCostAndUsageCommandInput, Omit<GetCostAndUsageCommandOutput, "$metadata">>;

/** AWS does not say how many groups a page holds. */
const groupsPerPage = 1_000;

/** Months that Cost Explorer keeps. */
const mostMonths = 14;

const costMetrics: readonly string[] = [
  "AmortizedCost",
  "BlendedCost",
  "NetAmortizedCost",
  "NetUnblendedCost",
  "UnblendedCost",
];
const usageMetrics: readonly string[] = ["NormalizedUsageAmount", "UsageQuantity"];

/** What lines can be filtered and grouped by. */
const dimensions: Readonly<Record<string, (line: UsageLine) => string>> = {
  LINKED_ACCOUNT: ({ account }) => account,
  REGION: ({ region }) => region,
  SERVICE: () => cloudtrailPrices.service,
  USAGE_TYPE: ({ usageType }) => usageType,
};

/**
 * Serves GetCostAndUsage. The management account sees the whole organization, a member itself.
 *
 * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetCostAndUsage.html
 */
export const getCostAndUsage: Served = (context, input) => {
  const { world, caller } = context;
  const metrics = metricsOf(input);
  const keys = groupKeys(input);
  const matches = filterOf(input.Filter);
  const periods = periodsOf(context, input);
  if (!hasCostData(world)) {
    throw new ServiceError(
      "DataUnavailableException",
      "Data is not available. Please try to adjust the time period. If just enabled Cost Explorer, data might not be ingested yet",
    );
  }
  const organization = organizationWith(world, caller.account);
  const accounts =
    organization?.managementAccountId === caller.account
      ? [...organization.accounts.keys()].sort()
      : [caller.account];
  const results = periods.map(([start, end]) => ({
    TimePeriod: { Start: day(start), End: day(end) },
    lines: trailUsage(world, accounts, start, end).filter(matches),
    Estimated: end > world.clock.now(),
  }));
  if (keys.length === 0) {
    return {
      ResultsByTime: results.map(({ TimePeriod, Estimated, lines }) => ({
        TimePeriod,
        Total: metricValues(lines, metrics),
        Groups: [],
        Estimated,
      })),
      DimensionValueAttributes: [],
    };
  }
  const rows = results.flatMap((result) => groups(result, keys, metrics));
  const { items, nextToken } = pageOf(
    rows,
    { token: input.NextPageToken },
    {
      list: JSON.stringify([input.TimePeriod, input.Granularity, input.Filter, keys, metrics]),
      defaultSize: groupsPerPage,
      maxSize: groupsPerPage,
      invalid: () =>
        new ServiceError("InvalidNextTokenException", "The pagination token is invalid."),
    },
  );
  return {
    ...(nextToken === undefined ? {} : { NextPageToken: nextToken }),
    GroupDefinitions: keys.map((Key) => ({ Type: "DIMENSION", Key })),
    ResultsByTime: results.map((result) => ({
      TimePeriod: result.TimePeriod,
      Total: {},
      Groups: items.filter(({ of }) => of === result).map(({ group }) => group),
      Estimated: result.Estimated,
    })),
    DimensionValueAttributes: [],
  };
};

interface Result {
  readonly lines: readonly UsageLine[];
}

function groups(
  of: Result,
  keys: readonly string[],
  metrics: readonly string[],
): readonly { readonly of: Result; readonly group: Group }[] {
  const byKey = new Map<string, UsageLine[]>();
  for (const line of of.lines) {
    const key = keys.map((name) => dimensions[name]?.(line) ?? "").join("\n");
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [line]);
    else known.push(line);
  }
  return [...byKey]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, lines]) => ({
      of,
      group: { Keys: key.split("\n"), Metrics: metricValues(lines, metrics) },
    }));
}

function metricValues(
  lines: readonly UsageLine[],
  metrics: readonly string[],
): Record<string, MetricValue> {
  const sum = (of: (line: UsageLine) => number): string =>
    String(Number(lines.reduce((total, line) => total + of(line), 0).toFixed(10)));
  return Object.fromEntries(
    metrics.map((name) => [
      name,
      costMetrics.includes(name)
        ? { Amount: sum(({ cost }) => cost), Unit: cloudtrailPrices.currency }
        : { Amount: sum(({ quantity }) => quantity), Unit: "Events" },
    ]),
  );
}

function metricsOf({ Metrics = [] }: GetCostAndUsageCommandInput): readonly string[] {
  if (Metrics.length === 0) throw invalid("At least one metric must be specified");
  const known = [...costMetrics, ...usageMetrics];
  // The console's spelling, with plurals, is taken too.
  return Metrics.map((given) => {
    const name = known.find((one) => one.toLowerCase() === given.toLowerCase().replace(/s$/, ""));
    if (name === undefined) throw invalid(`Invalid metric: ${given}`);
    return name;
  });
}

function groupKeys({ GroupBy = [] }: GetCostAndUsageCommandInput): readonly string[] {
  if (GroupBy.length > 2) throw invalid("GroupBy can have at most two entries");
  return GroupBy.map(({ Type, Key = "" }) => {
    if (Type !== "DIMENSION" || dimensions[Key] === undefined) {
      throw invalid(`Group Definition dimension is invalid. [${Key}]`);
    }
    return Key;
  });
}

function filterOf(filter: Expression | undefined): (line: UsageLine) => boolean {
  if (filter === undefined) return () => true;
  const { And, Or, Not, Dimensions, ...rest } = filter;
  const given = [And, Or, Not, Dimensions, ...Object.values(rest)].filter(
    (one) => one !== undefined,
  );
  if (given.length !== 1) throw invalid("Expression has to have exactly one root");
  if (And !== undefined || Or !== undefined) {
    const all = (And ?? Or ?? []).map(filterOf);
    if (all.length < 2) throw invalid("A group of expressions must have at least two of them");
    return (line) =>
      And === undefined ? all.some((one) => one(line)) : all.every((one) => one(line));
  }
  if (Not !== undefined) {
    const inner = filterOf(Not);
    return (line) => !inner(line);
  }
  return dimensionFilter(Dimensions ?? {});
}

function dimensionFilter({
  Key = "SERVICE",
  Values = [],
  MatchOptions = ["EQUALS"],
}: DimensionValues) {
  const read = dimensions[Key];
  if (read === undefined || MatchOptions.some((one) => one !== "EQUALS")) {
    throw invalid(`Dimension ${Key} cannot be filtered that way`);
  }
  if (Values.length === 0) throw invalid("Values of a dimension must not be empty");
  const wanted = new Set(Values);
  return (line: UsageLine): boolean => wanted.has(read(line));
}

/** The parts of the time period, in milliseconds since the epoch. */
function periodsOf(
  { world }: HandlerContext,
  { TimePeriod, Granularity }: GetCostAndUsageCommandInput,
): readonly (readonly [start: number, end: number])[] {
  const start = dayOf(TimePeriod?.Start);
  const end = dayOf(TimePeriod?.End);
  if (start >= end) throw invalid("Start date (and hour) should be before end date (and hour)");
  const now = new Date(world.clock.now());
  const oldest = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - mostMonths, 1);
  if (start < oldest) {
    throw invalid(`You haven't enabled historical data beyond ${mostMonths} months`);
  }
  if (Granularity !== "MONTHLY" && Granularity !== "DAILY") {
    throw invalid("Granularity is one of DAILY and MONTHLY: hourly data is not enabled");
  }
  const edges = [start];
  for (let at = next(start, Granularity); at < end; at = next(at, Granularity)) edges.push(at);
  return edges.map((from, index) => [from, edges[index + 1] ?? end]);
}

function next(at: number, granularity: "MONTHLY" | "DAILY"): number {
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return granularity === "MONTHLY" ? Date.UTC(year, month + 1, 1) : at + 86_400_000;
}

function dayOf(text: string | undefined): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text ?? "") ? Date.parse(text ?? "") : Number.NaN;
  if (Number.isNaN(at)) throw invalid("Dates have the form yyyy-MM-dd");
  return at;
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function invalid(message: string): ServiceError {
  return new ServiceError("ValidationException", message);
}
