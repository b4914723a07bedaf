import { InputError } from "../../../core/app-error.ts";
import type { Run } from "../../command.ts";
import { withStore } from "../../snapshots/with-store.ts";
import { counted } from "../../words.ts";
import type { SnapshotListOptions } from "./snapshot-list.command.ts";

/** Lists the snapshots of a store. */
export const run: Run<SnapshotListOptions> = async (deps, { store: place }) => {
  if (place === undefined) {
    throw new InputError("ORGRAIL5418", "no store is named", [], "name it with --store");
  }
  const entries = await withStore(deps, place, (store) => store.list());
  const lines = entries.map(({ id, tier, accounts, calls, gaps, cells }) =>
    [
      id.padEnd(20),
      (tier ?? "organization").padEnd(12),
      counted(accounts, "account"),
      ...(calls === 0 ? [] : [counted(calls, "answer")]),
      ...(cells === null
        ? []
        : [`${cells.on} on, ${cells.partial + cells.off} not, ${cells.unknown} unknown`]),
      ...(gaps === 0 ? [] : [`partial: ${counted(gaps, "read")} failed`]),
    ].join("  "),
  );
  return {
    result: { snapshots: entries },
    text: () => (lines.length === 0 ? "the store is empty" : lines.join("\n")),
  };
};
