// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written so
import type { CompileInput } from "../../src/policy/guard.ts";
import { operators } from "../../src/policy/operators/operator-name.ts";
import { parsePolicy } from "../../src/policy/parse.ts";
import type { Level, Policy, PolicyType, Request } from "../../src/policy/types.ts";
import type { Random } from "./random.ts";

// Few words, so that policies and requests meet.
const own = "111122223333";
const other = "444455556666";
const actions = [
  "s3:GetObject",
  "s3:PutObject",
  "sts:AssumeRole",
  "kms:Decrypt",
  "ec2:RunInstances",
  "sts:GetCallerIdentity",
  "S3:getobject",
  "kms:RetireGrant",
  "",
  "bad",
];
const actionPatterns = [
  "*",
  "s3:*",
  "s3:Get*",
  "S3:GETOBJECT",
  "s3:?etObject",
  "s3:*Object",
  "sts:Assume*",
  "kms:*",
  "ec2:*Instances",
  "*:*",
  "e*:RunInstances",
  "kms:Decrypt",
  "s3:P*t*ect",
];
const resources = [
  "*",
  "arn:aws:s3:::bucket/a/b",
  "arn:aws:s3:::bucket",
  `arn:aws:iam::${own}:role/app`,
  `arn:aws:kms:eu-west-1:${own}:key/1`,
  `arn:aws:kms:eu-west-1:${other}:key/1`,
  `arn:aws:iam::${own}:role/aws-service-role/x/y`,
  "arn:aws:s3:::*",
  "bad",
];
const resourcePatterns = [
  "*",
  "arn:aws:s3:::*",
  "arn:aws:s3:::bucket/*",
  "arn:aws:s3:::bucket/?/b",
  "arn:aws:iam::*:role/app",
  "arn:aws:kms",
  `arn:aws:kms:*:${own}:key/*`,
  "arn:aws:s3:::${aws:PrincipalTag/team}/*",
  "arn:aws:s3:::bucket/${aws:username, 'a'}/b",
  "arn:aws:iam::${aws:PrincipalAccount}:role/app",
  "arn:*:s3:::b*t",
  "arn:aws:s3:::${*}",
  "**",
  "arn:aws:*",
];
const roles = [`arn:aws:iam::${own}:role/app`, `arn:aws:iam::${own}:role/team/x`];
const principals = [
  ...roles,
  `arn:aws:iam::${own}:user/u`,
  `arn:aws:iam::${own}:root`,
  `arn:aws:iam::${other}:role/app`,
  `arn:aws:iam::${own}:role/aws-service-role/x/y`,
  "lambda.amazonaws.com",
  "*",
  `arn:aws:iam::${own}:saml-provider/p`,
  "odd",
  "",
  `arn:aws:sts::${own}:assumed-role/app/s`,
  `arn:aws:sts::${other}:assumed-role/app/t`,
  `arn:aws:sts::${own}:assumed-role/app`,
  `arn:aws:sts::${own}:federated-user/f`,
];
const sessions = [`arn:aws:sts::${own}:assumed-role/app/s`];
const principalEntries = [
  "*",
  own,
  `arn:aws:iam::${own}:root`,
  `arn:aws:iam::${other}:root`,
  ...principals.slice(0, 5),
  ...sessions,
];
const keys = [
  "aws:PrincipalArn",
  "aws:RequestedRegion",
  "aws:SourceIp",
  "aws:TagKeys",
  "aws:PrincipalTag/team",
  "aws:MultiFactorAuthPresent",
  "aws:CurrentTime",
  "s3:max-keys",
  "aws:PrincipalAccount",
  "aws:username",
  "x:bytes",
  "aws:ResourceAccount",
  "aws:PrincipalIsAWSService",
];
const words = [
  "bucket",
  "a",
  "A",
  "*",
  "?",
  "b*",
  "",
  "eu-west-1",
  "EU-west-1",
  "eu-*",
  "true",
  "False",
  "5",
  "7.5",
  "1e1",
  "2026-01-01",
  "2026-01-01T12:00:00+01:00",
  "1767225600",
  "10.0.0.1",
  "10.0.0.0/8",
  "2001:db8::/32",
  "2001:db8::1",
  "aGk=",
  "aGk",
  ...roles,
  "arn:aws:iam::*:role/*",
  "arn:*",
  `arn:aws:iam::${own}:*`,
  own,
  "arn:aws:iam::111122223333:role/*/x",
  "${aws:username}",
  "${aws:PrincipalTag/team, 'bucket'}",
  "${*}",
  "eu-${aws:username}",
  "${aws:PrincipalArn}",
  "${unclosed",
  "${}",
];
const operatorNames = [
  ...operators.map((operator) => operator.name),
  "Null",
  "StringLike",
  "StringNotLike",
  "ArnNotLike",
  "StringEquals",
  "Unheard",
];

/** Spells a name in another case now and then. */
function respell(random: Random, name: string): string {
  return random.chance(0.2) ? name.toLowerCase() : name;
}

