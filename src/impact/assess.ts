import type { OrganizationState } from "../core/snapshot.ts";
import type { IamFacts } from "../policy/iam-facts.ts";
import { actionMapper, type CheckedAction } from "./actions-of.ts";
import type { Call } from "./call.ts";
import type { AccountChains, OrganizationChains } from "./chains.ts";
import { type CallContext, contextOf, organizationKeys } from "./context-of.ts";
import { alwaysAllows, type Change, changeOf, type Question, unchanged } from "./judge.ts";
import { resourcesOf } from "./resources-of.ts";
import { type Standing, standingOf } from "./standing.ts";

/** Who calls, where service control policies bind him. */
export type Bound = Extract<Standing, { readonly kind: "bound" }>;

/** A call with the actions that it is checked for, or why it cannot be judged. */
export type Assessed =
  | {
      readonly kind: "judged";
      readonly standing: Bound;
      readonly chains: AccountChains;
      readonly change: Change;
      /** The action that the change is about; the first where nothing changes. */
      readonly question: Question;
    }
  | { readonly kind: "exempt"; readonly reason: string }
  | { readonly kind: "unjudged"; readonly reason: string };

/** Compares a question's answers, of before and after, or of other things. */
export type Compare = (chains: AccountChains, question: Question) => Change;

/** Judges calls, one after the other. Remembers what it was asked, within bounds. */
export interface Assessor {
  assess(call: Call): Assessed;
}

const cacheLimit = 500_000;

/**
 * Makes an assessor. A call is judged by its key first, once a key; its record is looked into only
 * where that leaves the answer open.
 */
export function createAssessor(options: {
  readonly organization: OrganizationState;
  readonly chains: OrganizationChains;
  readonly facts: IamFacts;
  readonly compare?: Compare;
  /** Whether the organization's ids are AWS's, so that keys such as `aws:PrincipalOrgID` have them. */
  readonly idsAreReal?: boolean;
}): Assessor {
  const { organization, chains: all, facts } = options;
  const compare = options.compare ?? changeOf;
  const map = actionMapper(facts);
  const membership = {
    managementAccountId: organization.managementAccountId as string,
    accounts: new Set<string>(organization.accounts.map(({ id }) => id)),
  };
  const keysOf = new Map<string, CallContext>();
  const silent = new Map<string, boolean>();
  const changes = new Map<string, Change>();

  const ofOrganization = (account: string): CallContext => {
    const known =
      keysOf.get(account) ??
      (options.idsAreReal === false ? {} : organizationKeys(organization, account));
    keysOf.set(account, known);
    return known;
  };

  /** Whether nobody's call of the action in the Region is touched. */
  const isSilent = (chains: AccountChains, checked: CheckedAction, region: string): boolean => {
    const id = `${chains.id} ${checked.action} ${region}`;
    const known = silent.get(id);
    if (known !== undefined) return known;
    const where = region === "" ? undefined : region;
    const answer =
      alwaysAllows(chains.before, checked, where) &&
      (chains.after === chains.before || alwaysAllows(chains.after, checked, where));
    if (silent.size >= cacheLimit) silent.clear();
    silent.set(id, answer);
    return answer;
  };

  const questionOf = (call: Call, standing: Bound, checked: CheckedAction): Question => ({
    checked,
    principal: standing.principal,
    context: contextOf(call, standing, ofOrganization(standing.account)),
    resources: resourcesOf(checked, call.event, standing.account),
  });

  const byKey = (
    chains: AccountChains,
    call: Call,
    standing: Bound,
    checked: CheckedAction,
  ): Change => {
    const { key } = call;
    const { principal } = standing;
    const id = `${chains.id} ${standing.account} ${checked.action} ${key.awsRegion ?? ""} ${key.invokedBy ?? ""} ${principal}`;
    const known = changes.get(id);
    if (known !== undefined) return known;
    const answer = compare(chains, questionOf({ key, count: 1 }, standing, checked));
    if (changes.size >= cacheLimit) changes.clear();
    changes.set(id, answer);
    return answer;
  };

  const judge = (
    chains: AccountChains,
    call: Call,
    standing: Bound,
    checked: CheckedAction,
  ): Change | undefined => {
    if (isSilent(chains, checked, call.key.awsRegion ?? "")) return unchanged;
    const parameters = call.event?.requestParameters;
    const isTold = typeof parameters === "object" && parameters !== null;
    if (checked.parameter !== undefined && isTold && !(checked.parameter in parameters)) {
      return undefined;
    }
    const change = byKey(chains, call, standing, checked);
    const sharper =
      call.event === undefined || change.certain
        ? change
        : compare(chains, questionOf(call, standing, checked));
    // The action is perhaps not checked at all.
    return checked.parameter !== undefined && !isTold ? { ...sharper, certain: false } : sharper;
  };

  return {
    assess: (call) => {
      const mapped = map(call.key);
      const standing = standingOf(call.key, membership);
      if (standing.kind === "exempt") return standing;
      if ("unmapped" in mapped) return { kind: "unjudged", reason: mapped.unmapped };
      if (standing.kind === "unknown") return { kind: "unjudged", reason: standing.reason };
      const chains = all.of(standing.account);
      if (chains === undefined) {
        return { kind: "unjudged", reason: "the account's place in the tree was not read" };
      }
      let best: { readonly change: Change; readonly checked: CheckedAction } | undefined;
      for (const checked of mapped.actions) {
        const change = judge(chains, call, standing, checked);
        if (change === undefined) continue;
        if (best === undefined || rank(change) > rank(best.change)) best = { change, checked };
      }
      if (best === undefined) return { kind: "unjudged", reason: "no action is known" };
      const { change, checked } = best;
      let held: Question | undefined;
      return {
        kind: "judged",
        standing,
        chains,
        change,
        // Made only for whoever asks: most calls are not touched.
        get question() {
          held ??= questionOf(call, standing, checked);
          return held;
        },
      };
    },
  };
}

/** Of several actions of a call the one counts that hits hardest. */
function rank({ effect, certain }: Change): number {
  if (effect === "denied") return certain ? 4 : 3;
  if (effect === "allowed") return certain ? 2 : 1;
  return 0;
}
