import type { TextPool } from "../record/text-pool.ts";
import { type Codec, type Compressed, compress, uncompressed } from "./compress.ts";
import { bitWidth, packBits } from "./pack-bits.ts";
import { plainValues, presenceLevels } from "./plain-values.ts";
import { createThriftWriter } from "./thrift-writer.ts";

/** A column and its values, one a row. */
export type ParquetColumn =
  /** Texts by their numbers in the pool; 0 is null. `isRandom`: nothing comes twice in them. */
  | {
      readonly kind: "text";
      readonly name: string;
      readonly ids: Int32Array;
      readonly isRandom?: boolean;
    }
  /** 1, 0, and -1 for null. */
  | { readonly kind: "boolean"; readonly name: string; readonly values: Int8Array }
  /** Milliseconds since the epoch, or whole numbers; NaN is null. */
  | { readonly kind: "timestamp" | "integer"; readonly name: string; readonly values: Float64Array }
  /** Days since the epoch. */
  | { readonly kind: "date"; readonly name: string; readonly values: Int32Array };

/** A column whose values are no texts. */
export type NumberColumn = Exclude<ParquetColumn, { kind: "text" }>;

/** Where the texts of the first column lie in a file, so that they are read without a footer. */
export interface FirstColumn {
  readonly offset: number;
  readonly length: number;
  readonly count: number;
  readonly codec: Codec;
}

/** Bytes after Parquet's magic that hold {@link FirstColumn}; readers of Parquet jump over them. */
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
  readonly pieces: readonly Uint8Array[];
  /** Bytes, packed and unpacked. */
  readonly stored: number;
  readonly plain: number;
  /** Bytes of the dictionary's page, which comes first; 0 without one. */
  readonly dictionary: number;
  /** Bytes before the texts themselves, how these are packed, and how many. */
  readonly texts?: { readonly head: number; readonly page: Compressed; readonly count: number };
}

/** Writes files of one table, whose texts are in that pool. */
export interface ParquetWriter {
  /**
   * The bytes of a file of one row group. The first column is a text, `isRandom`. A column is asked
   * for when its turn comes; it may then be made in the memory of the one before it.
   */
  write(columns: Iterable<ParquetColumn>, rows: number): Buffer;
}

/**
 * Makes a writer: data pages of version 2, texts as dictionaries, nulls by definition levels. It
 * writes what the lake needs of the format and no more.
 *
 * @see https://parquet.apache.org/docs/file-format/
 */
