import type { SandboxService } from "../sandbox/service.ts";
import { stsSandbox } from "./sts/sandbox/index.ts";

/** All services that the sandbox serves. */
export const sandboxServices: readonly SandboxService[] = [stsSandbox];
