import type { Command } from "../../command.ts";

/** Options of the importers. */
export interface ImportOptions {
  readonly out: string | undefined;
  readonly force: boolean;
  readonly value: readonly string[];
  readonly organizationId: string | undefined;
  readonly noIds: boolean;
}

/** The same as the table has them. */
export const importOptions: Command<ImportOptions>["options"] = {
  out: {
    kind: "text",
    short: "o",
    value: "FILE",
    description: "write here instead of ./orgrail.yaml; policies go to files beside it",
  },
  force: { kind: "flag", description: "overwrite files that exist" },
  value: {
    kind: "list",
    value: "NAME=VALUE",
    description: "a value for a template of the source, by its name there",
  },
  organizationId: {
    kind: "text",
    value: "ID",
    description: "id of the organization, for policies that name it",
  },
  noIds: {
    kind: "flag",
    description: "leave out ids of accounts and units, for another organization than the source's",
  },
};
