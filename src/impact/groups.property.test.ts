import fc from "fast-check";
import { expect, it } from "vitest";
import type { CloudTrailEvent, EventIdentity } from "../core/event.ts";
import { iamActions } from "../data/iam-actions.gen.ts";
import { iamFacts } from "../policy/iam-facts.ts";
import { createAssessor } from "./assess.ts";
import { type Call, callOf } from "./call.ts";
import { callOfColumns, type GroupColumn } from "./call-of-columns.ts";
import { organizationChains } from "./chains.ts";
import { groupsOfCalls } from "./groups-of-calls.ts";
import { createImpact } from "./impact.ts";
import type { ImpactRow } from "./report.ts";
import { createRows } from "./rows.ts";
import { testAccounts, testEvent, testOrganization, testPolicy } from "./test-organization.ts";

const facts = iamFacts(iamActions);
const runs = Number(process.env.ORGRAIL_PROPERTY_RUNS ?? 120);

const places = ["r-ab12", "ou-ab12-work", "ou-ab12-sand", testAccounts.shop, testAccounts.play];
const { shop, play, main } = testAccounts;
const patterns = ["s3:*", "s3:PutBucketPolicy", "ec2:*", "iam:PassRole", "lambda:*", "kms:*", "*"];

const condition = fc.oneof(
  fc.constantFrom(
    { StringNotEquals: { "aws:RequestedRegion": "eu-central-1" } },
    { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/Admin" } },
    { ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::2*:role/*", "arn:aws:iam::*:user/*"] } },
    { StringEquals: { "aws:PrincipalTag/team": "a" } },
    { StringLike: { "aws:PrincipalTag/team": "$" + "{aws:PrincipalArn}" } },
    { StringEquals: { "aws:PrincipalAccount": testAccounts.play } },
    { Bool: { "aws:ViaAWSService": "true" } },
    { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    { NotIpAddressIfExists: { "aws:SourceIp": "203.0.113.0/24" } },
    { StringNotEquals: { "aws:ResourceAccount": testAccounts.shop } },
    { StringNotEqualsIfExists: { "aws:ResourceOrgID": "o-exampleorgid" } },
    { StringNotEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } },
    { DateGreaterThan: { "aws:CurrentTime": "2026-11-02T00:00:00Z" } },
    { Null: { "aws:TokenIssueTime": "true" } },
    { StringLike: { "aws:userid": "AROAEXAMPLE:*" } },
    { Bool: { "aws:PrincipalIsAWSService": "false" } },
  ),
);

const statement = fc
  .tuple(
    fc.constantFrom("Deny", "Deny", "Allow"),
    fc.boolean(),
    fc.subarray(patterns, { minLength: 1, maxLength: 3 }),
    fc.constantFrom(
      "*",
      "*",
      "arn:aws:s3:::logs",
      "arn:aws:iam::*:role/R",
      "arn:aws:s3:::$" + "{aws:username}",
    ),
    fc.oneof(fc.array(condition, { maxLength: 1 }), fc.array(condition, { maxLength: 2 })),
  )
  .map(([Effect, isNegated, list, Resource, conditions]): object => ({
    Effect,
    ...(isNegated ? { NotAction: list } : { Action: list }),
    Resource,
    ...(conditions.length === 0 ? {} : { Condition: Object.assign({}, ...conditions) as object }),
  }));

const event: fc.Arbitrary<CloudTrailEvent> = fc
  .record({
    call: fc.constantFrom(
      "s3:PutBucketPolicy",
      "s3:ListBuckets",
      "s3:GetObject",
      "ec2:RunInstances",
      "ec2:DescribeInstances",
      "lambda:UpdateFunctionConfiguration20150331v2",
      "kms:Decrypt",
      "signin:ConsoleLogin",
    ),
    awsRegion: fc.constantFrom("us-east-1", "eu-central-1"),
    account: fc.constantFrom(shop, play, shop, play, main, "999999999999"),
    recipient: fc.constantFrom(undefined, undefined, ...Object.values(testAccounts)),
    who: fc.constantFrom(
      ...["Admin", "Deploy", "Admin", "Deploy", "user", "federated", "service", "account"],
      "aws-service-role/x/Y",
    ),
    invokedBy: fc.constantFrom(
      undefined,
      undefined,
      "cloudformation.amazonaws.com",
      "AWS Internal",
    ),
    errorCode: fc.constantFrom(undefined, undefined, "AccessDenied", "NoSuchBucket"),
    sourceIPAddress: fc.constantFrom("203.0.113.7", "198.51.100.1", "s3.amazonaws.com"),
    bucketName: fc.constantFrom(undefined, "logs", "other"),
    role: fc.constantFrom(undefined, "arn:aws:iam::222222222222:role/R"),
    owner: fc.constantFrom(undefined, ...Object.values(testAccounts), "999999999999"),
    mfa: fc.constantFrom(undefined, "true", "false"),
    isTold: fc.boolean(),
    day: fc.integer({ min: 1, max: 3 }),
  })
  .map((made) => {
    const { call, account, who, invokedBy, bucketName, role, owner, mfa, errorCode } = made;
    const attributes = {
      ...(mfa === undefined ? {} : { mfaAuthenticated: mfa }),
      creationDate: "2026-11-01T00:00:00Z",
    };
    const base = testEvent(call, { account, ...(who.includes("user") ? {} : { role: who }) });
    const identity = {
      ...base.userIdentity,
      sessionContext: { ...base.userIdentity?.sessionContext, attributes },
      ...(invokedBy === undefined ? {} : { invokedBy }),
    };
    const identities: Readonly<Record<string, EventIdentity>> = {
      service: { type: "AWSService", invokedBy: "logs.amazonaws.com" },
      account: { type: "AWSAccount", accountId: account, principalId: "AIDAX" },
      federated: {
        ...identity,
        type: "FederatedUser",
        sessionContext: { sessionIssuer: { arn: `arn:aws:iam::${account}:user/logs` } },
      },
      user: {
        type: "IAMUser",
        arn: `arn:aws:iam::${account}:user/logs`,
        accountId: account,
        userName: "logs",
        accessKeyId: "AKIAEXAMPLE",
      },
    };
    const parameters = {
      ...(bucketName === undefined ? {} : { bucketName }),
      ...(role === undefined ? {} : { role, iamInstanceProfile: { arn: role } }),
    };
    return {
      ...base,
      awsRegion: made.awsRegion,
      recipientAccountId: made.recipient ?? account,
      eventTime: `2026-11-0${made.day}T00:00:00Z`,
      sourceIPAddress: made.sourceIPAddress,
      requestParameters: made.isTold ? parameters : null,
      userIdentity: identities[who] ?? identity,
      ...(errorCode === undefined ? {} : { errorCode }),
      ...(owner === undefined || bucketName === undefined
        ? {}
        : { resources: [{ ARN: `arn:aws:s3:::${bucketName}`, accountId: owner }] }),
    };
  });

/** What a column of the lake has of an event. */
function columnOf(one: CloudTrailEvent, column: GroupColumn): string | undefined {
  const { key } = callOf(one);
  const { userIdentity: identity } = one;
  const attributes = identity?.sessionContext?.attributes;
  const json = (value: unknown) => (value == null ? undefined : JSON.stringify(value));
  switch (column) {
    case "errorClass":
      return key.outcome;
    case "requestParameters":
    case "resources":
      return json(one[column]);
    case "identityPrincipalId":
      return identity?.principalId;
    case "identityUserName":
      return identity?.userName;
    case "accessKeyKind":
      return identity?.accessKeyId?.slice(0, 4);
    case "sessionMfaAuthenticated":
      return attributes?.mfaAuthenticated;
    case "sessionCreationDate":
      return attributes?.creationDate;
    case "eventTime":
    case "errorMessage":
    case "sourceIPAddress":
    case "userAgent":
    case "vpcEndpointId":
      return one[column];
    default:
      return key[column];
  }
}

/** Calls that are alike in some columns as one. */
function grouped(
  events: readonly CloudTrailEvent[],
  columns: readonly GroupColumn[],
): readonly Call[] {
  const groups = new Map<string, CloudTrailEvent[]>();
  for (const one of events) {
    const id = JSON.stringify(columns.map((column) => columnOf(one, column) ?? null));
    groups.set(id, [...(groups.get(id) ?? []), one]);
  }
  return [...groups.values()].map((all) => {
    const times = all.map(({ eventTime = "" }) => eventTime).sort();
    const [one] = all;
    return callOfColumns(
      (column) =>
        one === undefined || !columns.includes(column) ? undefined : columnOf(one, column),
      { count: all.length, first: times[0] ?? "", last: times.at(-1) ?? "" },
    );
  });
}

it.each(["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"] as const)(
  "groups say of %s what events one by one say",
  (type) => {
    let rowCount = 0;
    let openCount = 0;
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.array(statement, { minLength: 1, maxLength: 2 }), fc.constantFrom(...places)),
          {
            maxLength: 2,
          },
        ),
        fc.array(statement, { minLength: 1, maxLength: 2 }),
        fc.constantFrom("r-ab12", ...places),
        fc.array(event, { minLength: 12, maxLength: 30 }),
        (today, next, place, events) => {
          const principal = type === "RESOURCE_CONTROL_POLICY" ? { Principal: "*" } : {};
          const policyOf = (
            id: string,
            statements: readonly object[],
            targets: readonly string[],
          ) => ({
            ...testPolicy(
              id,
              {
                Version: "2012-10-17",
                Statement: statements.map((one, index) => ({
                  ...one,
                  ...principal,
                  Sid: `S${index}`,
                })),
              },
              targets,
            ),
            type,
          });
          const base = testOrganization(
            today.map(([statements, at], index) => policyOf(`p-old${index}`, statements, [at])),
          );
          const root = { ...base.root, policyTypes: [{ type, status: "ENABLED" as const }] };
          const full = policyOf(
            "p-full",
            [{ Effect: "Allow", Action: "*", Resource: "*" }],
            ["r-ab12", ...places, ...Object.values(testAccounts)],
          );
          const organization = { ...base, root, policies: [...(base.policies ?? []), full] };
          const after = {
            ...organization,
            policies: [...organization.policies, policyOf("p-next", next, [place])],
          };

          // One by one, each judged anew, nothing remembered.
          const chains = organizationChains(organization, after, type);
          const assessor = createAssessor({ organization, chains, facts });
          const names = [""];
          const numberOf = (text: string): number =>
            names.includes(text) ? names.indexOf(text) : names.push(text) - 1;
          const slow = createRows(assessor, (number) => names[number] ?? "");
          for (const call of events.map((one) => callOf(one))) {
            const assessed = assessor.assess(call);
            if (assessed.kind !== "judged" || assessed.change.effect === "same") continue;
            const { key } = call;
            const shown =
              key.identityType === "AWSService"
                ? key.invokedBy
                : (key.principal ?? key.principalAccountId);
            const at = {
              principal: numberOf(shown ?? ""),
              account: numberOf(assessed.standing.account),
              region: numberOf(key.awsRegion ?? ""),
              outcome: key.outcome,
            };
            const time = Date.parse(call.first ?? "");
            slow.add(assessed, at, 1, time, time);
          }

          const options = { organization, after, type, facts };
          const byEvent = createImpact(options);
          for (const one of events) byEvent.add(callOf(one));

          const byGroup = createImpact(options);
          const keyColumns = Object.keys(groupsOfCalls([]).texts) as GroupColumn[];
          byGroup.addGroups(groupsOfCalls(grouped(events, keyColumns)));
          for (const { eventSource, eventName, columns } of byGroup.open()) {
            openCount++;
            const own = events.filter(
              (one) => one.eventSource === eventSource && one.eventName === eventName,
            );
            for (const call of grouped(own, [...keyColumns, ...columns])) {
              if (byGroup.needsRecord(call)) byGroup.add(call);
            }
          }
          const expected: readonly ImpactRow[] = slow.close();
          rowCount += expected.length;
          expect(byEvent.report().rows).toEqual(expected);
          const report = byGroup.report();
          expect(report).toEqual(byEvent.report());
          expect(report.coverage.all.calls).toBe(events.length);
        },
      ),
      { numRuns: runs },
    );
    expect(rowCount).toBeGreaterThan(runs / 4);
    expect(openCount).toBeGreaterThan(runs / 10);
  },
);
