import type {
  AuthorizationTarget,
  HandlerContext,
  SandboxService,
} from "../../../sandbox/service.ts";
import { logGroupHandlers } from "./log-groups.ts";

/** The sandbox's Amazon CloudWatch Logs: log groups; nothing is logged to them. */
export const logsSandbox: SandboxService = {
  id: "logs",
  signingName: "logs",
  targetPrefix: "Logs_20140328",
  protocol: "awsJson1_1",
  sdk: () => import("@aws-sdk/client-cloudwatch-logs"),
  handlers: logGroupHandlers,
  authorization: logsAuthorization,
};

/** CloudWatch Logs' action and resource of a request. */
function logsAuthorization(
  { caller, region }: HandlerContext,
  operation: string,
  input: unknown,
): AuthorizationTarget {
  const given = input as Readonly<Record<string, string | undefined>>;
  const name = given.logGroupName ?? (operation === "DescribeLogGroups" ? "*" : undefined);
  return {
    action: `logs:${operation}`,
    resource:
      given.resourceArn ??
      given.resourceIdentifier ??
      `arn:aws:logs:${region}:${caller.account}:log-group:${name ?? "*"}`,
  };
}
