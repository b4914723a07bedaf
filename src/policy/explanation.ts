import type { GuardKind } from "./guard.ts";
import type { Decision, TextRange } from "./types.ts";

/** A statement, by the policy it stands in and its place there. */
export interface StatementPlace extends TextRange {
  /** The policy's name, when it has one. */
  readonly policy?: string;
  /** 0-based. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
}

/** What one statement says of a request. */
export interface StatementExplanation {
  readonly statement: StatementPlace;
  readonly matched: "yes" | "no" | "unknown";
  /** Why it matched or did not, in words. */
  readonly why: string;
  /** Keys of which it is not known whether they exist, where they decide. */
  readonly unknownKeys: readonly string[];
}

/** What a level of the tree, or another set of policies, says of a request. */
export interface GuardExplanation {
  readonly kind: GuardKind;
  readonly level?: string;
  readonly outcome: "allows" | "denies" | "doesNotAllow" | "unknown" | "notApplicable";
  /** In words. */
  readonly why: string;
  /** Every statement, in order. */
  readonly statements: readonly StatementExplanation[];
}

/** A statement that decides, and where its policy applies. */
export interface StatementReference extends StatementPlace {
  readonly kind: GuardKind;
  /** The id of the root, organizational unit or account; of SCPs and RCPs. */
  readonly level?: string;
}

/** Why a request is allowed or not. Plain data. */
export interface Explanation {
  readonly decision: Decision;
  /** In one sentence. */
  readonly reason: string;
  /** The Deny that decided, or one that may. */
  readonly decidedBy?: StatementReference;
  /** For `unknown`: the keys that decide, in lower case, sorted. */
  readonly unknownKeys: readonly string[];
  /** Every level and every other set of policies, in the order of evaluation. */
  readonly guards: readonly GuardExplanation[];
}
