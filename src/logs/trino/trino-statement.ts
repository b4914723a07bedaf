import { AppError } from "../../core/app-error.ts";

/** A page of an answer of Trino's. */
export interface TrinoStatement {
  readonly nextUri?: string;
  /** Absent until they are known. */
  readonly columns?: readonly string[];
  readonly data: readonly (readonly unknown[])[];
  /** 0 to 100. */
  readonly progress?: number;
  readonly error?: { readonly message: string; readonly name: string };
}

/** Reads a page. Throws ORGRAIL4390 when it is none. */
export function readStatement(text: string): TrinoStatement {
  const page = parse(text);
  const { nextUri, columns, data, error, stats } = page;
  const names = Array.isArray(columns)
    ? columns.map((column: unknown) => String((column as { readonly name?: unknown })?.name))
    : undefined;
  if (data !== undefined && data !== null && !Array.isArray(data))
    throw unreadable("its rows are no list");
  const rows: readonly unknown[] = Array.isArray(data) ? data : [];
  if (!rows.every((row): row is readonly unknown[] => Array.isArray(row))) {
    throw unreadable("a row is no list");
  }
  const progress = (stats as { readonly progressPercentage?: unknown } | undefined)
    ?.progressPercentage;
  return {
    ...(typeof nextUri === "string" ? { nextUri } : {}),
    ...(names === undefined ? {} : { columns: names }),
    data: rows,
    ...(typeof progress === "number" ? { progress } : {}),
    ...(typeof error === "object" && error !== null ? { error: failureOf(error) } : {}),
  };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const page: unknown = JSON.parse(text);
    if (typeof page === "object" && page !== null) return page as Readonly<Record<string, unknown>>;
  } catch {
    // Said below.
  }
  throw unreadable("it is no JSON object");
}

function failureOf(error: object): { readonly message: string; readonly name: string } {
  const { message, errorName } = error as {
    readonly message?: unknown;
    readonly errorName?: unknown;
  };
  return { message: String(message ?? "the query failed"), name: String(errorName ?? "UNKNOWN") };
}

function unreadable(why: string): AppError {
  return new AppError("ORGRAIL4390", `the server's answer is none of Trino's: ${why}`, {
    hint: "is it the address of a Trino's coordinator?",
  });
}
