import type { CheckedAction } from "./actions-of.ts";
import { blindKeys } from "./blind-policy.ts";
import type { AccountChains, Chain } from "./chains.ts";
import type { CallContext } from "./context-of.ts";
import type { CallResources } from "./resources-of.ts";

/** What policies say of a call: `unknown` where something decides that the record does not tell. */
export type Answer = "allowed" | "denied" | "unknown";

/** A call to be judged for one action. */
export interface Question {
  readonly checked: CheckedAction;
  readonly principal: string;
  readonly context: CallContext;
  readonly resources: CallResources;
}

/** Asks a chain. */
export function ask(chain: Chain, question: Question): Answer {
  const { resources } = question;
  let result: Answer = "allowed";
  for (const resource of resources.known) {
    const answer = askSharp(chain, question, resource);
    if (answer === "denied") return "denied";
    if (answer === "unknown") result = "unknown";
  }
  if (resources.alternatives.length > 0) {
    const answers = new Set(resources.alternatives.map((one) => askSharp(chain, question, one)));
    if (answers.size === 1 && answers.has("denied")) return "denied";
    if (answers.size > 1 || answers.has("unknown")) result = "unknown";
  }
  if (!resources.complete) {
    const answer = answerOf(chain.blind.decide(blindRequest(question)));
    if (answer === "denied") return "denied";
    if (answer === "unknown") result = "unknown";
  }
  return result;
}

function askSharp(chain: Chain, question: Question, resource: string): Answer {
  return answerOf(chain.sharp.decide(sharpRequest(question, resource)));
}

function sharpRequest({ checked, principal, context }: Question, resource: string) {
  const { action } = checked;
  return { principal, action, resource, context, unknownKeys: "unknown" as const };
}

function blindRequest({ checked, principal, context }: Question) {
  const known = { ...context, [blindKeys.service]: checked.services };
  return {
    principal,
    action: checked.action,
    resource: "*",
    context: known,
    unknownKeys: "unknown" as const,
  };
}

function answerOf(decision: string): Answer {
  if (decision === "allowed" || decision === "unknown") return decision;
  return "denied";
}

/**
 * Whether nothing that a chain says of an action could be other than that it allows, whoever calls
 * and whatever the resource.
 */
export function alwaysAllows(chain: Chain, checked: CheckedAction): boolean {
  // An empty principal is of no kind, and its keys are not known.
  const request = blindRequest({ checked, principal: "", context: {}, resources: nowhere });
  return chain.blind.decide(request) === "allowed";
}

const nowhere: CallResources = { known: [], alternatives: [], complete: false };

/** What a chain's answer rests on. */
export interface Grounds {
  /** Condition keys, or `resource`, that decide and are not known; sorted. */
  readonly missing: readonly string[];
  /** The Deny that decides or may: `Guard, statement DenyRegions`. */
  readonly decidedBy?: string;
}

/** Says what an answer rests on. Slow. */
export function groundsOf(chain: Chain, question: Question): Grounds {
  const { resources } = question;
  const explanations = [
    ...[...resources.known, ...resources.alternatives].map((resource) =>
      chain.sharp.explain(sharpRequest(question, resource)),
    ),
    ...(resources.complete ? [] : [chain.blind.explain(blindRequest(question))]),
  ];
  const missing = new Set<string>();
  for (const { decision, unknownKeys } of explanations) {
    if (decision !== "unknown") continue;
    for (const key of unknownKeys) missing.add(key === blindKeys.resource ? "resource" : key);
  }
  const decided = explanations.map(({ decidedBy }) => decidedBy).find((one) => one !== undefined);
  if (resources.alternatives.length > 0 && missing.size === 0) {
    if (ask(chain, question) === "unknown") missing.add("resource");
  }
  return {
    missing: [...missing].sort(),
    ...(decided === undefined
      ? {}
      : {
          decidedBy: `${decided.policy ?? "a policy"}, statement ${decided.sid ?? decided.index + 1}`,
        }),
  };
}

/** How a call's answer changes. `same` covers what stays denied and what stays undecided. */
export interface Change {
  readonly effect: "denied" | "allowed" | "same";
  readonly certain: boolean;
}

/** Compares the answers of before and after. */
export function changeOf(chains: AccountChains, question: Question): Change {
  const before = ask(chains.before, question);
  const after = chains.after === chains.before ? before : ask(chains.after, question);
  if (after === "denied" && before !== "denied") {
    return { effect: "denied", certain: before === "allowed" };
  }
  if (before === "denied" && after !== "denied") {
    return { effect: "allowed", certain: after === "allowed" };
  }
  if (before === "allowed" && after === "unknown") return { effect: "denied", certain: false };
  if (before === "unknown" && after === "allowed") return { effect: "allowed", certain: false };
  if (before !== "unknown" || chains.after === chains.before) return unchanged;
  // Neither is known: only what comes or goes can make a difference.
  const { added, removed, allowsChange } = chains;
  if (allowsChange || (added !== undefined && ask(added, question) !== "allowed")) {
    return { effect: "denied", certain: false };
  }
  if (removed !== undefined && ask(removed, question) !== "allowed") {
    return { effect: "allowed", certain: false };
  }
  return unchanged;
}

/** Nothing changes for certain. */
export const unchanged: Change = { effect: "same", certain: true };
