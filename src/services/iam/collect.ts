import type { CallOptions } from "../../aws/aws.ts";
import type { OuPath } from "../../core/desired.ts";
import { ouPathKey } from "../../core/desired.ts";
import type { OrganizationAccountState } from "../../core/snapshot.ts";
import { iamFacts } from "../../data/iam-facts.ts";
import { provenByConfig } from "../kit/config-evidence.ts";
import type { CollectContext } from "../security-service.ts";
import { isProvenByRule } from "./password-rules.ts";
import { readFeatures, readPasswordPolicy, readRootCredentials, readRootSummary } from "./read.ts";
import type { IamBlock } from "./schema.ts";
import { losesRootCredentials } from "./scope.ts";
import type { IamState } from "./state.ts";

type Context = CollectContext<IamBlock>;

/**
 * Reads centralized root access in one call; password policies and root credentials, which only
 * the accounts themselves know, where the block asks for them. Without block accounts are asked in
 * the tier `inside` alone, for their password policy and for what they say of their root user.
 */
export async function collectIam(context: Context): Promise<IamState> {
  const { block, aws, organization } = context;
  const signal = context.signal === undefined ? {} : { signal: context.signal };
  const into = (account: string): CallOptions =>
    account === organization.managementAccountId ? signal : { ...signal, account };
  const features = await context.attempt("features", () => readFeatures(aws, signal));
  const paths = pathsOf(context);
  const excluded = new Set(
    block?.excludeAccounts?.map((name) => context.accountNamed(name)?.id ?? name),
  );
  const inScope = context.accounts.filter(
    (account) => !excluded.has(account.id) && isInScope(block, paths(account)),
  );
  const proven = await provenAccounts(context);
  const policies = (
    block === undefined
      ? context.tier !== "inside"
      : block.passwordPolicy === undefined
  )
    ? []
    : await context.each(inScope, async ({ id }) => {
        if (proven.has(id)) return [];
        const policy = await context.attempt(`passwordPolicies/${id}`, () =>
          readPasswordPolicy(aws, into(id)),
        );
        return policy === undefined ? [] : [[id, policy] as const];
      });
  const canAudit = features?.includes("RootSessions") === true && block?.remove !== true;
  const losers =
    block === undefined || !canAudit
      ? []
      : context.accounts.filter(
          (account) =>
            account.id !== organization.managementAccountId &&
            losesRootCredentials(block, { name: nameOf(context, account), path: paths(account) }),
        );
  const credentials = await context.each(losers, async ({ id }) => {
    const found = await context.attempt(`rootCredentials/${id}`, () =>
      readRootCredentials(aws, { ...signal, account: id, rootTask: iamFacts.rootTasks.audit }),
    );
    return found === undefined ? [] : [[id, found] as const];
  });
  const summaries =
    block !== undefined || context.tier !== "inside"
      ? undefined
      : await context.each(context.accounts, async ({ id }) => {
          const found = await context.attempt(`rootSummaries/${id}`, () =>
            readRootSummary(aws, into(id)),
          );
          return found === undefined ? [] : [[id, found] as const];
        });
  const administrators = organization.delegatedAdministrators
    ?.filter(({ services }) => services?.includes(iamFacts.servicePrincipal))
    .map(({ account }) => account);
  return {
    ...(administrators === undefined ? {} : { administrators }),
    ...(features === undefined ? {} : { features }),
    ...(proven.size === 0 ? {} : { provenPasswordPolicies: [...proven].sort() }),
    ...(summaries === undefined ? {} : { rootSummaries: Object.fromEntries(summaries.flat()) }),
    passwordPolicies: Object.fromEntries(policies.flat()),
    rootCredentials: Object.fromEntries(credentials.flat()),
  };
}

/**
 * Accounts whose password policies need no call: Config has an administrator in the organization,
 * and its managed rule asks for all that the block does.
 */
async function provenAccounts(context: Context): Promise<ReadonlySet<string>> {
  const { block, organization, homeRegion } = context;
  const hasConfig = organization.delegatedAdministrators?.some(({ services }) =>
    services?.includes(configPrincipal),
  );
  const rules = block?.passwordPolicy;
  if (hasConfig !== true || rules === undefined || block?.remove === true) return new Set();
  if (!isProvenByRule(rules)) return new Set();
  const { identifier } = iamFacts.passwordPolicyRule;
  const places = await provenByConfig({ ...context, regions: [homeRegion] }, identifier);
  return new Set([...places].map((place) => place.split("/")[0] ?? ""));
}

const configPrincipal = "config.amazonaws.com";

/** The name by which the block speaks of an account. */
function nameOf({ block, accountNamed }: Context, { id, name }: OrganizationAccountState): string {
  const named = block?.rootCredentials?.remove.accounts ?? [];
  return named.find((one) => accountNamed(one)?.id === id) ?? name;
}

function isInScope(block: IamBlock | undefined, path: OuPath): boolean {
  const units = new Set(block?.excludeOrganizationalUnits ?? []);
  return !path.some((_, depth) => units.has(ouPathKey(path.slice(0, depth + 1))));
}

/** The organizational units above an account, by name, as the organization is now. */
function pathsOf({ organization }: Context): (account: OrganizationAccountState) => OuPath {
  const units = new Map(organization.organizationalUnits.map((unit) => [unit.id, unit]));
  const known = new Map<string, OuPath>();
  const pathOf = (id: string): OuPath => {
    const unit = units.get(id);
    if (unit === undefined) return [];
    let path = known.get(id);
    if (path === undefined) {
      path = [...pathOf(unit.parentId), unit.name];
      known.set(id, path);
    }
    return path;
  };
  return ({ parentId }) => pathOf(parentId);
}
