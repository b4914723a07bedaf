import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from "@aws-sdk/client-cloudformation";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { example, organizationCall } from "../../src/detect/example/event.ts";
import { detectRules } from "../../src/detect/registry.gen.ts";
import { eventRules } from "../../src/engine/watch/event-patterns.ts";
import { watchTemplate } from "../../src/engine/watch/watch-template.ts";
import { decodeMessage } from "../../src/logs/queue/decode-message.ts";
import { type MotoServer, motoPython, startMoto } from "./moto-server.ts";
import { skipReferee } from "./require.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const python = motoPython();

describe.skipIf(skipReferee("moto", python !== undefined))("moto's CloudFormation", () => {
  let server: MotoServer;
  beforeAll(async () => {
    server = await startMoto(python ?? "");
  });
  afterAll(() => server.stop());

  /** EventBridge has no client here: its protocol is plain enough. */
  async function putEvent(detail: object): Promise<void> {
    const scope = "AKIAIOSFODNN7EXAMPLE/20261123/us-east-1/events/aws4_request";
    const answer = await fetch(server.endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSEvents.PutEvents",
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify({
        Entries: [
          {
            Source: "aws.organizations",
            DetailType: "AWS API Call via CloudTrail",
            Detail: JSON.stringify(detail),
          },
        ],
      }),
    });
    expect(await answer.json()).toMatchObject({ FailedEntryCount: 0 });
  }

  test("makes what the template asks for, and events come by its rules into its queue", async () => {
    const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" };
    const settings = {
      endpoint: server.endpoint,
      region: "us-east-1",
      credentials,
      maxAttempts: 1,
    };
    const stacks = new CloudFormationClient(settings);
    // Without the bus for members: moto takes no reference to a bus as its name.
    const template = watchTemplate({
      rules: eventRules(detectRules),
      name: "orgrail-watch",
      ownKey: false,
      topics: [],
      hubs: [],
    });
    await stacks.send(
      new CreateStackCommand({ StackName: "watch", TemplateBody: JSON.stringify(template) }),
    );
    const { Stacks = [] } = await stacks.send(new DescribeStacksCommand({ StackName: "watch" }));
    expect(Stacks[0]?.StackStatus).toBe("CREATE_COMPLETE");
    const outputs = new Map(Stacks[0]?.Outputs?.map((one) => [one.OutputKey, one.OutputValue]));
    expect([...outputs.keys()].sort()).toEqual(["DeadLettersUrl", "QueueUrl", "WatcherRoleArn"]);
    const request = { policyId: example.otherPolicy, targetId: example.root };
    const event = { ...organizationCall("DetachPolicy", request), eventID: "e1" };
    await putEvent({ ...event, eventName: "DescribePolicy" });
    await putEvent(event);
    const sqs = new SQSClient(settings);
    const QueueUrl = outputs.get("QueueUrl") ?? "";
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    expect(Messages.map(({ Body = "" }) => decodeMessage(Body))).toMatchObject([
      { kind: "events", events: [{ eventID: "e1" }] },
    ]);
  });
});
