import type {
  CreateFilterCommandInput,
  CreateFilterCommandOutput,
  DeleteFilterCommandInput,
  DeleteFilterCommandOutput,
  FilterAction,
  FindingCriteria,
  GetFilterCommandInput,
  GetFilterCommandOutput,
  ListFiltersCommandInput,
  ListFiltersCommandOutput,
  UpdateFilterCommandInput,
  UpdateFilterCommandOutput,
} from "@aws-sdk/client-guardduty";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { ownDetector } from "./detectors.ts";
import { badRequest, invalidValue, messages } from "./errors.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import type { FilterRecord } from "./state.ts";

const createFilter: Served<CreateFilterCommandInput, CreateFilterCommandOutput> = (
  context,
  input,
) => {
  const { state } = ownDetector(context, input.DetectorId);
  if (state.administrator !== undefined) throw badRequest(messages.isMember);
  const name = input.Name ?? "";
  if (!/^[\w.-]{3,64}$/.test(name)) throw invalidValue();
  state.filters ??= new Map();
  if (state.filters.has(name)) {
    throw badRequest(
      "The request is rejected because a filter with the given name already exists.",
    );
  }
  const { Action = "NOOP", Description, FindingCriteria, Rank = state.filters.size + 1 } = input;
  const now = context.world.clock.now();
  state.filters.set(name, {
    name,
    settings: {
      Action,
      FindingCriteria,
      Rank,
      ...(Description === undefined ? {} : { Description }),
    },
    createdAt: now,
    updatedAt: now,
    version: 1,
    tags: { ...input.Tags },
  });
  return { Name: name };
};

const getFilter: Served<GetFilterCommandInput, GetFilterCommandOutput> = (context, input) => {
  const { name, settings, createdAt, updatedAt, version, tags } = found(context, input);
  return {
    Name: name,
    Action: settings.Action as FilterAction,
    FindingCriteria: settings.FindingCriteria as FindingCriteria,
    Rank: settings.Rank as number,
    Description: settings.Description as string | undefined,
    CreatedAt: new Date(createdAt),
    UpdatedAt: new Date(updatedAt),
    Version: version,
    Tags: { ...tags },
  };
};

const listFilters: Served<ListFiltersCommandInput, ListFiltersCommandOutput> = (context, input) => {
  const { state } = ownDetector(context, input.DetectorId);
  const { items, ...rest } = page("filters", [...(state.filters?.keys() ?? [])], input);
  return { FilterNames: items, ...rest };
};

const updateFilter: Served<UpdateFilterCommandInput, UpdateFilterCommandOutput> = (
  context,
  input,
) => {
  const filter = found(context, input);
  const { DetectorId: _detector, FilterName: _name, ...changes } = input;
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  filter.settings = { ...filter.settings, ...Object.fromEntries(given) };
  filter.updatedAt = context.world.clock.now();
  filter.version += 1;
  return { Name: filter.name };
};

const deleteFilter: Served<DeleteFilterCommandInput, DeleteFilterCommandOutput> = (
  context,
  input,
) => {
  const { name } = found(context, input);
  ownDetector(context, input.DetectorId).state.filters?.delete(name);
  return {};
};

function found(
  context: HandlerContext,
  input: { readonly DetectorId?: string | undefined; readonly FilterName?: string | undefined },
): FilterRecord {
  const { state } = ownDetector(context, input.DetectorId);
  const filter = state.filters?.get(input.FilterName ?? "");
  if (filter === undefined) throw badRequest(messages.noSuchResource);
  return filter;
}

/** Operations on filters of findings, suppression rules among them. */
export const filterHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateFilter: createFilter,
  GetFilter: getFilter,
  ListFilters: listFilters,
  UpdateFilter: updateFilter,
  DeleteFilter: deleteFilter,
};
