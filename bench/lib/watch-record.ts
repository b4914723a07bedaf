/** The text of a record, by the number that makes its ids. */
export type RecordText = (index: number) => string;

const account = "111122223333";
const place = "0000number0000";

/** Makes records of about 2 KB, with a policy deleted in them that a rule finds, or without. */
export function recordText(isFinding: boolean): RecordText {
  const parts = JSON.stringify(record(isFinding)).split(place);
  return (index) => parts.join(String(index));
}

function record(isFinding: boolean): object {
  return {
    eventVersion: "1.11",
    userIdentity: {
      type: "AssumedRole",
      principalId: "AROAEXAMPLEEXAMPLEEXA:session",
      arn: `arn:aws:sts::${account}:assumed-role/Application/session`,
      accountId: account,
      accessKeyId: "ASIAEXAMPLEEXAMPLE",
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: "AROAEXAMPLEEXAMPLEEXA",
          arn: `arn:aws:iam::${account}:role/Application`,
          accountId: account,
          userName: "Application",
        },
        attributes: { creationDate: "2026-11-23T00:00:00Z", mfaAuthenticated: "false" },
      },
    },
    eventTime: "2026-11-23T00:00:00Z",
    eventSource: isFinding ? "organizations.amazonaws.com" : "ec2.amazonaws.com",
    eventName: isFinding ? "DeletePolicy" : "RunInstances",
    awsRegion: "us-east-1",
    sourceIPAddress: "192.0.2.10",
    userAgent: "aws-cli/2.31.0",
    requestParameters: isFinding
      ? { policyId: "p-example1" }
      : {
          instancesSet: {
            items: Array.from({ length: 24 }, (_, at) => ({
              imageId: `ami-${at}`,
              instanceId: `i-${place}-${at}`,
            })),
          },
        },
    responseElements: null,
    requestID: `request-${place}`,
    eventID: `event-${place}`,
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: "Management",
  };
}
