import { InputError } from "../core/app-error.ts";
import type { Verdict } from "../core/service-coverage.ts";
import type { CallEvidence, Snapshot } from "../core/snapshot.ts";
import { type Matrix, type MatrixAccount, verdictAt } from "./matrix.ts";

/** Why a cell is as it is. */
export interface Why {
  readonly account: MatrixAccount | undefined;
  readonly service: string;
  readonly region: string | undefined;
  readonly verdict: Omit<Verdict, "subject">;
  /** What the service does with new accounts in the Region. */
  readonly autoEnable?: string;
  /** The calls that told it, the latest first. */
  readonly calls: readonly CallEvidence[];
}

/**
 * Explains a cell.
 *
 * @param place account (id or name), service, and the Region of a service that has one
 * @throws InputError ORGRAIL5410 when the matrix has no such cell.
 */
export function why(matrix: Matrix, snapshot: Snapshot, place: readonly string[]): Why {
  const [who = "", service = "", region] = place;
  const wide = matrix.organization.find((cell) => cell.service === service);
  if (wide !== undefined) {
    const { state, reason, evidence } = wide;
    const verdict = { state, reason, evidence };
    const calls = callsOf(snapshot, verdict, wide.account, undefined);
    return { account: undefined, service, region: undefined, verdict, calls };
  }
  const column = matrix.columns.find((one) => one.service === service);
  if (column === undefined) {
    const known = [...matrix.columns, ...matrix.organization].map((one) => one.service).join(", ");
    throw noCell(`the matrix has no service \`${service}\``, `it has ${known}`);
  }
  const row = matrix.accounts.findIndex(({ id, name }) => id === who || name === who);
  const account = matrix.accounts[row];
  if (account === undefined) {
    const alike = matrix.accounts.map(({ name }) => name).filter((name) => isAlike(name, who));
    throw noCell(
      `the matrix has no account \`${who}\``,
      alike.length === 0
        ? "name an account of the organization, by its name or id"
        : `accounts of such names: ${alike.slice(0, 5).join(", ")}`,
    );
  }
  const at = column.regions.findIndex((one) => one === undefined || one === region);
  if (at < 0) {
    const known = column.regions.join(", ") || "none";
    throw noCell(
      region === undefined
        ? `${column.title} goes by Region`
        : `\`${region}\` is not in the matrix`,
      `the matrix has ${known}`,
    );
  }
  const { state, reason, evidence } = verdictAt(matrix, column, row, at);
  const seen = column.regions[at];
  const how = seen === undefined ? undefined : column.autoEnable[seen];
  return {
    account,
    service,
    region: seen,
    verdict: { state, reason, evidence },
    ...(how === undefined ? {} : { autoEnable: how }),
    calls: callsOf(snapshot, { state, reason, evidence }, account.id, seen),
  };
}

function isAlike(name: string, text: string): boolean {
  return text !== "" && name.toLowerCase().includes(text.toLowerCase());
}

/**
 * The calls that evidence names as its sources, in the Region or for the whole organization: those of
 * the accounts whose resources it names, else the account's own, else of the accounts that know of it.
 */
function callsOf(
  { calls = [], organization }: Snapshot,
  { evidence }: Pick<Verdict, "state" | "reason" | "evidence">,
  account: string,
  region: string | undefined,
): readonly CallEvidence[] {
  const sources = new Set(evidence.map(({ source }) => source));
  const found = calls.filter(
    ([operation, , at]) =>
      sources.has(operation) &&
      (region === undefined || at === region || !regional(calls, operation, region)),
  );
  const named = new Set(evidence.flatMap(({ value }) => arnAccount(value) ?? []));
  const wide = new Set([
    organization.managementAccountId,
    ...(organization.delegatedAdministrators ?? []).map((one) => one.account),
  ]);
  const best = [
    (of: string) => named.has(of),
    (of: string) => of === account,
    (of: string) => wide.has(of),
    () => true,
  ]
    .map((isMeant) => found.filter(([, of]) => isMeant(of)))
    .find((some) => some.length > 0);
  return (best ?? []).toSorted((a, b) => b[3] - a[3]).slice(0, 20);
}

function arnAccount(value: unknown): string | undefined {
  return typeof value === "string"
    ? /^arn:[^:]+:[^:]+:[^:]*:(\d{12}):/.exec(value)?.[1]
    : undefined;
}

function regional(calls: readonly CallEvidence[], operation: string, region: string): boolean {
  return calls.some(([name, , at]) => name === operation && at === region);
}

function noCell(message: string, hint: string): InputError {
  return new InputError("ORGRAIL5410", message, [], hint);
}
