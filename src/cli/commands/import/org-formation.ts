import { basename, dirname, resolve } from "node:path";
import { importOrgFormation } from "../../../config/import/org-formation/import-org-formation.ts";
import { InputError } from "../../../core/app-error.ts";
import type { Run } from "../../command.ts";
import { importFiles } from "../../import-files.ts";
import { plainFileText } from "../../plain-file.ts";
import type { OrgFormationOptions } from "./org-formation.command.ts";

/** Writes a configuration from an org-formation template. */
export const run: Run<OrgFormationOptions> = async (deps, options, [file = ""]) => {
  const state =
    options.state === undefined ? undefined : plainFileText(resolve(deps.cwd, options.state));
  if (options.state !== undefined && state === undefined) {
    throw new InputError("ORGRAIL5021", `the state file \`${options.state}\` cannot be read`, []);
  }
  return importFiles(deps, options, dirname(file), (input) =>
    importOrgFormation({
      ...input,
      file: basename(file),
      ...(state === undefined ? {} : { state }),
    }),
  );
};
