import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Finding } from "../core/finding.ts";
import type { FindingTool } from "./finding-rule.ts";
import { asffFinding } from "./findings-asff.ts";
import { renderFindingsJunit } from "./findings-junit.ts";
import { ocsfFinding } from "./findings-ocsf.ts";
import { renderFindingsSarif } from "./findings-sarif.ts";
import { renderFindings } from "./findings-text.ts";

const tool: FindingTool = {
  version: "1.2.3",
  writtenAt: "2026-11-02T12:00:00.000Z",
  kind: "detection",
};
const hub = { account: "222222222222", region: "eu-west-1", partition: "aws" };
const finding: Finding = {
  id: "0123456789abcdef",
  rule: "organizations/detach-policy",
  title: "A policy is detached",
  severity: "critical",
  status: "fail",
  message: "Role Admin detached `DenyLeave` from the root.",
  account: "111111111111",
  accountName: "Management",
  region: "us-east-1",
  resource: "p-ab12cd34",
  principal: "arn:aws:sts::111111111111:assumed-role/Admin/bob",
  time: "2026-11-02T10:00:00Z",
  evidence: [
    { what: "event", value: "organizations.amazonaws.com DetachPolicy", source: "event-1" },
    { what: "sourceIPAddress", value: "192.0.2.1" },
  ],
  remedy: "Attach it again.",
};
const bare: Finding = {
  id: "ff",
  rule: "x/y",
  title: "Something",
  severity: "info",
  status: "fail",
  message: "Something happened.",
  time: "",
  evidence: [],
  remedy: "Look.",
};
const expected: Finding = {
  ...finding,
  id: "ee",
  exception: { reason: "planned", owner: "platform", expires: "2026-12-31" },
};
const audited: Finding = {
  ...bare,
  status: "unknown",
  compliance: { "cis-v5": ["3.1", "3.2"] },
};
/** Of an event that holds what no event of AWS does. */
const forged: Finding = {
  ...bare,
  id: "dd",
  time: "yesterday",
  region: "x".repeat(5_000),
};
const cases = [finding, bare, expected, audited];

describe("OCSF", () => {
  const enumerated = (...values: number[]) =>
    z.number().refine((value) => values.includes(value), { message: values.join() });
  const account = z.strictObject({
    uid: z.string().regex(/^\d{12}$/),
    name: z.string().optional(),
    type_id: z.literal(10),
    type: z.literal("AWS Account"),
  });
  /** What version 1.3.0 of the schema requires of the classes, and all that we write. */
  const event = z.strictObject({
    activity_id: z.literal(1),
    activity_name: z.literal("Create"),
    category_uid: z.literal(2),
    category_name: z.literal("Findings"),
    class_uid: enumerated(2003, 2004),
    class_name: z.string(),
    type_uid: enumerated(200_301, 200_401),
    type_name: z.string(),
    time: z.int().positive(),
    severity_id: enumerated(1, 2, 3, 4, 5),
    severity: z.string(),
    status_id: enumerated(1, 3),
    status: z.string(),
    message: z.string(),
    comment: z.string().optional(),
    metadata: z.strictObject({
      version: z.literal("1.3.0"),
      product: z.strictObject({
        name: z.string(),
        vendor_name: z.string(),
        version: z.string(),
      }),
      profiles: z.array(z.string()),
      event_code: z.string(),
    }),
    finding_info: z.strictObject({
      uid: z.string().min(1),
      title: z.string().min(1),
      desc: z.string(),
      types: z.array(z.string()),
      created_time: z.int().positive(),
      analytic: z.strictObject({
        uid: z.string(),
        name: z.string(),
        type_id: z.literal(1),
        type: z.literal("Rule"),
      }),
    }),
    cloud: z.strictObject({
      provider: z.literal("AWS"),
      region: z.string().optional(),
      account: account.optional(),
    }),
    remediation: z.strictObject({ desc: z.string() }),
    resources: z
      .array(z.strictObject({ uid: z.string(), region: z.string().optional() }))
      .optional(),
    evidences: z
      .array(
        z.strictObject({
          actor: z.strictObject({ user: z.strictObject({ uid: z.string() }) }).optional(),
          api: z
            .strictObject({
              operation: z.string(),
              service: z.strictObject({ name: z.string() }),
            })
            .optional(),
          src_endpoint: z
            .union([z.strictObject({ ip: z.string() }), z.strictObject({ name: z.string() })])
            .optional(),
          data: z.record(z.string(), z.unknown()),
        }),
      )
      .optional(),
    compliance: z
      .strictObject({
        control: z.string(),
        standards: z.array(z.string()),
        requirements: z.array(z.string()),
        status_id: enumerated(0, 1, 3, 99),
        status: z.string(),
      })
      .optional(),
    unmapped: z.record(z.string(), z.unknown()),
  });

  test.each(
    [...cases, forged].flatMap((one) => [
      [one, "detection"] as const,
      [one, "compliance"] as const,
    ]),
  )("%j is a valid %s", (one, kind) => {
    const made = event.parse(ocsfFinding(one, { ...tool, kind }));
    expect(made.type_uid).toBe(made.class_uid * 100 + made.activity_id);
    expect(made.evidences === undefined).toBe(kind === "compliance");
  });

  test("has the worst severity for critical, and suppresses what is expected", () => {
    expect(ocsfFinding(finding, tool)).toMatchObject({ severity_id: 5, status_id: 1 });
    const comment = "planned, accepted by platform until 2026-12-31";
    expect(ocsfFinding(expected, tool)).toMatchObject({ status_id: 3, comment });
  });
});

