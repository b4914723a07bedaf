import { open, readFile, realpath, stat } from "node:fs/promises";
import type { Gap } from "../../core/read.ts";
import { isGzip, mostLogBytes } from "../read/decode-log.ts";
import type { LogObject } from "../read/log-object.ts";
import { firstCut, headBytes, isOfLines } from "./cut-text.ts";
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
    if (object.size <= largestWhole || (await isReadWhole(object))) {
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

/** Whether a large file is packed, or a document over many lines, which cannot be cut. */
async function isReadWhole({ name, size }: LogObject): Promise<boolean> {
  const file = await open(name, "r");
  try {
    const buffer = Buffer.alloc(headBytes);
    const { bytesRead } = await file.read(buffer, 0, headBytes, 0);
    const head = buffer.subarray(0, bytesRead);
    return isGzip(head) || (size <= mostLogBytes && !isOfLines(head));
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
        const cut = firstCut(tail.subarray(0, bytesRead));
        end += cut === -1 ? bytesRead : cut;
        if (cut !== -1 || bytesRead === 0) break;
      }
      yield { name: `${object.name}#${start}`, size: end - start, tag: object.tag, start };
      start = end;
    }
  } finally {
    await file.close();
  }
}
