import type { TextPool } from "../record/text-pool.ts";
import { type Codec, type Compressed, compress, uncompressed } from "./compress.ts";
import { bitWidth, packBits } from "./pack-bits.ts";
import {
  binary,
  bool,
  i32,
  i64,
  list,
  struct,
  type ThriftValue,
  writeThrift,
  writeVarint,
} from "./thrift-writer.ts";

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

interface Chunk {
  readonly pieces: readonly Uint8Array[];
  readonly meta: (offset: number) => ThriftValue;
  readonly length: number;
  /** Bytes before the dictionary itself, its length and so on. */
  readonly dictionary?: {
    readonly head: number;
    readonly page: Compressed;
    readonly count: number;
  };
}

/** Writes files of one table, whose texts are in that pool. */
export interface ParquetWriter {
  /** The bytes of a file of one row group. The first column is a text. */
  write(columns: readonly ParquetColumn[], rows: number): Buffer;
}

/**
 * Makes a writer: data pages of version 2, texts as dictionaries, nulls by definition levels. It
 * writes what the lake needs of the format and no more.
 *
 * @see https://parquet.apache.org/docs/file-format/
 */
export function createParquetWriter(pool: TextPool): ParquetWriter {
  /** By number in the pool: number in the dictionary of the column being written, plus one. */
  let places = new Int32Array(1 << 14);

  const textChunk = (column: ParquetColumn & { kind: "text" }, rows: number): Chunk => {
    const { ids } = column;
    const used: number[] = [];
    const indices = new Int32Array(rows);
    let present = 0;
    let bytes = 0;
    for (let row = 0; row < rows; row++) {
      const id = ids[row] as number;
      if (id === 0) continue;
      if (id >= places.length) {
        const larger = new Int32Array(Math.max(places.length * 2, id + 1));
        larger.set(places);
        places = larger;
      }
      if (places[id] === 0) {
        used.push(id);
        places[id] = used.length;
        bytes += 4 + pool.length(id);
      }
      indices[present++] = (places[id] as number) - 1;
    }
    const levels = definitionLevels(rows, present, (row) => ids[row] !== 0);
    if (present === 0) return nullChunk(column.name, types.byteArray, rows, levels);
    const dictionary = Buffer.allocUnsafe(bytes);
    let at = 0;
    for (const id of used) {
      at = dictionary.writeUInt32LE(pool.length(id), at);
      at = pool.copy(id, dictionary, at);
      places[id] = 0;
    }
    const width = bitWidth(used.length);
    const packed = packBits(indices.subarray(0, present), width);
    const page = compress(dictionary, column.isRandom);
    const head = pageHead(pageTypes.dictionary, bytes, page.bytes.length, [
      7,
      struct([
        [1, i32(used.length)],
        [2, i32(encodings.plain)],
      ]),
    ]);
    const body = Buffer.concat([levels, Uint8Array.of(width), packed]);
    const dataHead = dataPageHead(body.length, body.length, {
      rows,
      nulls: rows - present,
      encoding: encodings.rleDictionary,
      levels: levels.length,
      isCompressed: false,
    });
    const dictionaryLength = head.length + page.bytes.length;
    const length = dictionaryLength + dataHead.length + body.length;
    return {
      pieces: [head, page.bytes, dataHead, body],
      length,
      dictionary: { head: head.length, page, count: used.length },
      meta: (offset) =>
        columnMeta(column.name, types.byteArray, page.codec, rows, {
          offset: offset + dictionaryLength,
          dictionaryOffset: offset,
          stored: length,
          plain: length - page.bytes.length + bytes,
        }),
    };
  };

  return {
    write: (columns, rows) => {
      const pieces: Uint8Array[] = [Buffer.from("PAR1"), Buffer.alloc(hintBytes)];
      let offset = 4 + hintBytes;
      const metas: ThriftValue[] = [];
      for (const [index, column] of columns.entries()) {
        const chunk = column.kind === "text" ? textChunk(column, rows) : plainChunk(column, rows);
        const { dictionary } = chunk;
        if (index === 0 && dictionary !== undefined) {
          writeHint(pieces[1] as Buffer, {
            offset: offset + dictionary.head,
            length: dictionary.page.bytes.length,
            count: dictionary.count,
            codec: dictionary.page.codec,
          });
        }
        metas.push(
          struct([
            [2, i64(offset)],
            [3, chunk.meta(offset)],
          ]),
        );
        pieces.push(...chunk.pieces);
        offset += chunk.length;
      }
      const footer = writeThrift(fileMeta(columns, metas, rows, offset - 4 - hintBytes));
      const tail = Buffer.alloc(8);
      tail.writeUInt32LE(footer.length, 0);
      tail.write("PAR1", 4);
      return Buffer.concat([...pieces, footer, tail]);
    },
  };
}

