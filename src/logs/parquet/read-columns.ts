import type { TextColumn } from "../../core/call-groups.ts";
import { type Codec, decompress } from "./compress.ts";
import { readThrift, type ThriftStruct, type ThriftValue } from "./thrift-reader.ts";
import { unpackBits, unpackBitsAt } from "./unpack-bits.ts";

/** Columns of a file, by name. */
export interface ReadColumns {
  readonly rows: number;
  /** A column of texts; of those rows only, where they are given. */
  texts(name: string, rows?: Int32Array): TextColumn;
  /** A column of whole numbers of 32 bits, none of them null. */
  integers(name: string): Int32Array;
  /** A column of numbers: milliseconds of timestamps, days of dates; NaN where there is none. */
  numbers(name: string): Float64Array;
}

const magic = 0x31524150;
const types = { int32: 1, int64: 2, byteArray: 6 };
const timestampMicros = 10;
const dictionaryPage = 2;
const rleDictionary = 8;

/** Where a column lies. */
interface Chunk {
  readonly type: number;
  readonly converted: number | undefined;
  readonly codec: Codec;
  readonly start: number;
}

/**
 * Reads the columns of a file that `createParquetWriter` wrote; other writers' files may have pages
 * of other kinds, and are refused. Texts stay numbers into their dictionary: no text is made twice.
 *
 * @throws Error when the bytes are no such file
 */
export function readColumns(file: Buffer): ReadColumns {
  const { length } = file;
  if (length < 12 || file.readUInt32LE(0) !== magic || file.readUInt32LE(length - 4) !== magic) {
    throw new Error("it is no file of Parquet, or cut off");
  }
  // Parts of a plain array are made faster than those of a Buffer.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, length);
  const footer = readThrift(bytes, length - 8 - file.readUInt32LE(length - 8)).struct;
  const rows = numberOf(footer, 3);
  const [, ...schema] = structsOf(footer, 2);
  const [group, second] = structsOf(footer, 4);
  if (group === undefined || second !== undefined) throw new Error("it has not one row group");
  const chunks = new Map<string, Chunk>();
  for (const [index, column] of structsOf(group, 1).entries()) {
    const described = schema[index];
    const meta = column.get(3);
    if (described === undefined || !(meta instanceof Map)) throw new Error("a column is missing");
    const converted = described.get(6);
    const dictionary = meta.get(11);
    chunks.set(Buffer.from(bytesOf(described, 4)).toString(), {
      type: numberOf(meta, 1),
      converted: typeof converted === "number" ? converted : undefined,
      codec: numberOf(meta, 4) as Codec,
      start: typeof dictionary === "number" ? dictionary : numberOf(meta, 9),
    });
  }
  const find = (name: string): Chunk => {
    const chunk = chunks.get(name);
    if (chunk === undefined) throw new Error(`it has no column \`${name}\``);
    return chunk;
  };
  return {
    rows,
    texts: (name, some) => readTexts(bytes, find(name), rows, some),
    integers: (name) => readIntegers(bytes, find(name), rows),
    numbers: (name) => readNumbers(bytes, find(name), rows),
  };
}

/** A data page: which rows have values, and these. */
interface Page {
  readonly present: Int32Array | undefined;
  readonly count: number;
  readonly encoding: number;
  readonly bytes: Uint8Array;
}

function readPage(file: Uint8Array, at: number, codec: Codec, rows: number): Page {
  const { struct, end } = readThrift(file, at);
  const head = struct.get(8);
  if (!(head instanceof Map) || numberOf(head, 1) !== rows || numberOf(head, 6) !== 0) {
    throw new Error("it has a page of another kind");
  }
  const size = numberOf(struct, 3);
  const levels = numberOf(head, 5);
  const count = rows - numberOf(head, 2);
  const stored = file.subarray(end + levels, end + size);
  return {
    present: count === rows || count === 0 ? undefined : unpackBits(file, end, 1, rows),
    count,
    encoding: numberOf(head, 4),
    bytes: head.get(7) === false ? stored : decompress({ codec, bytes: stored }),
  };
}

