import { describe, expect, it } from "vitest";
import { iamActions } from "../data/iam-actions.gen.ts";
import { iamFacts } from "./iam-facts.ts";

const sample = iamFacts({
  asOf: "2026-01-02",
  version: "1",
  services: [
    [
      "queue Example Queue",
      "queue arn:*:queue:*:*:* 1|job arn:*:queue:*:*:*/job/*",
      "queue:Tag/* s|aws:ResourceTag/* s|aws:TagKeys S|queue:Hidden b",
      "RPeekJob 1! 3|ListAll",
      "WSend 0!,1 0,2",
    ].join("\n"),
    "other Other Service\n\n\nWSend",
  ],
});

describe("iamFacts", () => {
  it("decodes services, actions, resource types and keys", () => {
    const service = sample.service("QUEUE");
    expect(service?.name).toBe("Example Queue");
    expect(service?.resourceTypes).toEqual([
      { name: "queue", arn: "arn:*:queue:*:*:*", conditionKeys: ["aws:ResourceTag/*"] },
      { name: "job", arn: "arn:*:queue:*:*:*/job/*", conditionKeys: [] },
    ]);
    const [queue, job] = service?.resourceTypes ?? [];
    expect(service?.actions.get("send")).toEqual({
      name: "Send",
      level: "write",
      resourceTypes: [
        { type: queue, required: true },
        { type: job, required: false },
      ],
      conditionKeys: ["queue:Tag/*", "aws:TagKeys"],
    });
    expect(service?.actions.get("listall")).toMatchObject({ level: "read", resourceTypes: [] });
  });

  it.each([
    ["queue:Send", ["queue:Send"]],
    ["QUEUE:s*", ["queue:Send"]],
    ["*:send", ["queue:Send", "other:Send"]],
    ["*", ["queue:PeekJob", "queue:ListAll", "queue:Send", "other:Send"]],
    ["queue:Gone", []],
    ["gone:*", []],
    ["send", []],
    [`queue:${"*a".repeat(1000)}`, []],
  ])("%s names %j", (pattern, expected) => {
    const found = sample.actionsMatching(pattern);
    expect(found.map(({ service, action }) => `${service.prefix}:${action.name}`)).toEqual(
      expected,
    );
  });

  it("finds condition keys of any service, whatever the case", () => {
    expect(sample.conditionKey("Queue:hidden")).toMatchObject({ type: "bool" });
    expect(sample.conditionKey("queue:Tag/team")).toMatchObject({ name: "queue:Tag/*" });
    expect(sample.conditionKey("aws:TagKeys")).toMatchObject({ isMultivalued: true });
    expect(sample.conditionKey("queue:Gone")).toBeUndefined();
    expect(sample.conditionKey("nocolon")).toBeUndefined();
  });
});

describe("the generated data", () => {
  const facts = iamFacts(iamActions);
  it("knows what every guardrail is about", () => {
    expect(facts.actionsMatching("cloudtrail:StopLogging")).toHaveLength(1);
    expect(facts.actionsMatching("*").length).toBeGreaterThan(20_000);
    expect(facts.service("iam")?.actions.get("passrole")?.resourceTypes[0]?.type.arn).toBe(
      "arn:*:iam::*:role/*",
    );
    expect(facts.service("sqs")?.actions.get("addpermission")?.level).toBe("permissionsManagement");
    expect(facts.service("macie")).toBeUndefined();
  });

  it("says how old it is", () => {
    expect(facts.asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});