function writeHint(target: Buffer, { offset, length, count, codec }: FirstColumn): void {
  target.writeUInt32LE(offset, 0);
  target.writeUInt32LE(length, 4);
  target.writeUInt32LE(count, 8);
  target.writeUInt32LE(codec, 12);
}

function plainChunk(column: Exclude<ParquetColumn, { kind: "text" }>, rows: number): Chunk {
  const { values } = column;
  const isNull = (row: number): boolean =>
    column.kind === "boolean" ? values[row] === -1 : Number.isNaN(values[row]);
  let present = 0;
  for (let row = 0; row < rows; row++) if (!isNull(row)) present += 1;
  const levels = definitionLevels(rows, present, (row) => !isNull(row));
  const type = physicalType(column);
  if (present === 0) return nullChunk(column.name, type, rows, levels);
  const plain = plainValues(column, rows, present, isNull);
  const page = compress(plain);
  const isCompressed = page.codec !== uncompressed;
  const length = levels.length + page.bytes.length;
  const head = dataPageHead(levels.length + plain.length, length, {
    rows,
    nulls: rows - present,
    encoding: encodings.plain,
    levels: levels.length,
    isCompressed,
  });
  return {
    pieces: [head, levels, page.bytes],
    length: head.length + length,
    meta: (offset) =>
      columnMeta(column.name, type, page.codec, rows, {
        offset,
        stored: head.length + length,
        plain: head.length + levels.length + plain.length,
      }),
  };
}

function physicalType(column: ParquetColumn): number {
  if (column.kind === "boolean") return types.boolean;
  if (column.kind === "date") return types.int32;
  return column.kind === "text" ? types.byteArray : types.int64;
}

function plainValues(
  { kind, values }: Exclude<ParquetColumn, { kind: "text" }>,
  rows: number,
  present: number,
  isNull: (row: number) => boolean,
): Uint8Array {
  if (kind === "boolean") {
    const bits = new Uint8Array(Math.ceil(present / 8));
    let index = 0;
    for (let row = 0; row < rows; row++) {
      if (isNull(row)) continue;
      if (values[row] === 1) bits[index >> 3] = (bits[index >> 3] as number) | (1 << (index & 7));
      index += 1;
    }
    return bits;
  }
  const size = kind === "date" ? 4 : 8;
  const bytes = Buffer.allocUnsafe(present * size);
  // A timestamp is stored in microseconds: the unit that every reader knows.
  const factor = kind === "timestamp" ? 1_000 : 1;
  let at = 0;
  for (let row = 0; row < rows; row++) {
    if (isNull(row)) continue;
    const value = (values[row] as number) * factor;
    if (size === 4) at = bytes.writeInt32LE(value, at);
    else {
      const high = Math.floor(value / 2 ** 32);
      bytes.writeUInt32LE(value - high * 2 ** 32, at);
      at = bytes.writeInt32LE(high, at + 4);
    }
  }
  return bytes;
}

