import { policyExemptions } from "../data/policy-exemptions.ts";
import { rcpServices } from "../data/rcp-services.ts";
import type { CompileInput } from "./guard.ts";
import { specCondition } from "./spec-condition.ts";
import { globs, matchesArn, substitute, widest } from "./spec-text.ts";
import { every, negate, some, type Truth } from "./spec-truth.ts";
import type { Decision, Level, Policy, Principals, Request, Statement } from "./types.ts";

/**
 * The slow specification of policy evaluation: it reads like AWS's page and takes no shortcut. The
 * compiled engine is tested against it; use {@link compile} to decide requests.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function specDecide(input: CompileInput, asked: Request): Decision {
  const request = asRole(asked);
  if (isAction(request, policyExemptions.always.actions)) return "allowed";

  if (request.action === "") return "implicitDeny";

  const caller = readCaller(request.principal);
  const scps = scpsApply(input, request) ? (input.scps ?? []) : [];
  const rcps = rcpsApply(input, request) ? (input.rcps ?? []) : [];
  const hasIdentity = caller.isIam && !caller.isRoot;
  const identity = hasIdentity ? input.identity : undefined;
  const boundaries = hasIdentity ? (input.boundaries ?? []) : [];
  const session = caller.isIam && input.session?.length ? input.session : undefined;

  const bounded = boundaries.length > 0;

  // An explicit deny in any policy that applies is final.
  const all: Policy[] = [
    ...rcps.flatMap((level) => level.policies),
    ...scps.flatMap((level) => level.policies),
    ...(input.resource ? [input.resource] : []),
    ...(input.endpoint ? [input.endpoint] : []),
    ...(identity ?? []),
    ...boundaries,
    ...(session ?? []),
  ];
  const denied = some(all.map((policy) => says("Deny", policy, request, { bounded })));
  if (denied === true) return "explicitDeny";

  // RCPs and SCPs: every level must allow.
  const levelAllows = (level: Level): Truth => allowedBy(level.policies, request);
  const organization = every([...rcps, ...scps].map(levelAllows));
  const endpoint = input.endpoint ? allowedBy([input.endpoint], request) : true;

  // Boundaries and session policies limit.
  const limits = every([
    ...boundaries.map((policy) => allowedBy([policy], request)),
    session ? allowedBy(session, request) : true,
  ]);
  const own = caller.isRoot ? true : identity ? allowedBy(identity, request) : undefined;
  const granted = every([organization, endpoint, grant(input, request, own, limits)]);
  if (granted === false) return "implicitDeny";
  return granted === true && denied === false ? "allowed" : "unknown";
}

/** The ARN of a role session stands for the role, and names the session. */
function asRole(request: Request): Request {
  const [, partition, account, role] =
    /^arn:([^:]*):sts::(\d{12}):assumed-role\/([^/]+)\/./s.exec(request.principal) ?? [];
  if (role === undefined) return request;
  return {
    principalSession: request.principal,
    ...request,
    principal: `arn:${partition}:iam::${account}:role/${role}`,
  };
}

/** Identity and resource policies together. */
function grant(
  input: CompileInput,
  request: Request,
  own: Truth | undefined,
  limits: Truth,
): Truth {
  const caller = readCaller(request.principal);
  const { resource } = input;
  if (resource === undefined) return caller.isIam ? every([own ?? true, limits]) : true;
  const to = (how: Naming): Truth => says("Allow", resource, request, { how });
  const toAnyone = some([to("direct"), to("role"), to("account")]);
  if (!caller.isIam) return toAnyone;
  const owner = resourceOwner(request);
  if (owner !== undefined && caller.account !== undefined && owner !== caller.account) {
    return every([toAnyone, own ?? true, limits]);
  }
  if (own === undefined) return some([to("direct"), every([toAnyone, limits])]);
  const required =
    request.resource !== "*" && isAction(request, policyExemptions.resourcePolicyRequired.actions);
  return some([
    to("direct"),
    every([to("role"), limits]),
    every([required ? to("account") : true, own, limits]),
  ]);
}

/** One Allow in the set is enough; Denies have been dealt with. */
function allowedBy(policies: readonly Policy[], request: Request): Truth {
  return some(policies.map((policy) => says("Allow", policy, request)));
}

type Naming = "none" | "direct" | "role" | "account";

function says(
  effect: "Allow" | "Deny",
  policy: Policy,
  request: Request,
  { how, bounded = false }: { readonly how?: Naming; readonly bounded?: boolean } = {},
): Truth {
  return some(
    policy.statements
      .filter((statement) => statement.effect === effect)
      .map((statement) => {
        // A Deny with NotPrincipal hits everybody who has a permissions boundary.
        const naming = bounded && statement.notPrincipal ? "direct" : names(statement, request);
        if (naming === "none" || (how !== undefined && naming !== how)) return false;
        return every([
          matchesAction(statement, request),
          matchesResource(statement, policy, request),
          ...statement.conditions.map((condition) => specCondition(condition, policy, request)),
        ]);
      }),
  );
}

function isAction(request: Request, patterns: readonly string[]): boolean {
  const action = request.action.toLowerCase();
  return patterns.some((written) => {
    const pattern = written.toLowerCase();
    if (/^\*+(:\*+)?$/.test(pattern)) return true;
    const [prefix = "", ...name] = pattern.split(":");
    return name.length > 0 && !/[*?]/.test(prefix) && globs(pattern, action);
  });
}

