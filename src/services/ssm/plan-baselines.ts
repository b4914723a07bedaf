import type { RegionName } from "../../core/identifiers.ts";
import { canonicalJson, type Json } from "../../core/json.ts";
import type { PlannedAccount, ServiceChange } from "../../core/service-plan.ts";
import { sameMembers } from "../kit/batches.ts";
import { isRegionEnabled } from "../kit/scope.ts";
import { baselineContent } from "./facets.ts";
import { addressOf, idOf, isBelow, type Planning, placeOf } from "./planning.ts";
import type { PatchBaselineBlock } from "./schema.ts";
import type { PatchBaselineState, PatchState } from "./state.ts";

/** A patch baseline in one account and Region. */
interface Cell {
  readonly planning: Planning;
  readonly name: string;
  readonly block: PatchBaselineBlock;
  readonly account: PlannedAccount;
  readonly region: RegionName;
  readonly state: PatchState;
  readonly found: PatchBaselineState | undefined;
  readonly address: string;
}

/** Plans the patch baselines of the file, account by account and Region by Region. */
export function planBaselines(planning: Planning): void {
  const blocks = Object.entries(planning.input.block.patchBaselines ?? {});
  for (const account of planning.accounts) {
    for (const region of planning.regions) {
      if (!isRegionEnabled(account, region)) continue;
      const here = blocks.filter(([, block]) => isFor(block, account, region));
      if (here.length === 0) continue;
      const state: PatchState | undefined = account.exists
        ? planning.state.patching[idOf(account) ?? ""]?.[region]
        : { baselines: [], groups: [] };
      if (state?.baselines === undefined) continue; // A gap says why it was not read.
      for (const [name, block] of here) {
        const found = state.baselines.find(
          (one) => one.name === name && one.operatingSystem === block.operatingSystem,
        );
        const address = addressOf("patchBaseline", account, region, name);
        const cell = { planning, name, block, account, region, state, found, address };
        planning.compared.push(address);
        if (found !== undefined) planning.ids[address] = found.id;
        if (planning.input.block.remove === true || block.remove === true) planRemoval(cell);
        else planBaseline(cell);
      }
      for (const one of state.baselines) {
        if (
          here.some(
            ([name, { operatingSystem: os }]) => name === one.name && os === one.operatingSystem,
          )
        )
          continue;
        const address = addressOf("patchBaseline", account, region, one.name);
        planning.foreign.push({ address, id: one.id, note: one.operatingSystem });
      }
    }
  }
}

function isFor(block: PatchBaselineBlock, account: PlannedAccount, region: RegionName): boolean {
  const { accounts = [], organizationalUnits = [], regions } = block;
  return (
    (accounts.includes(account.name) || isBelow(account, organizationalUnits)) &&
    (regions === undefined || regions.includes(region))
  );
}

type Draft = Pick<
  ServiceChange,
  "operation" | "action" | "input" | "before" | "after" | "reason"
> & {
  readonly part?: string;
  readonly needsMore?: readonly string[];
  readonly risk?: "protection";
};

function add({ planning, name, account, region, address }: Cell, draft: Draft): string {
  const { part, needsMore = [], ...rest } = draft;
  const { needs = [], ...place } = placeOf(account, region);
  const at = part === undefined ? address : `${address}/${part}`;
  planning.changes.push({
    ...place,
    ...rest,
    address: at,
    needs: [...needs, ...needsMore],
    path: ["patchBaselines", name],
    ...(planning.input.block.remove === true ? { phase: "undo" as const } : {}),
  });
  return at;
}

function planBaseline(cell: Cell): void {
  const { name, block, found, address, state } = cell;
  const content = baselineContent(block);
  const BaselineId = found?.id ?? { $ref: address };
  if (found === undefined) {
    const tags = Object.entries(block.tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
    add(cell, {
      operation: "CreatePatchBaseline",
      action: "create",
      input: {
        Name: name,
        OperatingSystem: block.operatingSystem,
        ...content,
        ...(tags.length === 0 ? {} : { Tags: tags }),
      },
      before: null,
      after: { name, operatingSystem: block.operatingSystem },
      reason: "the file names this patch baseline",
    });
  } else if (found.content !== undefined) {
    const now = sameMembers(content, found.content);
    if (canonicalJson(now) !== canonicalJson(content)) {
      add(cell, {
        part: "rules",
        operation: "UpdatePatchBaseline",
        action: "update",
        input: { BaselineId: found.id, ...content },
        before: now,
        after: content,
        reason: "the file says otherwise",
      });
    }
  }
  if (block.default === true && found?.isDefault !== true) {
    add(cell, {
      part: "default",
      operation: "RegisterDefaultPatchBaseline",
      action: "register",
      input: { BaselineId },
      before: null,
      after: { isDefault: true },
      reason: "the file makes it the default of its operating system",
      needsMore: [address],
    });
  }
  for (const group of block.patchGroups ?? []) {
    if (state.groups === undefined) break;
    const now = state.groups.find(
      (one) => one.group === group && one.operatingSystem === block.operatingSystem,
    );
    if (now !== undefined && now.baselineId === found?.id) continue;
    const needsMore = [address];
    if (now !== undefined) {
      const reason = `the group gets \`${name}\` in its place`;
      needsMore.push(deregister(cell, group, now.baselineId, reason, "formerPatchGroup"));
    }
    add(cell, {
      part: `patchGroup:${group}`,
      operation: "RegisterPatchBaselineForPatchGroup",
      action: "register",
      input: { BaselineId, PatchGroup: group },
      before: null,
      after: { registered: true },
      reason: "the file gives the group this patch baseline",
      needsMore,
    });
  }
}

function deregister(
  cell: Cell,
  group: string,
  BaselineId: Json,
  reason: string,
  part = "patchGroup",
): string {
  return add(cell, {
    part: `${part}:${group}`,
    operation: "DeregisterPatchBaselineForPatchGroup",
    action: "deregister",
    input: { BaselineId, PatchGroup: group },
    before: { registered: true },
    after: null,
    reason,
  });
}

function planRemoval(cell: Cell): void {
  const { name, block, found, state } = cell;
  if (found === undefined || state.groups === undefined) return;
  const reason = "the file says `remove: true`";
  const first = state.groups
    .filter(({ baselineId }) => baselineId === found.id)
    .map(({ group }) => deregister(cell, group, found.id, reason));
  if (found.isDefault) {
    const own = state.awsBaselines?.[block.operatingSystem];
    if (own === undefined) return; // A gap says why AWS's own is not known.
    first.push(
      add(cell, {
        part: "default",
        operation: "RegisterDefaultPatchBaseline",
        action: "deregister",
        input: { BaselineId: own },
        before: null,
        after: { isDefault: true },
        reason: "AWS's own becomes the default again",
      }),
    );
  }
  add(cell, {
    operation: "DeletePatchBaseline",
    action: "delete",
    input: { BaselineId: found.id },
    before: { name, operatingSystem: block.operatingSystem },
    after: null,
    reason,
    risk: "protection",
    needsMore: first,
  });
}
