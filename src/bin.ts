#!/usr/bin/env node
import { main } from "./cli/main.ts";
import { processHost } from "./cli/process-host.ts";

process.exitCode = await main(process.argv.slice(2), processHost(process));
