import { digest } from "../../../core/digest.ts";
import { guardDutyFacts } from "../../../data/guardduty-facts.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { bucketsSlot } from "../../s3/sandbox/state.ts";
import { ownDetector } from "./detectors.ts";
import { badRequest, invalidValue, messages } from "./errors.ts";
import { page } from "./page.ts";
import type { ListKind, ListRecord, RegionState } from "./state.ts";

/** How the operations of one kind of list call things. */
interface Words {
  readonly kind: ListKind;
  /** `IPSet` in `CreateIPSet`. */
  readonly noun: string;
  /** `IpSetId`. */
  readonly id: string;
  /** Whether the answers tell when the list was made. */
  readonly dated: boolean;
  /** How many of them an account may have in a Region. */
  readonly most: number;
}

/** How long GuardDuty takes to activate a list, or to end its use. */
const settlingMs = 5 * 60_000;

const kinds: readonly Words[] = [
  { kind: "ipset", noun: "IPSet", id: "IpSetId", dated: false, most: 1 },
  { kind: "threatintelset", noun: "ThreatIntelSet", id: "ThreatIntelSetId", dated: false, most: 6 },
  {
    kind: "trustedentityset",
    noun: "TrustedEntitySet",
    id: "TrustedEntitySetId",
    dated: true,
    most: 1,
  },
  {
    kind: "threatentityset",
    noun: "ThreatEntitySet",
    id: "ThreatEntitySetId",
    dated: true,
    most: 6,
  },
];

/** A request about a list: members differ in name by kind. */
type Input = Readonly<Record<string, unknown>> & {
  readonly DetectorId?: string;
  readonly Name?: string;
  readonly Format?: string;
  readonly Location?: string;
  readonly Activate?: boolean;
  readonly ExpectedBucketOwner?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly Tags?: Readonly<Record<string, string>>;
};

function handlersOf(words: Words): Readonly<Record<string, AnyHandler>> {
  const { kind, noun, id: idName } = words;
  const found = (context: HandlerContext, input: Input): ListRecord => {
    const { state } = ownDetector(context, input.DetectorId);
    const record = state.lists?.get(kind)?.get(String(input[idName]));
    if (record === undefined) throw badRequest(messages.noSuchResource);
    return record;
  };
  return {
    [`Create${noun}`]: (context: HandlerContext, input: Input) => {
      const { state } = ownDetector(context, input.DetectorId);
      checkOwnMaster(state);
      const { world, caller, region } = context;
      const now = world.clock.now();
      const lists = listsOf(state, kind);
      const active = [...lists.values()].filter((list) => list.active).length;
      if (lists.size >= words.most || (input.Activate === true && active >= words.most)) {
        throw invalidValue();
      }
      if (!guardDutyFacts.listFormats.includes(input.Format ?? "")) throw invalidValue();
      const record: ListRecord = {
        id: digest([kind, caller.account, region, now, lists.size]).slice(0, 32),
        name: validName(input.Name),
        format: input.Format ?? "",
        location: validLocation(context, input.Location),
        active: input.Activate === true,
        ...(input.ExpectedBucketOwner === undefined
          ? {}
          : { bucketOwner: input.ExpectedBucketOwner }),
        settledAt: now + settlingMs,
        createdAt: now,
        updatedAt: now,
        tags: { ...input.Tags },
      };
      lists.set(record.id, record);
      return { [idName]: record.id };
    },
    [`Get${noun}`]: (context: HandlerContext, input: Input) => {
      const record = found(context, input);
      return {
        Name: record.name,
        Format: record.format,
        Location: record.location,
        Status: statusOf(record, context.world.clock.now()),
        Tags: { ...record.tags },
        ...(record.bucketOwner === undefined ? {} : { ExpectedBucketOwner: record.bucketOwner }),
        ...(words.dated
          ? { CreatedAt: new Date(record.createdAt), UpdatedAt: new Date(record.updatedAt) }
          : {}),
      };
    },
    [`List${noun}s`]: (context: HandlerContext, input: Input) => {
      const { state } = ownDetector(context, input.DetectorId);
      const ids = [...(state.lists?.get(kind)?.keys() ?? [])];
      const { items, ...rest } = page(kind, ids, input);
      return { [`${idName}s`]: items, ...rest };
    },
    [`Update${noun}`]: (context: HandlerContext, input: Input) => {
      const record = found(context, input);
      checkOwnMaster(ownDetector(context, input.DetectorId).state);
      const now = context.world.clock.now();
      if (input.Name !== undefined) record.name = validName(input.Name);
      if (input.Location !== undefined) record.location = validLocation(context, input.Location);
      if (input.ExpectedBucketOwner !== undefined) record.bucketOwner = input.ExpectedBucketOwner;
      if (input.Activate !== undefined) record.active = input.Activate;
      record.settledAt = now + settlingMs;
      record.updatedAt = now;
      return {};
    },
    [`Delete${noun}`]: (context: HandlerContext, input: Input) => {
      const record = found(context, input);
      ownDetector(context, input.DetectorId).state.lists?.get(kind)?.delete(record.id);
      return {};
    },
  };
}

function listsOf(state: RegionState, kind: ListKind): Map<string, ListRecord> {
  state.lists ??= new Map();
  let lists = state.lists.get(kind);
  if (lists === undefined) {
    lists = new Map();
    state.lists.set(kind, lists);
  }
  return lists;
}

function statusOf({ active, settledAt }: ListRecord, now: number): string {
  if (settledAt > now) return active ? "ACTIVATING" : "DEACTIVATING";
  return active ? "ACTIVE" : "INACTIVE";
}

/** AWS: members cannot have lists of their own; their administrator's hold for them. */
function checkOwnMaster(state: RegionState): void {
  if (state.administrator !== undefined) throw badRequest(messages.isMember);
}

function validName(name: string | undefined): string {
  if (name === undefined || !/^[\w\s-]{1,300}$/.test(name)) throw invalidValue();
  return name;
}

/** The file that a list is read from: `s3://BUCKET/KEY` or an address of S3, of a bucket there is. */
function validLocation({ world }: HandlerContext, location: string | undefined): string {
  const match =
    /^s3:\/\/([^/]+)\/.+$/.exec(location ?? "") ??
    /^https:\/\/s3[.-][^/]*amazonaws\.com\/([^/]+)\/.+$/.exec(location ?? "") ??
    /^https:\/\/([^./]+)\.s3[.-][^/]*amazonaws\.com\/.+$/.exec(location ?? "");
  const bucket = match?.[1];
  if (bucket === undefined) throw invalidValue();
  if (!world.state(bucketsSlot).byName.has(bucket)) {
    throw badRequest("The request is rejected because the input location is not accessible.");
  }
  return location ?? "";
}

/** Operations on trusted and threat lists, of addresses and of entities. */
export const listHandlers: Readonly<Record<string, AnyHandler>> = Object.assign(
  {},
  ...kinds.map(handlersOf),
);
