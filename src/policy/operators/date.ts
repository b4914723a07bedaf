import { orderedOperators } from "./numeric.ts";
import type { Operator } from "./operator.ts";

const isoPattern =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?([Zz]|[+-]\d{2}:?\d{2})?)?)?)?$/;

/** Epoch times from here on are milliseconds; as seconds this would be the year 5138. */
const firstMilliseconds = 1e11;

/**
 * Milliseconds since the epoch of a W3C date (ISO 8601: year, month, day, time, offset; UTC without
 * one) or of an epoch time; `undefined` for anything else. Four digits are a year.
 */
export function dateOf(text: string): number | undefined {
  const trimmed = text.trim();
  const match = isoPattern.exec(trimmed);
  if (match === null) {
    if (!/^-?\d+(?:\.\d+)?$/.test(trimmed)) return undefined;
    const epoch = Number(trimmed);
    return Math.abs(epoch) < firstMilliseconds ? epoch * 1000 : epoch;
  }
  const [, year = "", month = "01", day = "01", hour = "00", minute = "00", second = "00"] = match;
  const fraction = Number(`0.${match[7] ?? "0"}`) * 1000;
  const utc = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const read = new Date(utc);
  // 30 February would roll over into March.
  if (read.getUTCMonth() !== Number(month) - 1 || read.getUTCDate() !== Number(day) + carry(hour)) {
    return undefined;
  }
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return undefined;
  return utc + fraction - offsetOf(match[8]);
}

function carry(hour: string): number {
  return hour === "24" ? 1 : 0;
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone === "Z" || zone === "z") return 0;
  const sign = zone.startsWith("-") ? -1 : 1;
  const digits = zone.slice(1).replace(":", "");
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
}

/**
 * Date operators, over W3C dates and epoch times; no wildcards.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export const dateOperators: readonly Operator[] = orderedOperators("Date", dateOf);
