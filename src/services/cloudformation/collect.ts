import { type CallAs, readStackSet } from "../kit/stack-sets/read-stack-set.ts";
import type { StackSetState } from "../kit/stack-sets/stack-set-state.ts";
import type { CollectContext } from "../security-service.ts";
import type { CloudformationBlock } from "./schema.ts";
import type { CloudformationState } from "./state.ts";

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
    const found: { name: string; id: string; model: string }[] = [];
    const input = { Status: "ACTIVE" as const, CallAs: callAs };
    for await (const page of aws.pages("cloudformation", "ListStackSets", input, from)) {
      for (const { StackSetName, StackSetId, PermissionModel } of page.Summaries ?? []) {
        found.push({
          name: StackSetName ?? "",
          id: StackSetId ?? "",
          model: PermissionModel ?? "SELF_MANAGED",
        });
      }
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
  return {
    readAt,
    ...(access === undefined ? {} : { access }),
    stackSets: Object.fromEntries(stackSets.flat()),
    others: list.filter(({ name }) => !names.includes(name)),
  };
}
