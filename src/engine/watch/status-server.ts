import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError } from "../../core/app-error.ts";
import { isErrorCode } from "../../store/file-errors.ts";
import type { Metrics } from "./metrics.ts";

/** What is wrong with a watcher. */
export interface WatchStatus {
  /** Why nothing more is read, or something cannot be; empty when it works. */
  readonly problems: readonly string[];
  /** What goes on, though less well: a sink that cannot be reached while the journal keeps findings. */
  readonly warnings: readonly string[];
}

/** An open server. */
export interface StatusServer {
  /** `host:port`. */
  readonly address: string;
  close(): Promise<void>;
}

/** Where to listen. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * Answers `/healthz` (the process works), `/readyz` (it reads, and can write its state) and
 * `/metrics` (for Prometheus). It tells numbers, names of sources and reasons, no finding.
 *
 * @throws AppError ORGRAIL4381 when the address cannot be had.
 */
export async function startStatusServer(
  { host, port }: ListenAddress,
  metrics: Metrics,
  status: () => WatchStatus,
): Promise<StatusServer> {
  const server = createServer((request, response) => {
    const answer = (code: number, type: string, body: string): void => {
      response.writeHead(code, { "content-type": type, "cache-control": "no-store" });
      response.end(request.method === "HEAD" ? "" : body);
    };
    if (request.method !== "GET" && request.method !== "HEAD") {
      answer(405, "text/plain", "only GET\n");
      return;
    }
    const [path] = (request.url ?? "/").split("?");
    if (path === "/healthz") answer(200, "text/plain", "ok\n");
    else if (path === "/readyz") {
      const now = status();
      answer(now.problems.length === 0 ? 200 : 503, "application/json", `${JSON.stringify(now)}\n`);
    } else if (path === "/metrics") answer(200, "text/plain; version=0.0.4", metrics.render());
    else answer(404, "text/plain", "/healthz, /readyz, /metrics\n");
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 10_000;
  await listen(server, host, port);
  server.unref();
  const { port: actual } = server.address() as AddressInfo;
  return {
    address: `${host.includes(":") ? `[${host}]` : host}:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const why = isErrorCode(error, "EADDRINUSE")
        ? "another program listens there"
        : error.message;
      reject(
        new AppError("ORGRAIL4381", `cannot listen on ${host}:${port}: ${why}`, {
          exit: "usage",
          hint: "name another place by --listen HOST:PORT, or --listen off",
          cause: error,
        }),
      );
    });
    server.listen(port, host, () => resolve());
  });
}