function oneOrMany(random: Random, choices: readonly string[]): string | string[] {
  return random.chance(0.4) ? random.pick(choices) : random.list(0, 3, () => random.pick(choices));
}

function condition(random: Random): Record<string, Record<string, unknown>> {
  const block: Record<string, Record<string, unknown>> = {};
  for (const name of random.list(0, 2, () => random.pick(operatorNames))) {
    const set = random.chance(0.25) ? random.pick(["ForAllValues:", "ForAnyValue:"]) : "";
    const suffix = random.chance(0.25) ? "IfExists" : "";
    const values = name === "Null" ? ["true", "false", true, "x"] : words;
    const operator = respell(random, `${set}${name}${suffix}`);
    block[operator] ??= {};
    for (const key of random.list(1, 2, () => respell(random, random.pick(keys)))) {
      block[operator][key] = oneOrMany(random, values as readonly string[]);
    }
  }
  return block;
}

function principalElement(random: Random): unknown {
  if (random.chance(0.2)) return "*";
  return random.chance(0.8)
    ? { AWS: oneOrMany(random, principalEntries) }
    : { Service: "lambda.amazonaws.com", Federated: `arn:aws:iam::${own}:saml-provider/p` };
}

function statement(random: Random, type: PolicyType): Record<string, unknown> {
  const deny = random.chance(type === "SERVICE_CONTROL_POLICY" ? 0.45 : 0.3);
  const isBroad = random.chance(deny ? 0.3 : 0.5);
  const made: Record<string, unknown> = { Effect: deny ? "Deny" : "Allow" };
  made[random.chance(0.2) ? "NotAction" : "Action"] = isBroad
    ? "*"
    : oneOrMany(random, actionPatterns);
  if (type !== "RESOURCE_POLICY" || random.chance(0.8)) {
    made[random.chance(0.2) ? "NotResource" : "Resource"] = isBroad
      ? "*"
      : oneOrMany(random, resourcePatterns);
  }
  if (type === "RESOURCE_POLICY" || type === "RESOURCE_CONTROL_POLICY") {
    made[random.chance(0.15) ? "NotPrincipal" : "Principal"] = principalElement(random);
  }
  if (random.chance(deny ? 0.75 : 0.5)) made.Condition = condition(random);
  return made;
}

function policy(random: Random, type: PolicyType): Policy {
  const document = {
    ...(random.chance(0.9) ? { Version: "2012-10-17" } : {}),
    Statement: random.list(1, 3, () => statement(random, type)),
  };
  const parsed = parsePolicy(JSON.stringify(document), { type }).policy;
  // An element spelt twice after `respell` cannot occur: only operators and keys are respelt.
  if (parsed === undefined) throw new Error(`not a policy: ${JSON.stringify(document)}`);
  return parsed;
}

function levels(random: Random, type: PolicyType): Level[] {
  return random.list(0, 3, () => ({
    id: random.pick(["r-1", "ou-1", own, own, other]),
    policies: random.list(1, 2, () => policy(random, type)),
  }));
}

/** Makes the policies of a case. */
export function randomInput(random: Random): CompileInput {
  const identity = (): Policy => policy(random, "IDENTITY_POLICY");
  return {
    ...(random.chance(0.6) ? { scps: levels(random, "SERVICE_CONTROL_POLICY") } : {}),
    ...(random.chance(0.3) ? { rcps: levels(random, "RESOURCE_CONTROL_POLICY") } : {}),
    ...(random.chance(0.5) ? { identity: random.list(0, 2, identity) } : {}),
    ...(random.chance(0.35) ? { boundaries: random.list(0, 2, identity) } : {}),
    ...(random.chance(0.4) ? { resource: policy(random, "RESOURCE_POLICY") } : {}),
    ...(random.chance(0.3) ? { session: random.list(0, 2, identity) } : {}),
    ...(random.chance(0.1) ? { endpoint: policy(random, "RESOURCE_POLICY") } : {}),
    ...(random.chance(0.2) ? { managementAccount: random.pick([own, other]) } : {}),
  };
}

/** Makes a request. */
export function randomRequest(random: Random): Request {
  const context: Record<string, string | readonly string[]> = {};
  for (const key of random.list(0, 5, () => respell(random, random.pick(keys)))) {
    // One spelling of a key: which of two AWS would take is not defined.
    if (Object.keys(context).some((name) => name.toLowerCase() === key.toLowerCase())) continue;
    context[key] = random.chance(0.7)
      ? random.pick(words)
      : random.list(0, 3, () => random.pick(words));
  }
  return {
    principal: random.pick(principals),
    ...(random.chance(0.3) ? { principalSession: random.pick(sessions) } : {}),
    action: random.pick(actions),
    resource: random.pick(resources),
    ...(random.chance(0.3) ? { resourceAccount: random.pick([own, other]) } : {}),
    context,
    ...(random.chance(0.6) ? { unknownKeys: "unknown" as const } : {}),
  };
}
