import type { PrincipalView } from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import { awsPolicyDocument, iamState, type PrincipalRecord } from "./state.ts";

/** What the root user of an account may do of itself. */
const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** The policies of a role, a user or a root user; `undefined` when there is no such principal. */
export function principalView(world: World, principalArn: string): PrincipalView | undefined {
  const [, account, resource = ""] = /^arn:aws:iam::(\d{12}):(.+)$/.exec(principalArn) ?? [];
  if (account === undefined) return undefined;
  if (resource === "root") return { identityPolicies: [everything] };
  const state = iamState(world, account);
  const name = resource.slice(resource.lastIndexOf("/") + 1);
  const principal = resource.startsWith("role/") ? state.roles.get(name) : state.users.get(name);
  if (principal === undefined || principal.arn !== principalArn) return undefined;
  const documentOf = (arn: string): string | undefined =>
    managedPolicyDocument(world, account, arn);
  const boundary = principal.permissionsBoundary;
  const boundaryDocument = boundary === undefined ? undefined : documentOf(boundary);
  return {
    identityPolicies: documents(principal, documentOf),
    ...(boundaryDocument === undefined ? {} : { permissionsBoundary: boundaryDocument }),
    tags: Object.fromEntries(principal.tags),
    id: principal.id,
    ...("trustPolicy" in principal
      ? { trustPolicy: principal.trustPolicy, maxSessionSeconds: principal.maxSessionSeconds }
      : {}),
  };
}

/** The default version of a managed policy that an account can use. */
export function managedPolicyDocument(
  world: World,
  account: string,
  arn: string,
): string | undefined {
  const policy = iamState(world, account).policies.get(arn);
  if (policy === undefined) return awsPolicyDocument(arn);
  return policy.versions.find(({ id }) => id === policy.defaultVersionId)?.document;
}

function documents(
  principal: PrincipalRecord,
  documentOf: (arn: string) => string | undefined,
): string[] {
  return [
    ...principal.inlinePolicies.values(),
    ...[...principal.attachedPolicies].flatMap((arn) => documentOf(arn) ?? []),
  ];
}
