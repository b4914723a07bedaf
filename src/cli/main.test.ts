import { describe, expect, test } from "vitest";
import { cliHost, type TestHostOptions } from "../../test/support/cli-host.ts";
import { AppError, InputError } from "../core/app-error.ts";
import type { AnyCommand, Command, Outcome } from "./command.ts";
import { version } from "./commands/program/version.command.ts";
import type { Deps } from "./deps.ts";
import { main } from "./main.ts";

interface EchoOptions {
  readonly out: string | undefined;
  readonly target: readonly string[];
  readonly yes: boolean;
  readonly port: number | undefined;
}

type Body = (deps: Deps, options: EchoOptions, words: readonly string[]) => Promise<Outcome>;

const echoBody: Body = async (deps, options, words) => ({
  result: { options, words, global: deps.global },
  text: () => deps.paint.red("echoed"),
  next: "do the next thing",
});

function echo(body: Body = echoBody): AnyCommand {
  const command: Command<EchoOptions> = {
    path: ["say", "echo"],
    group: "Program",
    summary: "Echo",
    description: ["Echoes."],
    arguments: [{ name: "FILE", description: "a file", required: true }],
    options: {
      out: { kind: "text", value: "FILE", description: "where to" },
      target: { kind: "list", value: "PATH", description: "only this" },
      yes: { kind: "flag", description: "yes" },
      port: { kind: "number", value: "N", minimum: 0, maximum: 65_535, description: "port" },
    },
    examples: [{ command: "orgrail say echo x", says: "echo x" }],
    exits: ["done"],
    load: async () => body,
  };
  return command;
}

async function run(
  argv: readonly string[],
  options: TestHostOptions = {},
  body?: Body,
): Promise<{ code: number; out: string; err: string }> {
  const host = cliHost(options);
  const code = await main(argv, host, [echo(body), version]);
  return { code, out: host.out(), err: host.err() };
}

describe("options", () => {
  const values = async (argv: readonly string[], env: Record<string, string> = {}) => {
    const { code, out } = await run([...argv, "--json"], { env });
    expect(code).toBe(0);
    return JSON.parse(out).result;
  };

  test("come from flags, before and after the command", async () => {
    const result = await values(
      "--profile p say echo f --out o --target a --target b,c --yes --port 8".split(" "),
    );
    expect(result.options).toEqual({ out: "o", target: ["a", "b,c"], yes: true, port: 8 });
    expect(result.words).toEqual(["f"]);
    expect(result.global).toMatchObject({ profile: "p", json: true, noColor: false });
  });

  test("come from variables where no flag is given", async () => {
    const env = {
      ORGRAIL_OUT: "env",
      ORGRAIL_TARGET: "a, b",
      ORGRAIL_YES: "on",
      ORGRAIL_NO_COLOR: "1",
      ORGRAIL_ENDPOINT_URL: "http://127.0.0.1:1",
    };
    const result = await values(["say", "echo", "f", "--out", "flag"], env);
    expect(result.options).toEqual({ out: "flag", target: ["a", "b"], yes: true });
    expect(result.global).toMatchObject({ noColor: true, endpointUrl: "http://127.0.0.1:1" });
  });
});

describe("usage errors end with 64 and say what to do", () => {
  test.each([
    [["sya"], "unknown command `sya`", "did you mean `say`"],
    [["say", "ehco", "f"], "unknown command `ehco`", "did you mean echo"],
    [["say", "echo"], "missing required argument `FILE`", "orgrail say echo --help"],
    [["say", "echo", ""], "an argument is empty", "orgrail say echo --help"],
    [["say", "echo", "f", "g"], "too many arguments", "orgrail say echo --help"],
    [["say", "echo", "f", "--taget", "x"], "unknown option `--taget`", "did you mean --target"],
    [["say", "echo", "f", "--port", "1e3"], "--port is `1e3`", "a whole number"],
    [["say", "echo", "f", "--port", "70000"], "--port is `70000`", "from 0 to 65535"],
    [["say", "echo", "f", "--out"], "argument missing", "orgrail say echo --help"],
    [["help", "nothing"], "no help page `nothing`", "orgrail help"],
  ])("%j", async (argv, message, help) => {
    const { code, out, err } = await run(argv);
    expect(code).toBe(64);
    expect(out).toBe("");
    expect(err).toContain(message);
    expect(err).toContain(help);
  });

  test("also from a variable, named as such", async () => {
    const { code, err } = await run(["say", "echo", "f"], { env: { ORGRAIL_YES: "maybe" } });
    expect(code).toBe(64);
    expect(err).toContain("ORGRAIL_YES is `maybe`");
  });

  test("a group without its command shows the group's commands on standard error", async () => {
    const { code, out, err } = await run(["say"]);
    expect({ code, out }).toEqual({ code: 64, out: "" });
    expect(err).toContain("say echo");
    expect(err).not.toContain("version");
  });

  test("as an envelope with --json", async () => {
    const { code, out, err } = await run(["sya", "--json"]);
    expect({ code, err }).toEqual({ code: 64, err: "" });
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      command: "sya",
      result: null,
      gaps: [],
      diagnostics: [{ severity: "error", code: "ORGRAIL5001" }],
    });
  });
});

