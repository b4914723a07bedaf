import type { Severity } from "../../core/diagnostic.ts";
import type { JsonObject } from "../../core/json.ts";
import type { ResourceType } from "../../data/resource-policy-types.ts";
import type { IamFacts } from "../iam-facts.ts";
import type { Level, Policy, TextRange } from "../types.ts";

/** The policy types that the checks of this folder are about. */
export type CheckedPolicyType =
  | "SERVICE_CONTROL_POLICY"
  | "RESOURCE_CONTROL_POLICY"
  | "IDENTITY_POLICY"
  | "RESOURCE_POLICY";

/** All of them. */
export const allPolicyTypes: readonly CheckedPolicyType[] = [
  "SERVICE_CONTROL_POLICY",
  "RESOURCE_CONTROL_POLICY",
  "IDENTITY_POLICY",
  "RESOURCE_POLICY",
];

/** The types that limit a whole organization. */
export const organizationTypes: readonly CheckedPolicyType[] = [
  "SERVICE_CONTROL_POLICY",
  "RESOURCE_CONTROL_POLICY",
];

/** Something that a check found. */
export interface Finding {
  readonly at: TextRange;
  /** What is wrong here: lower case, no final period. */
  readonly summary: string;
  /** What to do about it, when the check's own remedy can be said more exactly. */
  readonly help?: string;
}

/** What every check says about itself; its page of the reference is made from this. */
export interface CheckDescription {
  /** IAM Access Analyzer's code, or `ORGRAIL6xxx`. */
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  readonly sources: readonly string[];
}

/** What is known of a policy beside its document. */
export interface CheckContext {
  /** What a resource policy is attached to. */
  readonly resourceType?: ResourceType;
}

/** A check of one policy. */
export interface Check extends CheckDescription {
  readonly types: readonly CheckedPolicyType[];
  /** A policy that has the defect, and the same without it. */
  readonly example: {
    readonly type: CheckedPolicyType;
    readonly bad: JsonObject;
    readonly good: JsonObject;
    readonly resourceType?: ResourceType;
  };
  readonly check: (policy: Policy, facts: IamFacts, context: CheckContext) => Iterable<Finding>;
}

/** What the checks of a chain of levels need beside the policies. */
export interface LevelContext {
  readonly type: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";
  readonly managementAccountId?: string;
  readonly facts: IamFacts;
}

/** Something that a check of levels found. */
export interface LevelFinding {
  /** Id of the level. */
  readonly level: string;
  /** The policy that it is about, when it is about one. */
  readonly policy?: Policy;
  readonly at?: TextRange;
  readonly summary: string;
  readonly help?: string;
}

/** A check of the policies on the way from the root to an account. */
export interface LevelCheck extends CheckDescription {
  readonly types: readonly LevelContext["type"][];
  /** Levels root first, each a list of documents. */
  readonly example: {
    readonly type: LevelContext["type"];
    readonly bad: readonly (readonly JsonObject[])[];
    readonly good: readonly (readonly JsonObject[])[];
    readonly managementAccountId?: string;
  };
  readonly check: (levels: readonly Level[], context: LevelContext) => Iterable<LevelFinding>;
}

/** Pages that many checks rest on. */
export const sources: Readonly<
  Record<
    | "analyzer"
    | "conditions"
    | "variables"
    | "scp"
    | "scpEvaluation"
    | "rcp"
    | "globalKeys"
    | "actions",
    string
  >
> = {
  analyzer:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
  conditions:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
  variables: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html",
  scp: "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  scpEvaluation:
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html",
  rcp: "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html",
  globalKeys:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
  actions: "https://docs.aws.amazon.com/service-authorization/latest/reference/",
};

/** An example document with one statement that denies; members given replace or add. */
export function deny(members: JsonObject): JsonObject {
  return statement({ Effect: "Deny", ...members });
}

/** An example document with one statement that allows. */
export function allow(members: JsonObject): JsonObject {
  return statement({ Effect: "Allow", ...members });
}

function statement(members: JsonObject): JsonObject {
  const hasAction = "Action" in members || "NotAction" in members;
  const hasResource = "Resource" in members || "NotResource" in members;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        ...members,
        ...(hasAction ? {} : { Action: "s3:DeleteBucket" }),
        ...(hasResource ? {} : { Resource: "*" }),
      },
    ],
  };
}

/** An example document of those statements. */
export function policyOf(...statements: readonly JsonObject[]): JsonObject {
  return { Version: "2012-10-17", Statement: statements };
}

/** A policy variable in an example. */
export function variable(name: string): string {
  return `\${${name}}`;
}
