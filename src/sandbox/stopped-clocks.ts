import type { Faults } from "./faults.ts";
import type { World } from "./world.ts";

/**
 * The world as each service has it: for one that is never ready, time has stood still since its
 * first call under that fault, so that nothing that it goes on with comes to its end.
 */
export function stoppedClocks(world: World, faults: Faults): (service: string) => World {
  const stopped = new Map<string, World>();
  return (service) => {
    if (!faults.isNeverReady(service)) {
      stopped.delete(service);
      return world;
    }
    let still = stopped.get(service);
    if (still === undefined) {
      const now = world.clock.now();
      still = { ...world, clock: { ...world.clock, now: () => now } };
      stopped.set(service, still);
    }
    return still;
  };
}