describe("help", () => {
  test.each([
    [[], "Usage  orgrail COMMAND"],
    [["--help"], "Usage  orgrail COMMAND"],
    [["help"], "say echo"],
    [["say", "echo", "--help"], "Usage  orgrail say echo FILE [options]"],
    [["help", "say", "echo"], "--target PATH"],
    [["help", "exit-codes"], "130  interrupted"],
    [["help", "environment"], "ORGRAIL_PORT"],
  ])("%j", async (argv, text) => {
    const { code, out, err } = await run(argv);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(text);
  });
});

describe("output", () => {
  test("standard output is the result, standard error the advice", async () => {
    const { out, err } = await run(["say", "echo", "f"]);
    expect(out).toBe("echoed\n");
    expect(err).toBe("\ndo the next thing\n");
    expect((await run(["say", "echo", "f", "--quiet"])).err).toBe("");
  });

  test("--version --json is the version command", async () => {
    const { code, out } = await run(["--version", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ command: "version", result: { version: "0.1.0" } });
  });

  test("gaps are grouped and shown, and kept in the envelope", async () => {
    const body: Body = async () => ({
      result: 1,
      exit: "gaps",
      gaps: ["a", "b", "c", "d", "e"].map((subject) => ({
        kind: "access-denied",
        operation: "organizations:ListTagsForResource",
        subject,
        message: "no",
        missingPermission: "organizations:ListTagsForResource",
      })),
    });
    const { code, err } = await run(["say", "echo", "f"], {}, body);
    expect(code).toBe(3);
    expect(err).toContain("gaps: 5 reads gave no answer");
    expect(err).toContain("access-denied (5 times): a, b, c and 2 more");
    expect(err).toContain("missing permission: organizations:ListTagsForResource");
    const json = JSON.parse((await run(["say", "echo", "f", "--json"], {}, body)).out);
    expect(json.gaps).toHaveLength(5);
  });
});

describe("failures", () => {
  const failing = (error: unknown): Body => {
    return () => Promise.reject(error);
  };
  const stackLine = /\n\s+at /;

  test.each<[unknown, number, string]>([
    [new AppError("ORGRAIL4001", "no", { exit: "credentials", hint: "log in" }), 4, "help: log in"],
    [new InputError("ORGRAIL1001", "wrong", []), 64, "error[ORGRAIL1001]: wrong"],
    [new Error("boom"), 1, "unexpected failure: boom"],
    ["text", 1, "unexpected failure: text"],
    [Object.assign(new Error("x"), { code: "ENOENT", path: "/a" }), 1, "`/a`: no such file"],
  ])("%o", async (error, code, text) => {
    const result = await run(["say", "echo", "f"], {}, failing(error));
    expect(result.code).toBe(code);
    expect(result.err).toContain(text);
    expect(result.err).not.toMatch(stackLine);
  });

  test("a stack with --debug, with its cause", async () => {
    const error = new Error("outer", { cause: new Error("inner") });
    const { err } = await run(["say", "echo", "f", "--debug"], {}, failing(error));
    expect(err).toMatch(stackLine);
    expect(err).toContain("caused by: Error: inner");
  });

  test("130 when interrupted", async () => {
    const { code, err } = await run(
      ["say", "echo", "f"],
      { signal: AbortSignal.abort() },
      failing(new Error("aborted")),
    );
    expect({ code, err }).toEqual({ code: 130, err: "error[ORGRAIL5010]: interrupted\n" });
  });
});

describe("colours", () => {
  test.each<[readonly string[], TestHostOptions, boolean]>([
    [[], { terminal: true }, true],
    [[], { terminal: false }, false],
    [["--no-color"], { terminal: true }, false],
    [[], { terminal: true, env: { NO_COLOR: "1" } }, false],
    [[], { terminal: true, env: { NO_COLOR: "" } }, true],
    [[], { terminal: true, env: { TERM: "dumb" } }, false],
    [[], { terminal: false, env: { FORCE_COLOR: "1" } }, true],
    [[], { terminal: true, env: { FORCE_COLOR: "0" } }, false],
    [[], { terminal: false, env: { FORCE_COLOR: "1", NO_COLOR: "1" } }, false],
    [[], { terminal: false, env: { CLICOLOR_FORCE: "1" } }, true],
  ])("%j %j", async (flags, options, colored) => {
    const { out } = await run(["say", "echo", "f", ...flags], options);
    expect(out.includes("\u001b[31m")).toBe(colored);
  });
});
