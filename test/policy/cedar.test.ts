import { setFlagsFromString } from "node:v8";
import { preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs";
import { expect, it } from "vitest";
import { cedarContext, toCedar } from "../../bench/lib/cedar-policy.ts";
import { compile } from "../../src/policy/compile.ts";
import { parsePolicy } from "../../src/policy/parse.ts";
import type { Decision, Level, Policy, PolicyType, Request } from "../../src/policy/types.ts";
import { type Random, random } from "./random.ts";

// Node 20's V8 aborts ("unreachable code" in its deoptimizer) once calls into Cedar's WebAssembly are
// inlined into hot JavaScript.
setFlagsFromString("--no-turbo-inline-js-wasm-calls");

const requests = 20_000;
const requestsPerSet = 80;

const own = "111122223333";
const roles = ["app", "Admin-1", "team/deploy"].map((name) => `arn:aws:iam::${own}:role/${name}`);
const actions = [
  "s3:GetObject",
  "s3:PutObject",
  "ec2:RunInstances",
  "iam:CreateUser",
  "iam:PassRole",
];
const patterns = [
  "*",
  "s3:*",
  "s3:Get*",
  "S3:GETOBJECT",
  "s3:*Object",
  "ec2:*",
  "iam:*User",
  "iam:PassRole",
];
const resources = [
  "*",
  "arn:aws:s3:::b/x/y",
  "arn:aws:s3:::b",
  ...roles,
  `arn:aws:ec2:eu-west-1:${own}:instance/i-1`,
];
const resourcePatterns = [
  "*",
  "arn:aws:s3:::*",
  "arn:aws:s3:::b/*",
  "arn:aws:iam::*:role/*",
  "arn:aws:ec2:*:*:instance/*",
  "arn:aws:s3",
];
const regions = ["eu-west-1", "eu-central-1", "us-east-1"];

/** Operators with the keys and values that both languages read alike. */
const vocabulary: readonly {
  operators: readonly string[];
  keys: readonly string[];
  values: readonly string[];
}[] = [
  {
    operators: [
      "StringEquals",
      "StringNotEquals",
      "StringEqualsIfExists",
      "StringNotEqualsIfExists",
      "StringLike",
      "StringNotLike",
      "StringEqualsIgnoreCase",
      "StringNotEqualsIgnoreCase",
    ],
    keys: ["aws:RequestedRegion", "aws:PrincipalTag/team"],
    values: [...regions, "eu-*", "EU-WEST-1", "*", "*-1"],
  },
  {
    operators: [
      "ArnLike",
      "ArnNotLike",
      "ArnEquals",
      "ArnNotEqualsIfExists",
      "StringNotLike",
      "StringLike",
    ],
    keys: ["aws:PrincipalArn"],
    values: [...roles, "arn:aws:iam::*:role/Admin-*", "arn:aws:iam::*:role/*", "arn:*/deploy", "*"],
  },
  {
    operators: ["Bool", "BoolIfExists"],
    keys: ["aws:MultiFactorAuthPresent"],
    values: ["true", "false", "True"],
  },
  {
    operators: ["Null"],
    keys: ["aws:RequestedRegion", "aws:TagKeys", "aws:SourceIp"],
    values: ["true", "false"],
  },
  {
    operators: ["IpAddress", "NotIpAddress", "NotIpAddressIfExists"],
    keys: ["aws:SourceIp"],
    values: ["10.0.0.0/8", "10.1.2.0/24", "192.0.2.7", "2001:db8::/32"],
  },
  {
    operators: ["NumericLessThan", "NumericGreaterThanEquals", "NumericEquals", "NumericNotEquals"],
    keys: ["s3:max-keys"],
    values: ["5", "10", "100"],
  },
  {
    operators: ["ForAnyValue:StringEquals", "ForAllValues:StringEquals"],
    keys: ["aws:TagKeys"],
    values: ["a", "b", "c"],
  },
];

function oneOrMany(source: Random, choices: readonly string[]): string | string[] {
  return source.chance(0.5) ? source.pick(choices) : source.list(1, 3, () => source.pick(choices));
}

function statement(source: Random): Record<string, unknown> {
  const made: Record<string, unknown> = { Effect: source.chance(0.55) ? "Deny" : "Allow" };
  made[source.chance(0.25) ? "NotAction" : "Action"] = oneOrMany(source, patterns);
  made[source.chance(0.2) ? "NotResource" : "Resource"] = oneOrMany(source, resourcePatterns);
  if (source.chance(0.75)) {
    const block: Record<string, Record<string, unknown>> = {};
    for (const { operators, keys, values } of source.list(1, 3, () => source.pick(vocabulary))) {
      block[source.pick(operators)] = { [source.pick(keys)]: oneOrMany(source, values) };
    }
    made.Condition = block;
  }
  return made;
}

function policy(source: Random, type: PolicyType, isFull: boolean): Policy {
  const full = { Effect: "Allow", Action: "*", Resource: "*" };
  const statements = source.list(1, 3, () => statement(source));
  const text = JSON.stringify({ Version: "2012-10-17", Statement: isFull ? [full] : statements });
  const parsed = parsePolicy(text, { type }).policy;
  if (parsed === undefined) throw new Error(text);
  return parsed;
}

function request(source: Random): Request {
  const context: Record<string, string | string[]> = { "aws:PrincipalArn": source.pick(roles) };
  const add = (key: string, value: string | string[]): void => {
    if (source.chance(0.7)) context[key] = value;
  };
  add("aws:RequestedRegion", source.pick(regions));
  add("aws:PrincipalTag/team", source.pick(["eu-west-1", "x"]));
  add("aws:MultiFactorAuthPresent", source.pick(["true", "false"]));
  add("aws:SourceIp", source.pick(["10.1.2.3", "192.0.2.7", "203.0.113.9", "2001:db8::1"]));
  add("s3:max-keys", source.pick(["1", "5", "10", "1000"]));
  add(
    "aws:TagKeys",
    source.list(1, 2, () => source.pick(["a", "b", "d"])),
  );
  return {
    principal: String(context["aws:PrincipalArn"]),
    action: source.pick(actions),
    resource: source.pick(resources),
    context,
  };
}

/** Cedar's decision, in our words: a Deny that decides is explicit. */
function cedarDecision(id: string, asked: Request): Decision {
  const uid = (type: string) => ({ type, id: "x" });
  const answer = statefulIsAuthorized({
    principal: uid("Principal"),
    action: uid("Action"),
    resource: uid("Resource"),
    context: cedarContext(asked),
    preparsedPolicySetId: id,
    entities: [],
  });
  if (answer.type === "failure") throw new Error(JSON.stringify(answer.errors));
  const { decision, diagnostics } = answer.response;
  if (diagnostics.errors.length > 0) throw new Error(JSON.stringify(diagnostics.errors));
  if (decision === "allow") return "allowed";
  return diagnostics.reason.some((rule) => denyRules.has(`${id}/${rule}`))
    ? "explicitDeny"
    : "implicitDeny";
}

const denyRules = new Set<string>();

it(`agrees with Cedar on ${requests} requests`, { timeout: 300_000 }, () => {
  const source = random(7);
  const counts: Record<Decision, number> = {
    allowed: 0,
    explicitDeny: 0,
    implicitDeny: 0,
    unknown: 0,
  };
  const differences: unknown[] = [];
  for (let done = 0; done < requests; done += requestsPerSet) {
    const scps = source.list(
      1,
      3,
      (): Level => ({
        id: "r-1",
        policies: source.list(1, 3, () =>
          policy(source, "SERVICE_CONTROL_POLICY", source.chance(0.5)),
        ),
      }),
    );
    const identity = source.list(1, 2, () => policy(source, "IDENTITY_POLICY", source.chance(0.6)));
    const cedar = toCedar(scps, identity);
    const id = String(done);
    const parsed = preparsePolicySet(id, { staticPolicies: cedar });
    expect(parsed, cedar).toEqual({ type: "success" });
    // Cedar numbers the rules of a text in order: policy0, policy1, ...
    for (const [index, rule] of cedar.split(/(?=@id\()/).entries()) {
      if (rule.startsWith('@id("deny-')) denyRules.add(`${id}/policy${index}`);
    }
    const guardrails = compile({ scps, identity });
    for (let i = 0; i < requestsPerSet; i++) {
      const asked = request(source);
      const ours = guardrails.decide(asked);
      const theirs = cedarDecision(id, asked);
      counts[ours]++;
      if (ours !== theirs && differences.length < 5) {
        differences.push({ ours, theirs, asked, cedar, why: guardrails.explain(asked).reason });
      }
    }
  }
  expect(differences).toEqual([]);
  for (const decision of ["allowed", "explicitDeny", "implicitDeny"] as const) {
    expect(counts[decision]).toBeGreaterThan(requests / 50);
  }
  process.stdout.write(`cedar: ${requests} requests agree, ${JSON.stringify(counts)}\n`);
});
