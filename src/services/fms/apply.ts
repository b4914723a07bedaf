import type { CallOptions } from "../../aws/aws.ts";
import type { Input } from "../../aws/operations.ts";
import { isJsonObject, type JsonObject } from "../../core/json.ts";
import { changeHandler, placeOf, waitUntil } from "../kit/change-handler.ts";
import type { ApplyContext, ChangeHandler, Observation, ResolvedChange } from "../service.ts";
import { pickedAs } from "./content.ts";
import { inOrder } from "./plan-administrators.ts";
import { readAdministrators, readPolicies, readPolicy, readScope } from "./reads.ts";

/** How long AWS may take to take an administrator aboard. */
const onboardingLimits = { everyMs: 10_000, atMostMs: 15 * 60_000 };
/** An administrator that was just set is not known everywhere at once. */
const eventual = ["InvalidOperationException"];

/** The changes of Firewall Manager, by operation. */
export const firewallManagerChanges: Readonly<Record<string, ChangeHandler>> = {
  AssociateAdminAccount: changeHandler("fms", "AssociateAdminAccount", {
    observe: async ({ aws, signal }) => {
      const found = (await readAdministrators(aws, signal)).find(({ isDefault }) => isDefault);
      return found === undefined ? null : { account: found.account };
    },
    settle: async (context, change, _, how) =>
      waitUntil(
        context,
        change,
        async () => {
          const { RoleStatus } = await context.aws.call("fms", "GetAdminAccount", {}, how);
          return RoleStatus === "READY";
        },
        onboardingLimits,
      ),
  }),
  DisassociateAdminAccount: changeHandler("fms", "DisassociateAdminAccount", {
    observe: async ({ aws, signal }, { before }) => {
      const wanted = before?.account;
      const found = (await readAdministrators(aws, signal)).find(
        ({ account }) => account === wanted,
      );
      return found === undefined ? null : { account: found.account };
    },
  }),
  PutAdminAccount: changeHandler("fms", "PutAdminAccount", { observe: observeScope, eventual }),
  PutPolicy: changeHandler("fms", "PutPolicy", {
    observe: observePolicy,
    input: withToken,
    idOf: ({ Policy }) => Policy?.PolicyId,
    eventual,
  }),
  DeletePolicy: changeHandler("fms", "DeletePolicy", {
    observe: async ({ aws }, { input }, how) => {
      const found = (await readPolicies(aws, how)).find(({ id }) => id === input.PolicyId);
      return found === undefined ? null : { name: found.name, type: found.type };
    },
  }),
};

async function observeScope(
  { aws, signal }: ApplyContext,
  { input, after }: ResolvedChange,
): Promise<JsonObject | null> {
  const account = String(input.AdminAccount);
  const isThere = (await readAdministrators(aws, signal)).some((one) => one.account === account);
  if (!isThere) return null;
  const scope = inOrder(await readScope(aws, account, signal));
  return { scope: pickedAs(scope, after?.scope ?? {}) };
}

async function observePolicy(
  { aws }: ApplyContext,
  { input, after }: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null | Observation> {
  const { PolicyName: name } = policyOf(input);
  const found = (await readPolicies(aws, { ...how, eventual })).find((one) => one.name === name);
  if (found === undefined) return null;
  const { content } = await readPolicy(aws, how, found.id);
  return { facet: { policy: pickedAs(content, after?.policy ?? {}) }, id: found.id };
}

/** An update must name the version that it replaces: the one that was just looked at. */
async function withToken(
  change: ResolvedChange,
  context: ApplyContext,
): Promise<Input<"fms", "PutPolicy">> {
  const policy = policyOf(change.input);
  if (typeof policy.PolicyId !== "string") {
    return change.input as unknown as Input<"fms", "PutPolicy">;
  }
  const { token } = await readPolicy(context.aws, placeOf(context, change), policy.PolicyId);
  const versioned = token === undefined ? policy : { ...policy, PolicyUpdateToken: token };
  return { Policy: versioned } as unknown as Input<"fms", "PutPolicy">;
}

function policyOf({ Policy }: JsonObject): JsonObject {
  return isJsonObject(Policy ?? null) ? (Policy as JsonObject) : {};
}
