import type { OrganizationState } from "../core/snapshot.ts";
import type { IamFacts } from "../policy/iam-facts.ts";
import { actionMapper, type CheckedAction } from "./actions-of.ts";
import type { Call, CallKey } from "./call.ts";
import { callerClasses } from "./caller-classes.ts";
import type { AccountChains, OrganizationChains } from "./chains.ts";
import { contextOf, federatedUser, organizationKeys } from "./context-of.ts";
import { alwaysAllows, type Change, changeOf, type Question, unchanged } from "./judge.ts";
import { type LookedAt, lookedAt } from "./looked-at.ts";

import { type RecordColumn, recordColumns } from "./record-columns.ts";
import { ownerStanding, resourceStandingOf } from "./resource-standing.ts";
import { resourcesOf } from "./resources-of.ts";
import { type Bound, type Standing, standingOf } from "./standing.ts";

/** A call that was judged. */
export interface Judged {
  readonly kind: "judged";
  readonly standing: Bound;
  readonly chains: AccountChains;
  readonly change: Change;
  /** The action that the change is about; the first where nothing changes. */
  readonly checked: CheckedAction;
  readonly question: Question;
  /** What of the record may settle what is open yet; empty when nothing is, or nothing can. */
  readonly open: readonly RecordColumn[];
}

/** A call with the actions that it is checked for, or why it cannot be judged. */
export type Assessed =
  | Judged
  | { readonly kind: "exempt"; readonly reason: string }
  | { readonly kind: "unjudged"; readonly reason: string };

/** Compares a question's answers, of before and after, or of other things. */
export type Compare = (chains: AccountChains, question: Question) => Change;

/** Judges calls. Remembers nothing of them. */
export interface Assessor {
  /** Judges a call: by its key, and where that leaves it open by its record. */
  assess(call: Call): Assessed;
  /** What policies are to the caller of a call, by its key. */
  standing(key: CallKey): Standing;
  /**
   * What of who calls decides, beside the event's name and Region: calls of one class are judged
   * alike by their keys. It depends on the members of a key that tell who calls, and no other; it is
   * below zero for callers that are not bound.
   */
  classOf(key: CallKey, standing: Standing): number;
  /** What decides of a question that is not in the row that it belongs to, as a text to sort by. */
  signature(judged: Judged): string;
}

