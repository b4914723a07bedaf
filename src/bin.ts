#!/usr/bin/env node
import { isOverview, printOverview } from "./cli/print-overview.ts";

const argv = process.argv.slice(2);
if (isOverview(argv)) printOverview(process);
else {
  const { main } = await import("./cli/main.ts");
  const { processHost } = await import("./cli/process-host.ts");
  process.exitCode = await main(argv, processHost(process));
}
