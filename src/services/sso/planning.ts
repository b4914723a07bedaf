import type { JsonObject } from "../../core/json.ts";
import type { ForeignThing } from "../../core/plan.ts";
import type {
  BlockIssue,
  IdOrRef,
  PlannedAccount,
  ServiceChange,
  ServicePlanInput,
} from "../../core/service-plan.ts";
import { identityCenterFacts } from "../../data/identity-center.ts";
import type { IdentityCenterBlock } from "./schema.ts";
import type { IdentityCenterState, PermissionSetState } from "./state.ts";
import { accountsOf, isProduction, principalsOf, type WantedSet, wantedSets } from "./wanted.ts";

/** What the planner of IAM Identity Center is given. */
export type Input = ServicePlanInput<IdentityCenterBlock, IdentityCenterState>;

/** An instance that was read. */
export type Instance = NonNullable<IdentityCenterState["instance"]>;

/** What the parts of one planning share and add to. */
export interface Planning {
  readonly input: Input;
  readonly state: IdentityCenterState;
  readonly instance: Instance;
  readonly sets: readonly WantedSet[];
  readonly assignments: readonly WantedAssignment[];
  /** The account that works with a permission set. */
  readonly workerOf: (set: string) => { readonly id: IdOrRef; readonly needs: readonly string[] };
  readonly changes: ServiceChange[];
  readonly compared: string[];
  readonly foreign: ForeignThing[];
  readonly issues: BlockIssue[];
  readonly ids: Record<string, string>;
}

/** An assignment that the file wants, in one account. */
export interface WantedAssignment {
  /** The permission set's name at AWS. */
  readonly set: string;
  /** The name at AWS of its other half, for production or not. */
  readonly otherHalf?: string;
  /** `GROUP NAME` or `USER NAME`. */
  readonly principal: string;
  readonly account: PlannedAccount;
  readonly remove: boolean;
  /** Index in the block. */
  readonly index: number;
}

/** The assignments of a block, account by account; the first that says a thing holds. */
export function wantedAssignments(
  { block, facts }: Input,
  sets: readonly WantedSet[],
): readonly WantedAssignment[] {
  const found = new Map<string, WantedAssignment>();
  const remaining = block.remove === true ? [] : (block.assignments ?? []);
  for (const [index, assignment] of remaining.entries()) {
    const accounts = accountsOf(assignment, facts);
    for (const base of assignment.permissionSets) {
      const [usual, production] = sets.filter((set) => set.base === base && !set.remove);
      if (usual === undefined) continue;
      for (const principal of principalsOf(assignment)) {
        for (const account of accounts) {
          const isProd = production !== undefined && isProduction(block, account);
          const set = isProd ? production : usual;
          const otherHalf = (isProd ? usual : production)?.name;
          const key = `${set.name} ${account.name} ${principal}`;
          const { remove = false } = assignment;
          if (found.has(key) && remove) continue;
          found.set(key, {
            set: set.name,
            ...(otherHalf === undefined ? {} : { otherHalf }),
            principal,
            account,
            remove,
            index,
          });
        }
      }
    }
  }
  return [...found.values()];
}

/** Begins a planning over an instance that was read. */
export function beginPlanning(
  input: Input,
  state: IdentityCenterState,
  instance: Instance,
): Planning {
  const { block, facts } = input;
  const sets = wantedSets(block);
  const assignments = wantedAssignments(input, sets);
  const management = facts.managementAccountId;
  const administrator = facts.accounts.find(({ name }) => name === block.delegatedAdministrator);
  // AWS: what is in the management account is for the management account alone.
  const ofManagement = new Set(
    assignments.filter(({ account }) => account.isManagement).map(({ set }) => set),
  );
  for (const arn of state.inManagementAccount ?? []) {
    const name = state.permissionSets?.find((set) => set.arn === arn)?.name;
    if (name !== undefined) ofManagement.add(name);
  }
  const { principal } = identityCenterFacts;
  const workerOf: Planning["workerOf"] = (set) =>
    administrator === undefined ||
    block.remove === true ||
    state.inManagementAccount === undefined ||
    ofManagement.has(set)
      ? { id: management, needs: [`trustedAccess:${principal}`] }
      : {
          id: administrator.id,
          needs: [
            `trustedAccess:${principal}`,
            `account:${administrator.name}`,
            `delegatedAdministrator:${principal}/${administrator.name}`,
          ],
        };
  return {
    input,
    state,
    instance,
    sets,
    assignments,
    workerOf,
    changes: [],
    compared: [],
    foreign: [],
    issues: [],
    ids: {},
  };
}

/** Address of a permission set, or of a part of it. */
export function setAddress(name: string, part?: string): string {
  return `sso/permissionSet:${name}${part === undefined ? "" : `/${part}`}`;
}

/** A permission set's ARN, or what stands in its place until it is made. */
export function setArn(name: string, found: PermissionSetState | undefined): string | JsonObject {
  return found?.arn ?? { $ref: setAddress(name) };
}
