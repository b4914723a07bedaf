/**
 * Writes a Parquet file of one row group: data pages of version 2, texts as dictionaries, nulls by
 * definition levels. It writes what the lake needs of the format and no more.
 *
 * @see https://parquet.apache.org/docs/file-format/
 */
import { beginBytes, file, fileAt, need, putByte, putBytes, taken } from "./file-bytes";
import { compress } from "./host";
import {
  bitWidth,
  entries,
  levels,
  levelsEnd,
  packed,
  packedEnd,
  plain,
  plainEnd,
  present,
} from "./pages";
import {
  addLong,
  addName,
  addNames,
  addNumber,
  addNumbers,
  addTruth,
  beginStruct,
  endStruct,
  item,
  openStruct,
  openStructs,
} from "./thrift";

/** `PAR1`. */
const magic: u32 = 0x31524150;
/**
 * Bytes after the magic that readers of Parquet jump over: where the texts of the first column lie,
 * how many bytes they take, how many they are, and their codec, four bytes each. So they are read
 * without a footer.
 */
const hintBytes = 16;
const begin = 4 + hintBytes;

/** Kinds of columns. */
const textKind = 0;
const booleanKind = 1;
const timestampKind = 2;
const integerKind = 3;
const dateKind = 4;

const booleanType = 0;
const int32Type = 1;
const int64Type = 2;
const byteArrayType = 6;

const plainEncoding = 0;
const rleDictionaryEncoding = 8;
/** Lists of encodings: plain and RLE; the same and RLE with a dictionary. */
const plainEncodings: u32 = 0x0300;
const dictionaryEncodings: u32 = 0x080300;

/** Converted types. */
const utf8Text = 0;
const dateDays = 6;
const timestampMicros = 10;

const dictionaryPage = 2;
const dataPageV2 = 3;

const uncompressed = 0;
const gzip = 2;

class Chunk {
  name: usize = 0;
  nameLength: i32 = 0;
  kind: i32 = 0;
  codec: i32 = 0;
  /** Bytes, packed and unpacked. */
  stored: i32 = 0;
  unpacked: i32 = 0;
  /** Bytes of the dictionary's page, which comes first; 0 without one. */
  dictionary: i32 = 0;
}

const mostColumns = 128;
let chunks = new StaticArray<Chunk>(0);
let count = 0;
/** The values of a page as they are stored. */
let body: usize = 0;
let bodyEnd: usize = 0;
let squeezed: usize = 0;
let squeezedRoom: usize = 0;
let leastPacked: usize = 0;
let leastRandomPacked: usize = 0;

/** `"event"` and `"orgrail"`. */
const rootName = memory.data<u8>([0x65, 0x76, 0x65, 0x6e, 0x74]);
const writerName = memory.data<u8>([0x6f, 0x72, 0x67, 0x72, 0x61, 0x69, 0x6c]);

/** Begins a file. Pages of fewer bytes stay as they are; of texts that all differ, of as many more. */
export function beginFile(least: i32, leastRandom: i32): void {
  leastPacked = least;
  leastRandomPacked = leastRandom;
  if (chunks.length === 0) {
    chunks = new StaticArray<Chunk>(mostColumns);
    for (let index = 0; index < mostColumns; index++) chunks[index] = new Chunk();
  }
  count = 0;
  beginBytes();
  need(begin);
  store<u32>(file, magic);
  memory.fill(file + 4, 0, hintBytes);
  taken(begin);
}

/** Compresses the plain values where that helps; they, or what came of them, are the body then. */
function pack(isRandom: bool): i32 {
  body = plain;
  bodyEnd = plainEnd;
  const length = plainEnd - plain;
  const least = isRandom ? leastRandomPacked : leastPacked;
  if (length < least) return uncompressed;
  if (length > squeezedRoom) {
    if (squeezed !== 0) heap.free(squeezed);
    squeezedRoom = length * 2;
    squeezed = heap.alloc(squeezedRoom);
  }
  const size = compress(<i32>plain, <i32>length, isRandom ? 1 : 0, <i32>squeezed);
  if (size === 0) return uncompressed;
  body = squeezed;
  bodyEnd = squeezed + size;
  return gzip;
}

function putDataHead(
  unpacked: i32,
  stored: i32,
  rows: i32,
  encoding: i32,
  levelBytes: i32,
  isCompressed: bool,
): void {
  beginStruct();
  addNumber(1, dataPageV2);
  addNumber(2, unpacked);
  addNumber(3, stored);
  openStruct(8);
  addNumber(1, rows);
  addNumber(2, rows - present);
  addNumber(3, rows);
  addNumber(4, encoding);
  addNumber(5, levelBytes);
  addNumber(6, 0);
  addTruth(7, isCompressed);
  endStruct();
  endStruct();
}

function putDictionaryHead(unpacked: i32, stored: i32): void {
  beginStruct();
  addNumber(1, dictionaryPage);
  addNumber(2, unpacked);
  addNumber(3, stored);
  openStruct(7);
  addNumber(1, entries);
  addNumber(2, plainEncoding);
  endStruct();
  endStruct();
}

