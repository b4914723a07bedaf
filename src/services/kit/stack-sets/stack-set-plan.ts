import type { Address, ForeignThing } from "../../../core/plan.ts";
import type { BlockIssue, OrganizationFacts, ServiceChange } from "../../../core/service-plan.ts";
import type { StackSetState } from "./stack-set-state.ts";
import type { StackSetSite, WantedStackSet } from "./wanted-stack-set.ts";

/** What the plan of a stack set is made of. */
export interface StackSetPlanInput {
  readonly wanted: WantedStackSet;
  /** `null`: there is none. */
  readonly found: StackSetState | null;
  readonly site: StackSetSite;
  readonly facts: OrganizationFacts;
  readonly path: readonly (string | number)[];
  /** Addresses of what must be done before anything of it. */
  readonly needs: readonly Address[];
  /** Physical ids of things that exist, to compare references by. */
  readonly ids: Readonly<Record<Address, string>>;
}

/** What the plan of a stack set gives. */
export interface StackSetPlan {
  readonly changes: readonly ServiceChange[];
  readonly compared: readonly Address[];
  readonly foreign: readonly ForeignThing[];
  readonly issues: readonly BlockIssue[];
}

/** Where a change of a stack set is made. */
export function placeOf(site: StackSetSite): Pick<ServiceChange, "workIn" | "region"> {
  return { ...(site.workIn === undefined ? {} : { workIn: site.workIn }), region: site.region };
}
