import type { StackSetSummary } from "@aws-sdk/client-cloudformation";
import type { Aws } from "../../aws/aws.ts";
import { type CallAs, readStackSet, type StackSetPlace } from "../kit/stack-sets/read-stack-set.ts";
import type { StackSetState } from "../kit/stack-sets/stack-set-state.ts";
import type { CollectContext } from "../security-service.ts";
import type { CloudformationBlock } from "./schema.ts";
import type { CloudformationState, ListedStackSet } from "./state.ts";

/**
 * Reads StackSets' access to the organization and the stack sets that the block names, from the
 * account that works on them: one call for each hundred stack sets and for each hundred stacks.
 */
export async function collectCloudformation(
  context: CollectContext<CloudformationBlock>,
): Promise<CloudformationState> {
  const { aws, block, homeRegion, signal } = context;
  const readAt = new Date(aws.clock.now()).toISOString();
  const how = {
    region: block?.region ?? homeRegion,
    ...(signal === undefined ? {} : { signal }),
  };
  const access = await context.attempt("organizationsAccess", async () => {
    const input = { CallAs: "SELF" as const };
    const answer = await aws.call("cloudformation", "DescribeOrganizationsAccess", input, how);
    return answer.Status ?? "DISABLED";
  });
  const administrator =
    block?.callAs === "delegatedAdministrator" && block.delegatedAdministrator !== undefined
      ? context.accountNamed(block.delegatedAdministrator)
      : undefined;
  const isRegistered = context.organization.delegatedAdministrators?.some(
    ({ account, services }) =>
      account === administrator?.id &&
      services?.includes("member.org.stacksets.cloudformation.amazonaws.com"),
  );
  // An account that is not registered yet cannot see what the management account sees as well.
  const asked = administrator !== undefined && isRegistered === true ? administrator : undefined;
  const callAs: CallAs = asked === undefined ? "SELF" : "DELEGATED_ADMIN";
  const from = { ...how, ...(asked === undefined ? {} : { account: asked.id }) };
  const list = await context.attempt("stackSets", async () => {
    const found: ListedStackSet[] = [];
    const input = { Status: "ACTIVE" as const, CallAs: callAs };
    for await (const page of aws.pages("cloudformation", "ListStackSets", input, from)) {
      found.push(...(page.Summaries ?? []).map(listed));
    }
    return found;
  });
  if (list === undefined) {
    return { readAt, ...(access === undefined ? {} : { access }), stackSets: {}, others: [] };
  }
  const names = block?.stackSets.map(({ name }) => name) ?? [];
  const stackSets = await context.each(
    names,
    async (name): Promise<readonly [string, StackSetState | null][]> => {
      if (!list.some((one) => one.name === name)) return [[name, null]];
      const read = await context.attempt(`stackSets/${name}`, () =>
        readStackSet(aws, { name, callAs, how: from }),
      );
      return read === undefined ? [] : [[name, read]];
    },
  );
  const others = list.filter(({ name }) => !names.includes(name));
  return {
    readAt,
    ...(access === undefined ? {} : { access }),
    stackSets: Object.fromEntries(stackSets.flat()),
    others:
      block !== undefined || context.tier === "headline"
        ? others
        : await context.each(others, async (set) => {
            if (set.model !== "SERVICE_MANAGED") return set;
            const broken = await context.attempt(`stackSets/${set.name}`, () =>
              readBroken(aws, { name: set.name, callAs, how: from }),
            );
            return broken === undefined ? set : { ...set, broken };
          }),
  };
}

function listed({
  StackSetName,
  StackSetId,
  PermissionModel,
  AutoDeployment,
  DriftStatus,
  LastDriftCheckTimestamp,
}: StackSetSummary): ListedStackSet {
  const checkedAt = LastDriftCheckTimestamp?.toISOString();
  return {
    name: StackSetName ?? "",
    id: StackSetId ?? "",
    model: PermissionModel ?? "SELF_MANAGED",
    ...(AutoDeployment?.Enabled === undefined ? {} : { autoDeployment: AutoDeployment.Enabled }),
    drift: {
      status: DriftStatus ?? "NOT_CHECKED",
      ...(checkedAt === undefined ? {} : { checkedAt }),
    },
  };
}

/** States of stacks that did not come to be as their stack set wants them. */
const brokenStates = ["FAILED", "INOPERABLE"] as const;

/** Stacks that failed: a call for each state, however many stacks there are. Throws `AwsError`. */
async function readBroken(
  aws: Aws,
  { name, callAs, how }: StackSetPlace,
): Promise<NonNullable<ListedStackSet["broken"]>> {
  const found: NonNullable<ListedStackSet["broken"]>[number][] = [];
  for (const status of brokenStates) {
    const Filters = [{ Name: "DETAILED_STATUS" as const, Values: status }];
    const input = { StackSetName: name, CallAs: callAs, MaxResults: 100, Filters };
    for await (const page of aws.pages("cloudformation", "ListStackInstances", input, how)) {
      for (const { Account, Region, StatusReason } of page.Summaries ?? []) {
        const reason = StatusReason === undefined ? {} : { reason: StatusReason };
        found.push({ account: Account ?? "", region: Region ?? "", status, ...reason });
      }
    }
  }
  return found;
}
