import type { TextPool } from "../record/text-pool.ts";
import { createByteSink } from "./byte-sink.ts";
import { type Codec, type Compressed, compress, uncompressed } from "./compress.ts";
import { countPresent, createDictionaryMaker, movePresent } from "./dictionary.ts";
import { bitWidth, packBits } from "./pack-bits.ts";
import { plainValues, presenceLevels } from "./plain-values.ts";
import { createThriftWriter } from "./thrift-writer.ts";

/** A column and its values, one a row. */
export type ParquetColumn =
  /**
   * Texts by their numbers in the pool; 0 is null. With `places`, which has a number a row, a row's
   * text is the one at that place of `ids`. `isRandom`: nothing comes twice in them.
   */
  | {
      readonly kind: "text";
      readonly name: string;
      readonly ids: Int32Array;
      readonly places?: Int32Array;
      readonly isRandom?: boolean;
    }
  /** 1, 0, and -1 for null. */
  | { readonly kind: "boolean"; readonly name: string; readonly values: Int8Array }
  /** Milliseconds since the epoch, or whole numbers; NaN is null. */
  | { readonly kind: "timestamp" | "integer"; readonly name: string; readonly values: Float64Array }
  /** Days since the epoch, or whole numbers of 32 bits. */
  | { readonly kind: "date" | "number"; readonly name: string; readonly values: Int32Array };

/** A column whose values are no texts. */
export type NumberColumn = Exclude<ParquetColumn, { kind: "text" }>;

/**
 * Bytes after Parquet's magic that readers of Parquet jump over: where the texts of the first column
 * lie, how many bytes they take, how many they are, and their codec, four bytes each. So they are
 * read without a footer.
 */
export const hintBytes = 16;

const types = { boolean: 0, int32: 1, int64: 2, byteArray: 6 };
const convertedTypes = { utf8: 0, date: 6, timestampMicros: 10 };
const encodings = { plain: 0, rle: 3, rleDictionary: 8 };
const pageTypes = { dictionary: 2, dataV2: 3 };

/** A column as it stands in a file. */
interface Chunk {
  readonly name: string;
  readonly type: number;
  readonly converted: number | undefined;
  readonly codec: Codec;
  /** Bytes, packed and unpacked. */
  readonly stored: number;
  readonly plain: number;
  /** Bytes of the dictionary's page, which comes first; 0 without one. */
  readonly dictionary: number;
  /** Of a chunk that ends with them: bytes of its values as they are stored, and their count. */
  readonly values?: { readonly bytes: number; readonly count: number };
}

/** Writes files of one table, whose texts are in that pool. */
export interface ParquetWriter {
  /**
   * The bytes of a file of one row group, good until the next is written. The first column is a
   * text, `isRandom`. A column is asked for when its turn comes; it may then be made in the memory
   * of the one before it. With `isPacked` false pages are left as they are, for files that are read
   * more often than space matters.
   */
  write(columns: Iterable<ParquetColumn>, rows: number, isPacked?: boolean): Buffer;
}

/**
 * Makes a writer: data pages of version 2, texts as dictionaries, nulls by definition levels. It
 * writes what the lake needs of the format and no more.
 *
 * @see https://parquet.apache.org/docs/file-format/
 */
