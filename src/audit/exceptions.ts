import type { AuditException } from "../core/desired.ts";
import type { Finding } from "../core/finding.ts";
import { compileGlob, globMatches } from "../policy/glob.ts";
import type { AuditResult } from "./rule.ts";

/** What the exceptions say of a result that fails. */
export interface AuditExceptionAnswer {
  readonly exception?: NonNullable<Finding["exception"]>;
  /** A sentence: an entry that would have applied, had it not expired. */
  readonly expired?: string;
}

/** The exceptions of the configuration, ready to be asked. */
export interface AuditExceptions {
  find(rule: string, result: AuditResult): AuditExceptionAnswer;
}

const dayMs = 86_400_000;

/**
 * Makes exceptions ready. An entry that names an account, a Region or a resource holds only for
 * results about it; one counts until the end of its last day, in UTC.
 */
export function auditExceptions(
  entries: readonly AuditException[],
  nowMs: number,
  names: ReadonlyMap<string, string>,
): AuditExceptions {
  const compiled = entries.map((entry) => ({
    entry,
    rule: compileGlob(entry.rule),
    resource: entry.resource === undefined ? undefined : compileGlob(entry.resource),
    isExpired: isExpired(entry, nowMs),
  }));
  if (compiled.length === 0) return { find: () => ({}) };
  return {
    find: (rule, { account, region, resource }) => {
      const fitting = compiled.filter(
        (one) =>
          globMatches(one.rule, rule) &&
          (one.entry.account === undefined ||
            (account !== undefined &&
              (one.entry.account === account || one.entry.account === names.get(account)))) &&
          (one.entry.region === undefined || one.entry.region === region) &&
          (one.resource === undefined ||
            (resource !== undefined && globMatches(one.resource, resource))),
      );
      const valid = fitting.find((one) => !one.isExpired);
      if (valid !== undefined) {
        const { reason, owner, expires } = valid.entry;
        return { exception: { reason, owner, expires } };
      }
      const [late] = fitting;
      if (late === undefined) return {};
      const { expires, owner, reason } = late.entry;
      return { expired: `An exception of ${owner} expired on ${expires} (${reason}).` };
    },
  };
}

/** The entries that do not count any more at a time. */
export function expiredAuditExceptions(
  entries: readonly AuditException[],
  nowMs: number,
): readonly AuditException[] {
  return entries.filter((entry) => isExpired(entry, nowMs));
}

function isExpired({ expires }: AuditException, nowMs: number): boolean {
  const start = Date.parse(`${expires}T00:00:00Z`);
  // A day that cannot be read ends nothing late: the exception does not apply.
  return Number.isNaN(start) || start + dayMs <= nowMs;
}
