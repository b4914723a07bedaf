import type { Clock } from "../../core/clock.ts";

/** How much a line of the log matters. */
export type LogLevel = "info" | "warning" | "error";

/** What a line of the log says beside its message. Never a secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes the watcher's log. */
export interface WatchLog {
  info(message: string, fields?: LogFields): void;
  warning(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** The same message about the same thing is written again only after so long. */
const repeatMs = 60_000;
const mostRemembered = 1_000;

/**
 * Makes a log of lines. What repeats within a minute is written once, and then with how often it was
 * left out.
 *
 * @param write takes a line, without its end.
 * @param format `json` for machines, `text` for a terminal.
 */
export function watchLog(
  clock: Clock,
  write: (line: string) => void,
  format: "json" | "text",
): WatchLog {
  const last = new Map<string, { atMs: number; leftOut: number }>();
  const say = (level: LogLevel, message: string, fields: LogFields = {}): void => {
    const now = clock.now();
    const key = `${level} ${message} ${fields.source ?? ""} ${fields.sink ?? ""} ${fields.subject ?? ""}`;
    const known = last.get(key);
    if (level !== "info" && known !== undefined && now - known.atMs < repeatMs) {
      known.leftOut += 1;
      return;
    }
    if (last.size >= mostRemembered) last.clear();
    last.set(key, { atMs: now, leftOut: 0 });
    const leftOut = known?.leftOut ?? 0;
    const all = { ...fields, ...(leftOut === 0 ? {} : { repeated: leftOut }) };
    const at = new Date(now).toISOString();
    write(
      format === "json"
        ? JSON.stringify({ at, level, message, ...all })
        : text(at, level, message, all),
    );
  };
  return {
    info: (message, fields) => say("info", message, fields),
    warning: (message, fields) => say("warning", message, fields),
    error: (message, fields) => say("error", message, fields),
  };
}

function text(at: string, level: LogLevel, message: string, fields: LogFields): string {
  const told = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${String(value).replace(/[\p{Cc}\p{Cf}]+/gu, " ")}`],
  );
  return [at.slice(11, 19), level.padEnd(7), message, ...told].join(" ");
}
