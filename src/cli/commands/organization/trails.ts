import { resolve } from "node:path";
import { suggest } from "../../../config/suggest.ts";
import { InputError } from "../../../core/app-error.ts";
import type { Snapshot } from "../../../core/snapshot.ts";
import { regions as allRegions } from "../../../data/regions.ts";
import { renderTrailsHtml } from "../../../report/trails-html.ts";
import { renderTrailsCsv, renderTrailsMarkdown } from "../../../report/trails-lists.ts";
import { renderTrail, renderTrails } from "../../../report/trails-text.ts";
import { securityServices } from "../../../services/registry.ts";
import { describeEvents } from "../../../trails/event-classes.ts";
import {
  type ReportedTrail,
  type TrailsReport,
  trailFaults,
  trailsReport,
} from "../../../trails/report.ts";
import type { Run } from "../../command.ts";
import { connect } from "../../connect.ts";
import type { Deps } from "../../deps.ts";
import { readConfigIfAny } from "../../events/config-if-any.ts";
import { countEvents } from "../../events/count-events.ts";
import { progressOf } from "../../make-plan.ts";
import { readEverything } from "../../read-everything.ts";
import { readOrganization } from "../../read-organization.ts";
import { savedSnapshot } from "../../snapshots/load-snapshots.ts";
import type { TrailsOptions } from "./trails.command.ts";

/** Shows trails, of a snapshot or of AWS as it is. */
export const run: Run<TrailsOptions> = async (deps, options) => {
  const wanted = options.failOn
    .flatMap((text) => text.split(","))
    .map((text) => {
      const fault = trailFaults.find((one) => one === text);
      if (fault !== undefined) return fault;
      throw wrong(`no trail is \`${text}\``, `one of ${trailFaults.join(", ")}`);
    });
  const snapshot = (await savedSnapshot(deps, options)) ?? (await readAws(deps, options));
  // What AWS denied just now is among the gaps.
  const isSaved = options.snapshot !== undefined || options.store !== undefined;
  if (isSaved && snapshot.services?.cloudtrail === undefined) {
    throw new InputError(
      "ORGRAIL5431",
      "the snapshot holds nothing of CloudTrail",
      [],
      "take one with `orgrail snapshot --tier inside`",
    );
  }
  const counts =
    options.lake === undefined
      ? undefined
      : await countEvents(resolve(deps.cwd, options.lake), deps.clock.now(), deps.signal);
  const report = trailsReport(snapshot, counts === undefined ? {} : { counts });
  const gaps = snapshot.gaps.filter(({ subject }) => subject.startsWith("services/cloudtrail"));
  const isBad = report.trails.some(({ faults }) => wanted.some((fault) => faults.includes(fault)));
  const outcome = {
    gaps,
    exit: isBad ? "differences" : gaps.length > 0 || report.unknown.length > 0 ? "gaps" : "done",
  } as const;
  if (options.why !== undefined) {
    const trail = trailNamed(report, options.why);
    const groups = report.groups.filter(({ number }) => trail.groups.includes(number));
    const events = trail.events === null ? "what was not read" : describeEvents(trail.events);
    return {
      ...outcome,
      result: { trail, groups, takenAt: report.takenAt },
      text: () => renderTrail(report, trail, events, deps.stdout.columns),
    };
  }
  const writers: Readonly<Record<string, (one: TrailsReport) => string>> = {
    csv: renderTrailsCsv,
    markdown: renderTrailsMarkdown,
    html: renderTrailsHtml,
  };
  const write = writers[options.format ?? "text"];
  if (write !== undefined && !deps.global.json) {
    deps.stdout.write(write(report));
    return { ...outcome, result: undefined, written: true };
  }
  return {
    ...outcome,
    result: report,
    text: () => renderTrails(report, deps.stdout.columns).trimEnd(),
  };
};

function trailNamed({ trails }: TrailsReport, text: string): ReportedTrail {
  const found = trails.filter(({ arn, name }) => arn === text || name === text);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  if (first !== undefined) {
    const arns = found.map(({ arn }) => arn).join(", ");
    throw wrong(`there are ${found.length} trails \`${text}\``, `say which: ${arns}`);
  }
  const names = trails.map(({ name }) => name);
  const meant = suggest(text, names);
  throw wrong(
    `there is no trail \`${text}\``,
    meant === undefined ? `there are ${names.join(", ") || "none"}` : `did you mean \`${meant}\`?`,
  );
}

function wrong(message: string, hint: string): InputError {
  return new InputError("ORGRAIL5430", message, [], hint);
}

async function readAws(deps: Deps, options: TrailsOptions): Promise<Snapshot> {
  const config = await readConfigIfAny(deps, options);
  const organization = config?.desired.organization;
  const governed = organization?.governedRegions ?? [];
  const service = await securityServices.cloudtrail?.();
  if (service === undefined) throw new Error("cloudtrail is not registered");
  const memberRole = organization?.memberRoles?.read;
  const homeRegion = organization?.homeRegion;
  const progress = progressOf(deps);
  const aws = await connect(deps, {
    progress,
    ...(homeRegion === undefined ? {} : { homeRegion }),
    ...(memberRole === undefined ? {} : { memberRole }),
  });
  try {
    return await readOrganization(deps, aws, progress, {
      regions: readEverything.regions,
      services: {
        services: [{ service }],
        homeRegion: homeRegion ?? aws.region,
        governedRegions:
          governed.length > 0
            ? governed
            : allRegions.list.filter(({ optIn }) => !optIn).map(({ name }) => name),
        tier: "inside",
      },
    });
  } finally {
    aws.close();
  }
}
