import { basename, resolve } from "node:path";
import { configuredRegion } from "../../../aws/configured-region.ts";
import { writeConfig } from "../../../config/write.ts";
import type { Snapshot } from "../../../core/snapshot.ts";
import { readSnapshotFile } from "../../../store/snapshot-file.ts";
import type { Run } from "../../command.ts";
import { connect } from "../../connect.ts";
import type { Deps } from "../../deps.ts";
import { configName } from "../../find-config.ts";
import { progressOf } from "../../make-plan.ts";
import { noteLines } from "../../note-lines.ts";
import { notAsked, readEverything } from "../../read-everything.ts";
import { readOrganization } from "../../read-organization.ts";
import { counted } from "../../words.ts";
import { writeFiles } from "../../write-files.ts";
import type { InitOptions } from "./init.command.ts";

/** Writes a configuration of the organization as it is now. */
export const run: Run<InitOptions> = async (deps, options) => {
  const out = options.out ?? deps.global.config ?? configName;
  const { snapshot, homeRegion } = await source(deps, options.snapshot);
  const { files, notes } = writeConfig(snapshot, {
    file: basename(out),
    ...(homeRegion === undefined ? {} : { homeRegion }),
  });
  const written = await writeFiles(deps, files, { out, force: options.force });
  const { id, accounts, organizationalUnits } = snapshot.organization;
  const unread = new Set(snapshot.gaps.map(({ subject }) => subject));
  return {
    result: { organizationId: id, files: written, notes },
    gaps: snapshot.gaps,
    diagnostics: options.snapshot === undefined ? notAsked(snapshot.organization) : [],
    exit: snapshot.gaps.length > 0 ? "gaps" : "done",
    text: () =>
      [
        `wrote ${id} to ${written[0]}: ` +
          `${counted(organizationalUnits.length, "organizational unit")}, ` +
          `${counted(accounts.length, "account")}, ` +
          `${counted(written.length - 1, "document")} of policies beside it`,
        ...noteLines(
          notes.filter(({ where }) => !unread.has(where)),
          "left out:",
        ),
      ].join("\n"),
    next: "Next: `orgrail plan` shows that there is nothing to do; then change the file.",
  };
};

async function source(
  deps: Deps,
  file: string | undefined,
): Promise<{ readonly snapshot: Snapshot; readonly homeRegion?: string }> {
  if (file !== undefined) return { snapshot: await readSnapshotFile(resolve(deps.cwd, file)) };
  const progress = progressOf(deps);
  const aws = await connect(deps, { progress });
  try {
    const snapshot = await readOrganization(deps, aws, progress, {
      ...readEverything,
      regions: "none",
    });
    const homeRegion = deps.global.region ?? (await configuredRegion(deps.global.profile));
    return { snapshot, ...(homeRegion === undefined ? {} : { homeRegion }) };
  } finally {
    aws.close();
  }
}
