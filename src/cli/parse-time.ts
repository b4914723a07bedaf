import { InputError } from "../core/app-error.ts";

const unitMs: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * A time on the command line: a day or a time by ISO 8601 in UTC, or so long ago: `90d`, `12h`. A day
 * alone is its beginning, or with `end` its end.
 *
 * @returns milliseconds since the epoch
 * @throws InputError ORGRAIL5002
 */
export function parseTime(text: string, flag: string, nowMs: number, end = false): number {
  const ago = /^(\d{1,6})([mhdw])$/.exec(text);
  if (ago !== null) return nowMs - Number(ago[1]) * (unitMs[ago[2] ?? ""] ?? 0);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/.test(text);
  const hasZone = /(Z|[+-]\d{2}:\d{2})$/.test(text);
  const time = isDay
    ? Date.parse(`${text}T${end ? "23:59:59.999" : "00:00:00"}Z`)
    : isTime
      ? Date.parse(hasZone ? text : `${text}Z`)
      : Number.NaN;
  if (Number.isNaN(time)) {
    throw new InputError(
      "ORGRAIL5002",
      `${flag} is \`${text}\``,
      [],
      "give it a day (2026-11-01), a time (2026-11-01T12:00:00Z), or so long ago (90d, 12h)",
    );
  }
  return time;
}
