import { open, readFile, realpath, stat } from "node:fs/promises";
import type { Gap } from "../../core/read.ts";
import { isGzip } from "../read/decode-log.ts";
import type { LogObject } from "../read/log-object.ts";
import { localGap, localObject, localTree } from "./local-tree.ts";
import {
  groupObjects,
  isSelected,
  type LogGroup,
  type LogSelection,
  type LogSource,
} from "./log-source.ts";
import { walkLogs } from "./walk-logs.ts";

/** Files that are not packed and larger than this are read in blocks of lines. */
const largestWhole = 64 * 1_048_576;
const blockBytes = 16 * 1_048_576;

/** A file, or all files below a folder. Both exist or become a gap. */
export function fileSource(path: string, selection: LogSelection): LogSource {
  const gaps: Gap[] = [];
  const blocks = new Map<string, { readonly path: string; readonly start: number }>();

  async function* groups(): AsyncGenerator<LogGroup, void, undefined> {
    let object: LogObject;
    try {
      const real = await realpath(path);
      if ((await stat(real)).isDirectory()) {
        // A folder within the layout: what is above it says which account it is.
        yield* walkLogs(localTree("/", gaps), `${real.slice(1)}/`.replace(/^\/$/, ""), selection);
        return;
      }
      object = localObject(real);
      if (!isSelected(object, selection)) return;
    } catch (error) {
      gaps.push(localGap(path, error));
      return;
    }
    if (object.size <= largestWhole || (await isPacked(object.name))) {
      yield* groupObjects([object]);
      return;
    }
    for await (const block of lineBlocks(object)) {
      blocks.set(block.name, { path: object.name, start: block.start });
      yield { account: "unknown", month: "unknown", objects: [block] };
    }
  }

  return {
    name: path,
    groups,
    gaps,
    takeGaps: () => gaps.splice(0),
    isLasting: true,
    digests: async () => ({
      tree: localTree("/", gaps),
      folder: `${(await realpath(path)).slice(1)}/`,
      fetch: async ({ name }) => ({ bytes: await readFile(name) }),
    }),
    read: async (object) => {
      const block = blocks.get(object.name);
      // The threads read whole files themselves.
      if (block === undefined) return undefined;
      const file = await open(block.path, "r");
      try {
        const bytes = Buffer.alloc(object.size);
        await file.read(bytes, 0, object.size, block.start);
        return bytes;
      } finally {
        await file.close();
      }
    },
  };
}

async function isPacked(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const head = Buffer.alloc(2);
    await file.read(head, 0, 2, 0);
    return isGzip(head);
  } finally {
    await file.close();
  }
}

/** Stretches of whole lines of a file. */
async function* lineBlocks(
  object: LogObject,
): AsyncGenerator<LogObject & { readonly start: number }, void, undefined> {
  const file = await open(object.name, "r");
  try {
    const tail = Buffer.alloc(1_048_576);
    let start = 0;
    while (start < object.size) {
      let end = Math.min(start + blockBytes, object.size);
      // On to the end of the line.
      while (end < object.size) {
        const { bytesRead } = await file.read(tail, 0, tail.length, end);
        const line = tail.subarray(0, bytesRead).indexOf(0x0a);
        end = line === -1 ? end + bytesRead : end + line + 1;
        if (line !== -1 || bytesRead === 0) break;
      }
      yield { name: `${object.name}#${start}`, size: end - start, tag: object.tag, start };
      start = end;
    }
  } finally {
    await file.close();
  }
}
