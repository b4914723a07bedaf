import type { DetectionException } from "../core/desired.ts";
import type { Finding } from "../core/finding.ts";
import { compileGlob, globMatches } from "../policy/glob.ts";
import type { Caller } from "./principal.ts";
import { principalPatterns } from "./principal-patterns.ts";

/** What the allow list says of a finding. */
export interface ExceptionAnswer {
  readonly exception?: NonNullable<Finding["exception"]>;
  /** In words: an entry that would have applied, had it not expired. */
  readonly expired?: string;
}

/** The allow list, ready to be asked. */
export interface Exceptions {
  /** @param timeMs when the event happened; an entry counts until the end of its last day, in UTC. */
  find(rule: string, caller: Caller, account: string | undefined, timeMs: number): ExceptionAnswer;
}

const dayMs = 86_400_000;

/** Makes the allow list of the configuration ready. Events without an ARN are never excepted. */
export function exceptions(entries: readonly DetectionException[]): Exceptions {
  const compiled = entries.map((entry) => ({
    entry,
    rule: compileGlob(entry.rule),
    principals: principalPatterns([entry.principal]),
    endMs: endOf(entry.expires),
  }));
  return {
    find: (rule, caller, account, timeMs) => {
      const fitting = compiled.filter(
        (one) =>
          globMatches(one.rule, rule) &&
          (one.entry.account === undefined || one.entry.account === account) &&
          one.principals.matches(caller),
      );
      const valid = fitting.find(({ endMs }) => timeMs < endMs);
      if (valid !== undefined) {
        const { reason, owner, expires } = valid.entry;
        return {
          exception: {
            reason,
            ...(owner === undefined ? {} : { owner }),
            expires,
          },
        };
      }
      const [late] = fitting;
      return late === undefined
        ? {}
        : {
            expired: `an exception for \`${late.entry.principal}\` expired on ${late.entry.expires} (${late.entry.reason})`,
          };
    },
  };
}

/** The entries that do not apply any more at a time. */
export function expiredExceptions(
  entries: readonly DetectionException[],
  nowMs: number,
): readonly DetectionException[] {
  return entries.filter(({ expires }) => endOf(expires) <= nowMs);
}

function endOf(day: string): number {
  const start = Date.parse(`${day}T00:00:00Z`);
  // A day that cannot be read ends nothing late: the exception does not apply.
  return Number.isNaN(start) ? Number.NEGATIVE_INFINITY : start + dayMs;
}
