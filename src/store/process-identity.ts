import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process, told apart from later ones with the same id. Members that are absent are not known. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** Linux: the kernel's id of this start of the machine. */
  readonly bootId?: string;
  /** Linux: the namespace in which the pid counts. */
  readonly pidNamespace?: string;
  /** Linux: when the process started, in clock ticks since the machine did. */
  readonly startTicks?: string;
}

/** This process. */
export function thisProcess(): ProcessIdentity {
  const bootId = attempt(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  const pidNamespace = attempt(() => readlinkSync("/proc/self/ns/pid"));
  const startTicks = startTicksOf(process.pid);
  return {
    host: hostname(),
    pid: process.pid,
    ...(bootId === undefined ? {} : { bootId }),
    ...(pidNamespace === undefined ? {} : { pidNamespace }),
    ...(startTicks === undefined ? {} : { startTicks }),
  };
}

/**
 * Whether a process is certainly dead, seen from this one. When that cannot be known, as for a
 * process of another machine or container, the answer is no.
 */
export function isCertainlyDead(
  other: ProcessIdentity,
  self: ProcessIdentity = thisProcess(),
): boolean {
  if (other.host !== self.host) return false;
  if (other.bootId !== self.bootId) {
    // The machine was started again since.
    return other.bootId !== undefined && self.bootId !== undefined;
  }
  if (other.pidNamespace !== self.pidNamespace) return false;
  if (!isRunning(other.pid)) return true;
  const startTicks = startTicksOf(other.pid);
  return (
    other.startTicks !== undefined && startTicks !== undefined && other.startTicks !== startTicks
  );
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

/** Field 22 of `/proc/PID/stat`; the command's name before it may hold blanks and parentheses. */
function startTicksOf(pid: number): string | undefined {
  return attempt(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .at(19);
  });
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    // Not Linux, or no such process: then it is not known.
    return undefined;
  }
}
