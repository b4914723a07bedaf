import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { Clock } from "../../core/clock.ts";
import { createTrinoClient, type TrinoOptions } from "./trino-client.ts";

/** What a server does with the requests that come, one after the other. */
type Step = (request: {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}) =>
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown }
  | "hang up";

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) =>
    server === undefined ? resolve(undefined) : server.close(resolve),
  );
  server = undefined;
});

/** Time that passes by sleeping only. */
function virtualClock(): Clock & { readonly slept: number[] } {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}

/** A Trino that answers with each step in turn, and with the last one for ever. */
async function fakeTrino(steps: (base: string) => readonly Step[]) {
  const seen: { method: string; url: string; headers: IncomingMessage["headers"]; body: string }[] =
    [];
  let base = "";
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method = "", url = "", headers } = request;
    const told = { method, url, headers, body: Buffer.concat(parts).toString("utf8") };
    seen.push(told);
    const list = steps(base);
    const asked = seen.filter((one) => one.method !== "DELETE").length;
    const step =
      method === "DELETE" ? () => ({ status: 204 }) : list[Math.min(asked, list.length) - 1];
    const made = step?.(told) ?? { status: 500 };
    if (made === "hang up") {
      request.socket.destroy();
      return;
    }
    const {
      status = 200,
      headers: more = {},
      body,
    } = made as { status?: number; headers?: Record<string, string>; body?: unknown };
    response.writeHead(status, more);
    response.end(typeof body === "string" || body === undefined ? body : JSON.stringify(body));
  };
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clock = virtualClock();
  const client = (options: Partial<TrinoOptions> = {}) =>
    createTrinoClient({ server: base, user: "ann", clock, ...options });
  return { base, client, seen, clock };
}

async function allRows(answer: { rows(): AsyncIterable<readonly (readonly unknown[])[]> }) {
  const rows: unknown[] = [];
  for await (const part of answer.rows()) rows.push(...part);
  return rows;
}

const columns = [{ name: "a", type: "bigint" }];

