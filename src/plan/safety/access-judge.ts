import { parseArn } from "../../core/identifiers.ts";
import type { EssentialAction } from "../../data/essential-access.ts";
import { essentialAccess } from "../../data/essential-access.ts";
import type { Guardrails } from "../../policy/compile.ts";
import { compile } from "../../policy/compile.ts";
import { parsePolicy } from "../../policy/parse.ts";
import type { Level, Policy } from "../../policy/types.ts";
import { entry } from "../live.ts";
import type { Planning } from "../planning.ts";
import type { AccountNode } from "../tree.ts";
import type { Chain } from "./access-chains.ts";

/** Somebody who must keep a hold on an account. */
export interface Principal {
  readonly name: string;
  readonly arn: string;
  /** Who works through it. */
  readonly user: string;
  readonly isProtected: boolean;
  readonly actions: readonly EssentialAction[];
}

/** Which actions a principal would lose, and whether none is left. */
export interface Access {
  readonly principal: Principal;
  readonly lost: readonly string[];
  readonly total: boolean;
}

/** Chains of the two policy types that decide requests. */
export interface Chains {
  readonly scps: Chain | undefined;
  readonly rcps: Chain | undefined;
}

/** Decides what essential access is lost between two states of an account's chains. */
export interface AccessJudge {
  /** For every principal of the account that loses something. */
  losses(account: AccountNode, before: Chains, after: Chains): readonly Access[];
}

/** Stands for the id of an account that is yet to be made. */
const unknownAccount = "000000000000";

/** Prepares decisions; documents are parsed once. */
export function accessJudge(planning: Planning): AccessJudge {
  const { snapshot, desired, live } = planning;
  const { organization, caller } = snapshot;
  const partition = parseArn(organization.arn)?.partition ?? "aws";
  const { homeRegion } = desired.organization;
  const parsed = new Map<string, Policy | undefined>();
  const policyOf = (type: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY", content: string) =>
    entry(parsed, `${type}\0${content}`, () => parsePolicy(content, { type }).policy);
  const trusted = new Set(live.state.trustedAccess?.map((access) => access.servicePrincipal));

  const levelsOf = (
    chain: Chain | undefined,
    type: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY",
    accountId: string,
  ): Level[] | "unknown" | undefined => {
    if (chain === undefined) return undefined;
    const levels: Level[] = [];
    const from = chain.levels();
    for (const [index, level] of from.entries()) {
      const policies: Policy[] = [];
      for (const { content } of level.policies) {
        const policy = content === undefined ? undefined : policyOf(type, content);
        if (policy === undefined) return "unknown";
        policies.push(policy);
      }
      levels.push({ id: index === from.length - 1 ? accountId : level.id, policies });
    }
    return levels;
  };

  const guardrails = (chains: Chains, accountId: string): Guardrails | undefined => {
    const scps = levelsOf(chains.scps, "SERVICE_CONTROL_POLICY", accountId);
    const rcps = levelsOf(chains.rcps, "RESOURCE_CONTROL_POLICY", accountId);
    if (scps === "unknown" || rcps === "unknown") return undefined;
    return compile({
      ...(scps === undefined ? {} : { scps }),
      ...(rcps === undefined ? {} : { rcps }),
      managementAccount: organization.managementAccountId,
    });
  };

  const isDenied = (
    rails: Guardrails,
    { arn }: Principal,
    { action, resource }: EssentialAction,
    accountId: string,
  ): boolean => {
    const decision = rails.decide({
      principal: arn,
      action,
      resource: resource.replace("ACCOUNT", accountId).replace("PARTITION", partition),
      resourceAccount: accountId,
      context: {
        "aws:PrincipalOrgID": organization.id,
        "aws:ResourceOrgID": organization.id,
        // Without a home Region it is not known where people work.
        ...(homeRegion === undefined ? {} : { "aws:RequestedRegion": homeRegion }),
        "aws:PrincipalIsAWSService": "false",
        "aws:ViaAWSService": "false",
        "aws:SecureTransport": "true",
      },
      unknownKeys: "unknown",
    });
    return decision === "explicitDeny" || decision === "implicitDeny";
  };

  const principalsOf = (account: AccountNode): Principal[] => {
    const id = account.id ?? unknownAccount;
    const arn = (resource: string): string => `arn:${partition}:iam::${id}:${resource}`;
    const shared = { isProtected: false, actions: essentialAccess.actions };
    const created = account.live?.joinedMethod !== "INVITED";
    const roles = essentialAccess.roles
      .filter(({ createdAccountsOnly }) => created || !createdAccountsOnly)
      .filter(
        ({ servicePrincipals }) =>
          servicePrincipals.length === 0 || servicePrincipals.some((name) => trusted.has(name)),
      )
      .map(({ name, resource, user }, index): Principal => {
        const given = index === 0 && created ? account.desired?.roleName : undefined;
        return given === undefined
          ? { ...shared, name, user, arn: arn(resource) }
          : { ...shared, name: given, user, arn: arn(`role/${given}`) };
      });
    const guarded = desired.protectedRoles.map((pattern): Principal => {
      // Any role of the pattern will do; a lone `*` for the account is this account.
      const example = pattern.replace(/^(arn:[^:]*:iam::)\*:/, `$1${id}:`).replaceAll("*", "x");
      return {
        ...shared,
        name: pattern,
        user: "protected in the file",
        isProtected: true,
        arn: example,
      };
    });
    const here = guarded.filter((principal) => parseArn(principal.arn)?.account === id);
    const itself = account.id === caller.account;
    const own: Principal = {
      name: roleArn(caller.arn),
      arn: roleArn(caller.arn),
      user: itself ? "orgrail itself" : "orgrail, taking a role in the account",
      isProtected: itself,
      actions: itself ? essentialAccess.delegatedActions : essentialAccess.entryActions,
    };
    return [...roles, ...here, own];
  };

  return {
    losses: (account, before, after) => {
      const id = account.id ?? unknownAccount;
      const was = account.live === undefined ? undefined : guardrails(before, id);
      const will = guardrails(after, id);
      if (will === undefined || (was === undefined && account.live !== undefined)) return [];
      return principalsOf(account).flatMap((principal) => {
        const denied = principal.actions.filter((action) => isDenied(will, principal, action, id));
        const lost = denied.filter(
          (action) => was === undefined || !isDenied(was, principal, action, id),
        );
        if (lost.length === 0) return [];
        const total = denied.length === principal.actions.length;
        return [{ principal, lost: lost.map(({ action }) => action), total }];
      });
    },
  };
}

/** The ARN of the role behind an assumed-role session's ARN, or the ARN itself. */
function roleArn(arn: string): string {
  const parts = parseArn(arn);
  const match = /^assumed-role\/([^/]+)\//.exec(parts?.resource ?? "");
  if (parts === undefined || match === null) return arn;
  return `arn:${parts.partition}:iam::${parts.account}:role/${match[1]}`;
}
