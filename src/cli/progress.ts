import type { Clock } from "../core/clock.ts";
import type { Output } from "./deps.ts";
import type { Paint } from "./paint.ts";

const redrawMs = 100;
const plainLineMs = 10_000;
/** Below this many finished steps the time left is a guess and is not shown. */
const minimumForEstimate = 5;

/** Shows on standard error how far a long command is. */
export interface Progress {
  /** Begins a stage: `reading`, `applying`. `total` is absent while it is not known. */
  readonly stage: (title: string, total?: number) => void;
  /** So many steps are done of so many, if that is known; `detail` is what happens now. */
  readonly update: (done: number, total?: number, detail?: string) => void;
  /** AWS throttled a request. */
  readonly throttled: () => void;
  /** A line that stays: the progress is drawn below it. */
  readonly say: (line: string) => void;
  /** Ends the stage: takes the progress away, or leaves `summary` in its place. */
  readonly end: (summary?: string) => void;
}

/** How a progress is shown. */
export interface ProgressOptions {
  readonly stderr: Output;
  readonly clock: Clock;
  readonly paint: Paint;
  /** `--quiet`: nothing but what is said. */
  readonly quiet: boolean;
}

interface Stage {
  readonly title: string;
  readonly startedAt: number;
  total: number | undefined;
  done: number;
  detail: string;
  throttled: number;
  drawnAt: number;
}

/**
 * Makes a progress: on a terminal one line that is redrawn in place (count, rate, time left,
 * throttled requests), elsewhere a plain line every ten seconds.
 */
export function createProgress(options: ProgressOptions): Progress {
  const { stderr, clock, quiet } = options;
  let stage: Stage | undefined;
  let drawn = false;

  const clear = (): void => {
    if (drawn) stderr.write("\r\u001b[K");
    drawn = false;
  };
  const draw = (force: boolean): void => {
    if (stage === undefined || quiet) return;
    const now = clock.now();
    if (!force && now - stage.drawnAt < (stderr.isTerminal ? redrawMs : plainLineMs)) return;
    stage.drawnAt = now;
    if (stderr.isTerminal) {
      const line = shorten(progressLine(stage, now), stderr.columns - 1);
      stderr.write(`\r\u001b[K${options.paint.dim(line)}`);
      drawn = true;
    } else stderr.write(`${progressLine(stage, now)}\n`);
  };

  return {
    stage: (title, total) => {
      clear();
      const now = clock.now();
      stage = { title, startedAt: now, total, done: 0, detail: "", throttled: 0, drawnAt: now };
      if (stderr.isTerminal) draw(true);
    },
    update: (done, total, detail) => {
      if (stage === undefined) return;
      stage.done = done;
      stage.total = total;
      stage.detail = detail ?? "";
      draw(false);
    },
    throttled: () => {
      if (stage === undefined) return;
      stage.throttled += 1;
      draw(false);
    },
    say: (line) => {
      clear();
      stderr.write(`${line}\n`);
      if (stderr.isTerminal) draw(true);
    },
    end: (summary) => {
      clear();
      if (summary !== undefined && !quiet) stderr.write(`${summary}\n`);
      stage = undefined;
    },
  };
}

/** `reading 340 of 1,200 (28 %), 95/s, 9 s left, throttled 3: tags of account Audit`. */
function progressLine(stage: Stage, now: number): string {
  const { title, done, total, detail, throttled } = stage;
  const seconds = (now - stage.startedAt) / 1_000;
  const rate = seconds > 0 ? done / seconds : 0;
  const parts = [
    total === undefined
      ? `${title} ${count(done)}`
      : `${title} ${count(done)} of ${count(total)} (${percent(done, total)} %)`,
  ];
  if (done >= minimumForEstimate && rate > 0) {
    parts.push(`${rate >= 10 ? count(Math.round(rate)) : rate.toFixed(1)}/s`);
    if (total !== undefined && total > done) parts.push(`${duration((total - done) / rate)} left`);
  }
  if (throttled > 0) parts.push(`throttled ${count(throttled)}`);
  return `${parts.join(", ")}${detail === "" ? "" : `: ${detail}`}`;
}

/** Seconds for people: `9 s`, `2 min 5 s`, `1 h 20 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}

/** A number with commas between thousands. */
export function count(number: number): string {
  return number.toLocaleString("en-US");
}

function percent(done: number, total: number): number {
  return total === 0 ? 100 : Math.floor((done / total) * 100);
}

function shorten(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
}
