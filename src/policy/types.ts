import type { Position } from "../core/diagnostic.ts";
import type { OrganizationPolicyType } from "../core/policy-type.ts";

/**
 * The type of a policy document. Permissions boundaries, session policies are `IDENTITY_POLICY`
 * documents, VPC endpoint policies `RESOURCE_POLICY` documents; the rest are AWS Organizations'
 * own names.
 */
export type PolicyType = "IDENTITY_POLICY" | "RESOURCE_POLICY" | OrganizationPolicyType;

/** A stretch of the policy's text, `end` exclusive. */
export interface TextRange {
  readonly start: Position;
  readonly end: Position;
}

/** A string of the document with its place (the quotes included). */
export interface Text extends TextRange {
  readonly value: string;
}

/** A list of strings, as `Action`, `Resource` and condition values are; a lone string is a list of one. */
export interface TextList extends TextRange {
  readonly values: readonly Text[];
  /** Whether the document writes it as an array. */
  readonly isArray: boolean;
}

/** One condition: operator, key and values. */
export interface Condition extends TextRange {
  /** As written, with set qualifier and `IfExists`. */
  readonly operator: Text;
  readonly key: Text;
  readonly values: TextList;
}

/** The principals of a statement: `"*"` or lists by type (`AWS`, `Service`, `Federated`, `CanonicalUser`). */
export interface Principals extends TextRange {
  readonly any: boolean;
  readonly byType: readonly { readonly type: Text; readonly values: TextList }[];
}

/** A statement. Members that the document lacks are absent. */
export interface Statement extends TextRange {
  /** 0-based place in the document. */
  readonly index: number;
  readonly sid?: Text;
  readonly effect: "Allow" | "Deny";
  readonly action?: TextList;
  readonly notAction?: TextList;
  readonly resource?: TextList;
  readonly notResource?: TextList;
  readonly principal?: Principals;
  readonly notPrincipal?: Principals;
  readonly conditions: readonly Condition[];
}

/** A parsed policy document. */
export interface Policy {
  readonly type: PolicyType;
  /** The text it was parsed from. */
  readonly text: string;
  /** For messages; set by whoever has one. */
  readonly name?: string;
  /** `2008-10-17` when the document has none. */
  readonly version: "2012-10-17" | "2008-10-17";
  readonly id?: Text;
  /** Empty for the management policy types. */
  readonly statements: readonly Statement[];
  /** The JSON tree with positions, for checks on the raw document. */
  readonly document: JsonNode;
  /** Size in characters as the API counts it (as sent), and minified. */
  readonly size: { readonly asSent: number; readonly minified: number };
}

/** A JSON value with its place. Duplicate keys are kept, in order. */
export type JsonNode = TextRange &
  (
    | {
        readonly kind: "object";
        readonly members: readonly { readonly key: Text; readonly value: JsonNode }[];
      }
    | { readonly kind: "array"; readonly items: readonly JsonNode[] }
    | { readonly kind: "string"; readonly value: string }
    | { readonly kind: "number"; readonly value: number; readonly raw: string }
    | { readonly kind: "boolean"; readonly value: boolean }
    | { readonly kind: "null" }
  );

/** The policies attached at one place of the tree; `id` is the root's, unit's or account's. */
export interface Level {
  readonly id: string;
  readonly policies: readonly Policy[];
}

/** A request to decide. */
export interface Request {
  /**
   * What `aws:PrincipalArn` holds: the ARN of a role, user or root user. The ARN of a role session
   * stands for its role, taken to have no path, which a session does not say.
   */
  readonly principal: string;
  /** The ARN of the role session that makes the request, when known; resource policies may name it. */
  readonly principalSession?: string;
  readonly action: string;
  readonly resource: string;
  /** The account that owns the resource, when the ARN does not say it. */
  readonly resourceAccount?: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /**
   * What a key means that is not in `context`: `absent` (default), it does not exist; `unknown`, it
   * may exist, and where it decides the answer is `unknown`.
   */
  readonly unknownKeys?: "absent" | "unknown";
}

/** A decision, by the IAM policy simulator's words, and `unknown`. */
export type Decision = "allowed" | "explicitDeny" | "implicitDeny" | "unknown";
