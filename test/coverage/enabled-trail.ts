import type { HttpDoor } from "../../src/sandbox/http-door.ts";
import { blocks, enabled } from "./coverage-world.ts";

/** The contract's world with a trail of the organization, served; and how to reach it. */
export async function enabledTrail(): Promise<{
  readonly door: HttpDoor;
  readonly env: Readonly<Record<string, string>>;
}> {
  const sandbox = await enabled("cloudtrail", blocks.cloudtrail ?? {});
  const door = await sandbox.serve();
  return {
    door,
    env: {
      AWS_ENDPOINT_URL: door.endpoint,
      AWS_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: sandbox.credentials.secretAccessKey,
      AWS_REGION: "eu-central-1",
    },
  };
}
