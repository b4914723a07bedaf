import type { AccountId, RegionName } from "../core/identifiers.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { requestRates } from "../data/request-rates.ts";
import { openAccount } from "../sandbox/accounts.ts";
import { createAuthorizer } from "../sandbox/authorize.ts";
import { createSandbox, globalRegion, type SandboxCore } from "../sandbox/create-sandbox.ts";
import { createWorld } from "../sandbox/create-world.ts";
import type { SandboxService } from "../sandbox/service.ts";
import type { VirtualClock } from "../sandbox/virtual-clock.ts";
import type { World } from "../sandbox/world.ts";
import { type AccessKey, createAdministrator } from "./iam/sandbox/create-administrator.ts";
import { sandboxServices } from "./sandboxes.ts";

/** How a sandbox is opened. */
export interface OpenSandboxOptions {
  /** All that there are when absent. */
  readonly services?: readonly SandboxService[];
  /** Two sandboxes with one seed and the same calls hold the same identifiers; 1 when absent. */
  readonly seed?: number;
  /** A virtual one when absent. */
  readonly clock?: VirtualClock;
  /** `published` throttles by the rates that AWS publishes; `off` when absent. */
  readonly rates?: "off" | "published";
  /** Whether policies are enforced; true when absent. */
  readonly enforce?: boolean;
  /** What the sandbox holds at first; an account in no organization when absent. */
  readonly snapshot?: Snapshot;
}

/** A sandbox: AWS in a process, with the keys to one account. */
export interface Sandbox extends SandboxCore {
  readonly clock: VirtualClock;
  /** A long-term key of an administrator of the management account. */
  readonly credentials: AccessKey;
  readonly managementAccount: AccountId;
  readonly homeRegion: RegionName;
  /** Another sandbox that begins as this one is now; faults and the log of calls begin anew. */
  copy(): Sandbox;
}

/** Opens a sandbox. */
export function openSandbox(options: OpenSandboxOptions = {}): Sandbox {
  const { services = sandboxServices, seed = 1, snapshot } = options;
  const world = createWorld({
    seed,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  });
  if (snapshot !== undefined) {
    for (const service of services) service.seed?.(world, snapshot);
  }
  const managementAccount =
    snapshot?.organization.managementAccountId ??
    openAccount(world, { name: "Management", email: "management@example.com" }).id;
  const credentials = createAdministrator(world, managementAccount);
  return sandboxOver(world, services, options, credentials, managementAccount);
}

/** A sandbox over a world that is there already, with the keys to its management account. */
export function sandboxOver(
  world: World,
  services: readonly SandboxService[],
  options: OpenSandboxOptions,
  credentials: AccessKey,
  managementAccount: AccountId,
): Sandbox {
  const core = createSandbox({
    world,
    services,
    seed: options.seed ?? 1,
    ...(options.enforce === false ? {} : { authorizer: createAuthorizer() }),
    ...(options.rates === "published" ? { rates: requestRates } : {}),
  });
  return Object.defineProperties(
    {
      clock: world.clock,
      credentials,
      managementAccount,
      homeRegion: globalRegion,
      copy: () => sandboxOver(world.copy(), services, options, credentials, managementAccount),
    },
    Object.getOwnPropertyDescriptors(core),
  ) as Sandbox;
}
