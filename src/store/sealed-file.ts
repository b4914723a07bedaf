import { AppError } from "../core/app-error.ts";
import { digest } from "../core/digest.ts";
import { isJsonObject } from "../core/json.ts";
import { readTextFile, writeFileAtomically } from "./atomic-file.ts";

/** A kind of file that holds one value with a digest of it. */
export interface SealedFileKind {
  /** As the file names itself. */
  readonly kind: "orgrail-snapshot" | "orgrail-watch";
  /** In words, for messages. */
  readonly title: string;
  readonly schemaVersion: number;
  /** What to do when the file cannot be used. */
  readonly hint: string;
  readonly code: string;
  readonly mostBytes: number;
}

/** A value with its digest, so that a file changed by hand or cut off is noticed. */
export function sealText({ kind, schemaVersion }: SealedFileKind, value: unknown): string {
  const sealed = { kind, schemaVersion, digest: digest(value), value };
  return `${JSON.stringify(sealed, null, 1)}\n`;
}

/** Writes a value with its digest to a file. */
export async function writeSealedFile(
  path: string,
  kind: SealedFileKind,
  value: unknown,
): Promise<void> {
  await writeFileAtomically(path, sealText(kind, value));
}

/**
 * Reads a sealed file's value. Throws an AppError with the kind's code and a usage exit when it is
 * of another kind or version, is cut off, or was changed.
 */
export async function readSealedFile(path: string, kind: SealedFileKind): Promise<unknown> {
  return openSealed(await readTextFile(path, kind.mostBytes), kind, path);
}

/** The value of a sealed text, as {@link readSealedFile}; `path` is for messages. */
export function openSealed(text: string, kind: SealedFileKind, path: string): unknown {
  const fail = (what: string, cause?: unknown, hint = kind.hint): AppError =>
    new AppError(kind.code, `\`${path}\` ${what}`, {
      exit: "usage",
      hint,
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
    const isNewer =
      typeof sealed.schemaVersion === "number" && sealed.schemaVersion > kind.schemaVersion;
    throw fail(
      `is a ${kind.title} of format ${String(sealed.schemaVersion)}; this version reads format ${kind.schemaVersion}`,
      undefined,
      isNewer ? "a newer orgrail made it: use that one, or a newer one still" : kind.hint,
    );
  }
  if (sealed.digest !== digest(sealed.value)) {
    throw fail("is damaged or was changed: its content does not fit its digest");
  }
  return sealed.value;
}
