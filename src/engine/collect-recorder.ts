import type { Aws, CallOptions } from "../aws/aws.ts";
import { digest } from "../core/digest.ts";
import type { Json } from "../core/json.ts";
import type { CallEvidence } from "../core/snapshot.ts";

/** An answer as it is kept, for a collect that goes on after a crash. */
export interface KeptAnswer {
  /** Digest of operation, place and input. */
  readonly key: string;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly atMs: number;
  /** Pages of a list, or the one answer, as {@link encodeAnswer} makes them. */
  readonly pages: readonly Json[];
}

/** How calls are recorded. */
export interface RecorderOptions {
  /** Account of the caller, in which calls without account are made. */
  readonly caller: string;
  /** When the snapshot was begun. */
  readonly startedMs: number;
  /** Answers of a collect that was cut off, by key. */
  readonly kept?: ReadonlyMap<string, KeptAnswer>;
  /** Called with every whole answer that AWS gave, in order. */
  readonly keep?: (answer: KeptAnswer) => void;
}

/** An {@link Aws} that records its reads, and the evidence so far. */
export interface RecordedAws {
  readonly aws: Aws;
  /** Answers so far, in order. */
  readonly calls: readonly CallEvidence[];
  /** How many answers came from what was kept. */
  readonly reused: () => number;
}

/**
 * Records what is read: operation, account, Region, time and digest of every answer. A read that a
 * former collect has made already is answered by what was kept of it. A list is kept only when it
 * was read to its end, and a failed read never: it is tried again.
 */
export function recordCalls(aws: Aws, options: RecorderOptions): RecordedAws {
  const { caller, startedMs, kept, keep } = options;
  const calls: CallEvidence[] = [];
  let reused = 0;
  const note = (answer: KeptAnswer): void => {
    const { operation, account, region, atMs, pages } = answer;
    const seconds = Math.max(0, Math.round((atMs - startedMs) / 1_000));
    for (const page of pages) {
      calls.push([operation, account, region, seconds, digest(page).slice(0, 16)]);
    }
  };
  const placeOf = (
    service: string,
    name: string,
    input: unknown,
    how: CallOptions,
  ): Omit<KeptAnswer, "atMs" | "pages"> => {
    const account = how.account ?? caller;
    const region = how.region ?? aws.region;
    const operation = `${prefixes[service] ?? service}:${name}`;
    const about = [operation, account, region, how.rootTask ?? "", encodeAnswer(input)];
    return { operation, account, region, key: digest(about) };
  };
  const take = (key: string): KeptAnswer | undefined => {
    const found = kept?.get(key);
    if (found !== undefined) {
      reused += 1;
      note(found);
    }
    return found;
  };
  const recorded: Aws = {
    ...aws,
    call: (async (service, operation, input, how = {}) => {
      const place = placeOf(service, operation, input, how);
      const [old] = take(place.key)?.pages ?? [];
      if (old !== undefined) return decodeAnswer(old);
      const output = await aws.call(service, operation, input, how);
      const answer = { ...place, atMs: aws.clock.now(), pages: [encodeAnswer(output)] };
      note(answer);
      keep?.(answer);
      return output;
    }) as Aws["call"],
    pages: async function* (service, operation, input, how = {}) {
      const place = placeOf(service, operation, input, how);
      const old = take(place.key);
      if (old !== undefined) {
        for (const page of old.pages) yield decodeAnswer(page) as never;
        return;
      }
      const pages: Json[] = [];
      for await (const page of aws.pages(service, operation, input, how)) {
        pages.push(encodeAnswer(page));
        yield page;
      }
      const answer = { ...place, atMs: aws.clock.now(), pages };
      note(answer);
      keep?.(answer);
    } as Aws["pages"],
  };
  return { aws: recorded, calls, reused: () => reused };
}

/** Clients whose IAM prefix is another than their name. */
const prefixes: Readonly<Record<string, string>> = {
  "s3-control": "s3",
  "sso-admin": "sso",
};

/** An answer as plain JSON: times as `{ "$time": ISO 8601 }`, without the SDK's metadata. */
export function encodeAnswer(value: unknown): Json {
  if (value instanceof Date) return { $time: value.toISOString() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return value.map((one) => encodeAnswer(one ?? null));
  if (typeof value !== "object" || value === null) return (value ?? null) as Json;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, one]) => one !== undefined && name !== "$metadata")
      .map(([name, one]) => [name, encodeAnswer(one)]),
  );
}

/** The answer that {@link encodeAnswer} was given. */
export function decodeAnswer(value: Json): unknown {
  if (Array.isArray(value)) return value.map((one) => decodeAnswer(one as Json));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value as Readonly<Record<string, Json>>);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === "$time") return new Date(String(first[1]));
  if (entries.length === 1 && first?.[0] === "$bytes") {
    return new Uint8Array(Buffer.from(String(first[1]), "base64"));
  }
  return Object.fromEntries(entries.map(([name, one]) => [name, decodeAnswer(one)]));
}
