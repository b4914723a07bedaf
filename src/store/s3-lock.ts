import { randomUUID } from "node:crypto";
import type { Aws } from "../aws/aws.ts";
import { AwsError } from "../aws/aws-error.ts";
import { AppError } from "../core/app-error.ts";
import { isJsonObject } from "../core/json.ts";
import type { HeldLock, Lock, LockOwner } from "./lock.ts";

/** What a lock by an object in S3 is for. */
export interface S3LockOptions {
  readonly aws: Aws;
  readonly bucket: string;
  readonly key: string;
  readonly region?: string;
  readonly owner: LockOwner;
  /** How long the lock lasts without a sign of life. Two minutes when absent. */
  readonly leaseMs?: number;
}

interface Lease {
  readonly token: string;
  readonly owner: LockOwner;
  readonly leaseMs: number;
  /** Counts signs of life, so that each gives the object another ETag. */
  readonly beat: number;
  readonly released: boolean;
}

interface Found {
  readonly lease: Lease;
  readonly eTag: string;
  /** How long ago S3 stored it, by S3's own clock. */
  readonly ageMs: number;
}

const defaultLeaseMs = 120_000;
/** S3 tells times in whole seconds, and its servers' clocks differ a little. */
const marginMs = 5_000;

/**
 * A lock by one object in S3, for processes anywhere. The object is made only if it does not exist
 * (`If-None-Match: *`) and replaced only if it is still the one that was read (`If-Match`), so of
 * two takers S3 lets one through. The holder renews its lease; a lease that ran out, by S3's own
 * clock, may be taken over.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function s3Lock(options: S3LockOptions): Lock {
  const { aws, bucket, key, owner } = options;
  const leaseMs = options.leaseMs ?? defaultLeaseMs;
  const name = `s3://${bucket}/${key}`;
  const where = options.region === undefined ? {} : { region: options.region };

  const put = async (
    lease: Lease,
    condition: { IfNoneMatch: "*" } | { IfMatch: string },
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> => {
    try {
      const { ETag } = await aws.call(
        "s3",
        "PutObject",
        {
          Bucket: bucket,
          Key: key,
          Body: JSON.stringify(lease),
          ContentType: "application/json",
          ...condition,
        },
        { ...where, ...(signal === undefined ? {} : { signal }), idempotent: false },
      );
      return ETag;
    } catch (error) {
      if (isLostRace(error)) return undefined;
      throw error;
    }
  };

  const find = async (signal: AbortSignal | undefined): Promise<Found | undefined> => {
    try {
      const { Body, ETag, LastModified } = await aws.call(
        "s3",
        "GetObject",
        { Bucket: bucket, Key: key },
        { ...where, ...(signal === undefined ? {} : { signal }) },
      );
      const lease = parseLease((await Body?.transformToString()) ?? "", name);
      const serverNowMs = aws.clock.now() + (aws.clockSkewMs() ?? 0);
      return { lease, eTag: ETag ?? "", ageMs: serverNowMs - (LastModified?.getTime() ?? 0) };
    } catch (error) {
      if (error instanceof AwsError && error.details.awsCode === "NoSuchKey") return undefined;
      throw error;
    }
  };

  return {
    acquire: async (signal) => {
      const lease: Lease = { token: randomUUID(), owner, leaseMs, beat: 0, released: false };
      for (;;) {
        signal?.throwIfAborted();
        const startedAtMs = aws.clock.now();
        const found = await find(signal);
        if (found !== undefined && found.lease.token !== lease.token) {
          const isOver = found.lease.released || found.ageMs > found.lease.leaseMs + marginMs;
          if (!isOver) throw held(found, name);
        }
        const eTag = await put(
          lease,
          found === undefined ? { IfNoneMatch: "*" } : { IfMatch: found.eTag },
          signal,
        );
        if (eTag !== undefined) return hold({ aws, name, lease, eTag, startedAtMs, put, find });
      }
    },
  };
}

interface Holding {
  readonly aws: Aws;
  readonly name: string;
  readonly lease: Lease;
  readonly eTag: string;
  /** Before the request that took the lock: the lease counts from then, to be sure. */
  readonly startedAtMs: number;
  readonly put: (
    lease: Lease,
    condition: { IfMatch: string },
    signal: AbortSignal | undefined,
  ) => Promise<string | undefined>;
  readonly find: (signal: AbortSignal | undefined) => Promise<Found | undefined>;
}

