import { inspectorFacts } from "../../data/inspector2-facts.ts";
import type { ScanName } from "./schema.ts";

/** An account's status as BatchGetAccountStatus gives it. */
interface AccountStatus {
  readonly resourceState?:
    | Readonly<Partial<Record<ScanName, { readonly status?: string | undefined } | undefined>>>
    | undefined;
}

/** Scan types that are on or being switched on, in the order of Inspector's facts. */
export function scansOn({ resourceState }: AccountStatus): readonly ScanName[] {
  return inspectorFacts.scanTypes
    .map(({ name }) => name)
    .filter((name) => ["ENABLED", "ENABLING"].includes(resourceState?.[name]?.status ?? ""));
}
