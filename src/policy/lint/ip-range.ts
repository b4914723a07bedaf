/** An address or a CIDR range. */
export interface IpRange {
  readonly version: 4 | 6;
  /** Bits of the first address, from the left. */
  readonly bits: string;
  readonly prefixLength: number;
  /** Bits after the prefix are set: they are ignored. */
  readonly hasIgnoredBits: boolean;
}

/** Reads `192.0.2.0/24`, `2001:db8::/32` or an address; `undefined` when it is neither. */
export function ipRange(text: string): IpRange | undefined {
  const match = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text);
  if (match === null || text.length > 60) return undefined;
  const address = match[1] ?? "";
  const version = address.includes(":") ? 6 : 4;
  const bits = version === 4 ? bitsOfVersion4(address) : bitsOfVersion6(address);
  if (bits === undefined) return undefined;
  const prefixLength = match[2] === undefined ? bits.length : Number(match[2]);
  if (prefixLength > bits.length) return undefined;
  return { version, bits, prefixLength, hasIgnoredBits: bits.slice(prefixLength).includes("1") };
}

/** Ranges that no address of the public internet is in. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"].flatMap(
  (text) => ipRange(text) ?? [],
);

/** Whether a range lies within the private ranges of RFC 1918 and RFC 4193. */
export function isPrivate(range: IpRange): boolean {
  return privateRanges.some(
    (wide) =>
      wide.version === range.version &&
      wide.prefixLength <= range.prefixLength &&
      range.bits.startsWith(wide.bits.slice(0, wide.prefixLength)),
  );
}

function bitsOfVersion4(address: string): string | undefined {
  const parts = address.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return parts.map((part) => Number(part).toString(2).padStart(8, "0")).join("");
}

function bitsOfVersion6(address: string): string | undefined {
  const halves = address.split("::");
  if (halves.length > 2) return undefined;
  const groups = halves.map(groupsOf);
  const [left, right = []] = groups;
  if (left === undefined || groups.includes(undefined)) return undefined;
  const missing = 8 - left.length - right.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...left, ...Array.from({ length: missing }, () => 0), ...right]
    .map((group) => group.toString(2).padStart(16, "0"))
    .join("");
}

/** Groups of half an address; an address of version 4 at its end counts as two. */
function groupsOf(text: string): number[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && part.includes(".")) {
      const bits = bitsOfVersion4(part);
      if (bits === undefined) return undefined;
      groups.push(Number.parseInt(bits.slice(0, 16), 2), Number.parseInt(bits.slice(16), 2));
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}
