import { describe, expect, test } from "vitest";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import { cloudformationQuotas } from "../../data/cloudformation-quotas.ts";
import { detectRules } from "../../detect/registry.gen.ts";
import { lintPolicy, parsePolicy } from "../../policy/index.ts";
import { eventRules } from "./event-patterns.ts";
import { forwardTemplate, watchTemplate } from "./watch-template.ts";

const rules = eventRules(detectRules);
const full = watchTemplate({
  rules,
  name: "orgrail-watch",
  ownKey: true,
  organizationId: "o-abc1234567",
  topics: ["arn:aws:sns:us-east-1:111122223333:findings"],
  hubs: [{ account: "222222222222", region: "eu-west-1" }],
});
const plain = watchTemplate({ rules, name: "w", ownKey: false, topics: [], hubs: [] });
const forward = forwardTemplate(
  rules,
  "orgrail-watch",
  "arn:aws:events:us-east-1:111122223333:event-bus/orgrail-watch",
);

const templates = { full, plain, forward };

function resources(template: JsonObject): readonly (readonly [string, JsonObject])[] {
  return Object.entries(template.Resources as Readonly<Record<string, JsonObject>>);
}

function properties(template: JsonObject, name: string): JsonObject {
  const found = resources(template).find(([id]) => id === name)?.[1].Properties;
  if (!isJsonObject(found)) throw new Error(`there is no ${name}`);
  return found;
}

/** Names of resources that a value refers to. */
function referred(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referred);
  if (!isJsonObject(value)) return [];
  if (typeof value.Ref === "string" && !value.Ref.startsWith("AWS::")) return [value.Ref];
  const attribute = value["Fn::GetAtt"];
  if (Array.isArray(attribute)) return [String(attribute[0])];
  return Object.values(value).flatMap(referred);
}

describe.each(Object.entries(templates))("the template %s", (_, template) => {
  const own = new Map(resources(template));

  test("refers to nothing that is not there, and to nothing in a circle", () => {
    const visit = (name: string, way: readonly string[]): void => {
      expect(way).not.toContain(name);
      const resource = own.get(name);
      if (resource === undefined) throw new Error(`there is no ${name}`);
      for (const next of referred(resource.Properties ?? null)) visit(next, [...way, name]);
    };
    for (const name of own.keys()) visit(name, []);
    for (const name of referred(template.Outputs ?? null)) expect(own.has(name)).toBe(true);
  });

  test("has the size that CloudFormation takes in a request", () => {
    expect(JSON.stringify(template, null, 2).length).toBeLessThan(
      cloudformationQuotas.templateBodyBytes,
    );
  });

  test("gives each rule one target", () => {
    const targets = resources(template)
      .filter(([, { Type }]) => Type === "AWS::Events::Rule")
      .map(([, { Properties }]) => (Properties as { Targets: readonly unknown[] }).Targets.length);
    expect(new Set(targets)).toEqual(new Set([1]));
  });
});

test("only the rules may send to the queues, and nobody without TLS", () => {
  const { PolicyDocument } = properties(full, "QueuePolicy");
  const [send, deny] = (PolicyDocument as { Statement: readonly JsonObject[] }).Statement;
  const ruleNames = resources(full).filter(([, { Type }]) => Type === "AWS::Events::Rule");
  expect(send).toMatchObject({
    Principal: { Service: "events.amazonaws.com" },
    Action: "sqs:SendMessage",
    Condition: {
      ArnEquals: {
        "aws:SourceArn": ruleNames.map(([name]) => ({ "Fn::GetAtt": [name, "Arn"] })),
      },
    },
  });
  expect(deny).toMatchObject({ Effect: "Deny" });
  expect(properties(plain, "Queue")).toMatchObject({ SqsManagedSseEnabled: true });
  expect(properties(full, "Queue")).toMatchObject({ KmsMasterKeyId: expect.anything() });
});

test("the watcher may do no more than it does", () => {
  const actions = (template: JsonObject): unknown =>
    (
      properties(template, "WatcherRole").Policies as readonly {
        PolicyDocument: { Statement: readonly { Action: readonly string[]; Resource: Json }[] };
      }[]
    ).flatMap(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(({ Action }) => Action));
  const queue = [
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibility",
    "sqs:GetQueueAttributes",
  ];
  expect(actions(plain)).toEqual(queue);
  expect(actions(full)).toEqual([
    ...queue,
    "kms:Decrypt",
    "sns:Publish",
    "securityhub:BatchImportFindings",
  ]);
  expect(JSON.stringify(properties(full, "WatcherRole"))).not.toContain('"Resource":"*"');
});

test("policies of identities are free of lint", () => {
  const document = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "events:PutEvents",
        Resource: "arn:aws:events:us-east-1:111122223333:event-bus/x",
      },
      {
        Effect: "Allow",
        Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"],
        Resource: "arn:aws:sqs:us-east-1:111122223333:q",
      },
    ],
  };
  const { policy, diagnostics } = parsePolicy(JSON.stringify(document), {
    type: "IDENTITY_POLICY",
  });
  const found = policy === undefined ? diagnostics : lintPolicy(policy);
  expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
});

test("the bus takes events of the organization only", () => {
  expect(properties(full, "BusPolicy")).toMatchObject({
    Statement: { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abc1234567" } } },
  });
});
