import type { CellState } from "../../core/coverage.ts";
import type { Evidence } from "../../core/finding.ts";
import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { Json } from "../../core/json.ts";
import type { Verdict } from "../../core/service-coverage.ts";
import type { OrganizationAccountState } from "../../core/snapshot.ts";
import type { CollectContext } from "../security-service.ts";

/** A fact with the operation that told it. */
export function fact(what: string, value: Json, source: string): Evidence {
  return { what, value, source };
}

/** A verdict, with the facts that it rests on. */
export function verdict(
  state: CellState,
  reason: string,
  ...evidence: readonly Evidence[]
): Verdict {
  return { state, reason, evidence };
}

/** What was not read; a gap at `subject` says why, else the reason does. */
export function unread(subject: string, reason = "it was not read"): Verdict {
  return { state: "unknown", reason, evidence: [], subject };
}

/** One of the settings that a service's answer is made of. */
export interface CoveragePart {
  /** In words for a list: `EBS encryption by default`. */
  readonly name: string;
  /** Absent: not read. */
  readonly isOn?: boolean;
  readonly evidence?: Evidence;
}

/**
 * A verdict on settings that belong together: on when all are, off when none is, partial when some
 * are and some are not. Where one that was not read could still turn the answer, it is unknown.
 */
export function partsVerdict(
  parts: readonly CoveragePart[],
  unknownWhy: { readonly subject: string; readonly reason: string },
): Verdict {
  const names = (wanted: boolean | undefined): string =>
    parts.flatMap(({ name, isOn }) => (isOn === wanted ? [name] : [])).join(", ");
  const [on, off, open] = [names(true), names(false), names(undefined)];
  const evidence = parts.flatMap((part) => part.evidence ?? []);
  if (on !== "" && off !== "") {
    return {
      state: "partial",
      reason: `lacks ${off}${open === "" ? "" : `; not known: ${open}`}`,
      evidence,
    };
  }
  if (open !== "") {
    const known = on !== "" ? `on: ${on}; ` : off !== "" ? `off: ${off}; ` : "";
    return {
      state: "unknown",
      reason: known === "" ? unknownWhy.reason : `${known}not known: ${open}`,
      evidence,
      subject: unknownWhy.subject,
    };
  }
  return off === ""
    ? { state: "on", reason: on, evidence }
    : { state: "off", reason: `lacks ${off}`, evidence };
}

/** Remembers values by key, so that places that are alike share one verdict. */
export function remembering<T>(): (key: string, make: () => T) => T {
  const known = new Map<string, T>();
  return (key, make) => {
    let value = known.get(key);
    if (value === undefined) {
      value = make();
      known.set(key, value);
    }
    return value;
  };
}

/**
 * An account that no administrator of the organization watches. What it does alone only it knows:
 * `own` is that, when it was asked.
 */
export function outside(
  service: string,
  own: boolean | undefined,
  because: string,
  subject: string,
  source: string,
): Verdict {
  if (own === undefined) {
    return unread(
      subject,
      `${because}; whether ${service} runs there alone only the account itself knows (\`--tier inside\`)`,
    );
  }
  const seen = fact("enabled in the account itself", own, source);
  return own
    ? verdict("partial", `${because}: ${service} runs there, and nobody else sees it`, seen)
    : verdict("off", because, seen);
}

/**
 * Asks accounts for what only they know, when the tier is `inside`; those in `known` are spared. A
 * denied read is a gap under `subject/ACCOUNT`, and its account is absent from the answer.
 */
export async function insideOf<T>(
  context: Pick<CollectContext<never>, "tier" | "accounts" | "attempt" | "each"> & {
    isRegionEnabled(account: AccountId, region: RegionName): boolean;
  },
  subject: string,
  region: RegionName | undefined,
  known: ReadonlySet<AccountId>,
  read: (account: OrganizationAccountState) => Promise<T>,
): Promise<Readonly<Record<AccountId, T>>> {
  if (context.tier !== "inside") return {};
  const asked = context.accounts.filter(
    ({ id }) => !known.has(id) && (region === undefined || context.isRegionEnabled(id, region)),
  );
  const found = await context.each(asked, async (account) => {
    const answer = await context.attempt(`${subject}/${account.id}`, () => read(account));
    return answer === undefined ? [] : [[account.id, answer] as const];
  });
  return Object.fromEntries(found.flat());
}
