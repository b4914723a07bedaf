import { createHash, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { gzipSync } from "node:zlib";
import type {
  ListPublicKeysCommandInput,
  ListPublicKeysCommandOutput,
} from "@aws-sdk/client-cloudtrail";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { cloudtrailFacts } from "../../../data/cloudtrail-facts.ts";
import { type AnyHandler, ServiceError } from "../../../sandbox/service.ts";
import type { Slot, World } from "../../../sandbox/world.ts";
import { bucketsSlot } from "../../kit/sandbox-storage.ts";
import { logFolders } from "./check-trail.ts";
import type { Served } from "./served.ts";
import { type TrailRecord, trailsSlot } from "./state.ts";

/** A log file that is in no digest yet. */
interface LoggedFile {
  readonly key: string;
  /** SHA-256 of the unpacked file, in hexadecimal. */
  readonly hash: string;
  /** Milliseconds since the epoch: when it was written, and of its first and last event. */
  readonly at: number;
  readonly oldest: number;
  readonly newest: number;
}

/** The digests of a trail's logs of one account and Region. */
interface DigestChain {
  readonly trail: string;
  readonly account: AccountId;
  readonly region: RegionName;
  pending: LoggedFile[];
  /** The newest digest. */
  last?: {
    readonly bucket: string;
    readonly key: string;
    readonly hash: string;
    readonly signature: string;
    readonly endsAt: number;
  };
}

const digestsSlot: Slot<{ readonly chains: Map<string, DigestChain> }> = {
  name: "cloudtrail-digests",
  scope: "world",
  init: () => ({ chains: new Map() }),
};

/** The key that CloudTrail signs with in a Region, made when the first digest is. */
interface SigningKey {
  readonly privatePem: string;
  readonly fingerprint: string;
  /** Milliseconds since the epoch. */
  readonly validFrom: number;
}

const keysSlot: Slot<{ readonly byRegion: Map<RegionName, SigningKey> }> = {
  name: "cloudtrail-digest-keys",
  scope: "world",
  init: () => ({ byRegion: new Map() }),
};

const digestMs = cloudtrailFacts.digestMinutes * 60_000;

/** Notes a log file for the next digest, where the trail has its files validated. */
export function noteLogFile(
  world: World,
  trail: TrailRecord,
  place: { readonly account: AccountId; readonly region: RegionName },
  file: LoggedFile,
): void {
  if (!trail.settings.validation) return;
  const { chains } = world.state(digestsSlot);
  const id = `${trail.arn} ${place.account} ${place.region}`;
  const chain = chains.get(id) ?? { trail: trail.arn, ...place, pending: [] };
  chain.pending.push(file);
  chains.set(id, chain);
}

/**
 * Writes the digests of hours that are over, each signed and naming the one before it. An hour
 * without log files has none of its own: the next digest begins where the last ended.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
export function deliverDueDigests(world: World): void {
  const { chains } = world.state(digestsSlot);
  for (const chain of chains.values()) {
    for (let [first] = chain.pending; first !== undefined; [first] = chain.pending) {
      const endsAt = (Math.floor(first.at / digestMs) + 1) * digestMs;
      if (endsAt > world.clock.now()) break;
      const files = chain.pending.filter(({ at }) => at < endsAt);
      chain.pending = chain.pending.filter(({ at }) => at >= endsAt);
      const trail = world.state(trailsSlot).trails.get(chain.trail);
      if (trail?.settings.validation === true) putDigest(world, trail, chain, files, endsAt);
    }
  }
}

function putDigest(
  world: World,
  trail: TrailRecord,
  chain: DigestChain,
  files: readonly LoggedFile[],
  endsAt: number,
): void {
  const { account, region, last } = chain;
  const bucketName = trail.settings.bucket;
  const bucket = world.state(bucketsSlot).byName.get(bucketName);
  if (bucket === undefined) return;
  const key = digestKey(world, trail, chain, endsAt);
  const signing = signingKey(world, region);
  const bytes = Buffer.from(
    JSON.stringify({
      awsAccountId: account,
      digestStartTime: time(last?.endsAt ?? endsAt - digestMs),
      digestEndTime: time(endsAt),
      digestS3Bucket: bucketName,
      digestS3Object: key,
      digestPublicKeyFingerprint: signing.fingerprint,
      digestSignatureAlgorithm: "SHA256withRSA",
      newestEventTime: time(Math.max(...files.map(({ newest }) => newest))),
      oldestEventTime: time(Math.min(...files.map(({ oldest }) => oldest))),
      previousDigestS3Bucket: last?.bucket ?? null,
      previousDigestS3Object: last?.key ?? null,
      previousDigestHashValue: last?.hash ?? null,
      previousDigestHashAlgorithm: last === undefined ? null : "SHA-256",
      previousDigestSignature: last?.signature ?? null,
      logFiles: files.map((file) => ({
        s3Bucket: bucketName,
        s3Object: file.key,
        hashValue: file.hash,
        hashAlgorithm: "SHA-256",
        newestEventTime: time(file.newest),
        oldestEventTime: time(file.oldest),
      })),
    }),
  );
  const hash = createHash("sha256").update(bytes).digest("hex");
  const before = last?.signature ?? "null";
  const signed = `${time(endsAt)}\n${bucketName}/${key}\n${hash}\n${before}`;
  const signature = sign("RSA-SHA256", Buffer.from(signed), signing.privatePem).toString("hex");
  const body = gzipSync(bytes);
  bucket.objects.set(key, {
    body: Uint8Array.from(body),
    etag: `"${createHash("md5").update(body).digest("hex")}"`,
    contentType: "application/json",
    metadata: { signature, "signature-algorithm": "SHA256withRSA" },
    modifiedAt: world.clock.now(),
  });
  chain.last = { bucket: bucketName, key, hash, signature, endsAt };
}

function digestKey(
  world: World,
  trail: TrailRecord,
  { account, region }: DigestChain,
  endsAt: number,
): string {
  const folder = logFolders(world, trail).at(-1) ?? "AWSLogs";
  const base = trail.settings.organization ? `${folder}/${account}` : folder;
  const stamp = time(endsAt).replaceAll(/[-:]/g, "");
  const day = time(endsAt).slice(0, 10).replaceAll("-", "/");
  const name = `${account}_CloudTrail-Digest_${region}_${trail.name}_${trail.homeRegion}_${stamp}`;
  return `${base}/CloudTrail-Digest/${region}/${day}/${name}.json.gz`;
}

/** `2026-08-01T10:00:00Z`. */
function time(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, "Z");
}

