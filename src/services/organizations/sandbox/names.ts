import type { HandshakeRecord, OrganizationRecord, PolicyRecord } from "./state.ts";

/** ARN of something that belongs to an organization, such as `ou` with its id. */
export function arnOf(organization: OrganizationRecord, kind: string, path: string): string {
  const { id, managementAccountId } = organization;
  const tail = kind === "organization" ? id : `${id}/${path}`;
  return `arn:aws:organizations::${managementAccountId}:${kind}/${tail}`;
}

/** ARN of a root, organizational unit or account. */
export function targetArn(organization: OrganizationRecord, id: string): string {
  const kind = id.startsWith("r-") ? "root" : id.startsWith("ou-") ? "ou" : "account";
  return arnOf(organization, kind, id);
}

/** ARN of a policy; AWS's own belong to no organization. */
export function policyArn(organization: OrganizationRecord, policy: PolicyRecord): string {
  const path = `${policy.type.toLowerCase()}/${policy.id}`;
  return policy.awsManaged
    ? `arn:aws:organizations::aws:policy/${path}`
    : arnOf(organization, "policy", path);
}

/** ARN of a handshake. */
export function handshakeArn(organization: OrganizationRecord, handshake: HandshakeRecord): string {
  return arnOf(organization, "handshake", `${handshake.action.toLowerCase()}/${handshake.id}`);
}

/** Path of a root, organizational unit or account: `o-…/r-…/ou-…/`, an account's id at its end. */
export function pathOf(organization: OrganizationRecord, id: string): string {
  const levels = chainOf(organization, id);
  return `${organization.id}/${levels.join("/")}/`;
}

/** Ids from the root down to a unit or account, that one included. */
export function chainOf(organization: OrganizationRecord, id: string): string[] {
  const chain = [id];
  let current = parentOf(organization, id);
  while (current !== undefined) {
    chain.unshift(current);
    current = parentOf(organization, current);
  }
  return chain;
}

/** The parent of a unit or account; `undefined` for a root and for what does not exist. */
export function parentOf(organization: OrganizationRecord, id: string): string | undefined {
  return organization.units.get(id)?.parentId ?? organization.accounts.get(id)?.parentId;
}

/** Whether an id is the organization's root or one of its units. */
export function isParent(organization: OrganizationRecord, id: string): boolean {
  return id === organization.root.id || organization.units.has(id);
}

/** Whether an id is the organization's root, one of its units or one of its accounts. */
export function isTarget(organization: OrganizationRecord, id: string): boolean {
  return isParent(organization, id) || organization.accounts.has(id);
}
