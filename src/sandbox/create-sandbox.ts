import type { HttpHandler } from "@smithy/core/protocols";
import type { RegionName } from "../core/identifiers.ts";
import type { ServiceRates } from "../data/request-rates.ts";
import type { Authorizer } from "./authorize.ts";
import type { CallRecord } from "./call-log.ts";
import { createDispatch, type Dispatch } from "./dispatch.ts";
import { createFaults, type Faults } from "./faults.ts";
import { type HttpDoor, type HttpDoorOptions, httpDoor } from "./http-door.ts";
import { inProcessDoor } from "./in-process-door.ts";
import { randomSequence } from "./random-sequence.ts";
import type { SandboxService } from "./service.ts";
import type { World } from "./world.ts";

/** What a sandbox is made of. */
export interface SandboxOptions {
  readonly world: World;
  readonly services: readonly SandboxService[];
  /** Absent: whoever has a valid key may do everything. */
  readonly authorizer?: Authorizer;
  /** Request rates to throttle by; none when absent. */
  readonly rates?: Readonly<Record<string, ServiceRates>>;
  /** Seed of the faults' own chance; 1 when absent. */
  readonly seed?: number;
}

/** AWS in a process: a world and the doors that lead into it. */
export interface SandboxCore {
  readonly world: World;
  readonly dispatch: Dispatch;
  readonly faults: Faults;
  /** Every call that came in, in order. */
  readonly calls: readonly CallRecord[];
  /** Resolves with the call at which a client crashes next (or has crashed since last asked). */
  readonly crashed: Promise<CallRecord>;
  /** A request handler for SDK clients in this process; it stands for one client process. */
  requestHandler(): HttpHandler;
  /** Opens an HTTP door on loopback. */
  serve(options?: HttpDoorOptions): Promise<HttpDoor>;
}

/** The Region of services that are not regional. */
export const globalRegion: RegionName = "us-east-1";

/** Opens a sandbox over a world. */
export function createSandbox(options: SandboxOptions): SandboxCore {
  const { world, services, authorizer, rates = {} } = options;
  const random = randomSequence(options.seed ?? 1);
  const faults = createFaults(() => random.next());
  const calls: CallRecord[] = [];
  const dispatch = createDispatch({ world, services, authorizer, rates, faults, calls });
  let crash = nextCrash();
  const noteCrash = (call: CallRecord): void => crash.resolve(call);
  return {
    world,
    dispatch,
    faults,
    calls,
    get crashed() {
      return crash.promise;
    },
    requestHandler: () => {
      if (crash.isSettled()) crash = nextCrash();
      return inProcessDoor(dispatch, noteCrash);
    },
    serve: (door = {}) =>
      httpDoor(dispatch, {
        ...door,
        onCrash: (call) => {
          noteCrash(call);
          door.onCrash?.(call);
        },
      }),
  };
}

/** A promise of a crash, and the means to keep it. */
function nextCrash(): {
  readonly promise: Promise<CallRecord>;
  resolve(call: CallRecord): void;
  isSettled(): boolean;
} {
  let settle: (call: CallRecord) => void = () => {};
  let settled = false;
  const promise = new Promise<CallRecord>((resolve) => {
    settle = resolve;
  });
  return {
    promise,
    resolve: (call) => {
      settled = true;
      settle(call);
    },
    isSettled: () => settled,
  };
}
