import type {
  AdvancedEventSelector,
  CreateEventDataStoreCommandInput,
  CreateEventDataStoreCommandOutput,
  DeleteEventDataStoreCommandInput,
  DeleteEventDataStoreCommandOutput,
  GetEventDataStoreCommandInput,
  GetEventDataStoreCommandOutput,
  ListEventDataStoresCommandInput,
  ListEventDataStoresCommandOutput,
  UpdateEventDataStoreCommandInput,
  UpdateEventDataStoreCommandOutput,
} from "@aws-sdk/client-cloudtrail";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import type { Slot } from "../../../sandbox/world.ts";
import { isTrailAdministrator, notManagement } from "./find-trail.ts";
import type { Served } from "./served.ts";
import { setTags } from "./set-tags.ts";

/** An event data store of CloudTrail Lake. */
export interface EventDataStoreRecord {
  readonly arn: string;
  name: string;
  readonly createdAt: number;
  updatedAt: number;
  multiRegion: boolean;
  organization: boolean;
  retentionDays: number;
  terminationProtection: boolean;
  status: "ENABLED" | "PENDING_DELETION";
  selectors: readonly AdvancedEventSelector[];
  readonly tags: Map<string, string>;
}

const slot: Slot<{ readonly stores: Map<string, EventDataStoreRecord> }> = {
  name: "cloudtrail-lake",
  scope: "region",
  init: () => ({ stores: new Map() }),
};

/** Days for which events are kept when the input does not say. */
const defaultRetentionDays = 366;

const createEventDataStore: Served<
  CreateEventDataStoreCommandInput,
  CreateEventDataStoreCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const { stores } = world.state(slot, caller.account, region);
  const name = input.Name ?? "";
  if (input.OrganizationEnabled === true && !isTrailAdministrator(context)) throw notManagement();
  if ([...stores.values()].some((store) => store.name === name)) {
    throw new ServiceError(
      "EventDataStoreAlreadyExistsException",
      `An event data store with the name ${name} already exists.`,
    );
  }
  const id = world
    .newId(32, "0123456789abcdef")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const now = world.clock.now();
  const store: EventDataStoreRecord = {
    arn: `arn:aws:cloudtrail:${region}:${caller.account}:eventdatastore/${id}`,
    name,
    createdAt: now,
    updatedAt: now,
    multiRegion: input.MultiRegionEnabled !== false,
    organization: input.OrganizationEnabled === true,
    retentionDays: input.RetentionPeriod ?? defaultRetentionDays,
    terminationProtection: input.TerminationProtectionEnabled !== false,
    status: "ENABLED",
    selectors: input.AdvancedEventSelectors ?? [
      {
        Name: "Default management events",
        FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }],
      },
    ],
    tags: new Map(),
  };
  setTags(store, input.TagsList);
  stores.set(store.arn, store);
  return { ...describe(store), TagsList: [...(input.TagsList ?? [])] };
};

const getEventDataStore: Served<GetEventDataStoreCommandInput, GetEventDataStoreCommandOutput> = (
  context,
  input,
) => describe(eventDataStore(context, input.EventDataStore));

const listEventDataStores: Served<
  ListEventDataStoresCommandInput,
  ListEventDataStoresCommandOutput
> = ({ world, caller, region }) => ({
  EventDataStores: [...world.state(slot, caller.account, region).stores.values()].map(
    ({ arn, name }) => ({ EventDataStoreArn: arn, Name: name }),
  ),
});

const updateEventDataStore: Served<
  UpdateEventDataStoreCommandInput,
  UpdateEventDataStoreCommandOutput
> = (context, input) => {
  const store = eventDataStore(context, input.EventDataStore);
  if (input.OrganizationEnabled === true && !isTrailAdministrator(context)) throw notManagement();
  store.name = input.Name ?? store.name;
  store.multiRegion = input.MultiRegionEnabled ?? store.multiRegion;
  store.organization = input.OrganizationEnabled ?? store.organization;
  store.retentionDays = input.RetentionPeriod ?? store.retentionDays;
  store.terminationProtection = input.TerminationProtectionEnabled ?? store.terminationProtection;
  store.selectors = input.AdvancedEventSelectors ?? store.selectors;
  store.updatedAt = context.world.clock.now();
  return describe(store);
};

const deleteEventDataStore: Served<
  DeleteEventDataStoreCommandInput,
  DeleteEventDataStoreCommandOutput
> = (context, input) => {
  const store = eventDataStore(context, input.EventDataStore);
  if (store.terminationProtection) {
    throw new ServiceError(
      "EventDataStoreTerminationProtectedException",
      "The event data store cannot be deleted because termination protection is enabled for it.",
    );
  }
  if (store.status !== "ENABLED") {
    throw new ServiceError("InactiveEventDataStoreException", "The event data store is inactive.");
  }
  store.status = "PENDING_DELETION";
  return {};
};

/** The event data store of an ARN or of the id at its end. Throws `EventDataStoreNotFoundException`. */
export function eventDataStore(
  { world, caller, region }: HandlerContext,
  id: string | undefined,
): EventDataStoreRecord {
  const { stores } = world.state(slot, caller.account, region);
  const given = id ?? "";
  const arn = given.startsWith("arn:")
    ? given
    : `arn:aws:cloudtrail:${region}:${caller.account}:eventdatastore/${given}`;
  const store = stores.get(arn);
  if (store !== undefined) return store;
  throw new ServiceError(
    "EventDataStoreNotFoundException",
    `The event data store ${given} was not found.`,
  );
}

function describe(
  store: EventDataStoreRecord,
): Omit<GetEventDataStoreCommandOutput, "$metadata" | "FederationStatus" | "PartitionKeys"> {
  return {
    EventDataStoreArn: store.arn,
    Name: store.name,
    Status: store.status,
    AdvancedEventSelectors: [...store.selectors],
    MultiRegionEnabled: store.multiRegion,
    OrganizationEnabled: store.organization,
    RetentionPeriod: store.retentionDays,
    TerminationProtectionEnabled: store.terminationProtection,
    CreatedTimestamp: new Date(store.createdAt),
    UpdatedTimestamp: new Date(store.updatedAt),
  };
}

/** Operations on event data stores; none is queried. */
export const eventDataStoreHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateEventDataStore: createEventDataStore,
  GetEventDataStore: getEventDataStore,
  ListEventDataStores: listEventDataStores,
  UpdateEventDataStore: updateEventDataStore,
  DeleteEventDataStore: deleteEventDataStore,
};
