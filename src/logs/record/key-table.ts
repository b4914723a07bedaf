/**
 * The names of members that matter, at every depth, laid flat for quick comparison. An entry is a
 * member of one object; objects are numbered by the entry that holds them plus one, 0 is the record.
 */
export interface KeyTable {
  /** All names as they are written, `"name":`, one after the other. */
  readonly text: Uint8Array;
  /** By entry: where its name begins in `text`. */
  readonly textStart: Int32Array;
  /** By entry: how many bytes its name takes. */
  readonly textLength: Int32Array;
  /** By entry: the number of the field, -1 for what nobody looks at. */
  readonly field: Int32Array;
  /** By entry: whether members within it matter. */
  readonly isOpened: Uint8Array;
  /** By object: its first entry, where guessing begins. */
  readonly first: Int32Array;
  /** The entry of a name in an object, or -1. */
  find(object: number, name: string): number;
}

/** Makes the table; `passed` are paths that nobody looks at, but that come often. */
export function makeKeyTable(paths: readonly string[], passed: readonly string[]): KeyTable {
  const all = [
    ...paths.map((path, field) => ({ path, field })),
    ...passed.map((path) => ({ path, field: -1 })),
  ];
  const entryOf = new Map(all.map(({ path }, entry) => [path, entry]));
  const names = all.map(({ path }) => Buffer.from(`"${path.split(".").at(-1) ?? ""}":`));
  const objectOf = (path: string): number =>
    path.includes(".") ? (entryOf.get(path.slice(0, path.lastIndexOf("."))) ?? -1) + 1 : 0;
  const first = new Int32Array(all.length + 1).fill(-1);
  for (const [entry, { path }] of all.entries()) {
    if (first[objectOf(path)] === -1) first[objectOf(path)] = entry;
  }
  const members = new Map(
    all.map(({ path }, entry) => [`${objectOf(path)} ${path.split(".").at(-1)}`, entry]),
  );
  let length = 0;
  const textStart = Int32Array.from(names, (name) => {
    length += name.length;
    return length - name.length;
  });
  return {
    text: new Uint8Array(Buffer.concat(names)),
    textStart,
    textLength: Int32Array.from(names, (name) => name.length),
    field: Int32Array.from(all, ({ field }) => field),
    isOpened: Uint8Array.from(all, ({ path }) =>
      all.some((other) => other.path.startsWith(`${path}.`)) ? 1 : 0,
    ),
    first,
    find: (object, name) => members.get(`${object} ${name}`) ?? -1,
  };
}