function matchesAction(statement: Statement, request: Request): boolean {
  const { action, notAction } = statement;
  if (notAction) return !isAction(request, values(notAction.values));
  return isAction(request, values(action?.values ?? []));
}

function matchesResource(statement: Statement, policy: Policy, request: Request): Truth {
  const { resource, notResource } = statement;
  if (notResource) return negate(inResources(values(notResource.values), policy, request));
  return resource ? inResources(values(resource.values), policy, request) : true;
}

function inResources(patterns: readonly string[], policy: Policy, request: Request): Truth {
  return some(
    patterns.map((written): Truth => {
      if (/^\*+$/.test(written)) return true;
      // Variables stand in the resource part only: after the fifth colon outside of variables.
      const before = written.split("${")[0] ?? "";
      const variable = policy.version === "2012-10-17" && /\$\{[^}]*\}/.test(written);
      const special = /^\$\{[*?$]\}/.test(written.slice(before.length));
      if (variable && before.split(":").length < 6 && !special) return false;
      const text = substitute(written, policy, request);
      if (text === "null") return false;
      if (text === "unknown") {
        return matchesArn(widest(written).split(":"), request.resource) ? "unknown" : false;
      }
      if (/^\*+$/.test(text.pattern)) return true;
      const parts = text.pattern.split(":");
      while (parts.length < 6) parts.push("*");
      return matchesArn(parts, request.resource);
    }),
  );
}

function values(texts: readonly { readonly value: string }[]): string[] {
  return texts.map((text) => text.value);
}

/** What the text of a principal says. */
function readCaller(principal: string): {
  isIam: boolean;
  isRoot: boolean;
  account: string | undefined;
} {
  const account = /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1];
  const service = /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(principal);
  const provider = /^arn:[^:]*:iam::\d{12}:(saml|oidc)-provider\//.test(principal);
  const nobody = ["*", "anonymous"].includes(principal);
  const isRoot = account !== undefined && /^arn:[^:]*:iam::\d{12}:root$/.test(principal);
  return { isIam: !service && !provider && !nobody, isRoot, account };
}

function resourceOwner(request: Request): string | undefined {
  const inArn = request.resource.split(":")[4] ?? "";
  return request.resourceAccount ?? (/^\d{12}$/.test(inArn) ? inArn : undefined);
}

const linkedRole = /^arn:[^:]*:iam::\d{12}:role\/aws-service-role\//;

function scpsApply(input: CompileInput, request: Request): boolean {
  const caller = readCaller(request.principal);
  const bound = input.scps?.at(-1)?.id ?? "";
  const tasks = policyExemptions.serviceControlPolicies.tasks.flatMap((task) => task.actions);
  if (!caller.isIam || linkedRole.test(request.principal) || isAction(request, tasks)) return false;
  if (caller.account === undefined) return true;
  if (caller.account === input.managementAccount) return false;
  return !/^\d{12}$/.test(bound) || bound === caller.account;
}

function rcpsApply(input: CompileInput, request: Request): boolean {
  const isOnNothing = request.resource === "*" || request.resource === "";
  const callers = isOnNothing ? readCaller(request.principal).account : undefined;
  const owner = resourceOwner(request) ?? callers;
  const bound = input.rcps?.at(-1)?.id ?? "";
  if (!rcpServices.prefixes.includes(request.action.toLowerCase().split(":")[0] ?? ""))
    return false;
  if (isAction(request, policyExemptions.resourceControlPolicies.actions)) return false;
  if (linkedRole.test(request.principal) || linkedRole.test(request.resource)) return false;
  if (owner === undefined) return true;
  if (owner === input.managementAccount) return false;
  return !/^\d{12}$/.test(bound) || bound === owner;
}

/** How `Principal` or `NotPrincipal` names the caller. */
function names(statement: Statement, request: Request): Naming {
  const { principal, notPrincipal } = statement;
  if (principal) return naming(principal, request);
  if (!notPrincipal) return "direct";
  const { account, isRoot } = readCaller(request.principal);
  const listed = (name: string | undefined): boolean =>
    name === undefined || entries(notPrincipal).includes(name);
  if (entries(notPrincipal).includes("*")) return "none";
  const chain = isRoot
    ? [account]
    : [
        account,
        `=${request.principal}`,
        request.principalSession && `=${request.principalSession}`,
      ];
  return chain.every(listed) ? "none" : "direct";
}

function naming(principals: Principals, request: Request): Naming {
  const listed = entries(principals);
  const { account } = readCaller(request.principal);
  const provider = /:(saml|oidc)-provider\//.test(request.principal);
  if (listed.includes("*")) return "direct";
  if (listed.includes(`=${request.principalSession}`)) return "direct";
  if (listed.includes(`=${request.principal}`)) {
    return /^arn:[^:]*:iam::\d{12}:role\//.test(request.principal) ? "role" : "direct";
  }
  return account !== undefined && listed.includes(account) && !provider ? "account" : "none";
}

/** The entries of the element: `*`, account numbers, and other names after a `=`. */
function entries(principals: Principals): string[] {
  if (principals.any) return ["*"];
  return principals.byType.flatMap(({ type, values: list }) =>
    list.values.map(({ value }) => {
      if (type.value !== "AWS") return `=${value}`;
      if (value === "*") return "*";
      const account = /^(?:arn:[^:]*:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1];
      return account ?? `=${value}`;
    }),
  );
}
