import { gzipSync } from "node:zlib";
import type { CloudTrailEvent } from "../../core/event.ts";

/** An event as trails write it, with what a test wants different. */
export function sampleEvent(
  number: number,
  different: Partial<CloudTrailEvent> = {},
): CloudTrailEvent {
  const account = "111122223333";
  return {
    eventVersion: "1.09",
    userIdentity: {
      type: "AssumedRole",
      principalId: `AROAEXAMPLE:session-${number % 5}`,
      arn: `arn:aws:sts::${account}:assumed-role/app/session-${number % 5}`,
      accountId: account,
      accessKeyId: "ASIAEXAMPLE",
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: "AROAEXAMPLE",
          arn: `arn:aws:iam::${account}:role/app`,
          accountId: account,
          userName: "app",
        },
        attributes: { creationDate: "2026-08-01T09:00:00Z", mfaAuthenticated: "false" },
      },
    },
    eventTime: new Date(Date.UTC(2026, 7, 1, 10, 0, number)).toISOString().replace(".000Z", "Z"),
    eventSource: "ec2.amazonaws.com",
    eventName: "DescribeInstances",
    awsRegion: "eu-west-1",
    sourceIPAddress: "192.0.2.1",
    userAgent: "aws-cli/2",
    requestParameters: { filterSet: { items: [{ name: `tag:Name${number % 3}` }] } },
    responseElements: null,
    requestID: `request-${number}`,
    eventID: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
    readOnly: true,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: "Management",
    ...different,
  };
}

/** A packed file of events. */
export function logFile(events: readonly unknown[]): Buffer {
  return gzipSync(JSON.stringify({ Records: events }));
}

/** The path of a file in an organization trail's folders. */
export function trailPath(account: string, region: string, day: string, name: string): string {
  const [year, month, date] = day.split("-");
  const stamp = `${day.replaceAll("-", "")}T0000Z`;
  return (
    `AWSLogs/o-abc1234567/${account}/CloudTrail/${region}/${year}/${month}/${date}/` +
    `${account}_CloudTrail_${region}_${stamp}_${name}.json.gz`
  );
}
