import type { CloudTrailEvent } from "../../../core/event.ts";
import { outsidePrincipals, readDocument } from "../../documents.ts";
import { call, example } from "../../example/event.ts";
import type { DetectFacts } from "../../facts.ts";
import { accountOf, request, requestText } from "../../read-event.ts";
import { type DetectRule, events, type Hit } from "../../rule.ts";
import { unknownFacts } from "../../unknown-facts.ts";

/** Grantees of ACLs that are everybody, and everybody with an AWS account. */
const groups = /groups\/global\/(AllUsers|AuthenticatedUsers)|public-read|authenticated-read/;

/** A bucket is opened to everybody, or to an account outside of the organization. */
export const exposeBucket: DetectRule = {
  id: "s3/expose-bucket",
  title: "A bucket is opened to the outside",
  severity: "high",
  why: "Data that leaves by a bucket policy leaves without a trace in the account that owns it.",
  remedy:
    "Restore the policy or ACL. Name accounts that may have access under `detect.trustedAccounts`.",
  sources: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html",
  ],
  events: events("s3", "PutBucketPolicy", "PutBucketAcl", "PutBucketWebsite"),
  counts: "success",
  evaluate: (event, facts) => {
    const opened = openings(event, facts);
    if (opened === undefined) return undefined;
    const name = requestText(event, "bucketName");
    return {
      verb: ["open", "opened"],
      object: name === undefined ? "a bucket" : `the bucket \`${name}\``,
      ...opened,
      ...(name === undefined ? {} : { resource: `arn:aws:s3:::${name}` }),
    };
  },
  example: {
    hit: [
      call("s3", "PutBucketPolicy", {
        bucketName: "acme-cache",
        bucketPolicy: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }],
        },
      }),
      call("s3", "PutBucketPolicy", {
        bucketName: "acme-cache",
        bucketPolicy: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { AWS: `arn:aws:iam::${example.stranger}:root` },
              Action: "s3:GetObject",
              Resource: "*",
            },
          ],
        },
      }),
      call("s3", "PutBucketAcl", { bucketName: "acme-cache", "x-amz-acl": "public-read" }),
      call("s3", "PutBucketWebsite", { bucketName: "acme-cache" }),
    ],
    pass: [
      call("s3", "PutBucketPolicy", {
        bucketName: "acme-cache",
        bucketPolicy: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { AWS: `arn:aws:iam::${example.partner}:root` },
              Action: "s3:GetObject",
              Resource: "*",
            },
            {
              Effect: "Allow",
              Principal: "*",
              Action: "s3:GetObject",
              Resource: "*",
              Condition: { StringEquals: { "aws:PrincipalOrgID": example.organization } },
            },
          ],
        },
      }),
      call("s3", "PutBucketAcl", { bucketName: "acme-cache", "x-amz-acl": "private" }),
    ],
  },
};

function openings(
  event: CloudTrailEvent,
  facts: DetectFacts,
): Pick<Hit, "severity" | "detail" | "unknown"> | undefined {
  if (event.eventName === "PutBucketWebsite") {
    return { detail: "it serves a website, which needs public objects" };
  }
  if (event.eventName === "PutBucketAcl") {
    const granted = groups.exec(JSON.stringify(event.requestParameters ?? null));
    return granted === null ? undefined : { detail: `its ACL grants ${granted[1] ?? granted[0]}` };
  }
  const policy = readDocument(
    request(event, "bucketPolicy") ?? request(event, "policy"),
    "RESOURCE_POLICY",
  );
  if (policy === undefined) return undefined;
  const { isPublic, outside, unknown } = outsidePrincipals(policy, facts, accountOf(event));
  if (isPublic) return { detail: "its policy lets everybody in" };
  if (outside.length > 0) {
    return {
      detail: `its policy lets accounts outside the organization in: ${outside.join(", ")}`,
    };
  }
  return unknown.length === 0
    ? undefined
    : {
        detail: `its policy lets other accounts in: ${unknown.join(", ")}`,
        unknown: [unknownFacts.members],
      };
}
