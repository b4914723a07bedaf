import { importLza } from "../../../config/import/lza/import-lza.ts";
import type { Run } from "../../command.ts";
import { importFiles } from "../../import-files.ts";
import type { ImportOptions } from "./options.ts";

/** Writes a configuration from Landing Zone Accelerator's files. */
export const run: Run<ImportOptions> = async (deps, options, [folder = ""]) =>
  importFiles(deps, options, folder, importLza);
