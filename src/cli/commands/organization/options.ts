import type { FlagOption, ListOption, TextOption } from "../../command.ts";

/** `--target`, for commands that plan. */
export const targetOption: ListOption = {
  kind: "list",
  value: "ADDRESS",
  description:
    "only what has this address in the plan, such as account:Audit, and what it depends on; * stands " +
    "for any text",
};

/** `--detailed-exitcode`, for commands that compare. */
export const detailedExitcodeOption: FlagOption = {
  kind: "flag",
  description: "exit with 2 when there are differences",
};

/** `--snapshot`, for commands that can do without AWS. */
export const snapshotOption: TextOption = {
  kind: "text",
  value: "FILE",
  description: "compare with this saved snapshot instead of asking AWS",
};
