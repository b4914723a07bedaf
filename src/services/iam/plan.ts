import type { JsonObject } from "../../core/json.ts";
import { canonicalJson } from "../../core/json.ts";
import type {
  BlockIssue,
  OrganizationFacts,
  OrganizationNeeds,
  PlannedAccount,
  ServiceChange,
  ServicePlan,
  ServicePlanInput,
  ServicePlanner,
} from "../../core/service-plan.ts";
import { iamFacts } from "../../data/iam-facts.ts";
import { thingAddress } from "../kit/address.ts";
import { accountNamed, selectAccounts } from "../kit/scope.ts";
import { withRules } from "./password-rules.ts";
import { planRootCredentials } from "./plan-root-credentials.ts";
import type { IamBlock, PasswordPolicyBlock } from "./schema.ts";
import { losesRootCredentials } from "./scope.ts";
import type { IamState, PasswordPolicyState } from "./state.ts";

const principal = iamFacts.servicePrincipal;

/** Plans IAM: password policies, centralized root access, root users' credentials. */
export const iamPlanner: ServicePlanner<IamBlock, IamState> = {
  id: "iam",
  title: "AWS IAM",
  needs: (block): OrganizationNeeds => {
    const isCentral =
      block.centralizedRootAccess !== undefined ||
      block.rootCredentials !== undefined ||
      block.delegatedAdministrator !== undefined;
    const administrator = block.delegatedAdministrator;
    return block.remove === true || !isCentral
      ? { trustedAccess: [], delegatedAdministrators: [], policyTypes: [] }
      : {
          trustedAccess: [principal],
          delegatedAdministrators:
            administrator === undefined
              ? []
              : [{ servicePrincipal: principal, account: administrator }],
          policyTypes: [],
        };
  },
  plan: planIam,
};

function planIam({ block, state, facts }: ServicePlanInput<IamBlock, IamState>): ServicePlan {
  const changes: ServiceChange[] = [];
  const compared: string[] = [];
  const issues: BlockIssue[] = [];
  if (state === undefined) return { changes, compared, foreign: [], issues };
  planFeatures(block, state, changes, compared);
  warnOfReplacement(block, state, facts, issues);
  if (block.passwordPolicy !== undefined) {
    const proven = new Set(state.provenPasswordPolicies);
    for (const account of selectAccounts(facts, block)) {
      const isProven = typeof account.id === "string" && proven.has(account.id);
      if (isProven) compared.push(addressOf(account));
      const found = account.exists ? policyOf(state, account) : null;
      if (found === undefined) continue; // A gap says why it was not read.
      compared.push(addressOf(account));
      const change = planPasswordPolicy(block, block.passwordPolicy, account, found);
      if (change !== undefined) changes.push(change);
    }
  }
  if (block.rootCredentials !== undefined && block.remove !== true) {
    const accounts = facts.accounts.filter(
      (account) => account.exists && losesRootCredentials(block, account),
    );
    planRootCredentials(state, accounts, { changes, compared, issues });
  }
  return { changes, compared, foreign: [], issues };
}

/** The organization plans the replacement; what is lost meanwhile is IAM's to say. */
function warnOfReplacement(
  { delegatedAdministrator: name, remove }: IamBlock,
  { administrators = [] }: IamState,
  facts: OrganizationFacts,
  issues: BlockIssue[],
): void {
  const wanted = accountNamed(facts, name);
  if (wanted === undefined || remove === true) return;
  const others = administrators.filter((id) => id !== wanted.id);
  if (others.length === 0) return;
  const names = others.map((id) => facts.accounts.find((one) => one.id === id)?.name ?? id);
  issues.push({
    severity: "warning",
    code: "ORGRAIL3172",
    path: ["delegatedAdministrator"],
    summary: `\`${wanted.name}\` takes the place of \`${names.join("`, `")}\`: until it is registered only the management account can manage root users`,
    help: "root sessions of the former administrator end within 15 minutes; nothing else is lost",
  });
}

const features = [
  {
    member: "credentialsManagement",
    name: "RootCredentialsManagement",
    operation: "OrganizationsRootCredentialsManagement",
  },
  { member: "sessions", name: "RootSessions", operation: "OrganizationsRootSessions" },
] as const;

/** Address of a feature of centralized root access. */
export function featureAddress(name: string): string {
  return thingAddress("iam", "centralizedRootAccess", {}, name);
}

function planFeatures(
  block: IamBlock,
  { features: on }: IamState,
  changes: ServiceChange[],
  compared: string[],
): void {
  if (on === undefined || block.centralizedRootAccess === undefined) return;
  for (const { member, name, operation } of features) {
    const asked = block.centralizedRootAccess[member];
    if (asked === undefined) continue;
    const wanted = block.remove === true ? false : asked;
    const address = featureAddress(name);
    compared.push(address);
    if (on.includes(name) === wanted) continue;
    changes.push({
      operation: `${wanted ? "Enable" : "Disable"}${operation}`,
      address,
      action: wanted ? "enable" : "disable",
      input: {},
      before: { enabled: !wanted },
      after: { enabled: wanted },
      reason: block.remove === true ? "the file says `remove: true`" : "the file says so",
      path: ["centralizedRootAccess", member],
      ...(wanted
        ? { needs: [`trustedAccess:${principal}`] }
        : { risk: "protection" as const, phase: "undo" as const }),
    });
  }
}

function planPasswordPolicy(
  block: IamBlock,
  rules: PasswordPolicyBlock,
  account: PlannedAccount,
  found: PasswordPolicyState | null,
): ServiceChange | undefined {
  const wanted = withRules(rules, found);
  const isSame = found !== null && canonicalJson(found) === canonicalJson(wanted);
  const place = {
    account: account.id,
    ...(account.isManagement ? {} : { workIn: account.id }),
    address: addressOf(account),
    path: ["passwordPolicy"],
    needs: [`account:${account.name}`],
  };
  if (block.remove === true) {
    // Only what this block made of it is taken back.
    if (canonicalJson(found) !== canonicalJson(withRules(rules, null))) return undefined;
    return {
      ...place,
      operation: "DeleteAccountPasswordPolicy",
      action: "delete",
      input: {},
      before: found,
      after: null,
      reason: "the file says `remove: true`",
      risk: "protection",
      phase: "undo",
    };
  }
  if (isSame) return undefined;
  return {
    ...place,
    operation: "UpdateAccountPasswordPolicy",
    action: found === null ? "create" : "update",
    input: inputOf(wanted),
    before: found,
    after: wanted,
    reason: "the file gives these rules for passwords",
  };
}

/** What the operation is given: 0 stands for no rule, and is said by leaving the member out. */
function inputOf(policy: PasswordPolicyState): JsonObject {
  const { ExpirePasswords: _, ...rest } = policy;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== 0));
}

function policyOf(
  { passwordPolicies }: IamState,
  { id }: PlannedAccount,
): PasswordPolicyState | null | undefined {
  return typeof id === "string" ? passwordPolicies?.[id] : undefined;
}

function addressOf({ name }: PlannedAccount): string {
  return thingAddress("iam", "passwordPolicy", { account: name });
}