function hold(holding: Holding): HeldLock {
  const { aws, name, put, find } = holding;
  const lost = new AbortController();
  const ended = new AbortController();
  let { lease, eTag, startedAtMs: renewedAtMs } = holding;
  let renewing: Promise<void> | undefined;

  const lose = (why: string): AppError => {
    const error = new AppError("ORGRAIL4211", `the lock ${name} is lost: ${why}`, {
      hint: "no further change was made; apply again when no other apply runs",
    });
    if (!lost.signal.aborted) lost.abort(error);
    return error;
  };
  const renew = async (): Promise<void> => {
    const beganAtMs = aws.clock.now();
    let next = { ...lease, beat: lease.beat + 1 };
    let nextTag = await put(next, { IfMatch: eTag }, ended.signal);
    if (nextTag === undefined) {
      // Perhaps the object is ours after all: S3 stored it and its answer was lost on the way.
      const found = await find(ended.signal);
      if (found?.lease.token === lease.token) {
        next = { ...lease, beat: found.lease.beat + 1 };
        nextTag = await put(next, { IfMatch: found.eTag }, ended.signal);
      }
    }
    if (nextTag === undefined) throw lose("another took it over");
    lease = next;
    eTag = nextTag;
    renewedAtMs = beganAtMs;
  };
  const renewOnce = (): Promise<void> => {
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
    return renewing;
  };
  const leftMs = (): number => renewedAtMs + lease.leaseMs - aws.clock.now();

  const keepAlive = async (): Promise<void> => {
    while (!ended.signal.aborted && !lost.signal.aborted) {
      await aws.clock.sleep(lease.leaseMs / 3, ended.signal);
      try {
        await renewOnce();
      } catch {
        // Lost for good, or S3 did not answer: the next round tries again until the lease is over.
        if (leftMs() <= 0) lose("its lease ran out before S3 could be reached");
      }
    }
  };
  // The only way for it to fail is that `ended` stops its sleep.
  keepAlive().catch(() => undefined);

  return {
    name,
    lost: lost.signal,
    check: async () => {
      if (lost.signal.aborted) throw lost.signal.reason;
      if (leftMs() > lease.leaseMs / 2) return;
      await renewOnce();
      if (leftMs() <= 0) throw lose("its lease ran out");
    },
    release: async () => {
      ended.abort(new Error("released"));
      await renewing?.catch(() => undefined);
      if (lost.signal.aborted) return;
      await put({ ...lease, released: true }, { IfMatch: eTag }, undefined);
    },
  };
}

/** Another wrote the object in between. */
function isLostRace(error: unknown): boolean {
  return (
    error instanceof AwsError &&
    (error.details.awsCode === "PreconditionFailed" || error.details.httpStatus === 412)
  );
}

function parseLease(text: string, name: string): Lease {
  try {
    const parsed: unknown = JSON.parse(text);
    if (
      isJsonObject(parsed) &&
      typeof parsed.token === "string" &&
      typeof parsed.leaseMs === "number" &&
      isJsonObject(parsed.owner)
    ) {
      return parsed as unknown as Lease;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new AppError("ORGRAIL4212", `${name} holds something that is no lock of orgrail`, {
    hint: "name another key under `lock` in the configuration",
  });
}

function held({ lease, ageMs }: Found, name: string): AppError {
  const { purpose, pid, host, user } = lease.owner;
  const leftSeconds = Math.max(0, Math.ceil((lease.leaseMs + marginMs - ageMs) / 1000));
  return new AppError(
    "ORGRAIL4210",
    `another orgrail holds the lock ${name}: \`${purpose}\` by ${user}, process ${pid} on ${host}`,
    {
      hint: `wait for its end; if it is dead, its lease runs out in ${leftSeconds} seconds`,
    },
  );
}
