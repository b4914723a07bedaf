import { EC2 } from "@aws-sdk/client-ec2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAws } from "../../src/aws/create-aws.ts";
import type { OrganizationState } from "../../src/core/snapshot.ts";
import { resourceFacts } from "../../src/engine/resource-facts/resource-facts.ts";
import { resourceOf } from "../../src/layers/resource.ts";
import { openSandbox } from "../../src/services/open-sandbox.ts";
import { type MotoServer, motoPython, startMoto } from "./moto-server.ts";
import { skipReferee } from "./require.ts";

const python = motoPython();
const account = "123456789012";
const region = "eu-west-1";

/** Moto's account as a member of an organization. */
const organization = {
  id: "o-moto",
  managementAccountId: "999999999999",
  accounts: [{ id: account, name: "Moto", state: "ACTIVE" }],
} as unknown as OrganizationState;

describe.skipIf(skipReferee("moto", python !== undefined))("resources that moto plays", () => {
  let moto: MotoServer;
  beforeAll(async () => {
    moto = await startMoto(python ?? "");
  }, 120_000);
  afterAll(async () => {
    await moto?.stop();
  });

  it("say what they are: an instance and its VPC", async () => {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const ec2 = new EC2({ endpoint: moto.endpoint, region, credentials });
    const { Instances = [] } = await ec2.runInstances({
      ImageId: "ami-12c6146b",
      MinCount: 1,
      MaxCount: 1,
      MetadataOptions: { HttpTokens: "required" },
    });
    const [instance] = Instances;
    const aws = createAws({
      clock: openSandbox().clock,
      credentials,
      region,
      endpoint: moto.endpoint,
      rates: {},
    });
    const ask = async (resource: string) => {
      const arn = `arn:aws:ec2:${region}:${account}:${resource}`;
      const found = await resourceFacts(aws, resourceOf(arn, {}, organization));
      return Object.fromEntries(found.map(({ id, state, reason }) => [id, `${state}: ${reason}`]));
    };
    const own = await ask(`instance/${instance?.InstanceId}`);
    expect(own.imdsv2).toBe("on: tokens are required");
    expect(own["volume-encryption"]).toBe("off: 0 of 1 are encrypted");
    expect(own["public-address"]).toMatch(/^(on: it has none|off: it is reached at \d)/);
    expect(own.vulnerabilities).toMatch(/^(off|unknown): /);
    const vpc = await ask(`vpc/${instance?.VpcId}`);
    expect(vpc["flow-logs"]).toBe("off: it has none");
    expect(vpc["default-group"]).toMatch(/^off: it has \d rules?/);
    expect((await ask("instance/i-0123456789abcdef0")).imdsv2).toMatch(
      /^unknown: ec2:DescribeInstances: .*InvalidInstanceID|does not exist/,
    );
    aws.close();
  }, 120_000);
});
