import type {
  DeregisterPatchBaselineForPatchGroupCommandInput,
  DeregisterPatchBaselineForPatchGroupCommandOutput,
  DescribePatchGroupsCommandInput,
  DescribePatchGroupsCommandOutput,
  GetDefaultPatchBaselineCommandInput,
  GetDefaultPatchBaselineCommandOutput,
  GetPatchBaselineForPatchGroupCommandInput,
  GetPatchBaselineForPatchGroupCommandOutput,
  RegisterDefaultPatchBaselineCommandInput,
  RegisterDefaultPatchBaselineCommandOutput,
  RegisterPatchBaselineForPatchGroupCommandInput,
  RegisterPatchBaselineForPatchGroupCommandOutput,
} from "@aws-sdk/client-ssm";
import { systemsManagerFacts } from "../../../data/systems-manager.ts";
import { ServiceError } from "../../../sandbox/service.ts";
import { pageOf } from "../../kit/sandbox-page.ts";
import { baselineId, defaultOf, findBaseline, nextPage } from "./baseline-ids.ts";
import { identityOf } from "./baselines.ts";
import { baselineNotFound } from "./errors.ts";
import { type Served, stateOf } from "./state.ts";

/** GetDefaultPatchBaseline. */
export const getDefaultPatchBaseline: Served<
  GetDefaultPatchBaselineCommandInput,
  GetDefaultPatchBaselineCommandOutput
> = (context, { OperatingSystem = "WINDOWS" }) => {
  const id = defaultOf(context, OperatingSystem);
  return { ...(id === undefined ? {} : { BaselineId: id }), OperatingSystem };
};

/** RegisterDefaultPatchBaseline. */
export const registerDefaultPatchBaseline: Served<
  RegisterDefaultPatchBaselineCommandInput,
  RegisterDefaultPatchBaselineCommandOutput
> = (context, input) => {
  const found = findBaseline(context, input.BaselineId);
  if (found === undefined) throw baselineNotFound(input.BaselineId ?? "");
  const state = stateOf(context);
  state.defaults ??= new Map();
  // AWS's own is what there is without a choice.
  if (found.shownId.startsWith("arn:")) state.defaults.delete(found.operatingSystem);
  else state.defaults.set(found.operatingSystem, found.shownId);
  return { BaselineId: found.shownId };
};

/** RegisterPatchBaselineForPatchGroup: one baseline for a group and operating system. */
export const registerPatchGroup: Served<
  RegisterPatchBaselineForPatchGroupCommandInput,
  RegisterPatchBaselineForPatchGroupCommandOutput
> = (context, input) => {
  const found = findBaseline(context, input.BaselineId);
  if (found === undefined) throw baselineNotFound(input.BaselineId ?? "");
  const { shownId: id, operatingSystem } = found;
  const PatchGroup = input.PatchGroup ?? "";
  const state = stateOf(context);
  state.patchGroups ??= new Map();
  const key = `${operatingSystem} ${PatchGroup}`;
  const known = state.patchGroups.get(key);
  if (known !== undefined) {
    throw new ServiceError(
      "AlreadyExistsException",
      `Patch Group baseline already has a baseline registered for OperatingSystem ${operatingSystem}.`,
    );
  }
  state.patchGroups.set(key, baselineId(id));
  return { BaselineId: id, PatchGroup };
};

/** DeregisterPatchBaselineForPatchGroup. */
export const deregisterPatchGroup: Served<
  DeregisterPatchBaselineForPatchGroupCommandInput,
  DeregisterPatchBaselineForPatchGroupCommandOutput
> = (context, input) => {
  const id = baselineId(input.BaselineId);
  const PatchGroup = input.PatchGroup ?? "";
  const { patchGroups } = stateOf(context);
  for (const [key, baseline] of patchGroups ?? []) {
    if (baseline === id && key.endsWith(` ${PatchGroup}`)) patchGroups?.delete(key);
  }
  return { BaselineId: id, PatchGroup };
};

/** GetPatchBaselineForPatchGroup: the group's, or the default. */
export const getPatchGroup: Served<
  GetPatchBaselineForPatchGroupCommandInput,
  GetPatchBaselineForPatchGroupCommandOutput
> = (context, { PatchGroup = "", OperatingSystem = "WINDOWS" }) => {
  const id =
    stateOf(context).patchGroups?.get(`${OperatingSystem} ${PatchGroup}`) ??
    defaultOf(context, OperatingSystem);
  return { ...(id === undefined ? {} : { BaselineId: id }), PatchGroup, OperatingSystem };
};

/** DescribePatchGroups. */
export const describePatchGroups: Served<
  DescribePatchGroupsCommandInput,
  DescribePatchGroupsCommandOutput
> = (context, input) => {
  const { items, nextToken } = pageOf(
    [...(stateOf(context).patchGroups ?? [])],
    { maxResults: input.MaxResults, token: input.NextToken },
    nextPage("patch groups", systemsManagerFacts.pageSizes.patchBaselines),
  );
  return {
    Mappings: items.map(([key, id]) => ({
      PatchGroup: key.slice(key.indexOf(" ") + 1),
      BaselineIdentity: identityOf(context, id),
    })),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
};
