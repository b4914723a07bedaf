import type { TimestampFormat } from "./shape.ts";

/** Writes a timestamp; epoch seconds are a number with at most three decimals. */
export function formatTimestamp(date: Date, format: TimestampFormat): string | number {
  if (format === "epoch-seconds") return date.getTime() / 1000;
  if (format === "http-date") return date.toUTCString();
  return date.toISOString().replace(".000Z", "Z");
}

/** Reads a timestamp in whatever format it came; `undefined` when it is none. */
export function readTimestamp(value: unknown): Date | undefined {
  const milliseconds =
    typeof value === "number"
      ? value * 1000
      : typeof value === "string"
        ? /^-?\d+(\.\d+)?$/.test(value)
          ? Number(value) * 1000
          : Date.parse(value)
        : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds);
}
