import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** The browser that pages are looked at with: `ORGRAIL_CHROMIUM`, or Debian's. */
export function chromiumPath(): string | undefined {
  return [process.env.ORGRAIL_CHROMIUM, "/usr/bin/chromium"].find(
    (path) => path !== undefined && existsSync(path),
  );
}

/** Starts it without anything that would call home. */
export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
