import type { AccountId, RegionName } from "../core/identifiers.ts";

/** The faults that a sandbox can be told to have. */
export const faultNames = [
  "throttle",
  "serverError",
  "accessDenied",
  "connectionReset",
  "timeout",
  "crash",
  "delayedVisibility",
  "limitExceeded",
  "neverReady",
] as const;

/** The name of a fault. */
export type FaultName = (typeof faultNames)[number];

/**
 * A fault and the calls that it befalls: those that fit all of the members given.
 *
 * - `throttle`, `serverError`, `accessDenied`: the call is answered with that error.
 * - `connectionReset`, `timeout`: the client gets no answer.
 * - `crash`: the client's process dies at this call; its promise never settles.
 * - `delayedVisibility`: reads see the world as it was `delayMs` ago.
 * - `limitExceeded`: the call is answered with the error by which its operation says that the account
 *   is at a limit.
 * - `neverReady`: of `service` alone; what goes on there after an answer comes to no end, as far as
 *   the service itself is asked. Once the fault is switched off it does.
 */
export interface Fault {
  readonly name: FaultName;
  /** IAM service prefix. */
  readonly service?: string;
  readonly operation?: string | readonly string[];
  readonly account?: AccountId;
  readonly region?: RegionName;
  /** The number of the matching call, 1 being the first; every matching call when absent. */
  readonly nth?: number;
  /** Strikes at most so many times. */
  readonly times?: number;
  /** Strikes with this chance, drawn from a seeded sequence of the faults' own. */
  readonly probability?: number;
  /** Whether the call has been carried out when the fault strikes; `before` when absent. */
  readonly when?: "before" | "after";
  /** For `delayedVisibility`: how old the world is that reads see, in milliseconds. */
  readonly delayMs?: number;
}

/** What a fault is matched against. */
export interface FaultTarget {
  readonly service: string;
  readonly operation: string;
  readonly account: AccountId;
  readonly region: RegionName;
}

/** The faults that are switched on. */
export interface Faults {
  /** Switches a fault on; the function that it gives switches it off. */
  add(fault: Fault): () => void;
  /** Switches all faults off. */
  clear(): void;
  /** The faults that strike a call, in the order in which they were switched on. Counts the call. */
  strike(target: FaultTarget): readonly Fault[];
  /** Whether a service's own work comes to no end. */
  isNeverReady(service: string): boolean;
  /** The longest delay that reads may see; 0 without such a fault. */
  longestDelayMs(): number;
}

/** No faults yet. `random` gives numbers, 0 <= n < 1. */
export function createFaults(random: () => number): Faults {
  let entries: { fault: Fault; matched: number; struck: number }[] = [];
  return {
    add: (fault) => {
      if (fault.name === "neverReady" && fault.service === undefined) {
        throw new Error("say which service is never ready");
      }
      const entry = { fault, matched: 0, struck: 0 };
      entries.push(entry);
      return () => {
        entries = entries.filter((other) => other !== entry);
      };
    },
    clear: () => {
      entries = [];
    },
    strike: (target) =>
      entries
        .filter((entry) => {
          const { fault } = entry;
          if (fault.name === "neverReady" || !matches(fault, target)) return false;
          entry.matched += 1;
          if (fault.nth !== undefined && entry.matched !== fault.nth) return false;
          if (fault.times !== undefined && entry.struck >= fault.times) return false;
          if (fault.probability !== undefined && random() >= fault.probability) return false;
          entry.struck += 1;
          return true;
        })
        .map(({ fault }) => fault),
    isNeverReady: (service) =>
      entries.some(({ fault }) => fault.name === "neverReady" && fault.service === service),
    longestDelayMs: () =>
      Math.max(
        0,
        ...entries.map(({ fault }) => (fault.name === "delayedVisibility" ? delayOf(fault) : 0)),
      ),
  };
}

/** How old the world is that reads see under a fault of delayed visibility, in milliseconds. */
export function delayOf(fault: Fault): number {
  return fault.delayMs ?? 1000;
}

function matches(fault: Fault, target: FaultTarget): boolean {
  const { operation } = fault;
  return (
    (fault.service === undefined || fault.service === target.service) &&
    (operation === undefined ||
      (typeof operation === "string"
        ? operation === target.operation
        : operation.includes(target.operation))) &&
    (fault.account === undefined || fault.account === target.account) &&
    (fault.region === undefined || fault.region === target.region)
  );
}
