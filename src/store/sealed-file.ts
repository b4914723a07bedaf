import { AppError } from "../core/app-error.ts";
import { digest } from "../core/digest.ts";
import { isJsonObject } from "../core/json.ts";
import { readTextFile, writeFileAtomically } from "./atomic-file.ts";

/** A kind of file that holds one value with a digest of it. */
export interface SealedFileKind {
  /** As the file names itself. */
  readonly kind: "orgrail-snapshot";
  /** In words, for messages. */
  readonly title: string;
  readonly schemaVersion: number;
  /** What to do when the file cannot be used. */
  readonly hint: string;
  readonly code: string;
  readonly mostBytes: number;
}

/** Writes a value with its digest, so that a file changed by hand or cut off is noticed. */
export async function writeSealedFile(
  path: string,
  { kind, schemaVersion }: SealedFileKind,
  value: unknown,
): Promise<void> {
  const sealed = { kind, schemaVersion, digest: digest(value), value };
  await writeFileAtomically(path, `${JSON.stringify(sealed, null, 1)}\n`);
}

/**
 * Reads a sealed file's value. Throws an AppError with the kind's code and a usage exit when it is
 * of another kind or version, is cut off, or was changed.
 */
export async function readSealedFile(path: string, kind: SealedFileKind): Promise<unknown> {
  const text = await readTextFile(path, kind.mostBytes);
  const fail = (what: string, cause?: unknown): AppError =>
    new AppError(kind.code, `\`${path}\` ${what}`, {
      exit: "usage",
      hint: kind.hint,
      ...(cause === undefined ? {} : { cause }),
    });
  let sealed: unknown;
  try {
    sealed = JSON.parse(text);
  } catch (error) {
    throw fail(`is damaged: it is no JSON${text.trim() === "" ? ", but empty" : ""}`, error);
  }
  if (!isJsonObject(sealed) || sealed.kind !== kind.kind) {
    throw fail(`is no ${kind.title} of orgrail`);
  }
  if (sealed.schemaVersion !== kind.schemaVersion) {
    throw fail(
      `is a ${kind.title} of format ${String(sealed.schemaVersion)}; this version reads format ${kind.schemaVersion}`,
    );
  }
  if (sealed.digest !== digest(sealed.value)) {
    throw fail("is damaged or was changed: its content does not fit its digest");
  }
  return sealed.value;
}
