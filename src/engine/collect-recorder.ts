import type { Aws, CallOptions } from "../aws/aws.ts";
import { AwsError, type AwsErrorDetails } from "../aws/aws-error.ts";
import { callRegion } from "../aws/call-region.ts";
import type { ServiceId } from "../aws/operations.ts";
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
  /** AWS's answer was that there is no such thing: with this code, message and details. */
  readonly refused?: {
    readonly code: string;
    readonly message: string;
    readonly details: AwsErrorDetails;
  };
}

/** Answers by key. */
export interface Answers {
  get(key: string): KeptAnswer | undefined;
}

/** How calls are recorded. */
export interface RecorderOptions {
  /** Account of the caller, in which calls without account are made. */
  readonly caller: string;
  /** When the snapshot was begun: evidence of an earlier collect is older, by seconds below 0. */
  readonly startedMs: number;
  /** Answers of a collect that was cut off, by key. */
  readonly kept?: Answers;
  /**
   * Answers of an earlier collect, of which those since then are taken. The organization itself is
   * always read anew: it says who is to be asked about.
   */
  readonly former?: { readonly answers: Answers; readonly sinceMs: number };
  /** Called with every whole answer that AWS gave or that an earlier collect has, in order. */
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
 * was read to its end, and a failed read never: it is tried again. That there is no such thing, as
 * AWS says by an exception, is no failure.
 */
export function recordCalls(aws: Aws, options: RecorderOptions): RecordedAws {
  const { caller, startedMs, kept, former, keep } = options;
  const calls: CallEvidence[] = [];
  let reused = 0;
  const note = (answer: KeptAnswer): void => {
    const { operation, account, region, atMs, pages, refused } = answer;
    const seconds = Math.round((atMs - startedMs) / 1_000);
    for (const page of refused === undefined ? pages : [refused.details.awsCode ?? ""]) {
      calls.push([operation, account, region, seconds, digest(page).slice(0, 16)]);
    }
  };
  const placeOf = (
    service: ServiceId,
    name: string,
    input: unknown,
    how: CallOptions,
  ): Omit<KeptAnswer, "atMs" | "pages"> => {
    const account = how.account ?? caller;
    const region = callRegion(aws, service, how);
    const operation = `${prefixes[service] ?? service}:${name}`;
    const about = [operation, account, region, how.rootTask ?? "", encodeAnswer(input)];
    return { operation, account, region, key: digest(about) };
  };
  const take = ({
    key,
    operation,
  }: Pick<KeptAnswer, "key" | "operation">): KeptAnswer | undefined => {
    let found = kept?.get(key);
    if (found === undefined && former !== undefined && !operation.startsWith("organizations:")) {
      const older = former.answers.get(key);
      if (older !== undefined && older.atMs >= former.sinceMs) {
        found = older;
        keep?.(older);
      }
    }
    if (found !== undefined) {
      reused += 1;
      note(found);
    }
    return found;
  };
  /** That there is nothing is an answer too; what was denied or got none is tried again. */
  const refuse = (
    place: Omit<KeptAnswer, "atMs" | "pages">,
    how: CallOptions,
    error: unknown,
  ): void => {
    if (!(error instanceof AwsError)) return;
    if (error.kind !== "refused" && how.isAbsence?.(error) !== true) return;
    const { code, message, details } = error;
    const refused = { code, message, details };
    const answer = { ...place, atMs: aws.clock.now(), pages: [], refused };
    note(answer);
    keep?.(answer);
  };
  const recorded: Aws = {
    ...aws,
    call: (async (service, operation, input, how = {}) => {
      const place = placeOf(service, operation, input, how);
      const known = take(place);
      if (known?.refused !== undefined) throw again(known.refused);
      if (known?.pages[0] !== undefined) return decodeAnswer(known.pages[0]);
      const output = await aws.call(service, operation, input, how).catch((error: unknown) => {
        refuse(place, how, error);
        throw error;
      });
      const answer = { ...place, atMs: aws.clock.now(), pages: [encodeAnswer(output)] };
      note(answer);
      keep?.(answer);
      return output;
    }) as Aws["call"],
    pages: async function* (service, operation, input, how = {}) {
      const place = placeOf(service, operation, input, how);
      const old = take(place);
      if (old?.refused !== undefined) throw again(old.refused);
      if (old !== undefined) {
        for (const page of old.pages) yield decodeAnswer(page) as never;
        return;
      }
      const pages: Json[] = [];
      try {
        for await (const page of aws.pages(service, operation, input, how)) {
          pages.push(encodeAnswer(page));
          yield page;
        }
      } catch (error) {
        refuse(place, how, error);
        throw error;
      }
      const answer = { ...place, atMs: aws.clock.now(), pages };
      note(answer);
      keep?.(answer);
    } as Aws["pages"],
  };
  return { aws: recorded, calls, reused: () => reused };
}

function again({ code, message, details }: NonNullable<KeptAnswer["refused"]>): AwsError {
  return new AwsError(code, message, details);
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
