import type { HttpDoor } from "../../../src/sandbox/http-door.ts";
import { realTimeClock } from "../../../src/sandbox/real-time-clock.ts";
import {
  type OpenSandboxOptions,
  openSandbox,
  type Sandbox,
} from "../../../src/services/open-sandbox.ts";

/** A sandbox with its HTTP door open, and the variables that lead to it. */
export interface ServedSandbox {
  readonly sandbox: Sandbox;
  readonly door: HttpDoor;
  readonly env: Readonly<Record<string, string>>;
}

/** Opens a sandbox and its HTTP door. The test closes the door. */
export async function servedSandbox(options: OpenSandboxOptions = {}): Promise<ServedSandbox> {
  const sandbox = openSandbox({ clock: realTimeClock(), ...options });
  const door = await sandbox.serve();
  const env = {
    AWS_ENDPOINT_URL: door.endpoint,
    AWS_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandbox.credentials.secretAccessKey,
    AWS_REGION: sandbox.homeRegion,
  };
  return { sandbox, door, env };
}
