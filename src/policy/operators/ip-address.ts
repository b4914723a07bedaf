import { nothingMatches, type Operator, pair, textOf } from "./operator.ts";

/** An address as 16-bit groups: two of IPv4, eight of IPv6. */
export type Address = readonly number[];

/** A range of addresses. */
export interface AddressRange {
  readonly address: Address;
  /** How many leading bits an address shares with the range. */
  readonly bits: number;
}

function ipv4(text: string): Address | undefined {
  const parts = text.split(".", 5);
  if (parts.length !== 4) return undefined;
  const bytes: number[] = [];
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    bytes.push(Number(part));
  }
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return [a * 256 + b, c * 256 + d];
}

function groups(text: string): number[] | undefined {
  if (text === "") return [];
  const found: number[] = [];
  for (const part of text.split(":", 9)) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return undefined;
    found.push(Number.parseInt(part, 16));
  }
  return found;
}

function ipv6(text: string): Address | undefined {
  let rest = text;
  let tail: Address = [];
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (dotted !== null) {
    const embedded = ipv4(dotted[2] ?? "");
    if (embedded === undefined) return undefined;
    tail = embedded;
    rest = dotted[1] ?? "";
    if (!rest.endsWith("::")) rest = rest.slice(0, -1);
  }
  const halves = rest.split("::");
  if (halves.length > 2) return undefined;
  const head = groups(halves[0] ?? "");
  const end = halves.length === 2 ? groups(halves[1] ?? "") : [];
  if (head === undefined || end === undefined) return undefined;
  const known = head.length + end.length + tail.length;
  if (halves.length === 1) return known === 8 ? [...head, ...tail] : undefined;
  if (known > 7) return undefined;
  return [...head, ...new Array<number>(8 - known).fill(0), ...end, ...tail];
}

/** Reads an IPv4 or IPv6 address; `undefined` when the text is none. */
export function addressOf(text: string): Address | undefined {
  if (text.length > 45) return undefined;
  return text.includes(":") ? ipv6(text) : ipv4(text);
}

/** Reads a range in CIDR form, or an address as the range of itself. */
export function addressRangeOf(text: string): AddressRange | undefined {
  const slash = text.indexOf("/");
  const address = addressOf(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const all = address.length * 16;
  if (slash < 0) return { address, bits: all };
  const suffix = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(suffix) || Number(suffix) > all) return undefined;
  return { address, bits: Number(suffix) };
}

/** Whether an address lies in a range; addresses of the other version do not. */
export function inRange(range: AddressRange, address: Address): boolean {
  if (range.address.length !== address.length) return false;
  let left = range.bits;
  for (let i = 0; i < address.length && left > 0; i++, left -= 16) {
    const shift = left >= 16 ? 0 : 16 - left;
    if ((range.address[i] ?? 0) >> shift !== (address[i] ?? 0) >> shift) return false;
  }
  return true;
}

/**
 * IP address operators over IPv4 and IPv6 ranges; an address without suffix is a range of one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export const ipAddressOperators: readonly Operator[] = pair("IpAddress", "NotIpAddress", {
  variables: false,
  test: (pieces) => {
    const range = addressRangeOf(textOf(pieces));
    if (range === undefined) return nothingMatches;
    return (text) => {
      const address = addressOf(text);
      return address !== undefined && inRange(range, address);
    };
  },
});
