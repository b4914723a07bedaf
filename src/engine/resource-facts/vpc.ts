import type { LayerControl } from "../../layers/control.ts";
import { type AskContext, ask, plain } from "./ask.ts";
import { configCompliance } from "./findings.ts";

/** What a VPC says of itself. */
export function vpcFacts(context: AskContext): readonly Promise<LayerControl>[] {
  const { aws, how, name } = context;
  return [
    ask(["flow-logs", "Flow logs", "ec2:DescribeFlowLogs"], async () => {
      const Filter = [{ Name: "resource-id", Values: [name] }];
      const { FlowLogs = [] } = await aws.call("ec2", "DescribeFlowLogs", { Filter }, how);
      const active = FlowLogs.filter(({ FlowLogStatus }) => FlowLogStatus === "ACTIVE");
      return {
        state: active.length > 0 ? "on" : "off",
        reason: active.length > 0 ? `${active.length} are active` : "it has none",
        value: plain(
          FlowLogs.map(({ FlowLogId, TrafficType, DeliverLogsStatus }) => ({
            FlowLogId,
            TrafficType,
            DeliverLogsStatus,
          })),
        ),
      };
    }),
    ask(["default-group", "Default security group", "ec2:DescribeSecurityGroups"], async () => {
      const Filters = [
        { Name: "vpc-id", Values: [name] },
        { Name: "group-name", Values: ["default"] },
      ];
      const { SecurityGroups = [] } = await aws.call(
        "ec2",
        "DescribeSecurityGroups",
        { Filters },
        how,
      );
      const [group] = SecurityGroups;
      const rules = (group?.IpPermissions?.length ?? 0) + (group?.IpPermissionsEgress?.length ?? 0);
      if (group === undefined) return { state: "unknown", reason: "AWS shows none" };
      return {
        state: rules === 0 ? "on" : "off",
        reason: rules === 0 ? "it lets nothing through" : `it has ${rules} rules`,
        value: plain({ GroupId: group.GroupId, rules }),
      };
    }),
    ask(["internet-gateway", "No internet gateway", "ec2:DescribeInternetGateways"], async () => {
      const Filters = [{ Name: "attachment.vpc-id", Values: [name] }];
      const answer = await aws.call("ec2", "DescribeInternetGateways", { Filters }, how);
      const ids = (answer.InternetGateways ?? []).map(
        ({ InternetGatewayId = "" }) => InternetGatewayId,
      );
      return {
        state: ids.length === 0 ? "on" : "off",
        reason: ids.length === 0 ? "it has none" : `it has ${ids.join(", ")}`,
        value: ids,
      };
    }),
    configCompliance(context, "AWS::EC2::VPC", name),
  ];
}