describe("a Trino", () => {
  it("is followed from page to page", async () => {
    const { client, seen } = await fakeTrino((base) => [
      () => ({ body: { id: "q", nextUri: `${base}/1`, stats: { state: "QUEUED" } } }),
      () => ({ body: { id: "q", nextUri: `${base}/2`, columns, data: [[1]] } }),
      () => ({
        body: { id: "q", nextUri: `${base}/3`, columns, stats: { progressPercentage: 50 } },
      }),
      () => ({ body: { id: "q", columns, data: [[2], [3]] } }),
    ]);
    const told: number[] = [];
    const answer = await client({
      catalog: "hive",
      schema: "security",
      password: "s3cret",
      onProgress: (percent) => told.push(percent),
    }).run("SELECT 'ü'");
    expect(answer.columns).toEqual(["a"]);
    expect(await allRows(answer)).toEqual([[1], [2], [3]]);
    expect(told).toEqual([50]);
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "POST /v1/statement",
      "GET /1",
      "GET /2",
      "GET /3",
    ]);
    expect(seen[0]?.body).toBe("SELECT 'ü'");
    expect(seen[0]?.headers).toMatchObject({
      "x-trino-user": "ann",
      "x-trino-catalog": "hive",
      "x-trino-schema": "security",
      "x-trino-source": "orgrail",
      authorization: `Basic ${Buffer.from("ann:s3cret").toString("base64")}`,
    });
  });

  it("is asked for a page again while it does not answer", async () => {
    const { client, seen, clock } = await fakeTrino((base) => [
      () => ({ body: { nextUri: `${base}/1` } }),
      () => ({ status: 503 }),
      () => "hang up",
      () => ({ status: 429, headers: { "retry-after": "7" } }),
      () => ({ status: 502, body: "<html>bad gateway</html>" }),
      () => ({ body: { columns, data: [[1]] } }),
    ]);
    expect(await allRows(await client({ token: "jwt" }).run("SELECT 1"))).toEqual([[1]]);
    expect(seen.slice(1).every(({ url }) => url === "/1")).toBe(true);
    expect(seen[1]?.headers.authorization).toBe("Bearer jwt");
    expect(clock.slept).toEqual([100, 200, 7_000, 800]);
  });

  it("does not get a statement twice of which it is not known whether it runs", async () => {
    const { client, seen } = await fakeTrino(() => [() => "hang up"]);
    await expect(client().run("SELECT 1")).rejects.toMatchObject({ code: "ORGRAIL4390" });
    expect(seen).toHaveLength(1);
  });

  it("gets a statement again that it said it did not take", async () => {
    const { client, seen } = await fakeTrino(() => [
      () => ({ status: 503 }),
      () => ({ body: { columns, data: [] } }),
    ]);
    expect(await allRows(await client().run("SELECT 1"))).toEqual([]);
    expect(seen).toHaveLength(2);
  });

  it("is given up after two minutes", async () => {
    const { client, clock } = await fakeTrino((base) => [
      () => ({ body: { nextUri: `${base}/1` } }),
      () => ({ status: 503 }),
    ]);
    await expect(client().run("SELECT 1")).rejects.toThrow(/answers 503/);
    const slept = clock.slept.reduce((sum, one) => sum + one, 0);
    expect(slept).toBeGreaterThan(110_000);
    expect(slept).toBeLessThanOrEqual(120_000);
  });

  it("fails with what it says of a query", async () => {
    const { client } = await fakeTrino((base) => [
      () => ({ body: { nextUri: `${base}/1` } }),
      () => ({
        body: { error: { message: "line 1:1: no such table", errorName: "TABLE_NOT_FOUND" } },
      }),
    ]);
    await expect(client().run("SELECT 1")).rejects.toMatchObject({
      code: "ORGRAIL4391",
      message: "Trino: line 1:1: no such table (TABLE_NOT_FOUND)",
    });
  });

  it("is told when nobody reads on", async () => {
    const { client, seen } = await fakeTrino((base) => [
      () => ({ body: { nextUri: `${base}/1`, columns, data: [[1]] } }),
      () => ({ body: { nextUri: `${base}/2`, columns, data: [[2]] } }),
    ]);
    for await (const _ of (await client().run("SELECT 1")).rows()) break;
    expect(seen.at(-1)).toMatchObject({ method: "DELETE", url: "/1" });
  });

  it("is told when the caller stops", async () => {
    const stop = new AbortController();
    const { client, seen } = await fakeTrino((base) => [
      () => ({ body: { nextUri: `${base}/1` } }),
      () => {
        stop.abort(new Error("interrupted"));
        return { body: { nextUri: `${base}/2` } };
      },
    ]);
    await expect(client({ signal: stop.signal }).run("SELECT 1")).rejects.toThrow("interrupted");
    expect(seen.at(-1)?.method).toBe("DELETE");
  });

  it("gives pages of any size", async () => {
    const data = Array.from({ length: 60_000 }, (_, index) => [index, "x".repeat(50)]);
    const { client } = await fakeTrino(() => [() => ({ body: { columns, data } })]);
    expect(await allRows(await client().run("SELECT 1"))).toHaveLength(60_000);
  });

  it.each<[string, Step, string]>([
    ["no JSON", () => ({ body: "<html>" }), "no JSON object"],
    ["no list of rows", () => ({ body: { columns, data: "x" } }), "rows are no list"],
    ["a row that is no list", () => ({ body: { columns, data: [1] } }), "a row is no list"],
    [
      "another host",
      () => ({ body: { nextUri: "http://192.0.2.1/1" } }),
      "sends to `http://192.0.2.1`",
    ],
    ["a refusal", () => ({ status: 401 }), "not accepted"],
    ["a failure", () => ({ status: 400, body: "bad user" }), "answers 400: bad user"],
    [
      "a redirection",
      () => ({ status: 302, headers: { location: "http://192.0.2.1/" } }),
      "no answer",
    ],
  ])("is not believed when it gives %s", async (_, step, message) => {
    const { client } = await fakeTrino(() => [step]);
    await expect(client({ password: "s3cret" }).run("SELECT 1")).rejects.toThrow(message);
  });

  it.each([
    ["trino", "is no address"],
    ["ftp://trino", "is no address"],
    ["https://ann:secret@trino", "is no address"],
    ["http://trino.example.com", "a secret is not sent"],
  ])("is not at %s", (address, message) => {
    const make = () =>
      createTrinoClient({
        server: address,
        user: "ann",
        password: "s3cret",
        clock: virtualClock(),
      });
    expect(make).toThrow(message);
    expect(make).not.toThrow("s3cret");
  });
});
