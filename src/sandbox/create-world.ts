import { randomSequence } from "./random-sequence.ts";
import { type VirtualClock, virtualClock } from "./virtual-clock.ts";
import type { Slot, World } from "./world.ts";

/** Lower-case letters and digits, of which most of AWS's identifiers are made. */
const lowerAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";

/** How a world begins. */
export interface WorldOptions {
  /** Two worlds with one seed draw the same identifiers; 1 when absent. */
  readonly seed?: number;
  readonly clock?: VirtualClock;
}

/** An empty world. Its copies tell their own time, from the moment of the copy on. */
export function createWorld(options: WorldOptions = {}): World {
  return worldOf(new Map(), randomSequence(options.seed ?? 1), options.clock ?? virtualClock());
}

/** A view of a world's present state that no later write reaches, under the world's own clock. */
export function freezeWorld(world: World): World {
  return world.copy(world.clock);
}

function worldOf(
  states: Map<string, object>,
  random: ReturnType<typeof randomSequence>,
  clock: VirtualClock,
): World {
  const world: World = {
    clock,
    state: <T extends object>(slot: Slot<T>, account?: string, region?: string): T => {
      const key = slotKey(slot, account, region);
      let state = states.get(key) as T | undefined;
      if (state === undefined) {
        state = slot.init();
        states.set(key, state);
      }
      return state;
    },
    random: () => random.next(),
    newId: (length, alphabet = lowerAlphanumeric) => {
      let id = "";
      while (id.length < length) id += alphabet[Math.floor(random.next() * alphabet.length)];
      return id;
    },
    copy: (time) =>
      worldOf(
        structuredClone(states),
        randomSequence(random.position()),
        time ?? virtualClock(clock.now()),
      ),
  };
  return world;
}

function slotKey(slot: Slot<object>, account?: string, region?: string): string {
  if (slot.scope === "world") return slot.name;
  if (account === undefined) throw new Error(`slot ${slot.name} is kept by account`);
  if (slot.scope === "account") return `${slot.name}|${account}`;
  if (region === undefined) throw new Error(`slot ${slot.name} is kept by account and Region`);
  return `${slot.name}|${account}|${region}`;
}