export function createParquetWriter(pool: TextPool): ParquetWriter {
  const thrift = createThriftWriter();
  /** By number in the pool: number in the dictionary of the column being written, plus one. */
  let places = new Int32Array(1 << 14);
  let scratch = new Int32Array(1 << 12);

  const dataPageHead = (
    plain: number,
    stored: number,
    page: {
      readonly rows: number;
      readonly present: number;
      readonly encoding: number;
      readonly levels: number;
      readonly isCompressed: boolean;
    },
  ): Uint8Array => {
    thrift.begin();
    thrift.i32(1, pageTypes.dataV2);
    thrift.i32(2, plain);
    thrift.i32(3, stored);
    thrift.struct(8);
    thrift.i32(1, page.rows);
    thrift.i32(2, page.rows - page.present);
    thrift.i32(3, page.rows);
    thrift.i32(4, page.encoding);
    thrift.i32(5, page.levels);
    thrift.i32(6, 0);
    thrift.bool(7, page.isCompressed);
    thrift.endStruct();
    return thrift.end();
  };

  const dictionaryPageHead = (plain: number, stored: number, count: number): Uint8Array => {
    thrift.begin();
    thrift.i32(1, pageTypes.dictionary);
    thrift.i32(2, plain);
    thrift.i32(3, stored);
    thrift.struct(7);
    thrift.i32(1, count);
    thrift.i32(2, encodings.plain);
    thrift.endStruct();
    return thrift.end();
  };

  /** One page of values as they are. */
  const plainChunk = (
    column: ParquetColumn,
    rows: number,
    present: number,
    levels: Uint8Array,
    values: Uint8Array,
  ): Chunk => {
    const isRandom = column.kind === "text";
    const page = compress(values, isRandom);
    const body = levels.length + page.bytes.length;
    const head = dataPageHead(levels.length + values.length, body, {
      rows,
      present,
      encoding: encodings.plain,
      levels: levels.length,
      isCompressed: page.codec !== uncompressed,
    });
    return {
      ...typed(column),
      codec: page.codec,
      pieces: [head, levels, page.bytes],
      stored: head.length + body,
      plain: head.length + levels.length + values.length,
      dictionary: 0,
      texts: { head: head.length + levels.length, page, count: present },
    };
  };

  /** Texts of which none comes twice, one after the other. */
  const randomChunk = (column: ParquetColumn & { kind: "text" }, rows: number): Chunk => {
    const { ids } = column;
    let present = 0;
    let bytes = 0;
    for (let row = 0; row < rows; row++) {
      if (ids[row] === 0) continue;
      present += 1;
      bytes += 4 + pool.length(ids[row] as number);
    }
    const values = Buffer.allocUnsafe(bytes);
    let at = 0;
    for (let row = 0; row < rows; row++) {
      const id = ids[row] as number;
      if (id !== 0) at = writeText(values, id, at);
    }
    return plainChunk(column, rows, present, presenceLevels(ids, rows, present, 0), values);
  };

  const writeText = (target: Buffer, id: number, at: number): number => {
    const length = pool.length(id);
    target[at] = length & 0xff;
    target[at + 1] = (length >>> 8) & 0xff;
    target[at + 2] = (length >>> 16) & 0xff;
    target[at + 3] = length >>> 24;
    return pool.copy(id, target, at + 4);
  };

  const textChunk = (column: ParquetColumn & { kind: "text" }, rows: number): Chunk => {
    const { ids } = column;
    if (scratch.length < rows) scratch = new Int32Array(rows * 2);
    const used: number[] = [];
    let present = 0;
    let bytes = 0;
    for (let row = 0; row < rows; row++) {
      const id = ids[row] as number;
      if (id === 0) continue;
      if (id >= places.length) places = larger(places, id);
      let place = places[id] as number;
      if (place === 0) {
        place = used.push(id);
        places[id] = place;
        bytes += 4 + pool.length(id);
      }
      scratch[present++] = place - 1;
    }
    const levels = presenceLevels(ids, rows, present, 0);
    if (present === 0) return plainChunk(column, rows, 0, levels, noBytes);
    const dictionary = Buffer.allocUnsafe(bytes);
    let at = 0;
    for (const id of used) {
      at = writeText(dictionary, id, at);
      places[id] = 0;
    }
    const width = bitWidth(used.length);
    const packed = packBits(scratch, present, width);
    const page = compress(dictionary);
    const head = dictionaryPageHead(bytes, page.bytes.length, used.length);
    const body = levels.length + 1 + packed.length;
    const dataHead = dataPageHead(body, body, {
      rows,
      present,
      encoding: encodings.rleDictionary,
      levels: levels.length,
      isCompressed: false,
    });
    const dictionaryLength = head.length + page.bytes.length;
    const stored = dictionaryLength + dataHead.length + body;
    return {
      ...typed(column),
      codec: page.codec,
      pieces: [head, page.bytes, dataHead, levels, Uint8Array.of(width), packed],
      stored,
      plain: stored - page.bytes.length + bytes,
      dictionary: dictionaryLength,
    };
  };

  const chunkOf = (column: ParquetColumn, rows: number): Chunk => {
    if (column.kind === "text") {
      return column.isRandom === true ? randomChunk(column, rows) : textChunk(column, rows);
    }
    const { present, levels, values } = plainValues(column, rows);
    return plainChunk(column, rows, present, levels, values);
  };

  const footer = (chunks: readonly Chunk[], rows: number): Uint8Array => {
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
    return thrift.end();
  };

  return {
    write: (columns, rows) => {
      const chunks: Chunk[] = [];
      for (const column of columns) chunks.push(chunkOf(column, rows));
      const hint = Buffer.alloc(hintBytes);
      const { texts } = chunks[0] ?? {};
      if (texts !== undefined) {
        hint.writeUInt32LE(magic.length + hintBytes + texts.head, 0);
        hint.writeUInt32LE(texts.page.bytes.length, 4);
        hint.writeUInt32LE(texts.count, 8);
        hint.writeUInt32LE(texts.page.codec, 12);
      }
      const end = footer(chunks, rows);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(end.length, 0);
      return Buffer.concat([
        magic,
        hint,
        ...chunks.flatMap(({ pieces }) => pieces),
        end,
        length,
        magic,
      ]);
    },
  };
}

const magic = Buffer.from("PAR1");
const noBytes = new Uint8Array();
const plainEncodings = [encodings.plain, encodings.rle];
const dictionaryEncodings = [encodings.plain, encodings.rle, encodings.rleDictionary];

function larger(old: Int32Array, index: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(Math.max(old.length * 2, index + 1));
  next.set(old);
  return next;
}

/** Name and types of a column. */
function typed({ kind, name }: ParquetColumn): Pick<Chunk, "name" | "type" | "converted"> {
  switch (kind) {
    case "text":
      return { name, type: types.byteArray, converted: convertedTypes.utf8 };
    case "boolean":
      return { name, type: types.boolean, converted: undefined };
    case "date":
      return { name, type: types.int32, converted: convertedTypes.date };
    case "timestamp":
      return { name, type: types.int64, converted: convertedTypes.timestampMicros };
    case "integer":
      return { name, type: types.int64, converted: undefined };
  }
}