/** Which rows have a value, for a column that may be null. */
function definitionLevels(
  rows: number,
  present: number,
  isPresent: (row: number) => boolean,
): Uint8Array {
  if (present === rows || present === 0) {
    const head: number[] = [];
    writeVarint(head, rows * 2);
    head.push(present === 0 ? 0 : 1);
    return Uint8Array.from(head);
  }
  const levels = new Int32Array(rows);
  for (let row = 0; row < rows; row++) levels[row] = isPresent(row) ? 1 : 0;
  return packBits(levels, 1);
}

function nullChunk(name: string, type: number, rows: number, levels: Uint8Array): Chunk {
  const head = dataPageHead(levels.length, levels.length, {
    rows,
    nulls: rows,
    encoding: encodings.plain,
    levels: levels.length,
    isCompressed: false,
  });
  const length = head.length + levels.length;
  return {
    pieces: [head, levels],
    length,
    meta: (offset) =>
      columnMeta(name, type, uncompressed, rows, { offset, stored: length, plain: length }),
  };
}

interface DataPage {
  readonly rows: number;
  readonly nulls: number;
  readonly encoding: number;
  readonly levels: number;
  readonly isCompressed: boolean;
}

function dataPageHead(plain: number, stored: number, page: DataPage): Uint8Array {
  const members = struct([
    [1, i32(page.rows)],
    [2, i32(page.nulls)],
    [3, i32(page.rows)],
    [4, i32(page.encoding)],
    [5, i32(page.levels)],
    [6, i32(0)],
    [7, bool(page.isCompressed)],
  ]);
  return pageHead(pageTypes.dataV2, plain, stored, [8, members]);
}

function pageHead(
  type: number,
  plain: number,
  stored: number,
  members: readonly [number, ThriftValue],
): Uint8Array {
  return writeThrift(struct([[1, i32(type)], [2, i32(plain)], [3, i32(stored)], members]));
}

interface Place {
  readonly offset: number;
  readonly dictionaryOffset?: number;
  readonly stored: number;
  readonly plain: number;
}

function columnMeta(
  name: string,
  type: number,
  codec: Codec,
  rows: number,
  { offset, dictionaryOffset, stored, plain }: Place,
): ThriftValue {
  const used =
    dictionaryOffset === undefined
      ? [encodings.plain, encodings.rle]
      : [encodings.plain, encodings.rle, encodings.rleDictionary];
  return struct([
    [1, i32(type)],
    [2, list("i32", used.map(i32))],
    [3, list("binary", [binary(name)])],
    [4, i32(codec)],
    [5, i64(rows)],
    [6, i64(plain)],
    [7, i64(stored)],
    [9, i64(offset)],
    dictionaryOffset === undefined ? undefined : [11, i64(dictionaryOffset)],
  ]);
}

function fileMeta(
  columns: readonly ParquetColumn[],
  chunks: readonly ThriftValue[],
  rows: number,
  bytes: number,
): ThriftValue {
  const optional = 1;
  const schema = [
    struct([
      [4, binary("event")],
      [5, i32(columns.length)],
    ]),
    ...columns.map((column) => {
      const converted = convertedType(column);
      return struct([
        [1, i32(physicalType(column))],
        [3, i32(optional)],
        [4, binary(column.name)],
        converted === undefined ? undefined : [6, i32(converted)],
      ]);
    }),
  ];
  const group = struct([
    [1, list("struct", chunks)],
    [2, i64(bytes)],
    [3, i64(rows)],
  ]);
  return struct([
    [1, i32(2)],
    [2, list("struct", schema)],
    [3, i64(rows)],
    [4, list("struct", [group])],
    [6, binary("orgrail")],
  ]);
}

function convertedType({ kind }: ParquetColumn): number | undefined {
  if (kind === "text") return convertedTypes.utf8;
  if (kind === "timestamp") return convertedTypes.timestampMicros;
  return kind === "date" ? convertedTypes.date : undefined;
}
