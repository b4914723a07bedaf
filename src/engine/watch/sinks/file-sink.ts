import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import type { Finding } from "../../../core/finding.ts";
import { isJsonObject } from "../../../core/json.ts";
import { makeDirectory, syncDirectory } from "../../../store/atomic-file.ts";
import { reasonOf } from "../../../store/file-errors.ts";
import { type Sink, SinkFailure } from "../sink.ts";
import type { RenderFindings } from "./stream-sink.ts";

const mostAtOnce = 500;
/** What a crash may have left unnoted is looked for in so much of the file's end. */
const tailBytes = 8 * 1_048_576;

/**
 * A file to which lines are added, a finding each. After a crash, findings that stand at its end
 * already are not written again, and half a line is cut off. A file that was moved away, as rotation
 * of logs does, is begun anew.
 */
export function fileSink(name: string, path: string, render: RenderFindings): Sink {
  let known: Set<string> | undefined;
  const write = async (findings: readonly Finding[]): Promise<void> => {
    await makeDirectory(dirname(path), 0o700);
    const file = await open(path, "a+", 0o600);
    try {
      known ??= await idsAtEnd(file);
      const news = findings.filter(({ id }) => known?.has(id) !== true);
      if (news.length === 0) return;
      await appendWhole(file, render(news));
      // They come in order: behind one that is new, nothing can stand there that was not noted.
      known = new Set();
    } finally {
      await file.close();
    }
    await syncDirectory(dirname(path));
  };
  return {
    name,
    most: mostAtOnce,
    deliver: async (findings) => {
      try {
        await write(findings);
      } catch (error) {
        throw new SinkFailure(`cannot write \`${path}\`: ${reasonOf(error)}`);
      }
      return [];
    },
  };
}

async function appendWhole(file: FileHandle, text: string): Promise<void> {
  const { size } = await file.stat();
  try {
    await file.appendFile(text);
    await file.datasync();
  } catch (error) {
    await file.truncate(size).catch(() => undefined);
    throw error;
  }
}

/** Ids of the findings at the end of a file; half a line is cut off. */
async function idsAtEnd(file: FileHandle): Promise<Set<string>> {
  const { size } = await file.stat();
  const start = Math.max(0, size - tailBytes);
  const bytes = Buffer.alloc(size - start);
  await file.read(bytes, 0, bytes.length, start);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length && (end > 0 || start === 0)) await file.truncate(start + end);
  const ids = new Set<string>();
  for (const line of bytes.toString("utf8", 0, end).split("\n")) {
    const id = idOf(line);
    if (id !== undefined) ids.add(id);
  }
  return ids;
}

/** The id in a line: of a finding, or of OCSF. */
function idOf(line: string): string | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isJsonObject(value)) return undefined;
    if (typeof value.id === "string") return value.id;
    const info = value.finding_info;
    return isJsonObject(info) && typeof info.uid === "string" ? info.uid : undefined;
  } catch {
    return undefined;
  }
}
