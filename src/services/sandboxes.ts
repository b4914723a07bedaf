import type { SandboxService } from "../sandbox/service.ts";
import { iamSandbox } from "./iam/sandbox/index.ts";
import { organizationsSandbox } from "./organizations/sandbox/index.ts";
import { stsSandbox } from "./sts/sandbox/index.ts";

/** All services that the sandbox serves. */
export const sandboxServices: readonly SandboxService[] = [
  organizationsSandbox,
  stsSandbox,
  iamSandbox,
];
