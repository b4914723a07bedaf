import type { AuthorizationTarget, HandlerContext } from "../../../sandbox/service.ts";
import { openCall } from "./access.ts";
import { arnOf, handshakeArn, policyArn, targetArn } from "./names.ts";
import type { OrganizationRecord, OrganizationsState, TagMap } from "./state.ts";

/** Members of inputs that the authorization of an operation rests on. */
interface Members {
  readonly AccountId?: string;
  readonly ChildId?: string;
  readonly DestinationParentId?: string;
  readonly Filter?: unknown;
  readonly HandshakeId?: string;
  readonly OrganizationalUnitId?: string;
  readonly ParentId?: string;
  readonly PolicyId?: string;
  readonly PolicyType?: string;
  readonly ResourceId?: string;
  readonly RootId?: string;
  readonly ServicePrincipal?: string;
  readonly SourceParentId?: string;
  readonly TagKeys?: readonly string[];
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
  readonly Target?: { readonly Id?: string; readonly Type?: string };
  readonly TargetId?: string;
  readonly Type?: string;
}

/**
 * The IAM action, the resources and the condition keys of a request to AWS Organizations.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
 */
export function authorization(
  context: HandlerContext,
  operation: string,
  input: unknown,
): readonly AuthorizationTarget[] {
  const { organization, state } = openCall(context, operation);
  const members = (input ?? {}) as Members;
  const action = `organizations:${operation}`;
  const keys = conditionKeys(organization, members);
  const ids = resourceIds(members);
  const handshake = state.handshakes.get(members.HandshakeId ?? "");
  if (handshake !== undefined) {
    const sender = state.organizations.get(handshake.organizationId);
    const resource = sender === undefined ? "*" : handshakeArn(sender, handshake);
    return [{ action, resource, context: keys }];
  }
  if (organization === undefined || ids.length === 0) {
    return [{ action, resource: "*", context: keys }];
  }
  return ids.map((id) => ({
    action,
    resource: arnOfId(organization, id),
    context: { ...keys, ...resourceTags(organization, state, id) },
  }));
}

function resourceIds(members: Members): string[] {
  const invited = members.Target?.Type === "ACCOUNT" ? members.Target.Id : undefined;
  return [
    members.AccountId,
    members.ChildId,
    members.OrganizationalUnitId,
    members.ParentId,
    members.SourceParentId,
    members.DestinationParentId,
    members.PolicyId,
    members.ResourceId,
    members.RootId,
    members.TargetId,
    invited,
  ].filter((id) => id !== undefined);
}

function arnOfId(organization: OrganizationRecord, id: string): string {
  const policy = organization.policies.get(id);
  if (policy !== undefined) return policyArn(organization, policy);
  if (id.startsWith("p-")) return arnOf(organization, "policy", `unknown/${id}`);
  if (id.startsWith("rp-")) return arnOf(organization, "resourcepolicy", id);
  if (id.startsWith("rt-")) return arnOf(organization, "transfer", `billing/inbound/${id}`);
  return targetArn(organization, id);
}

function conditionKeys(
  organization: OrganizationRecord | undefined,
  members: Members,
): Record<string, string | readonly string[]> {
  const filter = typeof members.Filter === "string" ? members.Filter : undefined;
  const policy = organization?.policies.get(members.PolicyId ?? members.ResourceId ?? "");
  const type = policy?.type ?? members.PolicyType ?? filter ?? members.Type;
  const tags = members.Tags ?? [];
  const tagKeys = members.TagKeys ?? tags.map(({ Key = "" }) => Key);
  return {
    ...(type?.endsWith("_POLICY") || type === "DECLARATIVE_POLICY_EC2"
      ? { "organizations:PolicyType": type }
      : {}),
    ...(members.ServicePrincipal === undefined
      ? {}
      : { "organizations:ServicePrincipal": members.ServicePrincipal }),
    ...(type === "BILLING" ? { "organizations:TransferType": type } : {}),
    ...Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [`aws:RequestTag/${Key}`, Value])),
    ...(tagKeys.length === 0 ? {} : { "aws:TagKeys": tagKeys }),
  };
}

function resourceTags(
  organization: OrganizationRecord,
  state: OrganizationsState,
  id: string,
): Record<string, string> {
  const tags: TagMap | undefined =
    organization.policies.get(id)?.tags ??
    organization.accounts.get(id)?.tags ??
    organization.units.get(id)?.tags ??
    (organization.root.id === id ? organization.root.tags : undefined) ??
    state.transfers.get(id)?.tags;
  return Object.fromEntries(
    [...(tags ?? [])].map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
  );
}
