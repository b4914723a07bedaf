import { ouPathKey } from "../../core/desired.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import { canonicalJson } from "../../core/json.ts";
import type { OrganizationFacts, PlannedAccount } from "../../core/service-plan.ts";
import type {
  AssignmentBlock,
  DurationBlock,
  IdentityCenterBlock,
  PermissionSetBlock,
  PolicyReferenceBlock,
} from "./schema.ts";

/** A permission set as AWS shall have it. */
export interface WantedSet {
  /** Its name at AWS. */
  readonly name: string;
  /** The name that the file gives it; that of production has another at AWS. */
  readonly base: string;
  readonly block: PermissionSetBlock;
  readonly sessionDuration?: string;
  readonly remove: boolean;
}

/** What sets that are production's and others last when the file says which accounts are. */
const usualDuration: DurationBlock = { default: "PT4H", production: "PT1H" };

/** The permission sets of a block: one or two for each of its names. */
export function wantedSets(block: IdentityCenterBlock): readonly WantedSet[] {
  return Object.entries(block.permissionSets ?? {}).flatMap(([base, set]): WantedSet[] => {
    const duration = durationOf(block, set);
    const shared = { base, block: set, remove: block.remove === true || set.remove === true };
    if (duration === undefined) return [{ ...shared, name: base }];
    if (typeof duration === "string") return [{ ...shared, name: base, sessionDuration: duration }];
    // Without a word on what production is, the check has complained.
    if (block.production === undefined) {
      return [{ ...shared, name: base, sessionDuration: duration.default }];
    }
    return [
      { ...shared, name: base, sessionDuration: duration.default },
      {
        ...shared,
        name: `${base}${block.production.suffix}`,
        sessionDuration: duration.production,
      },
    ];
  });
}

/** The duration that a set is to have; `undefined`: whatever it has. */
export function durationOf(
  block: IdentityCenterBlock,
  set: PermissionSetBlock,
): DurationBlock | undefined {
  const usual = block.production === undefined ? undefined : usualDuration;
  return set.sessionDuration ?? block.sessionDuration ?? usual;
}

/** A principal of the file as the state knows it: `GROUP NAME` or `USER NAME`. */
export function principalsOf({ groups = [], users = [] }: AssignmentBlock): readonly string[] {
  return [...groups.map((name) => `GROUP ${name}`), ...users.map((name) => `USER ${name}`)];
}

/** The active accounts that an assignment of the file speaks of, in the organization's order. */
export function accountsOf(
  assignment: AssignmentBlock,
  facts: Pick<OrganizationFacts, "accounts">,
): readonly PlannedAccount[] {
  const { accounts = [], organizationalUnits = [], excludeAccounts = [] } = assignment;
  return facts.accounts.filter(
    (account) =>
      account.state === "ACTIVE" &&
      !excludeAccounts.includes(account.name) &&
      (accounts.includes(account.name) || isBelow(account, organizationalUnits)),
  );
}

/** Whether an account is production by the block. */
export function isProduction(
  { production }: IdentityCenterBlock,
  account: Pick<PlannedAccount, "name" | "path">,
): boolean {
  if (production === undefined) return false;
  return (
    (production.accounts ?? []).includes(account.name) ||
    isBelow(account, production.organizationalUnits ?? [])
  );
}

function isBelow({ path }: Pick<PlannedAccount, "path">, units: readonly string[]): boolean {
  if (units.includes("Root")) return true;
  return path.some((_, depth) => units.includes(ouPathKey(path.slice(0, depth + 1))));
}

/** ARN of an AWS managed policy, of its ARN or of its name with the path that it has. */
export function managedPolicyArn(partition: string, given: string): string {
  return given.startsWith("arn:") ? given : `arn:${partition}:iam::aws:policy/${given}`;
}

/** Name and path of a customer managed policy. */
export function referenceOf(given: PolicyReferenceBlock): { name: string; path: string } {
  return typeof given === "string" ? { name: given, path: "/" } : { ...given };
}

/** The boundary that a set is to have, as the facet has it; `undefined`: whatever it has. */
export function boundaryOf(partition: string, set: PermissionSetBlock): JsonObject | undefined {
  const { permissionsBoundary: boundary } = set;
  if (boundary === undefined) return undefined;
  return "managedPolicy" in boundary
    ? { ManagedPolicyArn: managedPolicyArn(partition, boundary.managedPolicy) }
    : { CustomerManagedPolicyReference: apiReference(boundary.customerManagedPolicy) };
}

/** A customer managed policy as the API names it. */
export function apiReference(given: PolicyReferenceBlock): JsonObject {
  const { name, path } = referenceOf(given);
  return { Name: name, Path: path };
}

/** The text of the inline policy that a set is to have; `undefined`: whatever it has. */
export function inlinePolicyOf(
  set: PermissionSetBlock,
  files: Readonly<Record<string, string>>,
): string | undefined {
  const { inlinePolicy } = set;
  if (inlinePolicy === undefined) return undefined;
  return canonicalDocument(
    typeof inlinePolicy === "string" ? (files[inlinePolicy] ?? "") : canonicalJson(inlinePolicy),
  );
}

/** A document's canonical text; one that is not JSON as it is. */
export function canonicalDocument(text: string): string {
  if (text === "") return "";
  try {
    return canonicalJson(JSON.parse(text) as Json);
  } catch {
    return text;
  }
}
