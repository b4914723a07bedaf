import type { TextOption } from "../../command.ts";

/** `--type`. */
export const typeOption: TextOption = {
  kind: "text",
  value: "TYPE",
  description: "type of the policies, such as SERVICE_CONTROL_POLICY; else told from each document",
};
