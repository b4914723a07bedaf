import { resolve } from "node:path";
import { diffCells, diffOrganization } from "../../../coverage/diff.ts";
import { coverageMatrix } from "../../../coverage/matrix.ts";
import { securityServices } from "../../../services/registry.ts";
import { readSnapshotFile } from "../../../store/snapshot-file.ts";
import type { Run } from "../../command.ts";
import type { SnapshotDiffOptions } from "./snapshot-diff.command.ts";

/** Compares two saved snapshots. */
export const run: Run<SnapshotDiffOptions> = async (deps, _, words) => {
  const [first = "", second = ""] = words;
  const before = await readSnapshotFile(resolve(deps.cwd, first));
  const after = await readSnapshotFile(resolve(deps.cwd, second));
  const services = await Promise.all(Object.values(securityServices).map((load) => load()));
  const nowMs = deps.clock.now();
  const things = diffOrganization(before, after);
  const cells = diffCells(
    coverageMatrix(before, services, { nowMs }),
    coverageMatrix(after, services, { nowMs }),
  );
  const lines = [
    ...things.map(({ kind, id, name, change, members }) => {
      const what = members.length === 0 ? "" : `: ${members.join(", ")}`;
      return `${signs[change]} ${kind} ${name}${name === id ? "" : ` (${id})`}${what}`;
    }),
    ...cells.map(
      ({ service, name, region, before: was, after: now, reason }) =>
        `~ ${service} ${name}${region === null ? "" : ` ${region}`}: ${was ?? "absent"} -> ${now ?? "absent"}, ${reason}`,
    ),
  ];
  return {
    result: {
      before: before.takenAt,
      after: after.takenAt,
      sameOrganization: before.organization.id === after.organization.id,
      organization: things,
      cells,
    },
    exit: lines.length === 0 ? "done" : "differences",
    text: () =>
      lines.length === 0
        ? `nothing changed from ${before.takenAt} to ${after.takenAt}`
        : lines.join("\n"),
  };
};

const signs = { added: "+", removed: "-", changed: "~" } as const;
