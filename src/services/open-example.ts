import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { virtualClock } from "../sandbox/virtual-clock.ts";
import { empty } from "./examples/empty.ts";
import type { Example } from "./examples/example.ts";
import { segment } from "./examples/segment.ts";
import { small } from "./examples/small.ts";
import { createAdministrator } from "./iam/sandbox/create-administrator.ts";
import { type OpenSandboxOptions, openSandbox, type Sandbox, sandboxOver } from "./open-sandbox.ts";
import { sandboxServices } from "./sandboxes.ts";

/** The name of an example organization. */
export type ExampleName = "empty" | "small" | "segment";

/** The example organizations, by name. */
export const examples: Readonly<Record<ExampleName, Example>> = { empty, small, segment };

/** Whether an example organization has that name. */
export function isExampleName(name: string): name is ExampleName {
  return Object.hasOwn(examples, name);
}

const dayMs = 24 * 3600_000;

/** Opens a sandbox that holds an example organization, whose past lies before the clock's time. */
export async function openExample(
  name: ExampleName,
  options: Omit<OpenSandboxOptions, "snapshot"> = {},
): Promise<Sandbox> {
  const { clock = virtualClock(), services = sandboxServices, seed = 1 } = options;
  const example = examples[name];
  const past = openSandbox({
    services,
    seed,
    clock: virtualClock(clock.now() - example.historyDays * dayMs),
  });
  const { credentials, managementAccount, world } = past;
  await example.build({
    sandbox: past,
    client: new OrganizationsClient({
      region: past.homeRegion,
      credentials,
      requestHandler: past.requestHandler(),
    }),
    administrator: (account) => createAdministrator(world, account),
  });
  if (world.clock.now() > clock.now()) {
    throw new Error(`the example ${name} takes longer than its ${example.historyDays} days`);
  }
  return sandboxOver(world.copy(clock), services, options, credentials, managementAccount);
}
