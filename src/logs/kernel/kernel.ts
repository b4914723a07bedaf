import { compress } from "../parquet/compress.ts";
import { kernelModule } from "./kernel.gen.ts";

/** What the kernel asks of JavaScript: see `assembly/host.ts`. */
export interface KernelHost {
  accountOf(text: number): number;
  partitionOf(account: number, day: number): number;
  errorClassOf(code: number, message: number): number;
  isKnownVersion(version: number): number;
  dayMsOf(from: number): number;
  unescaped(from: number, to: number): number;
  memberOf(object: number, from: number, to: number): number;
  compress(from: number, bytes: number, isRandom: number, to: number): number;
}

/** What the kernel can do: see `assembly/index.ts`, where each is said. */
export interface KernelCalls {
  allocate(bytes: number): number;
  openScratch(bytes: number): number;
  clear(): void;
  clearPool(): void;
  poolBytes(): number;
  addText(from: number, length: number): number;
  textPlace(id: number): number;
  textLength(id: number): number;
  noteThere(id: number): void;

  setEntries(list: number, entries: number, bytes: number): void;
  setFields(
    count: number,
    identity: number,
    repeated: number,
    repeatedCount: number,
    volatile: number,
    volatileCount: number,
  ): void;
  setColumns(columns: number, ownColumns: number): void;
  setReader(
    list: number,
    columns: number,
    response: number,
    source: number,
    sharedColumn: number,
    mostResponseBytes: number,
    mostOrganizationsBytes: number,
    text: number,
    textLength: number,
  ): void;
  setKeyTexts(count: number): void;
  setTake(
    time: number,
    name: number,
    source: number,
    ownId: number,
    mostRecordBytes: number,
    account: number,
    version: number,
    code: number,
    message: number,
    keyColumns: number,
    keyLength: number,
    principal: number,
  ): void;

  openInput(bytes: number): number;
  skipSpace(at: number): number;
  skipString(at: number): number;
  skipValue(at: number): number;
  scan(at: number): number;
  fieldStart(field: number): number;
  fieldEnd(field: number): number;
  openTake(): void;
  readTime(): number;
  takeRecord(timeMs: number): void;
  skim(at: number): number;
  skimGood(): number;
  skimClosed(): number;
  skimCount(): number;
  count(to: number): void;
  fullness(): number;

  setFind(texts: number, count: number, wanted: number, wantedCount: number): void;
  search(): number;
  foundHits(): number;
  foundNames(): number;
  foundCount(): number;

  rowsOf(partition: number): number;
  setFileColumns(list: number, columns: number): void;
  writePartition(partition: number, leastPacked: number, leastRandomPacked: number): number;
  firstMs(): number;
  lastMs(): number;
  keyCount(): number;
  sortKeys(): void;
  encodeKeyTexts(member: number): void;
  encodeKeyClasses(member: number, texts: number): void;
  encodeKeyDays(member: number): void;
  encodeKeyNumbers(which: number, factor: number): void;
  encodeTexts(ids: number, count: number, places: number, rows: number): void;
  encodeRandom(ids: number, rows: number): void;
  encodeTruths(values: number, places: number, rows: number): void;
  encodeNumbers(values: number, rows: number, factor: number): void;
  encodeIntegers(values: number, rows: number): void;
  beginFile(leastPacked: number, leastRandomPacked: number): void;
  addColumn(name: number, nameLength: number, kind: number, isRandom: number, rows: number): void;
  endFile(rows: number): number;
  fileBytes(): number;
}

/**
 * The part of reading and writing logs that every byte passes through, as WebAssembly: it is compiled
 * once for all threads and is quick from the first record on, where JavaScript takes a second of each
 * thread to become so. One kernel has one memory: a pool of texts, an input, a table of rows.
 */
export interface Kernel extends KernelCalls {
  /** Its memory as bytes; to be asked for anew after each call, for it may have grown. */
  bytes(): Uint8Array;
  numbers(): Int32Array;
  floats(): Float64Array;
  /** Puts bytes where they stay: their address. */
  keep(bytes: Uint8Array): number;
  keepNumbers(numbers: ArrayLike<number>): number;
}

/** What is used of the standard's JavaScript API, whose types only browsers' libraries have. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, object>>,
  ) => { readonly exports: object };
}

const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;

let compiled: object | undefined;

/** Starts a kernel with a memory of its own. */
export function startKernel(host: Partial<KernelHost> = {}): Kernel {
  compiled ??= new Module(Buffer.from(kernelModule, "base64"));
  const packed = (from: number, length: number, isRandom: number, to: number): number => {
    refresh();
    const made = compress(bytes.subarray(from, from + length), isRandom === 1);
    if (made !== undefined) bytes.set(made, to);
    return made?.length ?? 0;
  };
  const { exports } = new Instance(compiled, { host: { ...noHost, compress: packed, ...host } });
  const calls = exports as KernelCalls & { readonly memory: { readonly buffer: ArrayBuffer } };
  const { memory } = calls;
  let bytes = new Uint8Array(memory.buffer);
  let numbers = new Int32Array(memory.buffer);
  let floats = new Float64Array(memory.buffer);
  const refresh = (): void => {
    if (bytes.buffer === memory.buffer) return;
    bytes = new Uint8Array(memory.buffer);
    numbers = new Int32Array(memory.buffer);
    floats = new Float64Array(memory.buffer);
  };
  const keep = (own: Uint8Array): number => {
    const at = calls.allocate(own.length + 16);
    refresh();
    bytes.set(own, at);
    return at;
  };
  calls.clearPool();
  return {
    ...calls,
    bytes: () => {
      refresh();
      return bytes;
    },
    numbers: () => {
      refresh();
      return numbers;
    },
    floats: () => {
      refresh();
      return floats;
    },
    keep,
    keepNumbers: (list) => keep(new Uint8Array(Int32Array.from(list).buffer)),
  };
}

function unasked(): never {
  throw new Error("this kernel reads no records");
}

const noHost: KernelHost = {
  accountOf: unasked,
  partitionOf: unasked,
  errorClassOf: unasked,
  isKnownVersion: unasked,
  dayMsOf: unasked,
  unescaped: unasked,
  memberOf: unasked,
  compress: unasked,
};
