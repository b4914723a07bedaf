import { resolve } from "node:path";
import { type CollectTier, collectTiers, type Snapshot } from "../../core/snapshot.ts";
import { writeFileAtomically } from "../../store/atomic-file.ts";
import { writeSnapshotFile } from "../../store/snapshot-file.ts";
import type { SnapshotEntry, SnapshotStore } from "../../store/snapshot-store.ts";
import type { Outcome } from "../command.ts";
import { connect } from "../connect.ts";
import type { Deps } from "../deps.ts";
import { progressOf } from "../make-plan.ts";
import { parseTime } from "../parse-time.ts";
import { notAsked, readEverything } from "../read-everything.ts";
import { readOrganization } from "../read-organization.ts";
import { counted } from "../words.ts";
import { cellsOf } from "./cells-of.ts";
import type { CollectOptions } from "./collect-options.ts";
import { readServices } from "./read-services.ts";
import { openStore } from "./with-store.ts";

/** Reads all there is to read of the organization, and of services with a tier, and saves it. */
export function takeSnapshot(deps: Deps, options: CollectOptions): Promise<Outcome> {
  const file = options.out ?? (options.store === undefined ? "snapshot.json" : undefined);
  const tier = collectTiers.find((one) => one === options.tier);
  return tier === undefined
    ? takeAlone(deps, options, file)
    : takeServices(deps, options, tier, file);
}

async function takeAlone(
  deps: Deps,
  options: CollectOptions,
  file: string | undefined,
): Promise<Outcome> {
  const progress = progressOf(deps);
  const aws = await connect(deps, { progress });
  try {
    const snapshot = await readOrganization(deps, aws, progress, readEverything);
    if (file !== undefined) await writeSnapshotFile(resolve(deps.cwd, file), snapshot);
    const store =
      options.store === undefined
        ? undefined
        : await openStore(deps, options.store, aws, options.kmsKey);
    const entry = await store?.save(snapshot, {});
    const removed = await removeOld(deps, options, store);
    return {
      ...outcomeOf(snapshot, { file, entry, place: options.store, removed }),
      diagnostics: notAsked(snapshot.organization),
    };
  } finally {
    aws.close();
  }
}

async function takeServices(
  deps: Deps,
  options: CollectOptions,
  tier: CollectTier,
  file: string | undefined,
): Promise<Outcome> {
  const path = file === undefined ? undefined : resolve(deps.cwd, file);
  const taken = await readServices(deps, options, tier, path);
  const { snapshot, reused, partial, store } = taken;
  try {
    const cells = await cellsOf(snapshot);
    if (path !== undefined) {
      await writeSnapshotFile(path, snapshot);
      await writeFileAtomically(`${path.replace(/\.json$/, "")}.cells.parquet`, cells.parquet);
    }
    const entry = await store?.save(snapshot, { cells, answers: partial.packed() });
    partial.remove();
    const removed = await removeOld(deps, options, store);
    const asksMembers = tier === "inside" || options.read.length > 0;
    return {
      ...outcomeOf(snapshot, { file, entry, place: options.store, removed, tier, reused }),
      diagnostics: asksMembers ? notAsked(snapshot.organization) : [],
    };
  } finally {
    taken.close();
  }
}

interface Saved {
  readonly file: string | undefined;
  readonly entry: SnapshotEntry | undefined;
  readonly place: string | undefined;
  readonly removed: number;
  readonly tier?: CollectTier;
  readonly reused?: number;
}

function outcomeOf(snapshot: Snapshot, saved: Saved): Outcome {
  const { file, entry, place, removed, tier, reused = 0 } = saved;
  const { id, accounts, organizationalUnits, policies } = snapshot.organization;
  const services = Object.keys(snapshot.services ?? {});
  const calls = snapshot.calls?.length ?? 0;
  const places = [file, entry === undefined ? undefined : `${place} as ${entry.id}`];
  const from = file === undefined ? `--store ${place}` : `--snapshot ${file}`;
  return {
    result: {
      file: file ?? null,
      ...(entry === undefined ? {} : { entry }),
      organizationId: id,
      takenAt: snapshot.takenAt,
      accounts: accounts.length,
      organizationalUnits: organizationalUnits.length,
      policies: policies?.length ?? null,
      ...(tier === undefined ? {} : { tier, services, calls, reused }),
      ...(removed === 0 ? {} : { removed }),
    },
    gaps: snapshot.gaps,
    exit: snapshot.gaps.length > 0 ? "gaps" : "done",
    text: () =>
      `saved ${id} as of ${snapshot.takenAt} in ${places.filter((one) => one !== undefined).join(" and ")}` +
      (tier === undefined
        ? ""
        : `: ${counted(services.length, "service")} by ${counted(calls, "answer")}` +
          (reused === 0 ? "" : `, ${counted(reused, "read")} of them made before`)) +
      (removed === 0 ? "" : `; removed ${counted(removed, "older snapshot")}`) +
      (snapshot.gaps.length === 0
        ? ""
        : `\npartial: ${counted(snapshot.gaps.length, "read")} failed; what they would have told is unknown`),
    next:
      tier === undefined
        ? `Next: \`orgrail sandbox --from ${file ?? "FILE"}\` serves a copy of it.`
        : `Next: \`orgrail coverage ${from}\` says what is on where.`,
  };
}

/** Removes what is older than the user keeps; never the newest. */
async function removeOld(
  deps: Deps,
  { keep }: CollectOptions,
  store: SnapshotStore | undefined,
): Promise<number> {
  if (keep === undefined || store === undefined) return 0;
  const sinceMs = parseTime(keep, "--keep", deps.clock.now());
  const old = (await store.list())
    .slice(0, -1)
    .filter(({ takenAt }) => Date.parse(takenAt) < sinceMs);
  for (const entry of old) await store.remove(entry);
  return old.length;
}