/** Makes an assessor. */
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
  const isResource = all.type === "RESOURCE_CONTROL_POLICY";
  const map = actionMapper(facts);
  const membership = {
    managementAccountId: organization.managementAccountId as string,
    accounts: new Set<string>(organization.accounts.map(({ id }) => id)),
  };
  const ofOrganization = organizationKeys(organization, options.idsAreReal !== false);
  const looked = new Map<string, LookedAt>();
  const silent = new Map<string, boolean>();
  let classes: ((key: CallKey, bound: Bound) => number) | undefined;
  const unbound: string[] = [];

  const standing = (key: CallKey): Standing =>
    isResource ? resourceStandingOf(key, membership) : standingOf(key, membership);

  const lookedAtBy = ({ id, before, after }: AccountChains, action: string): LookedAt => {
    const name = `${id} ${action}`;
    const known = looked.get(name);
    if (known !== undefined) return known;
    const answer = lookedAt([...before.policies, ...after.policies], action);
    looked.set(name, answer);
    return answer;
  };

  /** Whether no account's policies have anything to say of an action. */
  const isSilent = (checked: CheckedAction): boolean => {
    const known = silent.get(checked.action);
    if (known !== undefined) return known;
    const answer = all
      .all()
      .every(
        ({ before, after }) =>
          alwaysAllows(before, checked) && (after === before || alwaysAllows(after, checked)),
      );
    silent.set(checked.action, answer);
    return answer;
  };

  const questionOf = (call: Call, bound: Bound, checked: CheckedAction): Question => {
    const resources = resourcesOf(checked, call.key, call.event, bound.account);
    const owner = resources.complete ? resources.owner : undefined;
    const told = isResource && bound.isCertain ? bound.account : owner;
    return {
      checked,
      principal: call.key.identityType === federatedUser ? "" : bound.principal,
      context: contextOf(call, bound, ofOrganization, told),
      resources,
    };
  };

  const answer = (
    chains: AccountChains,
    bound: Bound,
    checked: CheckedAction,
    question: Question,
    isChecked: boolean,
  ): Change => {
    if (isResource && isSilent(checked)) return unchanged;
    const change = compare(chains, question);
    // The action is perhaps not checked at all, or the resource another account's.
    return change.effect === "same" || (isChecked && bound.isCertain)
      ? change
      : { ...change, certain: false };
  };

  interface Candidate {
    readonly change: Change;
    readonly checked: CheckedAction;
    readonly question: Question;
    readonly columns: readonly RecordColumn[];
  }

  const byKey = (
    chains: AccountChains,
    key: CallKey,
    bound: Bound,
    checked: CheckedAction,
  ): Candidate => {
    const question = questionOf({ key, count: 1 }, bound, checked);
    const change = answer(chains, bound, checked, question, checked.parameter === undefined);
    const isOpen = isResource && !bound.isCertain ? !isSilent(checked) : !change.certain;
    if (!isOpen) return { change, checked, question, columns: [] };
    const { columns } = lookedAtBy(chains, checked.action);
    const needsAll = checked.parameter !== undefined || (isResource && !bound.isCertain);
    return {
      change,
      checked,
      question,
      columns: needsAll ? [...new Set([...columns, ...recordColumns.ofResource])] : columns,
    };
  };

  /** The action that counts, and what is open of those that could count instead. */
  const choose = (
    found: readonly Candidate[],
  ): Omit<Judged, "kind" | "standing" | "chains"> | undefined => {
    let best: Candidate | undefined;
    const open = new Set<RecordColumn>();
    for (const candidate of found) {
      if (best === undefined || rank(candidate.change) > rank(best.change)) best = candidate;
      if (rank(best.change) === mostRank) break;
      for (const column of candidate.columns) open.add(column);
    }
    if (best === undefined) return undefined;
    const { change, checked, question } = best;
    return { change, checked, question, open: [...open].sort() };
  };

  const refine = (call: Call, keyed: readonly Candidate[], bound: Bound): Assessed | undefined => {
    const parameters = call.event?.requestParameters;
    const isTold = typeof parameters === "object" && parameters !== null;
    const found: Candidate[] = [];
    let refined: Bound = bound;
    for (const candidate of keyed) {
      const { checked, columns } = candidate;
      if (columns.length === 0) {
        found.push(candidate);
        continue;
      }
      if (checked.parameter !== undefined && isTold && !(checked.parameter in parameters)) continue;
      const { owner } = resourcesOf(checked, call.key, call.event, bound.account);
      const own = isResource ? ownerStanding(bound, owner, membership) : bound;
      if (own.kind === "exempt") return own;
      if (own.kind !== "bound") continue;
      const chains = all.of(own.account);
      if (chains === undefined) return noPlace;
      refined = own;
      const question = questionOf(call, own, checked);
      const isChecked = checked.parameter === undefined || isTold;
      const change = answer(chains, own, checked, question, isChecked);
      found.push({ change, checked, question, columns: [] });
    }
    const chosen = choose(found);
    const chains = all.of(refined.account);
    if (chosen === undefined || chains === undefined) return undefined;
    return { kind: "judged", standing: refined, chains, ...chosen };
  };

  return {
    standing,
    assess: (call) => {
      const { key, event } = call;
      const mapped = map(key);
      const bound = standing(key);
      if (bound.kind === "exempt") return bound;
      if ("unmapped" in mapped) return { kind: "unjudged", reason: mapped.unmapped };
      if (bound.kind === "unknown") return { kind: "unjudged", reason: bound.reason };
      const chains = all.of(bound.account);
      if (chains === undefined) return noPlace;
      const keyed = mapped.actions.map((checked) => byKey(chains, key, bound, checked));
      const chosen = choose(keyed);
      if (chosen === undefined) return { kind: "unjudged", reason: "no action is known" };
      const judged: Judged = { kind: "judged", standing: bound, chains, ...chosen };
      if (event === undefined || chosen.open.length === 0) return judged;
      return refine(call, keyed, bound) ?? judged;
    },
    classOf: (key, own) => {
      if (own.kind === "bound") {
        classes ??= callerClasses(all);
        return classes(key, own);
      }
      const why = `${own.kind} ${own.reason}`;
      if (!unbound.includes(why)) unbound.push(why);
      return -1 - unbound.indexOf(why);
    },
    signature: ({ chains, checked, question }) => {
      const { keys, resource } = lookedAtBy(chains, checked.action);
      const context = Object.entries(question.context)
        .filter(([name]) => keys.has(name.toLowerCase()) && !/^aws:Principal/.test(name))
        .sort(([a], [b]) => (a < b ? -1 : 1));
      const { known, alternatives, complete } = question.resources;
      return JSON.stringify([context, resource ? [known, alternatives, complete] : ""]);
    },
  };
}

const noPlace = {
  kind: "unjudged",
  reason: "the account's place in the tree was not read",
} as const;

const mostRank = 4;

/** Of several actions of a call the one counts that hits hardest. */
function rank({ effect, certain }: Change): number {
  if (effect === "denied") return certain ? mostRank : 3;
  if (effect === "allowed") return certain ? 2 : 1;
  return 0;
}
