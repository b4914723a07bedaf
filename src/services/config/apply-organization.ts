import type { JsonObject } from "../../core/json.ts";
import { changeHandler, placeOf, remember, waitUntil } from "../kit/change-handler.ts";
import type {
  ApplyContext,
  ChangeHandler,
  PartFailure,
  ResolvedChange,
  WriteResult,
} from "../service.ts";
import { isCode, readAggregator, readPacks, readRules } from "./read.ts";

/** How often Config is asked whether it is done, and how long it may take. */
const looks = { everyMs: 15_000, atMostMs: 2 * 60 * 60 * 1000 } as const;
/** Trusted access and the administrator that were just made are not known everywhere at once. */
const eventual = ["OrganizationAccessDeniedException", "InsufficientPermissionsException"];

/** Changes of the administrator's rules, packs and aggregators. */
export const organizationChanges: Readonly<Record<string, ChangeHandler>> = {
  PutOrganizationConfigRule: {
    observe: observeRule,
    write: (context, change) => put(context, change, "PutOrganizationConfigRule"),
  },
  DeleteOrganizationConfigRule: {
    observe: observeRule,
    write: (context, change) => put(context, change, "DeleteOrganizationConfigRule"),
  },
  PutOrganizationConformancePack: {
    observe: observePack,
    write: (context, change) => put(context, change, "PutOrganizationConformancePack"),
  },
  DeleteOrganizationConformancePack: {
    observe: observePack,
    write: (context, change) => put(context, change, "DeleteOrganizationConformancePack"),
  },
  PutConfigurationAggregator: changeHandler("config", "PutConfigurationAggregator", {
    observe: ({ aws }, { input }, how) =>
      readAggregator(aws, String(input.ConfigurationAggregatorName), how),
    // A role that was just made cannot be assumed at once.
    eventual: [...eventual, "InvalidRoleException"],
  }),
  DeleteConfigurationAggregator: changeHandler("config", "DeleteConfigurationAggregator", {
    observe: ({ aws }, { input }, how) =>
      readAggregator(aws, String(input.ConfigurationAggregatorName), how),
  }),
};

type Operation =
  | "PutOrganizationConfigRule"
  | "DeleteOrganizationConfigRule"
  | "PutOrganizationConformancePack"
  | "DeleteOrganizationConformancePack";

async function observeRule(
  context: ApplyContext,
  change: ResolvedChange,
  fresh: boolean,
): Promise<{ facet: JsonObject | null }> {
  const name = String(change.input.OrganizationConfigRuleName);
  const how = placeOf(context, change);
  const rules = await remember(context, change, `rules ${name}`, fresh, () =>
    readRules(context.aws, how, (candidate) => candidate === name),
  );
  return { facet: rules[name] ?? null };
}

async function observePack(
  context: ApplyContext,
  change: ResolvedChange,
  fresh: boolean,
): Promise<{ facet: JsonObject | null }> {
  const how = placeOf(context, change);
  const packs = await remember(context, change, "packs", fresh, () => readPacks(context.aws, how));
  return { facet: packs[String(change.input.OrganizationConformancePackName)] ?? null };
}

/**
 * Sends the request when Config is not at another one of the same thing, and waits until it has
 * reached all accounts.
 *
 * @returns the accounts that it did not reach.
 */
async function put(
  context: ApplyContext,
  change: ResolvedChange,
  operation: Operation,
): Promise<WriteResult> {
  const { aws } = context;
  const how = placeOf(context, change);
  await waitUntil(
    context,
    change,
    async () => {
      try {
        await aws.call("config", operation, change.input as never, {
          ...how,
          finish: true,
          idempotent: true,
          eventual,
        });
        return true;
      } catch (error) {
        if (isCode(error, "ResourceInUseException")) return false;
        throw error;
      }
    },
    looks,
  );
  context.memo.clear();
  let status: string | undefined;
  await waitUntil(
    context,
    change,
    async () => {
      status = await statusOf(context, change);
      return status === undefined || !status.endsWith("_IN_PROGRESS");
    },
    looks,
  );
  if (status === undefined || !status.endsWith("_FAILED")) return {};
  const failures = await failuresOf(context, change, status);
  return failures.length === 0 ? {} : { failures };
}

/** How it stands with a rule or pack; `undefined`: there is none. */
async function statusOf(
  context: ApplyContext,
  change: ResolvedChange,
): Promise<string | undefined> {
  const { aws } = context;
  const how = placeOf(context, change);
  const { OrganizationConfigRuleName: rule, OrganizationConformancePackName: pack } = change.input;
  try {
    if (rule !== undefined) {
      const input = { OrganizationConfigRuleNames: [String(rule)] };
      const answer = await aws.call("config", "DescribeOrganizationConfigRuleStatuses", input, how);
      return answer.OrganizationConfigRuleStatuses?.[0]?.OrganizationRuleStatus;
    }
    const input = { OrganizationConformancePackNames: [String(pack)] };
    const answer = await aws.call(
      "config",
      "DescribeOrganizationConformancePackStatuses",
      input,
      how,
    );
    return answer.OrganizationConformancePackStatuses?.[0]?.Status;
  } catch (error) {
    const isGone = isCode(
      error,
      "NoSuchOrganizationConfigRuleException",
      "NoSuchOrganizationConformancePackException",
    );
    if (isGone) return undefined;
    throw error;
  }
}

async function failuresOf(
  context: ApplyContext,
  change: ResolvedChange,
  status: string,
): Promise<readonly PartFailure[]> {
  const { aws } = context;
  const how = placeOf(context, change);
  const { OrganizationConfigRuleName: rule, OrganizationConformancePackName: pack } = change.input;
  const failures: PartFailure[] = [];
  const add = (account: string | undefined, code?: string, message?: string): void => {
    failures.push({
      ...(account === undefined ? {} : { account }),
      message: [code, message].filter((text) => text !== undefined).join(": ") || status,
    });
  };
  if (rule !== undefined) {
    const input = {
      OrganizationConfigRuleName: String(rule),
      Filters: { MemberAccountRuleStatus: status as "CREATE_FAILED" },
    };
    const pages = aws.pages("config", "GetOrganizationConfigRuleDetailedStatus", input, how);
    for await (const page of pages) {
      for (const one of page.OrganizationConfigRuleDetailedStatus ?? []) {
        add(one.AccountId, one.ErrorCode, one.ErrorMessage);
      }
    }
    return failures;
  }
  const input = {
    OrganizationConformancePackName: String(pack),
    Filters: { Status: status as "CREATE_FAILED" },
  };
  const pages = aws.pages("config", "GetOrganizationConformancePackDetailedStatus", input, how);
  for await (const page of pages) {
    for (const one of page.OrganizationConformancePackDetailedStatuses ?? []) {
      add(one.AccountId, one.ErrorCode, one.ErrorMessage);
    }
  }
  return failures;
}
