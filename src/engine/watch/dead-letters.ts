import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../core/app-error.ts";
import type { Clock } from "../../core/clock.ts";
import { makeDirectory, syncDirectory } from "../../store/atomic-file.ts";
import { reasonOf } from "../../store/file-errors.ts";

/** What could not be used, and where it came from. */
export interface DeadLetter {
  /** Where it came from: a source, or a sink that refused it. */
  readonly from: string;
  /** Message id, or name of the object. */
  readonly subject: string;
  readonly reason: string;
  /** For an object of which parts cannot be read: where they are in it, unpacked; the first thousand. */
  readonly parts?: readonly {
    readonly offset: number;
    readonly bytes: number;
    readonly reason: string;
  }[];
  /** As it came. */
  readonly raw?: Uint8Array | string;
}

/** The folder of what could not be used. */
export interface DeadLetters {
  /**
   * Keeps it; resolves when it is on the disk.
   *
   * @throws AppError ORGRAIL4373 when it cannot be written or the folder is full.
   */
  keep(letter: DeadLetter): Promise<void>;
}

/** How much the folder takes. */
export interface DeadLetterLimits {
  readonly files: number;
  readonly bytes: number;
}

/** What the folder takes when nobody says otherwise. */
export const deadLetterLimits: DeadLetterLimits = { files: 20_000, bytes: 1_073_741_824 };

/**
 * Opens the folder. Each letter is `TIME-ID.json`, with where it came from and why, and beside it
 * `TIME-ID.raw` with its bytes.
 */
export async function openDeadLetters(
  folder: string,
  clock: Clock,
  limits: DeadLetterLimits = deadLetterLimits,
  write: typeof writeWhole = writeWhole,
): Promise<DeadLetters> {
  await makeDirectory(folder, 0o700);
  let { files, bytes } = await measure(folder);
  return {
    keep: async ({ raw, ...letter }) => {
      const content = raw === undefined ? undefined : Buffer.from(raw as Uint8Array);
      const text = `${JSON.stringify({ at: new Date(clock.now()).toISOString(), ...letter }, null, 2)}\n`;
      const size = (content?.length ?? 0) + text.length;
      const isFull = (): boolean => files >= limits.files || bytes + size > limits.bytes;
      // It may have been emptied meanwhile.
      if (isFull()) ({ files, bytes } = await measure(folder));
      if (isFull()) {
        throw new AppError("ORGRAIL4373", `the folder of dead letters \`${folder}\` is full`, {
          hint: "look through it and empty it; what comes until then stays where it is",
        });
      }
      const stamp = new Date(clock.now()).toISOString().replaceAll(/[:.]/g, "-");
      const name = join(folder, `${stamp}-${randomUUID().slice(0, 8)}`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        // The raw bytes first: a letter that is there has them.
        if (content !== undefined) await write(`${name}.raw`, content);
        await write(`${name}.json`, text);
        await syncDirectory(folder);
      } catch (error) {
        // On a full disk every try would leave a part that nobody reads.
        const parts = ["raw", "json"].flatMap((end) => [`${name}.${end}`, `${name}.${end}.tmp`]);
        await Promise.all(parts.map((part) => rm(part, { force: true }).catch(() => undefined)));
        throw new AppError("ORGRAIL4373", `cannot write in \`${folder}\`: ${reasonOf(error)}`, {
          cause: error,
        });
      }
      files += 1;
      bytes += size;
    },
  };
}

async function measure(folder: string): Promise<DeadLetterLimits> {
  const names = await readdir(folder);
  const sizes = await Promise.all(
    names.map((name) => stat(join(folder, name)).catch(() => ({ size: 0 }))),
  );
  return {
    files: names.filter((name) => name.endsWith(".json")).length,
    bytes: sizes.reduce((sum, { size }) => sum + size, 0),
  };
}

async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(`${path}.tmp`, "w", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.tmp`, path);
}
