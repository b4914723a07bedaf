import type { authorizationPolicyTypes } from "../core/policy-type.ts";
import type { OrganizationState } from "../core/snapshot.ts";
import { compile } from "./compile.ts";
import type { Explanation } from "./explanation.ts";
import {
  type OrganizationLevels,
  organizationLevels,
  organizationPath,
} from "./organization-levels.ts";
import { arnAccount, principalFacts } from "./principal-facts.ts";
import type { Level, Policy, Request } from "./types.ts";

type AuthorizationType = (typeof authorizationPolicyTypes)[number];

/** A request to an organization. */
export interface OrganizationQuestion {
  readonly organization: OrganizationState;
  /** The caller's account; or a root or unit, for any account in it. Absent: of no account here. */
  readonly callerPlace?: string;
  /** The same of the resource's owner; absent: outside the organization. */
  readonly ownerPlace?: string;
  readonly request: Request;
  /** Identity policies of the caller; without them only the organization's policies are asked. */
  readonly identity?: readonly Policy[];
  /** Whether the organization's ids are AWS's, so that keys such as `aws:PrincipalOrgID` have them. */
  readonly idsAreReal: boolean;
  /** Whether policies of a type may exist that the organization's state does not list. */
  readonly isTypeUnread: (type: string) => boolean;
  /** Name of a root or unit in explanations; accounts go by their ids. */
  readonly placeName: (id: string) => string;
}

/** The answer, with what was not read and could change it. */
export interface OrganizationAnswer {
  readonly explanation: Explanation;
  /** Paths into the snapshot; not empty only where the decision is `unknown` for them. */
  readonly unread: readonly string[];
}

/**
 * Decides a request by the service control policies of the caller's place and the resource control
 * policies of the owner's. Where a policy that may bind was not read, only an explicit deny is
 * certain, and anything else `unknown`.
 */
export function decideInOrganization(question: OrganizationQuestion): OrganizationAnswer {
  const { organization, callerPlace, ownerPlace, identity, placeName } = question;
  const scps =
    callerPlace === undefined
      ? undefined
      : organizationLevels(organization, callerPlace, "SERVICE_CONTROL_POLICY");
  const rcps =
    ownerPlace === undefined
      ? undefined
      : organizationLevels(organization, ownerPlace, "RESOURCE_CONTROL_POLICY");
  const named = (levels: readonly Level[]): Level[] =>
    levels.map(({ id, policies }) => ({
      id: /^\d{12}$/.test(id) ? id : placeName(id),
      policies,
    }));
  const explanation = compile({
    ...(scps?.isEnabled === true ? { scps: named(scps.levels) } : {}),
    ...(rcps?.isEnabled === true ? { rcps: named(rcps.levels) } : {}),
    ...(identity === undefined ? {} : { identity }),
    managementAccount: organization.managementAccountId,
  }).explain({ ...question.request, context: organizationContext(question) });
  const binds = (kind: "scp" | "rcp"): boolean => {
    const guards = explanation.guards.filter((guard) => guard.kind === kind);
    return guards.length === 0 || guards.some(({ outcome }) => outcome !== "notApplicable");
  };
  const unreadOf = (type: AuthorizationType, levels: OrganizationLevels<Level>): string[] => [
    ...levels.unread,
    ...(levels.isEnabled && question.isTypeUnread(type) ? [`policies/${type}`] : []),
  ];
  const unread = [
    ...(scps !== undefined && binds("scp") ? unreadOf("SERVICE_CONTROL_POLICY", scps) : []),
    ...(rcps !== undefined && binds("rcp") ? unreadOf("RESOURCE_CONTROL_POLICY", rcps) : []),
  ];
  if (unread.length === 0 || explanation.decision === "explicitDeny") {
    return { explanation, unread: [] };
  }
  const { decidedBy: _, ...rest } = explanation;
  const reason = `policies that may bind were not read: ${[...new Set(unread)].join(", ")}`;
  return {
    explanation: { ...rest, decision: "unknown", reason },
    unread: [...new Set(unread)].sort(),
  };
}

/** The context with what the organization says of caller and owner; what was given stays. */
function organizationContext(question: OrganizationQuestion): Request["context"] {
  const { organization, request, callerPlace, ownerPlace } = question;
  const known: Record<string, string | readonly string[]> = {};
  const type = principalTypes[principalFacts(request.principal).kind];
  if (type !== undefined) known["aws:PrincipalType"] = type;
  if (question.idsAreReal) {
    if (callerPlace !== undefined) {
      known["aws:PrincipalOrgID"] = organization.id;
      const path = orgPath(organization, callerPlace);
      if (path !== undefined) known["aws:PrincipalOrgPaths"] = [path];
    }
    if (ownerPlace !== undefined) {
      known["aws:ResourceOrgID"] = organization.id;
      const path = orgPath(organization, ownerPlace);
      if (path !== undefined) known["aws:ResourceOrgPaths"] = [path];
    }
  }
  const given = new Set(Object.keys(request.context).map((key) => key.toLowerCase()));
  const added = Object.entries(known).filter(([key]) => !given.has(key.toLowerCase()));
  return { ...Object.fromEntries(added), ...request.context };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable */
const principalTypes: Readonly<Record<string, string>> = {
  root: "Account",
  user: "User",
  role: "AssumedRole",
};

/** `o-id/r-id/ou-id/.../`, as `aws:PrincipalOrgPaths` has it; for accounts only. */
function orgPath(organization: OrganizationState, place: string): string | undefined {
  const path = organizationPath(organization, place);
  if (path?.at(-1)?.kind !== "account") return undefined;
  const ids = path.slice(0, -1).map(({ id }) => id);
  return `${[organization.id, ...ids].join("/")}/`;
}

/**
 * Where the owner of a resource stands: the account told, else that of its ARN, else the caller's
 * place. `undefined` for an account outside the organization.
 */
export function ownerPlaceOf(
  organization: OrganizationState,
  resource: string,
  told: string | undefined,
  callerPlace: string | undefined,
): string | undefined {
  const account = told ?? arnAccount(resource);
  if (account === undefined) return callerPlace;
  return organization.accounts.some(({ id }) => id === account) ? account : undefined;
}