export function createParquetWriter(pool: TextPool): ParquetWriter {
  const thrift = createThriftWriter();
  let isPacking = true;
  const out = createByteSink();
  const dictionaries = createDictionaryMaker();
  let texts = Buffer.allocUnsafe(1 << 10);

  const pack = (bytes: Uint8Array, isRandom: boolean): Compressed =>
    isPacking ? compress(bytes, isRandom) : { codec: uncompressed, bytes };

  /** Texts as they stand in a page. */
  const plainTexts = (ids: Int32Array, count: number, present: number): Uint8Array => {
    const bytes = pool.lengthOf(ids, count) + present * 4;
    if (texts.length < bytes) texts = Buffer.allocUnsafe(bytes * 2);
    pool.write(ids, count, texts);
    return texts.subarray(0, bytes);
  };

  const addDataHead = (
    plain: number,
    stored: number,
    rows: number,
    nulls: number,
    encoding: number,
    levels: number,
    isCompressed: boolean,
  ): void => {
    thrift.begin();
    thrift.i32(1, pageTypes.dataV2);
    thrift.i32(2, plain);
    thrift.i32(3, stored);
    thrift.struct(8);
    thrift.i32(1, rows);
    thrift.i32(2, nulls);
    thrift.i32(3, rows);
    thrift.i32(4, encoding);
    thrift.i32(5, levels);
    thrift.i32(6, 0);
    thrift.bool(7, isCompressed);
    thrift.endStruct();
    out.add(thrift.end());
  };

  const addDictionaryHead = (plain: number, stored: number, count: number): void => {
    thrift.begin();
    thrift.i32(1, pageTypes.dictionary);
    thrift.i32(2, plain);
    thrift.i32(3, stored);
    thrift.struct(7);
    thrift.i32(1, count);
    thrift.i32(2, encodings.plain);
    thrift.endStruct();
    out.add(thrift.end());
  };

  /** One page of values as they are. */
  const plainChunk = (
    column: ParquetColumn,
    rows: number,
    present: number,
    levels: Uint8Array,
    values: Uint8Array,
  ): Chunk => {
    const start = out.length();
    const page = pack(values, column.kind === "text");
    const { length } = levels;
    const plain = length + values.length;
    const stored = length + page.bytes.length;
    const isCompressed = page.codec !== uncompressed;
    addDataHead(plain, stored, rows, rows - present, encodings.plain, length, isCompressed);
    const head = out.length() - start;
    out.add(levels);
    out.add(page.bytes);
    return {
      ...typed(column),
      codec: page.codec,
      stored: head + stored,
      plain: head + plain,
      dictionary: 0,
      values: { bytes: page.bytes.length, count: present },
    };
  };

  /** Texts of which none comes twice, one after the other. */
  const randomChunk = (column: ParquetColumn & { kind: "text" }, rows: number): Chunk => {
    const { ids } = column;
    const present = countPresent(ids, rows, 0);
    const values = plainTexts(ids, rows, present);
    return plainChunk(column, rows, present, presenceLevels(ids, rows, present, 0), values);
  };

  const textChunk = (column: ParquetColumn & { kind: "text" }, rows: number): Chunk => {
    const count = dictionaries.make(column.ids);
    const isWhole = dictionaries.isWhole();
    // A column that is everywhere the same is one run, whatever its rows.
    const isUniform = count === 0 || (count === 1 && isWhole);
    const numbers = isUniform ? noNumbers : dictionaries.numbers(column.places);
    const present = count === 0 ? 0 : isWhole ? rows : countPresent(numbers, rows, -1);
    const levels = presenceLevels(numbers, rows, present, -1);
    if (count === 0) return plainChunk(column, rows, 0, levels, noBytes);
    if (present < rows) movePresent(numbers, -1);
    const width = bitWidth(count);
    const packed = packBits(numbers, present, width);
    const used = dictionaries.used();
    const plain = plainTexts(used, count, count);
    const page = pack(plain, false);
    const start = out.length();
    addDictionaryHead(plain.length, page.bytes.length, count);
    out.add(page.bytes);
    const dictionary = out.length() - start;
    const body = levels.length + 1 + packed.length;
    const { rleDictionary } = encodings;
    addDataHead(body, body, rows, rows - present, rleDictionary, levels.length, false);
    out.add(levels);
    out.addByte(width);
    out.add(packed);
    const stored = out.length() - start;
    return {
      ...typed(column),
      codec: page.codec,
      stored,
      plain: stored - page.bytes.length + plain.length,
      dictionary,
    };
  };

  const chunkOf = (column: ParquetColumn, rows: number): Chunk => {
    if (column.kind === "text") {
      return column.isRandom === true ? randomChunk(column, rows) : textChunk(column, rows);
    }
    const { present, levels, values } = plainValues(column, rows);
    return plainChunk(column, rows, present, levels, values);
  };

  const addFooter = (chunks: readonly Chunk[], rows: number): number => {
    thrift.begin();
    thrift.i32(1, 2);
    thrift.structs(2, chunks.length + 1);
    thrift.item();
    thrift.text(4, "event");
    thrift.i32(5, chunks.length);
    thrift.endStruct();
    for (const { name, type, converted } of chunks) {
      thrift.item();
      thrift.i32(1, type);
      thrift.i32(3, 1);
      thrift.text(4, name);
      if (converted !== undefined) thrift.i32(6, converted);
      thrift.endStruct();
    }
    thrift.i64(3, rows);
    thrift.structs(4, 1);
    thrift.item();
    thrift.structs(1, chunks.length);
    const begin = magic.length + hintBytes;
    let offset = begin;
    for (const chunk of chunks) {
      thrift.item();
      thrift.i64(2, offset);
      thrift.struct(3);
      thrift.i32(1, chunk.type);
      thrift.numbers(2, chunk.dictionary > 0 ? dictionaryEncodings : plainEncodings);
      thrift.texts(3, [chunk.name]);
      thrift.i32(4, chunk.codec);
      thrift.i64(5, rows);
      thrift.i64(6, chunk.plain);
      thrift.i64(7, chunk.stored);
      thrift.i64(9, offset + chunk.dictionary);
      if (chunk.dictionary > 0) thrift.i64(11, offset);
      thrift.endStruct();
      thrift.endStruct();
      offset += chunk.stored;
    }
    thrift.i64(2, offset - begin);
    thrift.i64(3, rows);
    thrift.endStruct();
    thrift.text(6, "orgrail");
    const footer = thrift.end();
    out.add(footer);
    return footer.length;
  };

  return {
    write: (columns, rows, isPacked = true) => {
      isPacking = isPacked;
      out.begin();
      out.add(magic);
      out.add(noHint);
      const chunks: Chunk[] = [];
      for (const column of columns) chunks.push(chunkOf(column, rows));
      const length = addFooter(chunks, rows);
      for (let shift = 0; shift < 32; shift += 8) out.addByte((length >>> shift) & 0xff);
      out.add(magic);
      const bytes = out.bytes();
      const { values, stored, codec } = chunks[0] ?? {};
      if (values !== undefined && stored !== undefined && codec !== undefined) {
        const end = magic.length + hintBytes + stored;
        bytes.writeUInt32LE(end - values.bytes, 4);
        bytes.writeUInt32LE(values.bytes, 8);
        bytes.writeUInt32LE(values.count, 12);
        bytes.writeUInt32LE(codec, 16);
      }
      return bytes;
    },
  };
}

const magic = Buffer.from("PAR1");
const noBytes = new Uint8Array();
const noNumbers = new Int32Array();
const noHint = new Uint8Array(hintBytes);
const plainEncodings = [encodings.plain, encodings.rle];
const dictionaryEncodings = [encodings.plain, encodings.rle, encodings.rleDictionary];

/** Name and types of a column. */
function typed({ kind, name }: ParquetColumn): Pick<Chunk, "name" | "type" | "converted"> {
  switch (kind) {
    case "text":
      return { name, type: types.byteArray, converted: convertedTypes.utf8 };
    case "boolean":
      return { name, type: types.boolean, converted: undefined };
    case "date":
      return { name, type: types.int32, converted: convertedTypes.date };
    case "number":
      return { name, type: types.int32, converted: undefined };
    case "timestamp":
      return { name, type: types.int64, converted: convertedTypes.timestampMicros };
    case "integer":
      return { name, type: types.int64, converted: undefined };
  }
}
