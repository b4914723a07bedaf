import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { OrganizationPolicyType } from "../../src/core/policy-type.ts";
import { lintPolicy } from "../../src/policy/lint.ts";
import { parsePolicy } from "../../src/policy/parse.ts";

const root = join(import.meta.dirname, "../..");
const corpus = join(process.env.ORGRAIL_CORPUS ?? join(root, "../shared/corpus"), "policies");
const isPresent = existsSync(join(corpus, "INDEX.json"));

const types: Readonly<Record<string, OrganizationPolicyType>> = {
  scp: "SERVICE_CONTROL_POLICY",
  "scp-dsl": "SERVICE_CONTROL_POLICY",
  rcp: "RESOURCE_CONTROL_POLICY",
  tag: "TAG_POLICY",
  backup: "BACKUP_POLICY",
  declarative: "DECLARATIVE_POLICY_EC2",
  chatbot: "CHATBOT_POLICY",
  "ai-opt-out": "AISERVICES_OPT_OUT_POLICY",
};

/** What is reported of a document of the corpus, as `code place-in-text`. */
function found(file: string): { code: string; severity: string; text: string }[] {
  const text = readFileSync(join(corpus, file), "utf8");
  const type = types[file.split("/")[1] ?? ""];
  if (type === undefined) throw new Error(`no policy type for ${file}`);
  const { policy } = parsePolicy(text, { type });
  if (policy === undefined) return [];
  return lintPolicy(policy).map(({ code, severity, span }) => ({
    code,
    severity,
    text: text.slice(span?.start.offset, span?.end.offset),
  }));
}

/**
 * Errors in documents of the corpus that are right: the document is wrong, or became so when the
 * corpus put a plain word where its template has an ARN or a list.
 */
const trueErrors: readonly string[] = [
  "aws-rcp-examples/rcp/Shared-Issuers.json POLICY_SIZE_EXCEEDS_RCP_QUOTA",
  "aws-scp-preprocessor/scp-dsl/bad_policy.json UNIQUE_SIDS_REQUIRED",
  "aws-scp-preprocessor/scp-dsl/example.json POLICY_SIZE_EXCEEDS_SCP_QUOTA",
  "lza-tests/scp/replacements-data-perimeter.json INVALID_VPCE_FORMAT",
  "trussworks-org-scp/scp/protect_iam_roles.json INVALID_ARN_PREFIX",
  "trussworks-org-scp/scp/protect_s3_buckets.json INVALID_ARN_PREFIX",
  "trussworks-ou-scp/scp/combined_policy_block.json INVALID_ARN_PREFIX",
  "aws-backup-recovery/backup/rOrgDailyBackUpPolicy.json ORGRAIL6113",
  "aws-backup-recovery/backup/rOrgMonthlyBackUpPolicy.json ORGRAIL6113",
];

describe.skipIf(!isPresent)(
  `policies of the corpus${isPresent ? "" : " (corpus not present)"}`,
  () => {
    const index = isPresent
      ? (JSON.parse(readFileSync(join(corpus, "INDEX.json"), "utf8")) as { file: string }[])
      : [];

    it("finds no error in a sound policy", () => {
      const errors = index.flatMap(({ file }) =>
        found(file)
          .filter(({ severity }) => severity === "error")
          .map(({ code }) => `${file} ${code}`),
      );
      expect([...new Set(errors)].sort()).toEqual([...trueErrors].sort());
      expect(index.length).toBeGreaterThan(200);
    });

    const defects: readonly [string, string, string][] = [
      [
        "lza-tests/scp/all-enabled-guardrails-2.json",
        "INVALID_SERVICE_IN_ACTION",
        '"macie:DisableMacie"',
      ],
      [
        "trussworks-ou-scp/scp/combined_policy_block.json",
        "INVALID_ACTION",
        '"s3:DeletePublicAccessBlock"',
      ],
      [
        "cloudposse-catalog/scp/s3-policies.json",
        "INVALID_ACTION",
        '"s3:Delete*PublicAccessBlock"',
      ],
      [
        "primeharbor-scps/scp/Gov-DenyAccountChanges-Service-Control-Policy.json",
        "INVALID_ACTION",
        '"account:PutChallengeQuestions"',
      ],
      [
        "primeharbor-scps/scp/Gov-DenyMarketplace-Service-Control-Policy.json",
        "INVALID_ACTION",
        '"aws-marketplace:CreatePrivateMarketplace"',
      ],
      [
        "lza-samples-2025-09/scp/lza-us-slg-central-it-scp-hlc-hipaa-service.json",
        "INVALID_SERVICE_IN_ACTION",
        '"automation:*"',
      ],
      [
        "salesforce-allowlister/scp/ISO-AllowList-SCP.json",
        "INVALID_SERVICE_IN_ACTION",
        '"iot1click:*"',
      ],
      [
        "primeharbor-org-kickstart/scp/DisableRegionsPolicy.json.tftpl.json",
        "INVALID_SERVICE_IN_ACTION",
        '"awsbillingconsole:*"',
      ],
      [
        "aws-scps-with-terraform/scp/allow_services.json",
        "INVALID_SERVICE_IN_ACTION",
        '"elastic-inference:*"',
      ],
      [
        "aws-rcp-examples/rcp/STS-protect-IAMRA-session-tags.json",
        "ORGRAIL6201",
        '"ForAnyValue:Stringlike"',
      ],
      ["cloudposse-catalog/scp/s3-policies.json", "TYPE_MISMATCH", '"Bool"'],
      ["lza-samples-2025-09/scp/lza-guardrails-1.json", "MISSING_QUALIFIER", '"StringNotEquals"'],
    ];
    it.each(defects)("finds the defect of %s: %s %s", (file, code, text) => {
      expect(found(file)).toContainEqual(expect.objectContaining({ code, text }));
    });

    it("finds every action of the marketplace examples that does not exist any more", () => {
      const gone = index.flatMap(({ file }) =>
        found(file).flatMap(({ code, text }) =>
          code === "INVALID_ACTION" && text.includes("PrivateMarketplace") ? [text] : [],
        ),
      );
      expect(new Set(gone).size).toBe(11);
    });
  },
);

describe("defects of public policies that are in no folder here", () => {
  const cases: readonly [string, string, object][] = [
    [
      "a prefix without its hyphen",
      "INVALID_SERVICE_IN_ACTION",
      { Action: "accessanalyzer:DeleteAnalyzer" },
    ],
    ["a typing error", "INVALID_ACTION", { Action: "account:PuContactInformation" }],
    [
      "an action of another name",
      "INVALID_ACTION",
      { Action: "rds:RestoreDBClusterFromDBSnapshot" },
    ],
    [
      "a key without a prefix",
      "INVALID_CONDITION_KEY_FORMAT",
      {
        Action: "s3:CreateBucket",
        Condition: { StringEquals: { s3locationconstraint: "eu-west-1" } },
      },
    ],
    [
      "a key that the service does not have",
      "INVALID_SERVICE_CONDITION_KEY",
      {
        Action: "rds:ModifyDBSnapshotAttribute",
        Condition: { StringEquals: { "rds:AttributeValues": "all" } },
      },
    ],
  ];
  it.each(cases)("%s: %s", (_, code, members) => {
    const document = {
      Version: "2012-10-17",
      Statement: { Effect: "Deny", Resource: "*", ...members },
    };
    const { policy } = parsePolicy(JSON.stringify(document), { type: "SERVICE_CONTROL_POLICY" });
    expect(policy === undefined ? [] : lintPolicy(policy)).toContainEqual(
      expect.objectContaining({ code }),
    );
  });
});
