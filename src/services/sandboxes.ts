import type { SandboxService } from "../sandbox/service.ts";
import { accessAnalyzerSandbox } from "./access-analyzer/sandbox/index.ts";
import { accountSandbox } from "./account/sandbox/index.ts";
import { backupSandbox } from "./backup/sandbox/index.ts";
import { costExplorerSandbox } from "./ce/sandbox/index.ts";
import { cloudformationSandbox } from "./cloudformation/sandbox/index.ts";
import { cloudtrailSandbox } from "./cloudtrail/sandbox/index.ts";
import { configSandbox } from "./config/sandbox/index.ts";
import { detectiveSandbox } from "./detective/sandbox/index.ts";
import { ec2Sandbox } from "./ec2/sandbox/index.ts";
import { firewallManagerSandbox } from "./fms/sandbox/index.ts";
import { guardDutySandbox } from "./guardduty/sandbox/index.ts";
import { healthSandbox } from "./health/sandbox/index.ts";
import { iamSandbox } from "./iam/sandbox/index.ts";
import { identityStoreSandbox } from "./identitystore/sandbox/index.ts";
import { inspectorSandbox } from "./inspector2/sandbox/index.ts";
import { kmsSandbox } from "./kms/sandbox/index.ts";
import { logsSandbox } from "./logs/sandbox/index.ts";
import { macieSandbox } from "./macie2/sandbox/index.ts";
import { organizationsSandbox } from "./organizations/sandbox/index.ts";
import { ramSandbox } from "./ram/sandbox/index.ts";
import { s3ControlSandbox } from "./s3/sandbox/control/index.ts";
import { s3Sandbox } from "./s3/sandbox/index.ts";
import { securityHubSandbox } from "./securityhub/sandbox/index.ts";
import { systemsManagerSandbox } from "./ssm/sandbox/index.ts";
import { identityCenterSandbox } from "./sso/sandbox/index.ts";
import { stsSandbox } from "./sts/sandbox/index.ts";

/** All services that the sandbox serves. */
export const sandboxServices: readonly SandboxService[] = [
  organizationsSandbox,
  stsSandbox,
  iamSandbox,
  accountSandbox,
  s3Sandbox,
  kmsSandbox,
  cloudtrailSandbox,
  logsSandbox,
  securityHubSandbox,
  accessAnalyzerSandbox,
  cloudformationSandbox,
  macieSandbox,
  firewallManagerSandbox,
  guardDutySandbox,
  detectiveSandbox,
  inspectorSandbox,
  configSandbox,
  identityCenterSandbox,
  identityStoreSandbox,
  systemsManagerSandbox,
  healthSandbox,
  ramSandbox,
  backupSandbox,
  s3ControlSandbox,
  ec2Sandbox,
  costExplorerSandbox,
];
