import type {
  DeletePolicyCommandInput,
  DeletePolicyCommandOutput,
  GetPolicyCommandInput,
  GetPolicyCommandOutput,
  ListMemberAccountsCommandInput,
  ListMemberAccountsCommandOutput,
  ListPoliciesCommandInput,
  ListPoliciesCommandOutput,
  Policy,
  PutPolicyCommandInput,
  PutPolicyCommandOutput,
} from "@aws-sdk/client-fms";
import { firewallManagerFacts } from "../../../data/firewall-manager.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { activeAccounts } from "../../kit/sandbox-organization.ts";
import { invalidInput, invalidOperation, limitExceeded, notFound } from "./errors.ts";
import { page } from "./page.ts";
import { checkPolicy } from "./policy-input.ts";
import type { Served } from "./served.ts";
import {
  type AdministratorRecord,
  administratorRegion,
  callingAdministrator,
  type PolicyRecord,
} from "./state.ts";

const putPolicy: Served<PutPolicyCommandInput, PutPolicyCommandOutput> = (context, input) => {
  const { world, caller, region } = context;
  const { organization, record: administrator } = callingAdministrator(context);
  const given = input.Policy;
  if (given === undefined) throw invalidInput("Policy is required");
  checkPolicy(organization, region, given);
  checkScope(context, administrator, given);
  const { policies } = administratorRegion(world, caller.account, region);
  const token = `1:${world.newId(22)}`;
  let record: PolicyRecord;
  if (given.PolicyId === undefined) {
    if (policies.size >= firewallManagerFacts.maxPolicies) {
      throw limitExceeded("The maximum number of Firewall Manager policies is reached.");
    }
    const id = world
      .newId(32, "0123456789abcdef")
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    record = {
      id,
      arn: `arn:aws:fms:${region}:${caller.account}:policy/${id}`,
      policy: given,
      token,
      tags: new Map((input.TagList ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
    };
    policies.set(id, record);
  } else {
    record = find(context, given.PolicyId);
    if (given.PolicyUpdateToken !== record.token) {
      throw invalidInput(
        "The PolicyUpdateToken does not match that of the policy. Get the policy and try again.",
      );
    }
    const before = record.policy.SecurityServicePolicyData?.Type;
    if (given.SecurityServicePolicyData?.Type !== before) {
      throw invalidOperation("The type of a policy cannot be changed.");
    }
    record.policy = given;
    record.token = token;
  }
  return { Policy: shape(record), PolicyArn: record.arn };
};

const getPolicy: Served<GetPolicyCommandInput, GetPolicyCommandOutput> = (context, input) => {
  callingAdministrator(context);
  const record = find(context, input.PolicyId);
  return { Policy: shape(record), PolicyArn: record.arn };
};

const listPolicies: Served<ListPoliciesCommandInput, ListPoliciesCommandOutput> = (
  context,
  input,
) => {
  const { world, caller, region } = context;
  callingAdministrator(context);
  const all = [...administratorRegion(world, caller.account, region).policies.values()].map(
    ({ id, arn, policy }) => ({
      PolicyArn: arn,
      PolicyId: id,
      PolicyName: policy.PolicyName,
      ResourceType: policy.ResourceType,
      SecurityServiceType: policy.SecurityServicePolicyData?.Type,
      RemediationEnabled: policy.RemediationEnabled,
      DeleteUnusedFMManagedResources: policy.DeleteUnusedFMManagedResources ?? false,
      PolicyStatus: "ACTIVE" as const,
    }),
  );
  const { items, next } = page("policies", all, input, firewallManagerFacts.pageSizes.policies);
  return { PolicyList: items, ...next };
};

const deletePolicy: Served<DeletePolicyCommandInput, DeletePolicyCommandOutput> = (
  context,
  input,
) => {
  const { world, caller, region } = context;
  callingAdministrator(context);
  const { id } = find(context, input.PolicyId);
  administratorRegion(world, caller.account, region).policies.delete(id);
  return {};
};

const listMemberAccounts: Served<
  ListMemberAccountsCommandInput,
  ListMemberAccountsCommandOutput
> = (context, input) => {
  const { organization } = callingAdministrator(context);
  const { items, next } = page(
    "members",
    activeAccounts(organization),
    input,
    firewallManagerFacts.pageSizes.members,
  );
  return { MemberAccounts: items, ...next };
};

/** A policy of the caller's in the Region, by its id. */
function find({ world, caller, region }: HandlerContext, id: string | undefined): PolicyRecord {
  const found = administratorRegion(world, caller.account, region).policies.get(id ?? "");
  if (found === undefined) throw notFound(`Policy ${id} does not exist.`);
  return found;
}

function checkScope(
  { region }: HandlerContext,
  { scope }: AdministratorRecord,
  policy: Policy,
): void {
  const { RegionScope, PolicyTypeScope } = scope;
  const type = policy.SecurityServicePolicyData?.Type;
  const inRegion =
    RegionScope?.AllRegionsEnabled === true || RegionScope?.Regions?.includes(region) === true;
  const ofType =
    PolicyTypeScope?.AllPolicyTypesEnabled === true ||
    (type !== undefined && PolicyTypeScope?.PolicyTypes?.includes(type) === true);
  if (!inRegion || !ofType) {
    throw invalidOperation("The policy is outside the scope of the administrator.");
  }
}

function shape({ id, policy, token }: PolicyRecord): Policy {
  return { ...policy, PolicyId: id, PolicyUpdateToken: token, PolicyStatus: "ACTIVE" };
}

/** Operations on policies. */
export const policyHandlers: Readonly<Record<string, AnyHandler>> = {
  PutPolicy: putPolicy,
  GetPolicy: getPolicy,
  ListPolicies: listPolicies,
  DeletePolicy: deletePolicy,
  ListMemberAccounts: listMemberAccounts,
};
