/** A member of an object as it is written: what its name means, and both parts as JSON. */
export interface Member {
  readonly name: string;
  readonly key: string;
  readonly raw: string;
  /** The members within, where the value is an object that readers look into. */
  readonly members?: readonly Member[];
}

/** A record as it is written. */
export interface WrittenRecord {
  readonly raw: string;
  readonly members: readonly Member[];
}

/** Writes a member; `escapeAt` is the place of a character of its name that is written with an escape. */
export function writeMember(
  name: string,
  value: string | WrittenRecord,
  escapeAt?: number,
): Member {
  const code = escapeAt === undefined ? Number.NaN : name.charCodeAt(escapeAt);
  const escaped = `\\u${code.toString(16).padStart(4, "0")}`;
  const key = Number.isNaN(code)
    ? JSON.stringify(name)
    : `"${name.slice(0, escapeAt)}${escaped}${name.slice((escapeAt ?? 0) + 1)}"`;
  return typeof value === "string" ? { name, key, raw: value } : { name, key, ...value };
}

/** Writes an object, with that white space wherever JSON allows it. */
export function writeObject(members: readonly Member[], space = ""): WrittenRecord {
  const parts = members.map(({ key, raw }) => [space, key, space, ":", space, raw, space].join(""));
  return { raw: `{${parts.length === 0 ? space : parts.join(",")}}`, members };
}

/** An object of JSON that has so many bytes. */
export function jsonOfBytes(bytes: number, inside = '"a":'): string {
  return `{${inside}"${"x".repeat(bytes - inside.length - 4)}"}`;
}

/** The JSON of a member by its path; of members of one name the last counts, as for JSON.parse. */
export function findWritten(record: WrittenRecord, path: string): string | undefined {
  let members: readonly Member[] | undefined = record.members;
  let found: Member | undefined;
  for (const name of path.split(".")) {
    found = members?.findLast((member) => member.name === name);
    members = found?.members;
  }
  return found?.raw;
}

/** What the JSON of a member is as a text: what is no text stays as it is written. */
export function writtenText(raw: string | undefined): string | null {
  if (raw === undefined || raw === "null") return null;
  if (!raw.startsWith('"')) return raw;
  // Half of a pair cannot be written as UTF-8.
  return Buffer.from(JSON.parse(raw) as string).toString();
}
