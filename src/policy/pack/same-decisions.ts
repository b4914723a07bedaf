import { compile } from "../compile.ts";
import type { Policy, Request } from "../types.ts";

/** How many requests are decided with both. */
const requestCount = 4_000;

/**
 * Whether two sets of policies decide alike on requests made from the policies' own patterns and
 * values. The requests are the same in every run.
 */
export function sameDecisions(
  before: readonly Policy[],
  after: readonly Policy[],
): { readonly same: boolean; readonly requests: number } {
  const kind = before[0]?.type === "RESOURCE_CONTROL_POLICY" ? "rcps" : "scps";
  const old = compile({ [kind]: [{ id: "r-root", policies: before }] });
  const now = compile({ [kind]: [{ id: "r-root", policies: after }] });
  const next = sequence();
  const parts = partsOf(before);
  for (let count = 0; count < requestCount; count++) {
    const request = makeRequest(parts, next);
    if (old.decide(request) !== now.decide(request)) return { same: false, requests: count + 1 };
  }
  return { same: true, requests: requestCount };
}

interface Parts {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly keys: readonly { readonly key: string; readonly values: readonly string[] }[];
}

function partsOf(policies: readonly Policy[]): Parts {
  const statements = policies.flatMap((policy) => policy.statements);
  const actions = statements.flatMap(({ action, notAction }) =>
    [...(action?.values ?? []), ...(notAction?.values ?? [])].map(({ value }) => value),
  );
  const resources = statements.flatMap(({ resource, notResource }) =>
    [...(resource?.values ?? []), ...(notResource?.values ?? [])].map(({ value }) => value),
  );
  const keys = statements.flatMap(({ conditions }) =>
    conditions.map(({ key, values }) => ({
      key: key.value,
      values: [...values.values.map(({ value }) => filled(value)), "something-else"],
    })),
  );
  return {
    actions: ["s3:GetObject", "ec2:RunInstances", ...actions.map(filled)],
    resources: ["*", "arn:aws:s3:::bucket/key", ...resources.map(filled)],
    keys,
  };
}

/** A text that a pattern matches. */
function filled(pattern: string): string {
  const text = pattern.replaceAll("*", "x").replaceAll("?", "y");
  return text === "x" ? "s3:PutObject" : text;
}

function makeRequest({ actions, resources, keys }: Parts, next: () => number): Request {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];
  const context: Record<string, string> = {};
  for (const { key, values } of keys) {
    const value = pick(values);
    if (value !== undefined && next() < 0.6) context[key] = value;
  }
  return {
    principal: "arn:aws:iam::111122223333:role/somebody",
    action: pick(actions) ?? "",
    resource: pick(resources) ?? "*",
    resourceAccount: "111122223333",
    context,
  };
}

/** Numbers between 0 and 1, the same in every run (a linear congruential generator). */
function sequence(): () => number {
  let state = 42;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
