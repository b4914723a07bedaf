import type { AuditContext } from "../../context.ts";
import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { ordinaryRole } from "../../kinds/guardrail.ts";
import { flagAt, objectAt, objectsAt, textAt } from "../../read-state.ts";
import { fact, fail, notApplicable, pass, unknown } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** What makes logs disappear, or opens their bucket, and whether it is about its objects. */
const requests = [
  { action: "s3:DeleteObject", isObject: true },
  { action: "s3:DeleteObjectVersion", isObject: true },
  { action: "s3:DeleteBucket", isObject: false },
  { action: "s3:PutBucketPolicy", isObject: false },
  { action: "s3:PutLifecycleConfiguration", isObject: false },
] as const;

/** Logs of the organization cannot be deleted where they are kept. */
export const logBuckets: AuditRule = {
  id: "guardrails/log-buckets",
  title: "Logs of the organization cannot be deleted where they are kept",
  severity: "high",
  why: "Whoever can delete the log, shorten its life or open its bucket can hide what he did. Service control policies do not bind the management account, so that a bucket there has no guardrail at all.",
  remedy:
    "Keep logs in an account of their own, and attach the guardrail `protect-log-buckets` above it.",
  config:
    "policies:\n  - name: protect-log-buckets\n    guardrail: { name: protect-log-buckets, parameters: { buckets: [acme-trail] } }\n    attach: [Root]",
  compliance: { ...controls.guardrails, "nist-800-53-r5": ["AC-3", "AC-6", "AU-9", "CM-7"] },
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: (context) => {
    const state = context.service("cloudtrail");
    const trails = objectsAt(state, "trails");
    if (trails === undefined) return [unknown(context.whyUnread("services/cloudtrail/trails"))];
    const buckets = new Set(
      trails.flatMap((trail) =>
        flagAt(trail, "settings", "IsOrganizationTrail") === true
          ? (textAt(trail, "settings", "S3BucketName") ?? [])
          : [],
      ),
    );
    if (buckets.size === 0) return [notApplicable("no trail of the organization says its bucket")];
    return [...buckets].map((bucket) =>
      ofBucket(context, bucket, textAt(objectAt(state, "buckets"), bucket, "account")),
    );
  },
  breaks: { "organization/policies/1/content": exampleGuardrails(["s3:DeleteObject"]) },
};

function ofBucket(context: AuditContext, bucket: string, owner: string | undefined): AuditResult {
  const arn = `arn:${context.organization.arn?.split(":")[1] ?? "aws"}:s3:::${bucket}`;
  const place = { resource: arn, ...(owner === undefined ? {} : { account: owner }) };
  if (owner === context.organization.managementAccountId) {
    const evidence = fact("account of the bucket", owner, "s3:HeadBucket");
    return fail(
      `\`${bucket}\` is in the management account, which nothing binds.`,
      place,
      evidence,
    );
  }
  const accounts = context.members.filter(({ id }) => owner === undefined || id === owner);
  if (accounts.length === 0) {
    return unknown(`\`${bucket}\` is in none of the organization's active accounts`, place);
  }
  const allowed: string[] = [];
  const open: string[] = [];
  for (const account of accounts) {
    for (const { action, isObject } of requests) {
      const resource = isObject ? `${arn}/AWSLogs/log.json.gz` : arn;
      const question = { principal: ordinaryRole, action, resource };
      const decision = context.decide(account, question);
      if (decision === "allowed") allowed.push(`${account.id} ${action}`);
      if (decision === "unknown") open.push(action);
    }
  }
  const where = owner === undefined ? "a member account" : context.named(owner);
  const source = "organizations:DescribePolicy";
  if (allowed.length > 0 && owner === undefined) {
    return unknown(`which account holds \`${bucket}\` was not read`, place);
  }
  if (allowed.length > 0) {
    const evidence = fact("requests that policies let through", allowed, source);
    return fail(`Any role of ${where} can delete or open \`${bucket}\`.`, place, evidence);
  }
  if (open.length > 0) {
    return unknown(`${context.whyUnread("policies")}, which \`${open[0]}\` rests on`, place);
  }
  const actions = requests.map(({ action }) => action);
  return pass(
    `No ordinary role of ${where} can delete or open \`${bucket}\`.`,
    place,
    fact("requests that policies deny", actions, source),
  );
}
