import { type AccountId, parseArn } from "../../../core/identifiers.ts";
import { parsePolicy, type Statement } from "../../../policy/index.ts";
import { type CompiledPolicies, compiledPolicies } from "../../../sandbox/compiled-policies.ts";
import type { PolicyLevel } from "../../../sandbox/service.ts";

/** A resource with its policy. */
export interface AnalyzedResource {
  readonly arn: string;
  readonly type: string;
  readonly owner: AccountId;
  readonly policy: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Actions that patterns of the policy are tried with. */
  readonly actions: readonly string[];
}

/** Whom an analyzer trusts: the accounts of an organization, or one account. */
export interface TrustZone {
  readonly accounts: ReadonlySet<AccountId>;
  /** When the zone is the organization. */
  readonly organizationId?: string;
  /** Another account of the owner's organization, when the zone is one account. */
  readonly neighbour?: { readonly account: AccountId; readonly organizationId: string };
  readonly rcps: readonly PolicyLevel[];
  readonly managementAccount?: AccountId;
}

/** A principal outside of the zone that a policy lets in: `type` as a policy has it. */
export interface ExternalPrincipal {
  readonly type: "AWS" | "CanonicalUser" | "Federated";
  readonly value: string;
}

interface Candidate {
  readonly value: string;
  readonly principal: string;
  readonly account: AccountId;
  readonly organizationId: string;
}

const everything =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';
const nobodysOrganization = "o-0000000000";
const nobodysAccount = "000000000000";

/**
 * Whom the policy of a resource lets in from outside of the zone, by the policy engine: what a
 * condition on other keys than the caller's identity decides is possible, and so is let in. Services
 * are not outsiders.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-concepts.html
 */
export function externalAccess(
  resource: AnalyzedResource,
  zone: TrustZone,
  compiled: CompiledPolicies = compiledPolicies(),
): readonly ExternalPrincipal[] {
  const { policy } = parsePolicy(resource.policy, { type: "RESOURCE_POLICY" });
  const allows = (policy?.statements ?? []).filter(({ effect }) => effect === "Allow");
  const guardrails = compiled.of({
    identity: [everything],
    session: [],
    resource: resource.policy,
    scps: [],
    rcps: zone.rcps,
    managementAccount: zone.managementAccount,
  });
  const found = new Map<string, ExternalPrincipal>();
  const add = (type: ExternalPrincipal["type"], value: string): void => {
    found.set(`${type} ${value}`, { type, value });
  };
  for (const statement of allows) {
    for (const value of named(statement, "Federated")) add("Federated", value);
    for (const value of named(statement, "CanonicalUser")) add("CanonicalUser", value);
  }
  const actions = actionsOf(allows, resource.actions);
  const places = placesOf(allows, resource.arn);
  for (const { value, principal, account, organizationId } of candidates(allows, zone)) {
    if (found.has("AWS *")) break;
    const context = {
      "aws:PrincipalAccount": account,
      "aws:PrincipalOrgID": organizationId,
      "aws:PrincipalOrgPaths": [`${organizationId}/r-none/`],
      "aws:PrincipalIsAWSService": "false",
      "aws:SourceAccount": account,
      "aws:SourceOrgID": organizationId,
      "aws:SourceOwner": account,
    };
    const isLetIn = actions.some((action) =>
      places.some((place) => {
        const decision = guardrails.decide({
          principal,
          action,
          resource: place,
          resourceAccount: resource.owner,
          context,
          unknownKeys: "unknown",
        });
        return decision === "allowed" || decision === "unknown";
      }),
    );
    if (isLetIn) add("AWS", value);
  }
  return [...found.values()];
}

/** Who may be let in: those outside of the zone whom a policy names, and anybody where it says so. */
function candidates(allows: readonly Statement[], zone: TrustZone): readonly Candidate[] {
  const outsider = (account: AccountId, value: string, organizationId = nobodysOrganization) => ({
    value,
    principal: `arn:aws:iam::${account}:role/outsider`,
    account,
    organizationId,
  });
  const all: Candidate[] = [];
  for (const statement of allows) {
    const values = named(statement, "AWS");
    const isOpen =
      statement.principal?.any === true ||
      statement.notPrincipal !== undefined ||
      values.includes("*");
    if (isOpen) {
      all.push(outsider(nobodysAccount, "*"));
      const { neighbour } = zone;
      const known = [zone.organizationId, neighbour?.organizationId];
      if (neighbour !== undefined) {
        all.push(outsider(neighbour.account, neighbour.account, neighbour.organizationId));
      }
      // A condition may let in one other account or organization.
      for (const value of statement.conditions.flatMap(({ values: list }) => list.values)) {
        const account = accountOf(value.value);
        if (account !== undefined) all.push(outsider(account, account));
        if (/^o-[a-z0-9]{10,32}$/.test(value.value) && !known.includes(value.value)) {
          all.push(outsider(nobodysAccount, value.value, value.value));
        }
      }
    }
    for (const value of values) {
      const account = accountOf(value);
      if (account === undefined) continue;
      const isWhole = /^\d{12}$/.test(value) || value.endsWith(":root");
      const { organizationId } = zone.neighbour ?? {};
      const one = outsider(account, value, organizationId);
      all.push(isWhole ? one : { ...one, principal: value });
    }
  }
  return all.filter(({ account }) => !zone.accounts.has(account));
}

function accountOf(value: string): AccountId | undefined {
  if (/^\d{12}$/.test(value)) return value;
  const account = parseArn(value)?.account;
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

function named({ principal }: Statement, type: string): readonly string[] {
  return (principal?.byType ?? [])
    .filter((one) => one.type.value === type)
    .flatMap(({ values }) => values.values.map(({ value }) => value));
}

/** Actions that statements name, and those that their patterns may mean. */
function actionsOf(
  statements: readonly Statement[],
  typical: readonly string[],
): readonly string[] {
  const exact = statements
    .flatMap(({ action }) => action?.values ?? [])
    .map(({ value }) => value)
    .filter((value) => !/[*?]/.test(value));
  return [...new Set([...typical, ...exact])];
}

/** The resource, and one of each pattern below it. */
function placesOf(statements: readonly Statement[], arn: string): readonly string[] {
  const named = statements
    .flatMap(({ resource }) => resource?.values ?? [])
    .map(({ value }) => value.replace(/\$\{[^}]*\}/g, "x").replace(/[*?]/g, "x"))
    .filter((value) => value.startsWith(`${arn}/`));
  return [...new Set([arn, ...named, `${arn}/x`])];
}
