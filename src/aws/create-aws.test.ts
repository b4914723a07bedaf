import { describe, expect, it } from "vitest";
import { virtualClock } from "../sandbox/virtual-clock.ts";
import { attemptRead } from "./attempt-read.ts";
import type { Aws, AwsOptions, CallRecord } from "./aws.ts";
import { AwsError } from "./aws-error.ts";
import { createAws } from "./create-aws.ts";

interface Request {
  readonly headers: Record<string, string>;
  readonly body: Uint8Array | string;
}
type Answer = { status?: number; type?: string; body: unknown } | Error | "hang";

const stsIdentity =
  "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111111111111:user/u</Arn><UserId>U</UserId><Account>111111111111</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";

/** A client whose requests are answered by a function of operation and input. */
function connect(
  answer: (operation: string, input: Record<string, unknown>, request: Request) => Answer,
  options: Partial<AwsOptions> = {},
): { aws: Aws; calls: CallRecord[]; clock: ReturnType<typeof virtualClock> } {
  const clock = virtualClock(0);
  const calls: CallRecord[] = [];
  const aws = createAws({
    clock,
    random: () => 1,
    credentials: { accessKeyId: "AKID", secretAccessKey: "secret" },
    onCall: (call) => calls.push(call),
    requestHandler: {
      handle: async (request: Request, { abortSignal }: { abortSignal?: AbortSignal } = {}) => {
        const text =
          typeof request.body === "string" ? request.body : new TextDecoder().decode(request.body);
        const target = request.headers["x-amz-target"]?.split(".")[1];
        const query = target === undefined ? Object.fromEntries(new URLSearchParams(text)) : {};
        const input = target === undefined ? query : JSON.parse(text || "{}");
        const given = answer(target ?? query.Action ?? "?", input, request);
        if (given === "hang") {
          await new Promise((_, reject) => {
            abortSignal?.addEventListener("abort", () =>
              reject(Object.assign(new Error("Request aborted"), { name: "AbortError" })),
            );
          });
        }
        if (given instanceof Error || given === "hang") throw given;
        const { status = 200, type = "application/x-amz-json-1.1", body } = given;
        return {
          response: {
            statusCode: status,
            headers: { "content-type": type, date: "Thu, 01 Jan 1970 00:00:07 GMT" },
            body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
          },
        };
      },
    },
    ...options,
  });
  return { aws, calls, clock };
}

const failure = (name: string, message = "no"): Answer => ({
  status: 400,
  body: { __type: name, Message: message },
});