function readTexts(
  file: Uint8Array,
  { type, codec, start }: Chunk,
  rows: number,
  some: Int32Array | undefined,
): TextColumn {
  if (type !== types.byteArray) throw new Error("the column has no texts");
  const { struct, end } = readThrift(file, start);
  if (numberOf(struct, 1) !== dictionaryPage) {
    const { count } = readPage(file, start, codec, rows);
    if (count > 0) throw new Error("the column has no dictionary");
    return { ids: new Int32Array(some?.length ?? rows), texts: [""] };
  }
  const head = struct.get(7);
  if (!(head instanceof Map)) throw new Error("it has a page of another kind");
  const stored = file.subarray(end, end + numberOf(struct, 3));
  const texts = plainTexts(decompress({ codec, bytes: stored }), numberOf(head, 1));
  const page = readPage(file, end + stored.length, codec, rows);
  if (page.encoding !== rleDictionary) throw new Error("the column has no dictionary");
  const width = page.bytes[0] ?? 0;
  if (some !== undefined && page.count === rows) {
    return { ids: unpackBitsAt(page.bytes, 1, width, rows, some, 1), texts };
  }
  const ids = spread(unpackBits(page.bytes, 1, width, page.count, 1), page, rows);
  return { ids: some === undefined ? ids : some.map((row) => ids[row] as number), texts };
}

function readIntegers(file: Uint8Array, chunk: Chunk, rows: number): Int32Array {
  const { type, codec, start } = chunk;
  if (type !== types.int32) throw new Error("the column has no whole numbers of 32 bits");
  const { bytes, count, encoding } = readPage(file, start, codec, rows);
  if (encoding !== 0 || count !== rows) throw new Error("it has a page of another kind");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Int32Array(rows);
  for (let row = 0; row < rows; row++) numbers[row] = view.getInt32(row * 4, true);
  return numbers;
}

/** The texts of a page, each after its length; number 0 is no text. */
function plainTexts(page: Uint8Array, count: number): readonly string[] {
  const bytes = Buffer.from(page.buffer, page.byteOffset, page.byteLength);
  // Parts of one text are made much faster than texts, where a byte is a character.
  const whole = bytes.toString("latin1");
  const texts = [""];
  for (let at = 0; texts.length <= count; ) {
    const from = at + 4;
    const end = from + bytes.readUInt32LE(at);
    let isPlain = true;
    for (let index = from; index < end && isPlain; index++)
      isPlain = (bytes[index] as number) < 0x80;
    texts.push(isPlain ? whole.slice(from, end) : bytes.toString("utf8", from, end));
    at = end;
  }
  return texts;
}

/** Puts values into the rows that have one; the others stay 0. */
function spread(values: Int32Array, { present, count }: Page, rows: number): Int32Array {
  if (count === rows) return values;
  const all = new Int32Array(rows);
  if (present === undefined) return all;
  let next = 0;
  for (let row = 0; row < rows; row++) if (present[row] === 1) all[row] = values[next++] as number;
  return all;
}

function readNumbers(file: Uint8Array, chunk: Chunk, rows: number): Float64Array {
  const { type, codec, start, converted } = chunk;
  if (type !== types.int32 && type !== types.int64) throw new Error("the column has no numbers");
  const { bytes, count, present, encoding } = readPage(file, start, codec, rows);
  if (encoding !== 0) throw new Error("it has a page of another kind");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Float64Array(rows);
  const factor = converted === timestampMicros ? 1_000 : 1;
  let next = 0;
  for (let row = 0; row < rows; row++) {
    if (count !== rows && present?.[row] !== 1) numbers[row] = Number.NaN;
    else if (type === types.int32) numbers[row] = view.getInt32(next++ * 4, true);
    else {
      const at = next++ * 8;
      const value = view.getUint32(at, true) + view.getInt32(at + 4, true) * 2 ** 32;
      numbers[row] = factor === 1 ? value : Math.round(value / factor);
    }
  }
  return numbers;
}

function numberOf(struct: ThriftStruct, member: number): number {
  const value = struct.get(member);
  if (typeof value !== "number") throw new Error("a number of the file is missing");
  return value;
}

function bytesOf(struct: ThriftStruct, member: number): Uint8Array {
  const value = struct.get(member);
  if (!(value instanceof Uint8Array)) throw new Error("a text of the file is missing");
  return value;
}

function structsOf(struct: ThriftStruct, member: number): readonly ThriftStruct[] {
  const value: ThriftValue | undefined = struct.get(member);
  if (!Array.isArray(value)) throw new Error("a list of the file is missing");
  return value.filter((one): one is ThriftStruct => one instanceof Map);
}
