import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CommandLine, commandLine } from "./support/command-line.ts";

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
});
afterAll(() => cli.remove());

describe("help and version", () => {
  test("--help goes to standard output", async () => {
    const { code, out, err } = await cli.run(["--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("orgrail demo");
  });

  test("--version --json gives the age of every table of facts", async () => {
    const { code, out } = await cli.run(["--version", "--json"]);
    const { result } = JSON.parse(out);
    expect(code).toBe(0);
    expect(result.node).toBe(process.versions.node);
    expect(result.data.length).toBeGreaterThan(2);
    for (const { asOf } of result.data) expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  test("--help loads no AWS client, no schema library and no parser of YAML", () => {
    expect(cli.packages.all).toContain("@aws-sdk/client-organizations");
    expect(cli.packages.atStart).toEqual([]);
  });

  test("a reader that goes away does not end the command with a stack", async () => {
    const child = cli.start(["help", "environment"]);
    child.stdout?.destroy();
    const err: Buffer[] = [];
    child.stderr?.on("data", (chunk: Buffer) => err.push(chunk));
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, err: Buffer.concat(err).toString() }).toEqual({ code: 0, err: "" });
  });
});

describe("what a user does wrong", () => {
  test("no configuration", async () => {
    const { code, out, err } = await cli.run(["plan"]);
    expect({ code, out }).toEqual({ code: 64, out: "" });
    expect(err).toContain("there is no orgrail.yaml here or in a folder above");
  });

  test("no credentials", async () => {
    const { code, err } = await cli.run(["init"]);
    expect(code).toBe(4);
    expect(err).toContain("error[ORGRAIL4001]");
    expect(err).toContain("--profile");
    expect(err).not.toMatch(/\n\s+at /);
  });

  test("an endpoint where nobody answers, with --json", async () => {
    const env = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "none" };
    const args = ["init", "--endpoint-url", "ftp://127.0.0.1", "--json"];
    const { code, out } = await cli.run(args, { env });
    expect(code).toBe(64);
    expect(JSON.parse(out)).toMatchObject({
      command: "init",
      result: null,
      diagnostics: [{ code: "ORGRAIL5026", severity: "error" }],
    });
  });

  test("a configuration with several mistakes: all of them, with places, at once", async () => {
    const file = join(cli.folder, "bad.yaml");
    await writeFile(file, "version: 1\norganisation: {}\naccounts:\n  - name: A\n");
    const { code, out, err } = await cli.run(["validate", "bad.yaml"]);
    expect({ code, out }).toEqual({ code: 64, out: "" });
    expect(err).toContain("bad.yaml:2:1");
    expect(err).toContain("did you mean `organization`?");
    expect(err).toContain("bad.yaml:4:5");
    expect(err).toContain("`bad.yaml` has 3 errors");
  });

  test.each([
    [["validate", "."], "it is a directory"],
    [["validate", "/dev/zero"], "ORGRAIL5021"],
    [["validate", "nothing.yaml"], "there is no configuration `nothing.yaml`"],
    [["apply", "nothing.json"], "nothing.json`: there is no such file"],
    [["apply", "bad.yaml"], "`bad.yaml` cannot be applied"],
    [["apply", "--resume", "--discard"], "exclude each other"],
    [["sandbox", "--from", "bad.yaml"], "bad.yaml` is damaged"],
  ])("%j", async (args, message) => {
    const { code, err } = await cli.run(args);
    expect(code).toBe(64);
    expect(err).toContain(message);
  });
});
