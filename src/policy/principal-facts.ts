import { policyExemptions } from "../data/policy-exemptions.ts";

/** What kind of principal makes a request. */
export type PrincipalKind =
  | "root"
  | "user"
  | "role"
  | "session"
  | "federated"
  | "service"
  | "anonymous"
  | "other";

/** What the text of a principal says. */
export interface PrincipalFacts {
  readonly kind: PrincipalKind;
  /** The account of an IAM principal. */
  readonly account?: string;
  readonly serviceLinked: boolean;
}

const principalArn = /^arn:[^:]*:(iam|sts)::(\d{12}):(.*)$/s;

/** Reads a principal: an ARN, a service principal, an identity provider, or nobody. */
export function principalFacts(principal: string): PrincipalFacts {
  const match = principalArn.exec(principal);
  if (match === null) return { kind: unnamedKind(principal), serviceLinked: false };
  const account = match[2] ?? "";
  const name = match[3] ?? "";
  const path = policyExemptions.serviceControlPolicies.serviceLinkedRolePath;
  const serviceLinked = name.startsWith(`role/${path}`);
  return { kind: namedKind(match[1] ?? "", name), account, serviceLinked };
}

function namedKind(service: string, name: string): PrincipalKind {
  if (service === "sts") {
    return /^(?:assumed-role|federated-user)\//.test(name) ? "session" : "other";
  }
  if (name === "root") return "root";
  if (name.startsWith("user/")) return "user";
  if (name.startsWith("role/")) return "role";
  return /^(?:saml|oidc)-provider\//.test(name) ? "federated" : "other";
}

function unnamedKind(principal: string): PrincipalKind {
  if (principal === "*" || principal === "anonymous") return "anonymous";
  return /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(principal) ? "service" : "other";
}

const roleSession = /^arn:([^:]*):sts::(\d{12}):assumed-role\/([^/]+)\/./s;

/**
 * The ARN of the role of a role session, as `aws:PrincipalArn` has it; `undefined` when the text is
 * no ARN of a session. A session does not say the path of its role: it is taken to be `/`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export function roleOfSession(principal: string): string | undefined {
  const match = roleSession.exec(principal);
  return match === null ? undefined : `arn:${match[1]}:iam::${match[2]}:role/${match[3]}`;
}

/** Whether a principal has identity policies, a permissions boundary and SCPs that bind it. */
export function isIamPrincipal(facts: PrincipalFacts): boolean {
  return facts.kind !== "service" && facts.kind !== "anonymous" && facts.kind !== "federated";
}

/** The account part of an ARN; `undefined` when it has none. */
export function arnAccount(arn: string): string | undefined {
  let from = 0;
  for (let i = 0; i < 4; i++) {
    from = arn.indexOf(":", from) + 1;
    if (from === 0) return undefined;
  }
  const account = arn.slice(from, from + 12);
  return arn.charAt(from + 12) === ":" && /^\d{12}$/.test(account) ? account : undefined;
}