describe("createAws", () => {
  it("sends typed calls and records them", async () => {
    const { aws, calls } = connect(() => ({ body: { Roots: [{ Id: "r-abcd" }] } }));
    const { Roots } = await aws.call("organizations", "ListRoots", {});
    expect(Roots?.[0]?.Id).toBe("r-abcd");
    expect(calls).toMatchObject([
      { service: "organizations", operation: "ListRoots", attempt: 1, outcome: "ok" },
    ]);
    expect(aws.clockSkewMs()).toBe(7000);
  });

  it("signs for the global Region of the partition", async () => {
    const { aws, calls } = connect(() => ({ body: {} }), { region: "cn-north-1" });
    await aws.call("organizations", "ListRoots", {});
    expect(calls[0]?.region).toBe("cn-northwest-1");
    expect(aws.partition.name).toBe("aws-cn");
  });

  it("waits out throttling and keeps to the published rate", async () => {
    let asked = 0;
    const { aws, calls, clock } = connect(() =>
      ++asked < 4 ? failure("TooManyRequestsException") : { body: {} },
    );
    await aws.call("organizations", "AttachPolicy", { PolicyId: "p-1", TargetId: "r-1" });
    expect(calls.map(({ outcome }) => outcome)).toEqual([
      "throttled",
      "throttled",
      "throttled",
      "ok",
    ]);
    expect(clock.now()).toBeGreaterThan(3_000);
  });

  it("gives up on throttling that lasts for minutes, with a clear error", async () => {
    const { aws, clock } = connect(() => failure("TooManyRequestsException"));
    const error = await aws.call("organizations", "ListRoots", {}).catch((e: unknown) => e);
    expect(error).toMatchObject({ kind: "throttled", code: "ORGRAIL4006" });
    expect(clock.now()).toBeGreaterThan(4 * 60_000);
    expect(clock.now()).toBeLessThan(6 * 60_000);
  });

  it("retries a conflicting change but never a quota or a constraint", async () => {
    let asked = 0;
    const busy = connect(() =>
      ++asked < 3 ? failure("ConcurrentModificationException") : { body: {} },
    );
    await busy.aws.call("organizations", "DetachPolicy", { PolicyId: "p-1", TargetId: "r-1" });
    expect(busy.calls).toHaveLength(3);
    for (const name of ["ConstraintViolationException", "LimitExceededException"]) {
      const full = connect(() => failure(name));
      await expect(full.aws.call("organizations", "ListRoots", {})).rejects.toThrow("refused");
      expect(full.calls).toHaveLength(1);
    }
  });

  it("retries the errors that the caller calls eventual", async () => {
    let asked = 0;
    const { aws } = connect(() =>
      ++asked < 3 ? failure("ParentNotFoundException") : { body: { OrganizationalUnit: {} } },
    );
    const input = { ParentId: "ou-1", Name: "x" };
    await aws.call("organizations", "CreateOrganizationalUnit", input, {
      eventual: ["ParentNotFoundException"],
    });
    expect(asked).toBe(3);
    const strict = connect(() => failure("ParentNotFoundException"));
    await expect(
      strict.aws.call("organizations", "CreateOrganizationalUnit", input),
    ).rejects.toThrow("ParentNotFoundException");
    expect(strict.calls).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ["a reset connection", Object.assign(new Error("socket hang up"), { code: "ECONNRESET" })],
    ["a server error", { status: 500, body: { __type: "ServiceException" } }],
    ["a page of HTML", { status: 500, type: "text/html", body: "<html>500</html>" }],
  ])("repeats reads after %s, never writes", async (_, answer) => {
    let asked = 0;
    const reading = connect(() => (++asked < 4 ? answer : { body: { Roots: [] } }));
    await reading.aws.call("organizations", "ListRoots", {});
    expect(asked).toBe(4);
    const writing = connect(() => answer);
    await expect(
      writing.aws.call("organizations", "CreateAccount", { Email: "a@b.c", AccountName: "a" }),
    ).rejects.toBeInstanceOf(AwsError);
    expect(writing.calls).toHaveLength(1);
  });

  it("ends a failing read after a bounded number of tries", async () => {
    const { aws, calls } = connect(() => ({ status: 500, type: "text/html", body: "<html>" }));
    await expect(aws.call("organizations", "ListRoots", {})).rejects.toMatchObject({
      kind: "unreadable",
      code: "ORGRAIL4008",
    });
    expect(calls).toHaveLength(5);
  });

  it("pages on through empty pages and ends where the token ends", async () => {
    const pages: Record<string, object> = {
      "": { Accounts: [{ Id: "1" }], NextToken: "a" },
      a: { Accounts: [], NextToken: "b" },
      b: { Accounts: [{ Id: "2" }] },
    };
    const { aws } = connect((_, input) => ({ body: pages[String(input.NextToken ?? "")] }));
    const ids: unknown[] = [];
    for await (const page of aws.pages("organizations", "ListAccounts", {})) {
      ids.push(...(page.Accounts ?? []).map(({ Id }) => Id));
    }
    expect(ids).toEqual(["1", "2"]);
  });

  it("stops at a page token that comes twice", async () => {
    const { aws } = connect(() => ({ body: { Accounts: [], NextToken: "again" } }));
    const read = async (): Promise<void> => {
      for await (const _ of aws.pages("organizations", "ListAccounts", {}));
    };
    await expect(read()).rejects.toMatchObject({ code: "ORGRAIL4014" });
  });

  it("stops waiting and stops calling when aborted", async () => {
    const controller = new AbortController();
    const { aws } = connect(() => "hang");
    const call = aws.call("organizations", "ListRoots", {}, { signal: controller.signal });
    setImmediate(() => controller.abort(new Error("Ctrl-C")));
    await expect(call).rejects.toMatchObject({ kind: "interrupted", exit: "interrupted" });
  });

  it("enters a member account by its role once, and anew when the session ends", async () => {
    const assumed: string[] = [];
    const { aws, clock } = connect((operation, input, request) => {
      if (operation === "GetCallerIdentity") return { type: "text/xml", body: stsIdentity };
      if (operation !== "AssumeRole") {
        return { body: { Regions: [{ RegionName: request.headers.authorization }] } };
      }
      assumed.push(String(input.RoleArn));
      const end = new Date(clock.now() + 3_600_000).toISOString();
      return {
        type: "text/xml",
        body: `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA${assumed.length}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${end}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
      };
    });
    const options = { account: "222222222222" };
    const keyOf = async (): Promise<string | undefined> => {
      const { Regions } = await aws.call("account", "ListRegions", {}, options);
      return /Credential=(\w+)/.exec(Regions?.[0]?.RegionName ?? "")?.[1];
    };
    expect(await Promise.all([keyOf(), keyOf()])).toEqual(["ASIA1", "ASIA1"]);
    clock.advance(3_400_000);
    expect(await keyOf()).toBe("ASIA2");
    expect(assumed).toEqual([
      "arn:aws:iam::222222222222:role/OrganizationAccountAccessRole",
      "arn:aws:iam::222222222222:role/OrganizationAccountAccessRole",
    ]);
  });

  it("turns a failed read into a gap that names account and action", async () => {
    const { aws } = connect(() => failure("AccessDeniedException", "You don't have permissions"));
    aws.accountNames.set("333333333333", "Audit");
    const read = await attemptRead("accounts/333333333333/regions", () =>
      aws.call("organizations", "ListRoots", {}, { about: "333333333333" }),
    );
    expect(read).toMatchObject({
      ok: false,
      gap: {
        kind: "access-denied",
        operation: "organizations:ListRoots",
        account: "333333333333",
        accountName: "Audit",
        missingPermission: "organizations:ListRoots",
      },
    });
  });
});
