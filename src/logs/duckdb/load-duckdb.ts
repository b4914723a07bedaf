import { AppError } from "../../core/app-error.ts";

/** The module of DuckDB. */
export type DuckDbModule = typeof import("@duckdb/node-api");

/** Loads DuckDB, which is installed only where it is wanted. Throws ORGRAIL4320 without it. */
export async function loadDuckDb(): Promise<DuckDbModule> {
  try {
    return await import("@duckdb/node-api");
  } catch (error) {
    throw new AppError("ORGRAIL4320", "DuckDB, which answers queries, is not installed", {
      hint: "npm install @duckdb/node-api@1.5.5-r.5 (beside orgrail; it has builds for Linux, macOS and Windows)",
      cause: error,
    });
  }
}
