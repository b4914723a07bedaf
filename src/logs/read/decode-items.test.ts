import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeItems } from "./decode-items.ts";
import { type DecodedLog, decodeLog } from "./decode-log.ts";
import type { LogItem } from "./log-object.ts";

function itemOf(bytes: Uint8Array, name = "file"): LogItem {
  return { object: { name, size: bytes.length, tag: "" }, bytes };
}

const packed = fc
  .tuple(fc.string({ unit: "grapheme", maxLength: 60 }), fc.integer({ min: 1, max: 400 }))
  .map(([text, times]) => gzipSync(text.repeat(times)));

const file = fc.oneof(
  { weight: 8, arbitrary: packed },
  // Cut off, changed, of two members, with something behind it, not packed, not UTF-8, marked.
  fc.tuple(packed, fc.nat(40)).map(([bytes, cut]) => bytes.subarray(0, bytes.length - cut)),
  fc.tuple(packed, fc.nat(400)).map(([bytes, at]) => {
    const changed = Buffer.from(bytes);
    changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ 0x55;
    return changed;
  }),
  fc.tuple(packed, packed).map((members) => Buffer.concat(members)),
  packed.map((bytes) => Buffer.concat([bytes, Buffer.alloc(9)])),
  fc.constant(Buffer.from('{"Records":[]}')),
  fc.constant(gzipSync(Buffer.from([0x22, 0xff, 0xfe, 0x22]))),
  fc.constant(gzipSync("\ufeff{}")),
  fc.constant(gzipSync("")),
  fc.constant(gzipSync(gzipSync("packed twice"))),
);

test("together they are what each is alone", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(file, { maxLength: 9 }), async (files) => {
      const items = files.map((bytes, index) => itemOf(Uint8Array.from(bytes), String(index)));
      const found: unknown[] = [];
      for await (const read of decodeItems(items)) {
        expect("decoded" in read).toBe(true);
        if ("decoded" in read) found.push([read.item.object.name, shown(read.decoded)]);
      }
      const alone = await Promise.all(
        files.map(async (bytes, index) => [String(index), shown(await decodeLog(bytes))]),
      );
      expect(found).toEqual(alone);
    }),
    { numRuns: 120 },
  );
});

function shown({ text, unpacked, problem }: DecodedLog): unknown {
  return [text().toString("hex"), unpacked.toString("hex"), problem];
}

test("a file with zeros behind it does not take what comes after with it", async () => {
  const files = [
    Buffer.concat([gzipSync(""), Buffer.alloc(9)]),
    Buffer.concat([gzipSync("second"), gzipSync("")]),
  ];
  const found: string[] = [];
  for await (const read of decodeItems(files.map((bytes) => itemOf(Uint8Array.from(bytes))))) {
    if ("decoded" in read) found.push(read.decoded.text().toString());
  }
  expect(found).toEqual(["", "second"]);
});

test("a file that cannot be read is told in its place", async () => {
  const folder = mkdtempSync(join(tmpdir(), "orgrail-decode-"));
  try {
    const paths = ["a", "b", "c"].map((name) => join(folder, name));
    writeFileSync(paths[0] ?? "", gzipSync("first"));
    writeFileSync(paths[2] ?? "", gzipSync("third"));
    const items = paths.map((name) => ({ object: { name, size: 1, tag: "" } }));
    const found: string[] = [];
    for await (const read of decodeItems(items)) {
      found.push("decoded" in read ? read.decoded.text().toString() : read.reason);
    }
    expect(found).toEqual(["first", "there is no such file or directory", "third"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