/** One page of values as they are. */
function addPlain(chunk: Chunk, rows: i32): void {
  const start = fileAt;
  chunk.codec = pack(chunk.kind === textKind);
  const levelBytes = <i32>(levelsEnd - levels);
  const unpacked = levelBytes + <i32>(plainEnd - plain);
  const stored = levelBytes + <i32>(bodyEnd - body);
  putDataHead(unpacked, stored, rows, plainEncoding, levelBytes, chunk.codec !== uncompressed);
  const head = <i32>(fileAt - start);
  putBytes(levels, levelsEnd);
  if (count === 1) noteFirst(chunk.codec);
  putBytes(body, bodyEnd);
  chunk.stored = head + stored;
  chunk.unpacked = head + unpacked;
  chunk.dictionary = 0;
}

/** Notes where the values of the first column lie, which come next. */
function noteFirst(codec: i32): void {
  store<u32>(file + 4, <u32>fileAt);
  store<u32>(file + 8, <u32>(bodyEnd - body));
  store<u32>(file + 12, present);
  store<u32>(file + 16, codec);
}

/** A page of the different texts, and one of which row has which. */
function addDictionary(chunk: Chunk, rows: i32): void {
  const start = fileAt;
  chunk.codec = pack(false);
  const plainBytes = <i32>(plainEnd - plain);
  const bodyBytes = <i32>(bodyEnd - body);
  putDictionaryHead(plainBytes, bodyBytes);
  putBytes(body, bodyEnd);
  chunk.dictionary = <i32>(fileAt - start);
  const levelBytes = <i32>(levelsEnd - levels);
  const data = levelBytes + 1 + <i32>(packedEnd - packed);
  putDataHead(data, data, rows, rleDictionaryEncoding, levelBytes, false);
  putBytes(levels, levelsEnd);
  putByte(bitWidth(entries));
  putBytes(packed, packedEnd);
  chunk.stored = <i32>(fileAt - start);
  chunk.unpacked = chunk.stored - bodyBytes + plainBytes;
}

/** Adds the column that was encoded last. The first of a file is of texts that all differ. */
export function addColumn(name: usize, nameLength: i32, kind: i32, isRandom: i32, rows: i32): void {
  const chunk = chunks[count];
  count += 1;
  chunk.name = name;
  chunk.nameLength = nameLength;
  chunk.kind = kind;
  if (kind === textKind && isRandom === 0 && entries > 0) addDictionary(chunk, rows);
  else addPlain(chunk, rows);
}

/** Ends the file; where its bytes begin. */
export function endFile(rows: i32): usize {
  const start = fileAt;
  beginStruct();
  addNumber(1, 2);
  openStructs(2, count + 1);
  item();
  addName(4, rootName, 5);
  addNumber(5, count);
  endStruct();
  for (let index = 0; index < count; index++) putSchema(chunks[index]);
  addLong(3, rows);
  openStructs(4, 1);
  item();
  openStructs(1, count);
  let offset: i64 = begin;
  for (let index = 0; index < count; index++) {
    putChunk(chunks[index], offset, rows);
    offset += chunks[index].stored;
  }
  addLong(2, offset - begin);
  addLong(3, rows);
  endStruct();
  addName(6, writerName, 7);
  endStruct();
  const length = <u32>(fileAt - start);
  need(8);
  store<u32>(file + fileAt, length);
  store<u32>(file + fileAt + 4, magic);
  taken(8);
  return file;
}

export function fileBytes(): usize {
  return fileAt;
}

function typeOf(kind: i32): i32 {
  switch (kind) {
    case textKind:
      return byteArrayType;
    case booleanKind:
      return booleanType;
    case timestampKind:
    case integerKind:
      return int64Type;
    default:
      return int32Type;
  }
}

function putSchema(chunk: Chunk): void {
  const kind = chunk.kind;
  item();
  addNumber(1, typeOf(kind));
  addNumber(3, 1);
  addName(4, chunk.name, chunk.nameLength);
  if (kind === textKind) addNumber(6, utf8Text);
  else if (kind === dateKind) addNumber(6, dateDays);
  else if (kind === timestampKind) addNumber(6, timestampMicros);
  endStruct();
}

function putChunk(chunk: Chunk, offset: i64, rows: i32): void {
  const isDictionary = chunk.dictionary > 0;
  item();
  addLong(2, offset);
  openStruct(3);
  addNumber(1, typeOf(chunk.kind));
  if (isDictionary) addNumbers(2, dictionaryEncodings, 3);
  else addNumbers(2, plainEncodings, 2);
  addNames(3, chunk.name, chunk.nameLength);
  addNumber(4, chunk.codec);
  addLong(5, rows);
  addLong(6, chunk.unpacked);
  addLong(7, chunk.stored);
  addLong(9, offset + chunk.dictionary);
  if (isDictionary) addLong(11, offset);
  endStruct();
  endStruct();
}
