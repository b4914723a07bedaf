import type {
  CreatePatchBaselineCommandInput,
  CreatePatchBaselineCommandOutput,
  DeletePatchBaselineCommandInput,
  DeletePatchBaselineCommandOutput,
  DescribePatchBaselinesCommandInput,
  DescribePatchBaselinesCommandOutput,
  GetPatchBaselineCommandInput,
  GetPatchBaselineCommandOutput,
  OperatingSystem,
  PatchBaselineIdentity,
  UpdatePatchBaselineCommandInput,
  UpdatePatchBaselineCommandOutput,
} from "@aws-sdk/client-ssm";
import { systemsManagerFacts } from "../../../data/systems-manager.ts";
import { type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { pageOf } from "../../kit/sandbox-page.ts";
import { awsBaselines, baselineId, defaultOf, findBaseline, nextPage } from "./baseline-ids.ts";
import { baselineNotFound, invalid } from "./errors.ts";
import { type BaselineContent, type BaselineRecord, type Served, stateOf } from "./state.ts";

const { patchBaselines: quota, pageSizes } = systemsManagerFacts;

/** CreatePatchBaseline. Names may come twice; a client token does not. */
export const createPatchBaseline: Served<
  CreatePatchBaselineCommandInput,
  CreatePatchBaselineCommandOutput
> = (context, input) => {
  const { world } = context;
  const state = stateOf(context);
  const { ClientToken: token, Tags = [], ...given } = input;
  const known = token === undefined ? undefined : state.tokens?.get(token);
  if (known !== undefined) return { BaselineId: known };
  checkRules(given);
  state.baselines ??= new Map();
  if (state.baselines.size >= quota) {
    throw new ServiceError("ResourceLimitExceededException", "Patch baseline limit exceeded");
  }
  const id = `pb-${world.newId(17, "0123456789abcdef")}`;
  const now = world.clock.now();
  state.baselines.set(id, {
    id,
    content: { OperatingSystem: "WINDOWS", ...given },
    createdAt: now,
    modifiedAt: now,
    tags: new Map(Tags.map(({ Key = "", Value = "" }) => [Key, Value])),
  });
  if (token !== undefined) {
    state.tokens ??= new Map();
    state.tokens.set(token, id);
  }
  return { BaselineId: id };
};

/** UpdatePatchBaseline; with `Replace`, what is not given is taken away. */
export const updatePatchBaseline: Served<
  UpdatePatchBaselineCommandInput,
  UpdatePatchBaselineCommandOutput
> = (context, input) => {
  const record = ownBaseline(context, input.BaselineId);
  const { BaselineId: _, Replace: replaces = false, ...given } = input;
  const { Name, OperatingSystem } = record.content;
  const content: BaselineContent = replaces
    ? { Name, OperatingSystem, ...given, ...(given.Name === undefined ? { Name } : {}) }
    : { ...record.content, ...given, Name: given.Name ?? Name };
  checkRules(content);
  record.content = content;
  record.modifiedAt = context.world.clock.now();
  return baselineOutput(record);
};

/** GetPatchBaseline. */
export const getPatchBaseline: Served<
  GetPatchBaselineCommandInput,
  GetPatchBaselineCommandOutput
> = (context, input) => {
  const id = baselineId(input.BaselineId);
  const own = stateOf(context).baselines?.get(id);
  if (own !== undefined) {
    const groups = [...(stateOf(context).patchGroups ?? [])]
      .filter(([, baseline]) => baseline === id)
      .map(([key]) => key.slice(key.indexOf(" ") + 1));
    return { ...baselineOutput(own), PatchGroups: groups };
  }
  const aws = awsBaselines(context).find((one) => one.id === id);
  if (aws === undefined) throw baselineNotFound(input.BaselineId ?? "");
  return {
    BaselineId: aws.arn,
    Name: aws.name,
    OperatingSystem: aws.operatingSystem as OperatingSystem,
    PatchGroups: [],
  };
};

/** DeletePatchBaseline: not while it is a default or has patch groups. */
export const deletePatchBaseline: Served<
  DeletePatchBaselineCommandInput,
  DeletePatchBaselineCommandOutput
> = (context, input) => {
  const state = stateOf(context);
  const id = baselineId(input.BaselineId);
  const record = state.baselines?.get(id);
  if (record === undefined) return { BaselineId: id };
  const groups = [...(state.patchGroups?.values() ?? [])];
  if (groups.includes(id) || [...(state.defaults?.values() ?? [])].includes(id)) {
    throw new ServiceError(
      "ResourceInUseException",
      `Patch Baseline ${id} is in use: it is a default or is registered with a patch group`,
    );
  }
  state.baselines?.delete(id);
  return { BaselineId: id };
};

/** DescribePatchBaselines: the account's own and AWS's, by owner, name or operating system. */
export const describePatchBaselines: Served<
  DescribePatchBaselinesCommandInput,
  DescribePatchBaselinesCommandOutput
> = (context, input) => {
  const filters = (input.Filters ?? []).map(({ Key = "", Values = [] }) => {
    if (!["NAME_PREFIX", "OWNER", "OPERATING_SYSTEM"].includes(Key)) {
      throw invalid(`The filter key ${Key} is not valid`);
    }
    return { key: Key, values: Values };
  });
  const all = identities(context).filter(({ owner, identity }) =>
    filters.every(({ key, values }) =>
      values.some((value) =>
        key === "OWNER"
          ? value === "All" || value === owner
          : key === "NAME_PREFIX"
            ? identity.BaselineName?.startsWith(value)
            : identity.OperatingSystem === value,
      ),
    ),
  );
  const { items, nextToken } = pageOf(
    all,
    { maxResults: input.MaxResults, token: input.NextToken },
    nextPage(`baselines ${JSON.stringify(filters)}`, pageSizes.patchBaselines),
  );
  return {
    BaselineIdentities: items.map(({ identity }) => identity),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
};

/** What lists show of each patch baseline. */
function identities(
  context: HandlerContext,
): readonly { readonly owner: "Self" | "AWS"; readonly identity: PatchBaselineIdentity }[] {
  const own = [...(stateOf(context).baselines?.values() ?? [])].map((record) => ({
    owner: "Self" as const,
    identity: identityOf(context, record.id),
  }));
  const aws = awsBaselines(context).map(({ id }) => ({
    owner: "AWS" as const,
    identity: identityOf(context, id),
  }));
  return [...own, ...aws];
}

/** What lists show of a patch baseline. */
export function identityOf(context: HandlerContext, id: string): PatchBaselineIdentity {
  const found = findBaseline(context, id);
  if (found === undefined) throw baselineNotFound(id);
  const { shownId, name, operatingSystem, description } = found;
  return {
    BaselineId: shownId,
    BaselineName: name,
    OperatingSystem: operatingSystem as OperatingSystem,
    ...(description === undefined ? {} : { BaselineDescription: description }),
    DefaultBaseline: defaultOf(context, operatingSystem) === shownId,
  };
}

/** A patch baseline of the account's own. */
export function ownBaseline(context: HandlerContext, id: string | undefined): BaselineRecord {
  const record = stateOf(context).baselines?.get(baselineId(id));
  if (record === undefined) throw baselineNotFound(id ?? "");
  return record;
}

function baselineOutput({
  id,
  content,
  createdAt,
  modifiedAt,
}: BaselineRecord): Omit<GetPatchBaselineCommandOutput, "$metadata"> {
  return {
    GlobalFilters: { PatchFilters: [] },
    ApprovalRules: { PatchRules: [] },
    ApprovedPatches: [],
    ApprovedPatchesComplianceLevel: "UNSPECIFIED",
    ApprovedPatchesEnableNonSecurity: false,
    RejectedPatches: [],
    RejectedPatchesAction: "ALLOW_AS_DEPENDENCY",
    Sources: [],
    ...content,
    BaselineId: id,
    CreatedDate: new Date(createdAt),
    ModifiedDate: new Date(modifiedAt),
  };
}

function checkRules({ ApprovalRules, Name = "" }: BaselineContent): void {
  if (!/^[a-zA-Z0-9_\-.]{3,128}$/.test(Name)) throw invalid(`Value '${Name}' at 'name' is invalid`);
  for (const { ApproveAfterDays, ApproveUntilDate } of ApprovalRules?.PatchRules ?? []) {
    if ((ApproveAfterDays === undefined) === (ApproveUntilDate === undefined)) {
      throw invalid("Exactly one of ApproveAfterDays and ApproveUntilDate is required in a rule");
    }
  }
}
