import type { Clock } from "../../core/clock.ts";
import type { Severity } from "../../core/finding.ts";
import { isAtLeast } from "../../detect/severity.ts";
import type { DeadLetter, DeadLetters } from "./dead-letters.ts";
import { backoffMs } from "./intake.ts";
import type { Journal, JournalPlace } from "./journal.ts";
import type { Metrics } from "./metrics.ts";
import { type RefusedFinding, type Sink, SinkFailure } from "./sink.ts";
import type { WatchLog } from "./watch-log.ts";
import type { NumberedFinding } from "./watch-state.ts";

/** What a sink is run with. */
export interface RunSinkOptions {
  readonly sink: Sink;
  /** Only findings this bad or worse. */
  readonly severity: Severity;
  readonly journal: Journal;
  readonly deadLetters: DeadLetters;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: WatchLog;
  readonly metrics: Metrics;
  /** Number of the last finding that it took before. */
  readonly takenBefore: number;
  /** Number of the last finding of the delivery that was under way before. */
  readonly sendingBefore: number;
  /** Number of the last finding that there is. */
  readonly lastFinding: () => number;
  /** Told when it has taken more. */
  readonly onTaken: (n: number) => void;
  /** Aborted when nothing more is found: what is there is handed over, then it ends. */
  readonly drain: AbortSignal;
  /** Aborted when it must end now. */
  readonly stop: AbortSignal;
}

/** A sink that runs. */
export interface RunningSink {
  readonly name: string;
  /** Number of the last finding that it took. */
  taken(): number;
  /** How many findings it has not taken yet. */
  pending(): number;
  /** Why the last delivery failed; `undefined` when it did not. */
  problem(): string | undefined;
  readonly done: Promise<void>;
}

const readBytes = 256 * 1_024;
/** What is refused is tried so often, for a receiver may be wrong for a while. */
const refusalTries = 5;

/**
 * Hands findings from the journal to a sink, in order, each until it is taken. What a sink has taken
 * is noted at once: only a crash just then makes a finding come again, with the same id.
 */
export function runSink(options: RunSinkOptions): RunningSink {
  const { sink, journal, clock, log, metrics, drain, stop } = options;
  let taken = options.takenBefore;
  let problem: string | undefined;
  let place: JournalPlace | undefined;
  let waiting: NumberedFinding[] = [];

  const more = async (): Promise<boolean> => {
    const { records, next } = await journal.read(place, readBytes);
    const isSame = place?.segment === next.segment && place.offset === next.offset;
    place = next;
    for (const record of records) {
      if (record.k === "finding" && record.n > taken) waiting.push(record);
    }
    return !isSame && records.length > 0;
  };

  const note = async (n: number): Promise<void> => {
    taken = n;
    options.onTaken(n);
    // Should it fail, the next note says it too; until then a crash would repeat the delivery.
    await journal.append([{ k: "taken", sink: sink.name, n }]).catch((error: unknown) => {
      metrics.add("orgrail_watch_state_failures_total");
      log.error("state not written", { sink: sink.name, reason: messageOf(error) });
    });
  };

  /** What waits, as much as the sink takes; after a crash what was on its way then, and no more. */
  const nextBatch = (): readonly NumberedFinding[] => {
    const begun = waiting.findIndex(({ n }) => n === options.sendingBefore) + 1;
    return waiting.slice(0, begun > 0 && begun < sink.most ? begun : sink.most);
  };

  const announce = async (n: number): Promise<void> => {
    if (n === options.sendingBefore) return;
    // Should it fail, only a crash in this delivery would make it come again as another one.
    await journal.append([{ k: "sending", sink: sink.name, n }]).catch((error: unknown) => {
      metrics.add("orgrail_watch_state_failures_total");
      log.error("state not written", { sink: sink.name, reason: messageOf(error) });
    });
  };

  const handOver = async (batch: readonly NumberedFinding[]): Promise<void> => {
    const findings = batch.map(({ finding }) => finding);
    for (let failures = 1; ; failures++) {
      try {
        const refused = await sink.deliver(findings, stop);
        problem = undefined;
        await keepRefused(refused, findings.length);
        return;
      } catch (error) {
        if (stop.aborted || (error instanceof SinkFailure && error.isFinal)) throw error;
        problem = messageOf(error);
        metrics.add("orgrail_watch_sink_failures_total", { sink: sink.name });
        log.warning("delivery failed", { sink: sink.name, reason: problem, tries: failures });
        if (error instanceof SinkFailure && error.isRefusal && failures >= refusalTries) {
          const reason = problem;
          await keepRefused(
            findings.map(({ id }) => ({ id, reason })),
            findings.length,
          );
          return;
        }
        const waitMs = error instanceof SinkFailure ? error.waitMs : undefined;
        await clock.sleep(Math.max(waitMs ?? 0, backoffMs(failures, options.random)), stop);
      }
    }
  };

  const keepRefused = async (refused: readonly RefusedFinding[], all: number): Promise<void> => {
    const labels = { sink: sink.name };
    metrics.add(
      "orgrail_watch_sink_findings_total",
      { ...labels, outcome: "taken" },
      all - refused.length,
    );
    for (const { id, reason } of refused) {
      log.error("finding refused", { sink: sink.name, subject: id, reason });
      metrics.add("orgrail_watch_sink_findings_total", { ...labels, outcome: "refused" });
      const raw = waiting.find(({ finding }) => finding.id === id);
      await keepLetter({
        from: sink.name,
        subject: id,
        reason,
        ...(raw === undefined ? {} : { raw: JSON.stringify(raw.finding) }),
      });
    }
  };

  /** Tries until it is kept: what was refused lies nowhere else once it counts as taken. */
  const keepLetter = async (letter: DeadLetter): Promise<void> => {
    for (let failures = 1; ; failures++) {
      try {
        await options.deadLetters.keep(letter);
        problem = undefined;
        return;
      } catch (error) {
        problem = messageOf(error);
        log.error("dead letter not kept", { sink: sink.name, reason: problem });
        await clock.sleep(backoffMs(failures, options.random), stop);
      }
    }
  };

  const run = async (): Promise<void> => {
    while (!stop.aborted) {
      const wake = journal.changed(drain);
      // What is there goes at once: who waits for more while more keeps coming waits long.
      // What was on its way at a crash goes again whole.
      while ((waiting.at(-1)?.n ?? 0) < options.sendingBefore || waiting.length === 0) {
        if (!(await more())) break;
      }
      if (waiting.length === 0) {
        if (drain.aborted) return;
        await wake;
        continue;
      }
      const batch = nextBatch();
      const wanted = batch.filter(({ finding }) => isAtLeast(finding.severity, options.severity));
      if (wanted.length > 0) {
        if (sink.knowsDeliveries === true) await announce(batch.at(-1)?.n ?? taken);
        await handOver(wanted);
      }
      metrics.add(
        "orgrail_watch_sink_findings_total",
        { sink: sink.name, outcome: "left_out" },
        batch.length - wanted.length,
      );
      waiting = waiting.slice(batch.length);
      await note(batch.at(-1)?.n ?? taken);
    }
  };

  return {
    name: sink.name,
    taken: () => taken,
    pending: () => Math.max(0, options.lastFinding() - taken),
    problem: () => problem,
    done: run().catch((error: unknown) => {
      if (!stop.aborted) throw error;
    }),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
