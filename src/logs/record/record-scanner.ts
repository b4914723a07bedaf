import { type Kernel, startKernel } from "../kernel/kernel.ts";
import { fieldNumber, fields, passed, repeated, volatile } from "./fields.ts";

/** What walking gives where the text is not JSON. */
export const notJson = -1;

/**
 * Walks JSON by the grammar of RFC 8259, and finds the members of records, within the bytes of a file,
 * without making values of it. Whether the bytes are well-formed UTF-8 is not looked at.
 */
export interface RecordScanner {
  /** Begins with other bytes. */
  open(bytes: Uint8Array): void;
  /** The place of the next byte that is no white space. */
  skipSpace(at: number): number;
  /** The end of a string that begins at `at`, the byte after its opening quote; or `notJson`. */
  skipString(at: number): number;
  /** The end of the JSON value that begins at `at`; or `notJson`. */
  skipValue(at: number): number;
  /** Walks the record whose `{` is at that place: the place after it, or `notJson`. */
  scan(at: number): number;
  /** Where the value of a field begins, or -1 when the record just walked has none. */
  start(field: number): number;
  /** The place after the value of a field that the record has. */
  end(field: number): number;
}

/** A scanner with the kernel that does its work. */
export interface ScannerKernel {
  readonly kernel: Kernel;
  readonly scanner: RecordScanner;
}

/** What a kernel asks beside what its scanner answers. */
export type RecordHost = Omit<Parameters<typeof startKernel>[0] & object, "memberOf">;

/** Makes a scanner on a kernel of its own. */
export function createRecordScanner(): RecordScanner {
  return startScanner({}).scanner;
}

/** Starts a kernel that knows the members of records. */
export function startScanner(host: (input: () => Buffer) => RecordHost): ScannerKernel;
export function startScanner(host: RecordHost): ScannerKernel;
export function startScanner(
  host: RecordHost | ((input: () => Buffer) => RecordHost),
): ScannerKernel {
  let input: Buffer = Buffer.alloc(0);
  const entries = memberEntries();
  const asked = typeof host === "function" ? host(() => input) : host;
  const kernel = startKernel({
    ...asked,
    memberOf: (object, from, to) => {
      const name: unknown = JSON.parse(input.toString("utf8", from, to));
      return entries.findIndex((entry) => entry.object === object && entry.name === name);
    },
  });
  const names = entries.map(({ name }) => Buffer.from(`"${name}":`));
  let place = 0;
  const list = entries.flatMap(({ object, field, within }, index) => {
    const { length } = names[index] as Buffer;
    place += length;
    return [place - length, length, object, field, within];
  });
  kernel.setEntries(kernel.keepNumbers(list), entries.length, kernel.keep(Buffer.concat(names)));
  const numbered = (own: readonly (typeof fields)[number][]): [number, number] => [
    kernel.keepNumbers(own.map(fieldNumber)),
    own.length,
  ];
  kernel.setFields(
    fields.length,
    fieldNumber("userIdentity"),
    ...numbered(repeated),
    ...numbered(volatile),
  );
  const scanner: RecordScanner = {
    open: (bytes) => {
      input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const at = kernel.openInput(bytes.length);
      kernel.bytes().set(bytes, at);
    },
    skipSpace: kernel.skipSpace,
    skipString: kernel.skipString,
    skipValue: kernel.skipValue,
    scan: kernel.scan,
    start: kernel.fieldStart,
    end: kernel.fieldEnd,
  };
  return { kernel, scanner };
}

interface MemberEntry {
  readonly name: string;
  /** 0 for the record, else the entry that is the object, plus one. */
  readonly object: number;
  /** -1 for what nobody looks at. */
  readonly field: number;
  /** How many fields are within it: they come right after it. */
  readonly within: number;
}

/** The members that matter or come often, at every depth. */
function memberEntries(): readonly MemberEntry[] {
  const all = [
    ...fields.map((path, field) => ({ path: path as string, field })),
    ...passed.map((path) => ({ path, field: -1 })),
  ];
  const parentOf = (path: string): number => path.lastIndexOf(".");
  return all.map(({ path, field }) => ({
    name: path.slice(parentOf(path) + 1),
    object: all.findIndex((other) => other.path === path.slice(0, Math.max(0, parentOf(path)))) + 1,
    field,
    within: field === -1 ? 0 : fields.filter((other) => other.startsWith(`${path}.`)).length,
  }));
}
