import type { KeySpec, KeyUsageType } from "@aws-sdk/client-kms";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { parseArn } from "../../../core/identifiers.ts";
import { type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import type { Slot, World } from "../../../sandbox/world.ts";

/** A KMS key. */
export interface KeyRecord {
  readonly id: string;
  readonly arn: string;
  readonly account: AccountId;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  description: string;
  enabled: boolean;
  readonly spec: KeySpec;
  readonly usage: KeyUsageType;
  readonly multiRegion: boolean;
  policy: string;
  /** Days between rotations; absent while rotation is off. */
  rotationDays?: number;
  /** Milliseconds since the epoch; absent unless its deletion is scheduled. */
  deletionAt?: number;
  readonly tags: Map<string, string>;
}

/** A name for a key; `keyId` is the key's id. */
export interface AliasRecord {
  readonly name: string;
  keyId: string;
  readonly createdAt: number;
  updatedAt: number;
}

/** The keys and aliases of one account and Region. */
export interface KmsState {
  readonly keys: Map<string, KeyRecord>;
  readonly aliases: Map<string, AliasRecord>;
}

const slot: Slot<KmsState> = {
  name: "kms",
  scope: "region",
  init: () => ({ keys: new Map(), aliases: new Map() }),
};

/** The keys and aliases of an account in a Region; keys whose deletion is due are gone. */
export function kmsState(world: World, account: AccountId, region: RegionName): KmsState {
  const state = world.state(slot, account, region);
  const now = world.clock.now();
  for (const { id, deletionAt } of state.keys.values()) {
    if (deletionAt === undefined || deletionAt > now) continue;
    state.keys.delete(id);
    for (const alias of state.aliases.values()) {
      if (alias.keyId === id) state.aliases.delete(alias.name);
    }
  }
  return state;
}

/** `NotFoundException`, in KMS's words. */
export function notFound(message: string): ServiceError {
  return new ServiceError("NotFoundException", message);
}

/** A key by id, ARN, alias or the alias's ARN, as an account sees it; `undefined`: no such key. */
export function lookUpKey(
  world: World,
  account: AccountId,
  region: RegionName,
  name: string,
): KeyRecord | undefined {
  const arn = parseArn(name);
  const state = kmsState(world, arn?.account ?? account, arn?.region ?? region);
  const local = arn?.resource ?? name;
  const id = local.startsWith("alias/")
    ? state.aliases.get(local)?.keyId
    : local.replace(/^key\//, "");
  return state.keys.get(id ?? "");
}

/** The key that an input names. Throws `NotFoundException`. */
export function findKey(
  { world, caller, region }: HandlerContext,
  name: string | undefined,
): KeyRecord {
  const given = name ?? "";
  const key = lookUpKey(world, caller.account, region, given);
  if (key !== undefined) return key;
  if (given.includes("alias/")) {
    const arn = given.startsWith("arn:")
      ? given
      : `arn:aws:kms:${region}:${caller.account}:${given}`;
    throw notFound(`Alias ${arn} is not found.`);
  }
  throw notFound(
    given.startsWith("arn:")
      ? `Key '${given}' does not exist`
      : `Key 'arn:aws:kms:${region}:${caller.account}:key/${given}' does not exist`,
  );
}

/** A key that can be changed. Throws `KMSInvalidStateException` while its deletion is pending. */
export function findUsableKey(context: HandlerContext, name: string | undefined): KeyRecord {
  const key = findKey(context, name);
  if (key.deletionAt === undefined) return key;
  throw new ServiceError("KMSInvalidStateException", `${key.arn} is pending deletion.`);
}
