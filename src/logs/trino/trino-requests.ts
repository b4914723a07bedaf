import { AppError } from "../../core/app-error.ts";
import type { Clock } from "../../core/clock.ts";

/** Requests to one Trino; answers as texts. */
export interface TrinoRequests {
  /** Posts a statement: it is sent again only where the server says that it did not take it. */
  post(url: string, body: string): Promise<string>;
  /** Asks for a page, again and again while the server does not answer. */
  get(url: string): Promise<string>;
  /** Ends a query; what goes wrong in it is of no consequence. */
  cancel(url: string): Promise<void>;
}

/** How long a server that does not answer is asked again. */
const patienceMs = 120_000;
/** Waits between tries grow from the first to the second. */
const waitsMs = { first: 100, most: 5_000 } as const;
/** A page may not take longer. */
const pageMs = 300_000;

/** Answers that say that the server could not take the request now. */
const busy: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Makes requests; answers are followed on the server itself only, since they carry the secret. */
export function trinoRequests(options: {
  readonly server: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}): TrinoRequests {
  const { server, headers, clock, signal } = options;

  const send = async (method: string, url: string, body?: string): Promise<Response> => {
    const target = new URL(url, server);
    if (target.origin !== server.origin) {
      throw new AppError(
        "ORGRAIL4390",
        `Trino sends to \`${target.origin}\`, not to \`${server.origin}\`, where it was asked`,
        {
          hint: "name the address that the server calls itself, or let its proxy forward the host",
        },
      );
    }
    const limit = AbortSignal.timeout(pageMs);
    return fetch(target, {
      method,
      headers,
      redirect: "error",
      signal:
        signal === undefined || method === "DELETE" ? limit : AbortSignal.any([signal, limit]),
      ...(body === undefined ? {} : { body }),
    });
  };

  const tried = async (method: string, url: string, body?: string): Promise<string> => {
    const startedMs = clock.now();
    for (let waitMs: number = waitsMs.first; ; waitMs = Math.min(waitMs * 2, waitsMs.most)) {
      let failure: AppError;
      let againMs = waitMs;
      try {
        const response = await send(method, url, body);
        if (response.ok) return await response.text();
        const text = (await response.text()).trim();
        failure = refusal(response.status, text, server);
        if (!busy.has(response.status)) throw failure;
        const told = Number(response.headers.get("retry-after") ?? Number.NaN);
        if (told > 0) againMs = Math.max(waitMs, told * 1_000);
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof AppError) throw error;
        failure = new AppError(
          "ORGRAIL4390",
          `no answer from ${server.origin}: ${reasonOf(error)}`,
          {
            cause: error,
            hint: "is it the address of a Trino's coordinator, and does this machine trust its certificate? (NODE_EXTRA_CA_CERTS)",
          },
        );
        // Whether a statement that got no answer runs is not known: it is not started twice.
        if (method === "POST") throw failure;
      }
      if (clock.now() + againMs - startedMs > patienceMs) throw failure;
      await clock.sleep(againMs, signal);
    }
  };

  return {
    post: (url, body) => tried("POST", url, body),
    get: (url) => tried("GET", url),
    cancel: async (url) => {
      try {
        await (await send("DELETE", url)).text();
      } catch {
        // The server forgets a query that nobody asks about.
      }
    },
  };
}

function refusal(status: number, text: string, server: URL): AppError {
  const what =
    status === 401 || status === 403
      ? "the user or the secret is not accepted"
      : `the server answers ${status}`;
  const said = /^[\x20-\x7e]{1,300}$/.test(text) && !text.startsWith("<") ? `: ${text}` : "";
  return new AppError("ORGRAIL4390", `${server.origin}: ${what}${said}`, {
    ...(status === 401 || status === 403
      ? {
          exit: "credentials" as const,
          hint: "--trino-user, with ORGRAIL_TRINO_PASSWORD or ORGRAIL_TRINO_TOKEN in the environment",
        }
      : {}),
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== "" ? cause.message : error.message;
}
