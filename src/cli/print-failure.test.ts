import { expect, test } from "vitest";
import { cliHost } from "../../test/support/cli-host.ts";
import type { Deps } from "./deps.ts";
import { printFailure } from "./print-failure.ts";

test("an answer that is longer than any text can be says what to do, and is no defect", async () => {
  const host = cliHost();
  const deps = {
    ...host,
    global: { json: true, debug: false },
  } as unknown as Deps;
  const tooLong = (): string => "x".repeat(2 ** 30);
  const error = await Promise.resolve()
    .then(tooLong)
    .catch((found: unknown) => found);
  expect(await printFailure(deps, "coverage", error)).toBe("usage");
  const { diagnostics } = JSON.parse(host.out());
  expect(diagnostics).toMatchObject([
    { code: "ORGRAIL5013", help: expect.stringContaining("choose less of it") },
  ]);
});
