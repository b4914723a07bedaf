import type { Desired } from "../core/desired.ts";
import type { Diagnostic, Span } from "../core/diagnostic.ts";
import type { JsonObject } from "../core/json.ts";
import type { Address, ChangeAction, ForeignThing, Ref, Risk } from "../core/plan.ts";
import type { IdOrRef } from "../core/service-plan.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { LiveOrganization } from "./live.ts";
import { indexOrganization } from "./live.ts";

/**
 * When a change is made among those that are free to be made: widening before narrowing, and what
 * cannot be taken back last.
 */
export const ranks = [
  "enable",
  "renameUnit",
  "createUnit",
  "createAccount",
  "writePolicy",
  "attach",
  "narrowPolicy",
  "attachNarrowed",
  "detachEarly",
  "move",
  "describe",
  "delegate",
  "service",
  "detach",
  "undoService",
  "undelegate",
  "disable",
  "deletePolicy",
  "deleteUnit",
  "close",
] as const;

/** When a change is made among those that are free to be made. */
export type Rank = (typeof ranks)[number];

/** What a step says of a change; {@link draft} fills in the rest. */
export interface DraftOptions {
  readonly service?: string;
  readonly operation: string;
  readonly address: Address;
  readonly action: ChangeAction;
  readonly input: JsonObject;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly reason: string;
  readonly rank: Rank;
  readonly risk?: Risk;
  readonly span?: Span | undefined;
  readonly account?: string | undefined;
  readonly workIn?: IdOrRef;
  readonly region?: string;
  /** Tells changes of one operation at one address apart. */
  readonly detail?: string;
}

/** A change on its way into the plan. */
export interface Draft extends DraftOptions {
  readonly id: string;
  readonly service: string;
  risk: Risk;
  reason: string;
  /** Must be done first, or AWS refuses this one. */
  readonly needs: Set<Draft>;
  /** Should be done first, so that nothing is unprotected in between. */
  readonly prefers: Set<Draft>;
}

/** What the steps of one planning share and add to. */
export interface Planning {
  readonly desired: Desired;
  readonly snapshot: Snapshot;
  readonly live: LiveOrganization;
  readonly drafts: Draft[];
  readonly diagnostics: Diagnostic[];
  readonly foreign: ForeignThing[];
  /** Ids of what exists, by address. */
  readonly ids: Map<Address, string>;
  /** Addresses of all that was compared. */
  readonly compared: Set<Address>;
  /** How often each change id was asked for. */
  readonly names: Map<string, number>;
}

/** Begins a planning. */
export function beginPlanning(desired: Desired, snapshot: Snapshot): Planning {
  return {
    desired,
    snapshot,
    live: indexOrganization(snapshot.organization),
    drafts: [],
    diagnostics: [],
    foreign: [],
    ids: new Map(),
    compared: new Set(),
    names: new Map(),
  };
}

/** Adds a change to the planning. */
export function draft(planning: Planning, options: DraftOptions): Draft {
  const suffix = options.detail === undefined ? "" : `/${options.detail}`;
  const name = `${options.address}#${options.operation}${suffix}`;
  const namesakes = planning.names.get(name) ?? 0;
  planning.names.set(name, namesakes + 1);
  const made: Draft = {
    ...options,
    service: options.service ?? "organizations",
    risk: options.risk ?? "none",
    id: namesakes === 0 ? name : `${name}/${namesakes + 1}`,
    needs: new Set(),
    prefers: new Set(),
  };
  planning.drafts.push(made);
  return made;
}

/** A thing that exists or that an earlier change makes. */
export interface Addressed {
  readonly address: Address;
  readonly id?: string | undefined;
  /** The change that makes it. */
  creation?: Draft | undefined;
}

/** The id of a thing, or the reference that stands in its place until the thing is made. */
export function idOrRef(thing: Addressed): string | { readonly [Key in keyof Ref]: string } {
  return thing.id ?? { $ref: thing.address };
}

/** Makes a change wait for the creation of the things that it refers to. */
export function needsThings(change: Draft, ...things: readonly Addressed[]): Draft {
  for (const { creation } of things) if (creation !== undefined) change.needs.add(creation);
  return change;
}

/** Reports something at a place of the file. */
export function report(
  planning: Planning,
  severity: "error" | "warning" | "info",
  code: string,
  summary: string,
  options: { readonly help?: string; readonly span?: Span | undefined; readonly detail?: string },
): void {
  const { help, span, detail } = options;
  planning.diagnostics.push({
    severity,
    code,
    summary,
    ...(detail === undefined ? {} : { detail }),
    ...(help === undefined ? {} : { help }),
    ...(span === undefined ? {} : { span }),
  });
}

/** An address that no other thing has: the id is added when the name alone is taken. */
export function freeAddress(planning: Planning, address: Address, id: string): Address {
  const holder = planning.ids.get(address);
  const taken = (holder !== undefined && holder !== id) || planning.compared.has(address);
  const free = taken ? `${address} (${id})` : address;
  planning.ids.set(free, id);
  return free;
}
