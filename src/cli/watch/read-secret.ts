import { resolve } from "node:path";
import { InputError } from "../../core/app-error.ts";
import type { SecretPlace } from "../../core/desired.ts";
import { readTextFile } from "../../store/atomic-file.ts";

const mostBytes = 65_536;

/**
 * Reads a secret from a variable, or from a file without the white space around it. It is named in no
 * message. Throws ORGRAIL5372 when there is none.
 *
 * @param what it is for, in words.
 */
export async function readSecret(
  place: SecretPlace,
  what: string,
  env: Readonly<Record<string, string | undefined>>,
  folder: string,
): Promise<string> {
  const isVariable = "env" in place;
  const text = isVariable
    ? (env[place.env] ?? "")
    : await readTextFile(resolve(folder, place.file), mostBytes);
  const secret = text.trim();
  if (secret !== "") return secret;
  const where = isVariable ? `the variable ${place.env} is not set` : `\`${place.file}\` is empty`;
  throw new InputError("ORGRAIL5372", `${what} is missing: ${where}`, []);
}
