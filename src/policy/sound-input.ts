import type { CompileInput } from "./guard.ts";
import { isRecord, isSoundPolicy } from "./sound-policy.ts";
import type { Level, Policy, PolicyType, Statement, Text, TextList } from "./types.ts";

/** The name in explanations of what stands where a policy should. */
export const unreadPolicyName = "a policy that was not parsed";

/**
 * What `compile` was given, which may be anything at run time, as policies. What is no parsed policy
 * (`undefined` because a document did not parse, a document that was never parsed) is not passed
 * over, which would open what it closes: a policy takes its place that may deny and may allow
 * everything, so that what it could decide is `unknown`.
 */
export function soundInput(input: unknown): CompileInput {
  if (!isRecord(input)) return {};
  const scps = soundLevels(input.scps, "SERVICE_CONTROL_POLICY");
  const rcps = soundLevels(input.rcps, "RESOURCE_CONTROL_POLICY");
  const identity = policies(input.identity, "IDENTITY_POLICY");
  const boundaries = policies(input.boundaries, "IDENTITY_POLICY");
  const session = policies(input.session, "IDENTITY_POLICY");
  const resource = single(input.resource);
  const endpoint = single(input.endpoint);
  const managementAccount = input.managementAccount;
  return {
    ...(scps && { scps }),
    ...(rcps && { rcps }),
    ...(identity && { identity }),
    ...(boundaries && { boundaries }),
    ...(session && { session }),
    ...(resource && { resource }),
    ...(endpoint && { endpoint }),
    ...(typeof managementAccount === "string" && { managementAccount }),
  };
}

/** Levels, with what stands where a policy should replaced; `undefined` when there is nothing. */
export function soundLevels(value: unknown, type: PolicyType): readonly Level[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) return [{ id: "", policies: [unread(type)] }];
  return Array.from(value, (level: unknown): Level => {
    const id = isRecord(level) ? level.id : undefined;
    const own = isRecord(level) ? policies(level.policies, type) : undefined;
    return { id: typeof id === "string" ? id : "", policies: own ?? [unread(type)] };
  });
}

function policies(value: unknown, type: PolicyType): readonly Policy[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) return [unread(type)];
  return Array.from(value, (policy: unknown) => (isSoundPolicy(policy) ? policy : unread(type)));
}

function single(value: unknown): Policy | undefined {
  if (value === undefined || value === null) return undefined;
  return isSoundPolicy(value) ? value : unread("RESOURCE_POLICY");
}

const place = { offset: 0, line: 1, column: 1 };
const range = { start: place, end: place };
const text = (value: string): Text => ({ ...range, value });
const list = (value: string): TextList => ({ ...range, values: [text(value)], isArray: false });

/** A policy of which nobody knows what it says: its conditions have an operator that AWS lacks. */
function unread(type: PolicyType): Policy {
  const statement = (effect: Statement["effect"], index: number): Statement => ({
    ...range,
    index,
    effect,
    action: list("*"),
    resource: list("*"),
    conditions: [{ ...range, operator: text("Unread"), key: text("unread"), values: list("") }],
  });
  return {
    type,
    text: "",
    name: unreadPolicyName,
    version: "2012-10-17",
    statements: [statement("Deny", 0), statement("Allow", 1)],
    document: { ...range, kind: "null" },
    size: { asSent: Number.NaN, minified: Number.NaN },
  };
}
