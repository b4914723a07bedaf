import { resolve } from "node:path";
import { InputError } from "../../../core/app-error.ts";
import type { CollectTier, Snapshot } from "../../../core/snapshot.ts";
import { collectTiers } from "../../../core/snapshot.ts";
import { regions as allRegions } from "../../../data/regions.ts";
import { type KeptAnswer, recordCalls } from "../../../engine/collect-recorder.ts";
import { securityServices } from "../../../services/registry.ts";
import { openPartialAnswers, type PartialAnswers } from "../../../store/partial-answers.ts";
import { writeSnapshotFile } from "../../../store/snapshot-file.ts";
import type { Run } from "../../command.ts";
import { connect } from "../../connect.ts";
import type { Deps } from "../../deps.ts";
import { readConfigIfAny } from "../../events/config-if-any.ts";
import { progressOf } from "../../make-plan.ts";
import { notAsked, readEverything } from "../../read-everything.ts";
import { readOrganization } from "../../read-organization.ts";
import { counted } from "../../words.ts";
import type { SnapshotOptions } from "./snapshot.command.ts";

/** How long answers of a try that was cut off are good. */
const mostAgeMs = 6 * 3_600_000;

/** Reads all there is to read of the organization, and of services with a tier, and saves it. */
export const run: Run<SnapshotOptions> = async (deps, options) => {
  const file = options.out ?? "snapshot.json";
  const path = resolve(deps.cwd, file);
  const tier = collectTiers.find((one) => one === options.tier);
  const { snapshot, reused, partial } =
    tier === undefined ? await readAlone(deps) : await readServices(deps, options, tier, path);
  await writeSnapshotFile(path, snapshot);
  partial?.remove();
  const { id, accounts, organizationalUnits, policies } = snapshot.organization;
  const services = Object.keys(snapshot.services ?? {});
  return {
    result: {
      file,
      organizationId: id,
      takenAt: snapshot.takenAt,
      accounts: accounts.length,
      organizationalUnits: organizationalUnits.length,
      policies: policies?.length ?? null,
      ...(tier === undefined ? {} : { tier, services, calls: snapshot.calls?.length ?? 0, reused }),
    },
    gaps: snapshot.gaps,
    diagnostics: tier === "headline" ? [] : notAsked(snapshot.organization),
    exit: snapshot.gaps.length > 0 ? "gaps" : "done",
    text: () =>
      `saved ${id} as of ${snapshot.takenAt} in ${file}` +
      (tier === undefined
        ? ""
        : `: ${counted(services.length, "service")} by ${counted(snapshot.calls?.length ?? 0, "answer")}` +
          (reused === 0 ? "" : `, ${reused} of them from the try before`)),
    next:
      tier === undefined
        ? `Next: \`orgrail sandbox --from ${file}\` serves a copy of it.`
        : `Next: \`orgrail coverage --snapshot ${file}\` says what is on where.`,
  };
};

interface Taken {
  readonly snapshot: Snapshot;
  readonly reused: number;
  readonly partial?: PartialAnswers<KeptAnswer>;
}

async function readAlone(deps: Deps): Promise<Taken> {
  const progress = progressOf(deps);
  const aws = await connect(deps, { progress });
  try {
    return { snapshot: await readOrganization(deps, aws, progress, readEverything), reused: 0 };
  } finally {
    aws.close();
  }
}

async function readServices(
  deps: Deps,
  options: SnapshotOptions,
  tier: CollectTier,
  path: string,
): Promise<Taken> {
  const config = await readConfigIfAny(deps, options);
  const ids = options.service.length === 0 ? Object.keys(securityServices) : options.service;
  const services = await Promise.all(
    ids.map(async (id) => {
      const load = securityServices[id];
      if (load !== undefined) return { service: await load() };
      const known = Object.keys(securityServices).join(", ");
      throw new InputError("ORGRAIL5411", `there is no service \`${id}\``, [], `one of ${known}`);
    }),
  );
  const organization = config?.desired.organization;
  const progress = progressOf(deps);
  const homeRegion = organization?.homeRegion;
  const memberRole = organization?.memberRoles?.read;
  const aws = await connect(deps, {
    progress,
    ...(homeRegion === undefined ? {} : { homeRegion }),
    ...(memberRole === undefined ? {} : { memberRole }),
  });
  try {
    const { account } = await aws.caller(deps.signal);
    const governed = [options.governedRegion, organization?.governedRegions ?? []].find(
      (list) => list.length > 0,
    );
    const governedRegions = governed ?? defaultRegions;
    const unknown = governedRegions.find((name) => !allRegions.list.some((it) => it.name === name));
    if (unknown !== undefined) {
      throw new InputError("ORGRAIL5413", `there is no Region \`${unknown}\``, []);
    }
    const scope = JSON.stringify([
      tier,
      [...ids].sort(),
      homeRegion ?? aws.region,
      governedRegions,
    ]);
    const partial = openPartialAnswers<KeptAnswer>(
      `${path}.partial`,
      {
        kind: "orgrail-partial-snapshot",
        version: 1,
        account,
        scope,
        startedAt: new Date(deps.clock.now()).toISOString(),
      },
      mostAgeMs,
    );
    const recorder = recordCalls(aws, {
      caller: account,
      startedMs: Date.parse(partial.header.startedAt),
      kept: new Map(partial.kept.map((answer) => [answer.key, answer])),
      keep: (answer) => partial.append(answer),
    });
    const snapshot = await readOrganization(deps, recorder.aws, progress, {
      ...(tier === "headline" ? {} : readEverything),
      services: { services, homeRegion: homeRegion ?? aws.region, governedRegions, tier },
    });
    // It is as old as its oldest answer.
    const { startedAt: takenAt } = partial.header;
    return {
      snapshot: { ...snapshot, takenAt, calls: recorder.calls },
      reused: recorder.reused(),
      partial,
    };
  } finally {
    aws.close();
  }
}

/** Regions that every account has unless it is told otherwise. */
const defaultRegions: readonly string[] = allRegions.list
  .filter(({ optIn, name }) => !optIn && !/^(cn|us-gov|us-iso)/.test(name))
  .map(({ name }) => name);