function signingKey(world: World, region: RegionName): SigningKey {
  const { byRegion } = world.state(keysSlot);
  const known = byRegion.get(region);
  if (known !== undefined) return known;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const privatePem = privateKey.export({ format: "pem", type: "pkcs1" }).toString();
  const fingerprint = createHash("md5").update(publicBytes(privatePem)).digest("hex");
  const made = { privatePem, fingerprint, validFrom: world.clock.now() - 86_400_000 };
  byRegion.set(region, made);
  return made;
}

/** PKCS #1, DER. */
function publicBytes(privatePem: string): Uint8Array {
  return Uint8Array.from(createPublicKey(privatePem).export({ format: "der", type: "pkcs1" }));
}

const yearMs = 365 * 86_400_000;

const listPublicKeys: Served<ListPublicKeysCommandInput, ListPublicKeysCommandOutput> = (
  { world, region },
  input,
) => {
  const from = input.StartTime?.getTime() ?? world.clock.now();
  const to = input.EndTime?.getTime() ?? world.clock.now();
  if (from > to) {
    throw new ServiceError("InvalidTimeRangeException", "Start time must be before end time.");
  }
  const key = world.state(keysSlot).byRegion.get(region);
  if (key === undefined || key.validFrom > to || key.validFrom + yearMs < from) {
    return { PublicKeyList: [] };
  }
  return {
    PublicKeyList: [
      {
        Fingerprint: key.fingerprint,
        Value: publicBytes(key.privatePem),
        ValidityStartTime: new Date(key.validFrom),
        ValidityEndTime: new Date(key.validFrom + yearMs),
      },
    ],
  };
};

/** Operations on the keys that digests are signed with. */
export const digestHandlers: Readonly<Record<string, AnyHandler>> = {
  ListPublicKeys: listPublicKeys,
};
