import { resolve } from "node:path";
import { InputError } from "../../../core/app-error.ts";
import type { Snapshot } from "../../../core/snapshot.ts";
import { type ChangeEvent, cellCauses, thingCauses } from "../../../coverage/causes.ts";
import { diffCells, diffOrganization } from "../../../coverage/diff.ts";
import { coverageMatrix } from "../../../coverage/matrix.ts";
import { securityServices } from "../../../services/registry.ts";
import type { AnySecurityService } from "../../../services/security-service.ts";
import { readSnapshotFile } from "../../../store/snapshot-file.ts";
import type { Run } from "../../command.ts";
import type { Deps } from "../../deps.ts";
import { readChanges } from "../../snapshots/read-changes.ts";
import { entryAt, withStore } from "../../snapshots/with-store.ts";
import type { SnapshotDiffOptions } from "./snapshot-diff.command.ts";

/** Compares two saved snapshots. */
export const run: Run<SnapshotDiffOptions> = async (deps, options, words) => {
  const [before, after] = await readBoth(deps, options, words);
  const services = await Promise.all(Object.values(securityServices).map((load) => load()));
  const nowMs = deps.clock.now();
  const things = diffOrganization(before, after);
  const cells = diffCells(
    coverageMatrix(before, services, { nowMs }),
    coverageMatrix(after, services, { nowMs }),
  );
  const hasLogs = options.lake !== undefined || options.logs.length > 0;
  const facts = hasLogs ? await factsOf(deps, options, [before, after], services) : undefined;
  const causeOfThing = facts && thingCauses(facts);
  const causeOfCell = facts && cellCauses(facts);
  const changedThings = things.map((change) => ({
    ...change,
    ...(causeOfThing === undefined ? {} : { causes: causeOfThing(change).map(told) }),
  }));
  const changedCells = cells.map((change) => ({
    ...change,
    ...(causeOfCell === undefined ? {} : { causes: causeOfCell(change).map(told) }),
  }));
  const lines = [
    ...changedThings.map(({ kind, id, name, change, members, causes }) => {
      const what = members.length === 0 ? "" : `: ${members.join(", ")}`;
      return `${signs[change]} ${kind} ${name}${name === id ? "" : ` (${id})`}${what}${byWhom(causes)}`;
    }),
    ...changedCells.map(
      ({ service, name, region, before: was, after: now, reason, causes }) =>
        `~ ${service} ${name}${region === null ? "" : ` ${region}`}: ${was ?? "absent"} -> ${now ?? "absent"}, ${reason}${byWhom(causes)}`,
    ),
  ];
  return {
    result: {
      before: before.takenAt,
      after: after.takenAt,
      sameOrganization: before.organization.id === after.organization.id,
      organization: changedThings,
      cells: changedCells,
    },
    exit: lines.length === 0 ? "done" : "differences",
    text: () =>
      lines.length === 0
        ? `nothing changed from ${before.takenAt} to ${after.takenAt}`
        : lines.join("\n"),
  };
};

const signs = { added: "+", removed: "-", changed: "~" } as const;

async function readBoth(
  deps: Deps,
  { store: place }: SnapshotDiffOptions,
  words: readonly string[],
): Promise<readonly [Snapshot, Snapshot]> {
  const [first, second] = words;
  if (place === undefined) {
    if (first === undefined || second === undefined) {
      throw new InputError(
        "ORGRAIL5418",
        "two snapshots are compared",
        [],
        "name their files, BEFORE and AFTER, or a store with --store",
      );
    }
    return [
      await readSnapshotFile(resolve(deps.cwd, first)),
      await readSnapshotFile(resolve(deps.cwd, second)),
    ];
  }
  return withStore(deps, place, async (store) => {
    const entries = (await store.list()).filter(({ tier }) => tier !== null);
    const nowMs = deps.clock.now();
    const later = entryAt(entries, second ?? "latest", "AFTER", nowMs);
    const earlier = entryAt(entries, first ?? "7d", "BEFORE", nowMs);
    return [await store.read(earlier), await store.read(later)];
  });
}

/** What tells who did it: events between the two, and which actions change which service. */
async function factsOf(
  deps: Deps,
  { lake, logs }: SnapshotDiffOptions,
  [before, after]: readonly [Snapshot, Snapshot],
  services: readonly AnySecurityService[],
): Promise<Parameters<typeof cellCauses>[0]> {
  const actions = Object.fromEntries(
    services.map(({ id, tamperActions, permissions }) => [
      id,
      new Set([...tamperActions, ...permissions.write]),
    ]),
  );
  const { organization, scope } = after;
  const events = await readChanges(deps, {
    lake,
    logs,
    fromMs: Date.parse(before.takenAt),
    // What was read last was read so long after the snapshot was begun.
    toMs: Date.parse(after.takenAt) + 1_000 * lastCall(after),
    actions: new Set(Object.values(actions).flatMap((of) => [...of])),
  });
  return {
    events,
    actions,
    wide: new Set([
      organization.managementAccountId,
      ...[organization, before.organization].flatMap((one) =>
        (one.delegatedAdministrators ?? []).map(({ account }) => account),
      ),
    ]),
    homeRegion: scope?.homeRegion ?? "",
  };
}

function lastCall({ calls = [] }: Snapshot): number {
  return calls.reduce((last, [, , , seconds]) => Math.max(last, seconds), 0);
}

function told({ about: _, ...event }: ChangeEvent): Omit<ChangeEvent, "about"> {
  return event;
}

function byWhom(causes: readonly Omit<ChangeEvent, "about">[] | undefined): string {
  if (causes === undefined) return "";
  const [first, ...others] = causes;
  if (first === undefined) return "\n    no event in the logs explains it";
  const { action, actor, time, account, region, id } = first;
  const more = others.length === 0 ? "" : `; also ${others.map((one) => one.action).join(", ")}`;
  return `\n    ${action} by ${actor} at ${time} in ${account}, ${region} (event ${id})${more}`;
}
