import { freezeWorld } from "./create-world.ts";
import type { World } from "./world.ts";

/** Past states of a world, for reads that lag behind writes. */
export interface Visibility {
  /** Remembers the present state, which a write is about to change, for that many milliseconds. */
  remember(keepMs: number): void;
  /** The world as it was that many milliseconds ago; the present one when nothing changed since. */
  asOf(agoMs: number): World;
}

/** A world's past, empty at first. Keeps one copy a write, and only while a delay is wanted. */
export function createVisibility(world: World): Visibility {
  let past: { readonly until: number; readonly world: World }[] = [];
  return {
    remember: (keepMs) => {
      const now = world.clock.now();
      past = past.filter(({ until }) => until > now - keepMs);
      past.push({ until: now, world: freezeWorld(world) });
    },
    asOf: (agoMs) => {
      const then = world.clock.now() - agoMs;
      return past.find(({ until }) => until > then)?.world ?? world;
    },
  };
}
