import type { Instance } from "@aws-sdk/client-ec2";
import type { LayerControl } from "../../layers/control.ts";
import { type AskContext, ask, plain, type Said } from "./ask.ts";
import { configCompliance } from "./findings.ts";

/** What an EC2 instance says of itself, and what services that look at instances say of it. */
export function instanceFacts(context: AskContext): readonly Promise<LayerControl>[] {
  const { aws, how, name } = context;
  const InstanceIds = [name];
  let described: Promise<Instance> | undefined;
  const instance = (): Promise<Instance> => {
    described ??= aws
      .call("ec2", "DescribeInstances", { InstanceIds }, how)
      .then(({ Reservations }) => Reservations?.[0]?.Instances?.[0] ?? {});
    return described;
  };
  const source = "ec2:DescribeInstances";
  return [
    ask(["imdsv2", "IMDSv2 of the instance", source], async () => {
      const { HttpTokens, HttpEndpoint } = (await instance()).MetadataOptions ?? {};
      if (HttpEndpoint === "disabled") return { state: "on", reason: "no metadata at all" };
      return {
        state: HttpTokens === "required" ? "on" : HttpTokens === undefined ? "unknown" : "off",
        reason: `tokens are ${HttpTokens ?? "not told"}`,
        value: HttpTokens ?? null,
      };
    }),
    ask(["public-address", "No public address", source], async () => {
      const { PublicIpAddress: address } = await instance();
      return {
        state: address === undefined ? "on" : "off",
        reason: address === undefined ? "it has none" : `it is reached at ${address}`,
        value: address ?? null,
      };
    }),
    ask(["instance-profile", "Role of the instance", source], async () => {
      const profile = (await instance()).IamInstanceProfile?.Arn;
      return {
        state: "on",
        reason: profile === undefined ? "it has none" : `it acts by ${profile}`,
        value: profile ?? null,
      };
    }),
    ask(["volume-encryption", "Encryption of its volumes", "ec2:DescribeVolumes"], async () => {
      const Filters = [{ Name: "attachment.instance-id", Values: InstanceIds }];
      const { Volumes = [] } = await aws.call("ec2", "DescribeVolumes", { Filters }, how);
      const open = Volumes.filter(({ Encrypted }) => Encrypted !== true);
      return {
        state: open.length === 0 ? "on" : open.length < Volumes.length ? "partial" : "off",
        reason: `${Volumes.length - open.length} of ${Volumes.length} are encrypted`,
        value: plain(Volumes.map(({ VolumeId, Encrypted }) => ({ VolumeId, Encrypted }))),
      };
    }),
    ask(["managed", "Managed by Systems Manager", "ssm:DescribeInstanceInformation"], async () => {
      const Filters = [{ Key: "InstanceIds", Values: InstanceIds }];
      const answer = await aws.call("ssm", "DescribeInstanceInformation", { Filters }, how);
      const [found] = answer.InstanceInformationList ?? [];
      return {
        state: found?.PingStatus === "Online" ? "on" : found === undefined ? "off" : "partial",
        reason: found === undefined ? "it is not managed" : `its agent is ${found.PingStatus}`,
        value: plain(found),
      };
    }),
    ask(["patching", "Patches", "ssm:DescribeInstancePatchStates"], async () => {
      const answer = await aws.call("ssm", "DescribeInstancePatchStates", { InstanceIds }, how);
      return patching(answer.InstancePatchStates?.[0]);
    }),
    ask(["vulnerabilities", "Scanned by Inspector", "inspector2:ListCoverage"], async () => {
      const filterCriteria = { resourceId: [{ comparison: "EQUALS" as const, value: name }] };
      const answer = await aws.call("inspector2", "ListCoverage", { filterCriteria }, how);
      const status = answer.coveredResources?.[0]?.scanStatus;
      return {
        state: status?.statusCode === "ACTIVE" ? "on" : "off",
        reason: status === undefined ? "Inspector does not know it" : (status.reason ?? "?"),
        value: plain(status),
      };
    }),
    configCompliance(context, "AWS::EC2::Instance", name),
  ];
}

function patching(
  found:
    | {
        readonly MissingCount?: number | undefined;
        readonly FailedCount?: number | undefined;
        readonly OperationEndTime?: Date | undefined;
      }
    | undefined,
): Said {
  if (found === undefined) return { state: "off", reason: "it has never been scanned" };
  const open = (found.MissingCount ?? 0) + (found.FailedCount ?? 0);
  const at = found.OperationEndTime?.toISOString() ?? "an unknown time";
  return {
    state: open === 0 ? "on" : "partial",
    reason: `${open} missing or failed, as of ${at}`,
    value: plain(found),
  };
}
