import type { CollectContext } from "../security-service.ts";
import { byDefaultName, listBaselines } from "./collect-patching.ts";
import { patchPolicyFacet, stackNameOf } from "./patch-policy-facet.ts";
import { readStack } from "./read-stack.ts";
import type { SystemsManagerBlock } from "./schema.ts";
import type { SystemsManagerState } from "./state.ts";

/** Reads the stacks of the patch policies that the file names, and the patch baselines they rest on. */
export async function collectPatchPolicies(
  context: CollectContext<SystemsManagerBlock>,
): Promise<SystemsManagerState["patchPolicies"]> {
  const { aws, block, organization, homeRegion, signal } = context;
  const policies = Object.entries(block?.patchPolicies ?? {});
  if (policies.length === 0) return undefined;
  const account = organization.managementAccountId;
  const how = { account, region: homeRegion, ...(signal === undefined ? {} : { signal }) };
  const read = await context.each(policies, async ([name]) => {
    const found = await context.attempt(
      `${account}/${homeRegion}/patchPolicy/${name}`,
      async () => {
        const stack = await readStack(aws, stackNameOf(name), how);
        return { facet: stack === null ? null : patchPolicyFacet(stack) };
      },
    );
    return found === undefined ? [] : [[name, found.facet] as const];
  });
  const isLeaving = (one: { readonly remove?: boolean | undefined }): boolean =>
    block?.remove === true || one.remove === true;
  const kept = policies.filter(([, one]) => !isLeaving(one));
  const awsOwn =
    kept.length === 0 ? undefined : await listBaselines(context, "AWS", account, homeRegion);
  return {
    stacks: Object.fromEntries(read.flat()),
    ...(awsOwn === undefined ? {} : { awsBaselines: byDefaultName(awsOwn) }),
  };
}
