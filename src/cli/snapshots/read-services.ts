import { join } from "node:path";
import { InputError } from "../../core/app-error.ts";
import { digest } from "../../core/digest.ts";
import type { CollectTier, Snapshot } from "../../core/snapshot.ts";
import { type Answers, type KeptAnswer, recordCalls } from "../../engine/collect-recorder.ts";
import { estimateCollect } from "../../engine/estimate-collect.ts";
import {
  openPartialAnswers,
  type PartialAnswers,
  readAnswers,
} from "../../store/partial-answers.ts";
import type { SnapshotStore } from "../../store/snapshot-store.ts";
import { connect } from "../connect.ts";
import type { Deps } from "../deps.ts";
import { readConfigIfAny } from "../events/config-if-any.ts";
import { progressOf } from "../make-plan.ts";
import { parseTime } from "../parse-time.ts";
import { count, duration, type Progress } from "../progress.ts";
import { readOrganization } from "../read-organization.ts";
import { makeStateFolder, stateFolder } from "../state-folder.ts";
import type { CollectOptions } from "./collect-options.ts";
import { detailsToRead, regionsToRead, servicesToRead } from "./services-to-read.ts";
import { entryAt, openStore } from "./with-store.ts";

/** How long answers of a try that was cut off are good, and those of an earlier collect by default. */
const mostAgeMs = 6 * 3_600_000;

/** What was read with services. */
export interface TakenSnapshot {
  readonly snapshot: Snapshot;
  /** Answers that AWS did not have to give again. */
  readonly reused: number;
  readonly partial: PartialAnswers<KeptAnswer>;
  /** Open as long as the connection is: it is closed by `close`. */
  readonly store: SnapshotStore | undefined;
  close(): void;
}

/**
 * Reads the organization and its services. Answers are kept in a file as they come in; those of a try
 * that was cut off, and of an earlier collect where that is wanted, are not asked for again.
 */
export async function readServices(
  deps: Deps,
  options: CollectOptions,
  tier: CollectTier,
  path: string | undefined,
): Promise<TakenSnapshot> {
  const config = await readConfigIfAny(deps, options);
  const services = await servicesToRead(options.service);
  const organization = config?.desired.organization;
  const governedRegions = regionsToRead(
    options.governedRegion,
    organization?.governedRegions ?? [],
  );
  const details = detailsToRead(tier, options.read, governedRegions);
  const progress = progressOf(deps);
  const aws = await connect(deps, {
    progress,
    homeRegion: organization?.homeRegion,
    memberRole: organization?.memberRoles?.read,
  });
  const homeRegion = organization?.homeRegion ?? aws.region;
  let partial: PartialAnswers<KeptAnswer> | undefined;
  try {
    const { account } = await aws.caller(deps.signal);
    const store =
      options.store === undefined
        ? undefined
        : await openStore(deps, options.store, aws, options.kmsKey);
    const scope = JSON.stringify([
      tier,
      services.map(({ service }) => service.id).sort(),
      homeRegion,
      governedRegions,
      Object.keys(details),
    ]);
    const beside = path ?? (await placeInState(deps, config?.path, `${options.store} ${scope}`));
    partial = openPartialAnswers<KeptAnswer>(
      `${beside}.partial`,
      {
        kind: "orgrail-partial-snapshot",
        version: 1,
        account,
        scope,
        startedAt: new Date(deps.clock.now()).toISOString(),
      },
      mostAgeMs,
    );
    const former = await formerAnswers(deps, options, store, account);
    const kept = partial;
    const recorder = recordCalls(aws, {
      caller: account,
      startedMs: Date.parse(partial.header.startedAt),
      kept: partial.kept,
      ...(former === undefined ? {} : { former }),
      keep: (answer) => kept.append(answer),
    });
    const snapshot = await readOrganization(deps, recorder.aws, progress, {
      ...details,
      services: {
        services,
        homeRegion,
        governedRegions,
        tier,
        onBegin: (found) => {
          if (services.length > 1) say(deps, progress, found, governedRegions.length, tier);
        },
      },
    });
    // It is as old as its oldest answer; what it took of an earlier collect has times of its own.
    const { startedAt: takenAt } = partial.header;
    return {
      snapshot: { ...snapshot, takenAt, calls: recorder.calls },
      reused: recorder.reused(),
      partial,
      store,
      close: () => aws.close(),
    };
  } catch (error) {
    aws.close();
    if (deps.signal.aborted && partial !== undefined && !deps.global.quiet) {
      deps.stderr.write("what was read is kept: the same command goes on with it\n");
    }
    throw error;
  }
}

function say(
  deps: Deps,
  progress: Progress,
  organization: Parameters<typeof estimateCollect>[0],
  regions: number,
  tier: CollectTier,
): void {
  if (deps.global.quiet || deps.global.json) return;
  const { calls, seconds } = estimateCollect(organization, regions, tier);
  progress.say(
    deps.paintError.dim(
      `${tier}: about ${count(calls)} calls for ${count(organization.accounts.length)} accounts in ` +
        `${regions} Regions, ${duration(seconds)} or so`,
    ),
  );
}

/** Answers of an earlier collect, when they are wanted. */
async function formerAnswers(
  deps: Deps,
  { reuse, maxAge }: CollectOptions,
  store: SnapshotStore | undefined,
  account: string,
): Promise<{ readonly answers: Answers; readonly sinceMs: number } | undefined> {
  if (reuse === undefined && maxAge === undefined) return undefined;
  if (store === undefined) {
    throw new InputError(
      "ORGRAIL5417",
      "--max-age and --reuse take answers from a store, and there is none",
      [],
      "name it with --store",
    );
  }
  const nowMs = deps.clock.now();
  const sinceMs = maxAge === undefined ? nowMs - mostAgeMs : parseTime(maxAge, "--max-age", nowMs);
  const entries = await store.list().catch((error: unknown) => {
    // The first collect makes the store.
    if (error instanceof InputError && reuse === undefined) return [];
    throw error;
  });
  const withAnswers = entries.filter(({ files }) =>
    files.some(({ name }) => name === "answers.ndjson.gz"),
  );
  if (withAnswers.length === 0 && reuse === undefined) return undefined;
  const entry = entryAt(withAnswers, reuse ?? "latest", "--reuse", nowMs);
  const packed = await store.answersOf(entry);
  if (packed === undefined) return undefined;
  return { answers: readAnswers<KeptAnswer>(packed, account), sinceMs };
}

async function placeInState(
  deps: Deps,
  configPath: string | undefined,
  about: string,
): Promise<string> {
  const folder = stateFolder(deps, undefined, configPath);
  await makeStateFolder(folder);
  return join(folder, `collect-${digest(about).slice(0, 12)}`);
}