describe("ASFF", () => {
  /** What BatchImportFindings requires and limits. */
  const schema = z.strictObject({
    SchemaVersion: z.literal("2018-10-08"),
    Id: z.string().min(1).max(512),
    ProductArn: z.string().regex(/^arn:aws:securityhub:eu-west-1:2{12}:product\/2{12}\/default$/),
    GeneratorId: z.string().min(1).max(512),
    AwsAccountId: z.literal(hub.account),
    Types: z.array(z.string().regex(/^[^/]+(\/[^/]+){0,2}$/)).min(1),
    CreatedAt: z.iso.datetime(),
    UpdatedAt: z.iso.datetime(),
    Severity: z.strictObject({
      Label: z.enum(["INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL"]),
      Original: z.string().max(64),
    }),
    Title: z.string().min(1).max(256),
    Description: z.string().min(1).max(1_024),
    Remediation: z.strictObject({
      Recommendation: z.strictObject({ Text: z.string().max(512) }),
    }),
    ProductFields: z.record(z.string().max(128), z.string().min(1).max(2_048)),
    Resources: z
      .array(
        z.strictObject({
          Type: z.enum(["Other", "AwsAccount"]),
          Id: z.string().min(1).max(512),
          Partition: z.literal("aws"),
          Region: z.string().min(1).max(16).optional(),
        }),
      )
      .min(1)
      .max(32),
    Compliance: z
      .strictObject({
        Status: z.enum(["PASSED", "FAILED", "WARNING", "NOT_AVAILABLE"]),
        RelatedRequirements: z.array(z.string()).max(32).optional(),
      })
      .optional(),
    Workflow: z.strictObject({ Status: z.enum(["NEW", "SUPPRESSED"]) }),
    RecordState: z.literal("ACTIVE"),
  });
  const long = { ...finding, message: "m".repeat(5_000), remedy: "r".repeat(5_000) };
  const of = { ...finding, resource: "arn:aws:s3:::acme-logs" };

  test.each([...cases, long, of, forged, { ...forged, account: "1".repeat(5_000) }])(
    "%j is valid",
    (one) => {
      for (const kind of ["detection", "compliance"] as const) {
        const made = schema.parse(asffFinding(one, { ...tool, kind }, hub));
        expect(made.Compliance === undefined).toBe(kind === "detection");
      }
    },
  );

  test("names the account that it is about as the resource, not as the sender", () => {
    const made = asffFinding(finding, tool, hub);
    expect(made.Resources?.[0]?.Id).toBe("AWS::::Account:111111111111");
    expect(made.ProductFields?.["orgrail/account"]).toBe("111111111111");
  });
});

describe("SARIF", () => {
  test("names each used rule once and suppresses what is expected", () => {
    const rules = [
      { id: finding.rule, title: finding.title, why: "Because.", helpUri: "https://example.com" },
      { id: "never/used", title: "x", why: "y" },
    ];
    const log = JSON.parse(renderFindingsSarif(cases, tool, rules)) as {
      runs: { tool: { driver: { rules: object[] } }; results: Record<string, unknown>[] }[];
    };
    const [run] = log.runs;
    expect(run?.tool.driver.rules).toHaveLength(1);
    expect(run?.results).toMatchObject([
      { ruleId: finding.rule, ruleIndex: 0, level: "error" },
      { ruleId: "x/y", level: "note" },
      {
        suppressions: [
          { kind: "external", justification: "planned, accepted by platform until 2026-12-31" },
        ],
      },
    ]);
    expect(run?.results[1]).not.toHaveProperty("locations");
  });
});

describe("JUnit", () => {
  test("counts failures and skips what is expected or unknown", () => {
    const xml = renderFindingsJunit([...cases, { ...bare, status: "pass" }], "orgrail detect");
    expect(xml).toContain('tests="5" failures="2" errors="0" skipped="2"');
    expect(xml.match(/<failure /g)).toHaveLength(2);
    expect(xml.match(/<skipped /g)).toHaveLength(2);
    expect(xml.match(/<testcase /g)).toHaveLength(5);
  });
});

describe("text", () => {
  const plain = { color: false, width: 80 };

  test("shows the worst first, repetitions once, and what is expected apart", () => {
    const again = { ...finding, id: "0f", time: "2026-11-02T11:00:00Z" };
    const text = renderFindings([bare, again, finding, expected], plain);
    const flat = text.replace(/\s+/g, " ");
    expect(text.indexOf("critical organizations/detach-policy")).toBe(0);
    expect(flat).toContain("2 times, 2026-11-02T10:00:00Z to 2026-11-02T11:00:00Z");
    expect(flat).toContain("Management (111111111111), us-east-1");
    expect(flat).toContain("(planned, platform until 2026-12-31)");
    expect(text.trimEnd().split("\n").at(-1)).toBe("2 critical, 1 info, 1 expected");
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("lets no control character of an event reach the terminal", () => {
    const code = "\u001b[2J\u0007x\u202e";
    const parts = { message: `user ${code} did it.`, account: code, region: code, time: code };
    const evil = { ...finding, ...parts };
    const expected = { ...evil, exception: { reason: code } };
    const text = renderFindings([evil, expected], plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  test("says when there is nothing", () => {
    expect(renderFindings([], plain)).toBe("nothing found\n");
  });
});
