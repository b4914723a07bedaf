import type { HttpDoor } from "../../../src/sandbox/http-door.ts";
import type { Sandbox } from "../../../src/services/open-sandbox.ts";

/** A sandbox with its HTTP door open, and the variables that lead to it. */
export interface ServedSandbox {
  readonly sandbox: Sandbox;
  readonly door: HttpDoor;
  readonly env: Readonly<Record<string, string>>;
}

/** Opens a sandbox's HTTP door. The test closes it. */
export async function serve(sandbox: Sandbox): Promise<ServedSandbox> {
  const door = await sandbox.serve();
  const env = {
    AWS_ENDPOINT_URL: door.endpoint,
    AWS_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandbox.credentials.secretAccessKey,
    AWS_REGION: sandbox.homeRegion,
  };
  return { sandbox, door, env };
}
