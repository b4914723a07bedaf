import { resolve } from "node:path";
import { writeSnapshotFile } from "../../../store/snapshot-file.ts";
import type { Run } from "../../command.ts";
import { connect } from "../../connect.ts";
import { progressOf } from "../../make-plan.ts";
import { notAsked, readEverything } from "../../read-everything.ts";
import { readOrganization } from "../../read-organization.ts";
import type { SnapshotOptions } from "./snapshot.command.ts";

/** Reads all there is to read of the organization and saves it. */
export const run: Run<SnapshotOptions> = async (deps, options) => {
  const file = options.out ?? "snapshot.json";
  const progress = progressOf(deps);
  const aws = await connect(deps, { progress });
  try {
    const snapshot = await readOrganization(deps, aws, progress, readEverything);
    await writeSnapshotFile(resolve(deps.cwd, file), snapshot);
    const { id, accounts, organizationalUnits, policies } = snapshot.organization;
    return {
      result: {
        file,
        organizationId: id,
        takenAt: snapshot.takenAt,
        accounts: accounts.length,
        organizationalUnits: organizationalUnits.length,
        policies: policies?.length ?? null,
      },
      gaps: snapshot.gaps,
      diagnostics: notAsked(snapshot.organization),
      exit: snapshot.gaps.length > 0 ? "gaps" : "done",
      text: () => `saved ${id} as of ${snapshot.takenAt} in ${file}`,
      next: `Next: \`orgrail sandbox --from ${file}\` serves a copy of it.`,
    };
  } finally {
    aws.close();
  }
};
