import type { Json, JsonObject } from "../../core/json.ts";
import type { ManagementPolicyType } from "../../core/policy-type.ts";

/** The kinds of parameters, with the values they take. */
export interface ParameterKinds {
  readonly strings: readonly string[];
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
}

/** A kind of parameter. */
export type ParameterKind = keyof ParameterKinds;

/** A parameter of a guardrail: what it takes, what it means, what it is when left out. */
export interface ParameterSpec<Kind extends ParameterKind = ParameterKind> {
  readonly kind: Kind;
  readonly description: string;
  /** Absent: the parameter must be given. */
  readonly default?: ParameterKinds[Kind];
  /** What every string must match; in words in `description`. */
  readonly pattern?: RegExp;
  /** Used in the reference page and wherever a required parameter needs some value. */
  readonly example: ParameterKinds[Kind];
}

/** The parameters of a guardrail, by name and kind. */
export type ParameterNames = Readonly<Record<string, ParameterKind>>;

/** Values of a guardrail's parameters, defaults filled in. */
export type ParameterValues<Names extends ParameterNames> = {
  readonly [Name in keyof Names]: ParameterKinds[Names[Name]];
};

/** A request that shows what a guardrail does; evaluated by the engine in the tests. */
export interface GuardrailCase<Names extends ParameterNames = ParameterNames> {
  readonly what: string;
  /** Over the parameters' examples and defaults. */
  readonly parameters?: Partial<ParameterValues<Names>>;
  readonly principal?: string;
  readonly action: string;
  readonly resource?: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

interface GuardrailWords<Names extends ParameterNames> {
  /** Name in `orgrail.yaml`: kebab-case, which is also the file's. */
  readonly name: string;
  readonly title: string;
  /** Why one wants it, and what it does not do. */
  readonly why: string;
  /** Addresses of pages that recommend it or describe the actions and keys it uses. */
  readonly sources: readonly string[];
  readonly parameters: { readonly [Name in keyof Names]: ParameterSpec<Names[Name]> };
}

/** A statement of a service or resource control policy. */
export type GuardrailStatement = JsonObject;

/** A guardrail that is statements of a service or resource control policy. */
export interface StatementGuardrail<Names extends ParameterNames = ParameterNames>
  extends GuardrailWords<Names> {
  readonly type: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";
  statements(values: ParameterValues<Names>): readonly GuardrailStatement[];
  readonly denied: readonly GuardrailCase<Names>[];
  readonly allowed: readonly GuardrailCase<Names>[];
}

/** A guardrail that is a document of a management policy type. */
export interface DocumentGuardrail<Names extends ParameterNames = ParameterNames>
  extends GuardrailWords<Names> {
  readonly type: ManagementPolicyType;
  document(values: ParameterValues<Names>): JsonObject;
  /** Places in the effective policy, as keys from its root, and what must stand there. */
  readonly effective: readonly { readonly path: readonly string[]; readonly value: Json }[];
}

/** A parameterised policy of the library. */
export type Guardrail = StatementGuardrail | DocumentGuardrail;

/** The one parameter by which every guardrail lets named principals through. */
export const exemptPrincipals: ParameterSpec<"strings"> = {
  kind: "strings",
  description:
    "ARN patterns of principals that the guardrail does not bind, such as the security team's role and a break-glass role. Compared with `aws:PrincipalArn` by `ArnNotLike`: the role's ARN, not its session's; a `*` does not cross a colon.",
  default: [],
  pattern: /^arn:[a-z*?-]+:(iam|sts)::[0-9*?]*:.+$/,
  example: ["arn:aws:iam::*:role/break-glass"],
};

/** The condition that lets the exempt principals through; no condition when there are none. */
export function unlessExempt(principals: readonly string[]): JsonObject {
  return principals.length === 0 ? {} : { ArnNotLike: { "aws:PrincipalArn": [...principals] } };
}

/** A Deny statement; an empty condition is left out. */
export function deny(
  sid: string,
  members: {
    readonly action?: readonly string[];
    readonly notAction?: readonly string[];
    readonly resource?: readonly string[];
    readonly principal?: "*";
    readonly condition?: JsonObject;
  },
): GuardrailStatement {
  const { action, notAction, resource = ["*"], principal, condition = {} } = members;
  return {
    Sid: sid,
    Effect: "Deny",
    ...(principal === undefined ? {} : { Principal: principal }),
    ...(action === undefined ? {} : { Action: [...action] }),
    ...(notAction === undefined ? {} : { NotAction: [...notAction] }),
    Resource: resource.length === 1 ? (resource[0] ?? "*") : [...resource],
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}
