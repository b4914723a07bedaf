import type { LogObject } from "../read/log-object.ts";
import type { DigestSpan } from "./check-digests.ts";

/** Whether digests are there that had to name a file, by the time in its name. */
export type HadToBeNamed = (object: LogObject) => boolean;

/**
 * A file that was written within the time of a digest is named by it, or by the next when it was
 * delivered late: where both are there, and neither names it, another has put it there, or a trail
 * without digests has.
 */
export function createHadToBeNamed(spans: readonly DigestSpan[]): HadToBeNamed {
  const starts = new Set(spans.map(({ chain, start }) => `${chain} ${start}`));
  const byHour = new Map<string, DigestSpan[]>();
  for (const span of spans) {
    if (!starts.has(`${span.chain} ${span.end}`)) continue;
    const [account = "", , region = ""] = span.chain.split("_");
    for (let at = hourOf(span.start); at < Date.parse(span.end); at += hourMs) {
      const key = `${account} ${region} ${at}`;
      const held = byHour.get(key);
      if (held === undefined) byHour.set(key, [span]);
      else held.push(span);
    }
  }
  return ({ name, account = "", region = "" }) => {
    const match = stampPattern.exec(name);
    if (match === null) return false;
    const [, year, month, day, hour, minute] = match;
    const time = `${year}-${month}-${day}T${hour}:${minute}:00Z`;
    const near = byHour.get(`${account} ${region} ${hourOf(time)}`) ?? [];
    return near.some(({ start, end }) => start <= time && time < end);
  };
}

const hourMs = 3_600_000;

const stampPattern = /_(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})Z_[^/]*$/;

function hourOf(time: string): number {
  return Math.floor(Date.parse(time) / hourMs) * hourMs;
}
