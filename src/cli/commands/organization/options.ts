import type { FlagOption, ListOption, TextOption } from "../../command.ts";

/** `--target`, for commands that plan. */
export const targetOption: ListOption = {
  kind: "list",
  value: "ADDRESS",
  description:
    "only this account, unit or policy and what it needs: an address of the plan such as " +
    "account:Audit, or the part after its colon",
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
