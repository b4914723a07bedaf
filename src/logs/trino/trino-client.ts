import { AppError, InputError } from "../../core/app-error.ts";
import type { Clock } from "../../core/clock.ts";
import type { QueryAnswer } from "../query-answer.ts";
import { trinoRequests } from "./trino-requests.ts";
import { readStatement, type TrinoStatement } from "./trino-statement.ts";

/** How a Trino is reached. */
export interface TrinoOptions {
  /** `https://trino.example.com:8443`. Plain HTTP is for this machine, or without a secret. */
  readonly server: string;
  readonly user: string;
  /** By which the user shows who he is. */
  readonly password?: string;
  /** A JSON Web Token, in place of a password. */
  readonly token?: string;
  readonly catalog?: string;
  readonly schema?: string;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** Told of what is done so far, 0 to 100, where the server says it. */
  readonly onProgress?: (percent: number) => void;
}

/** Asks a Trino. */
export interface TrinoClient {
  /** Runs a statement. Throws ORGRAIL4390 when the server cannot be spoken to, ORGRAIL4391 when it fails. */
  run(sql: string): Promise<QueryAnswer>;
}

/**
 * Makes a client of Trino's own protocol: a statement is posted, and its answer followed from page to
 * page. A page that got no answer is asked for again, as the protocol has it; a query that nobody
 * reads to its end is cancelled.
 *
 * @see https://trino.io/docs/current/develop/client-protocol.html
 */
export function createTrinoClient(options: TrinoOptions): TrinoClient {
  const server = serverOf(options);
  const { catalog, schema, password, token, signal, clock } = options;
  const requests = trinoRequests({
    server,
    clock,
    ...(signal === undefined ? {} : { signal }),
    headers: {
      "X-Trino-User": options.user,
      "X-Trino-Source": "orgrail",
      "X-Trino-Time-Zone": "UTC",
      "User-Agent": "orgrail",
      ...(catalog === undefined ? {} : { "X-Trino-Catalog": catalog }),
      ...(schema === undefined ? {} : { "X-Trino-Schema": schema }),
      ...(token === undefined
        ? password === undefined
          ? {}
          : {
              Authorization: `Basic ${Buffer.from(`${options.user}:${password}`).toString("base64")}`,
            }
        : { Authorization: `Bearer ${token}` }),
    },
  });

  const told = (statement: TrinoStatement): TrinoStatement => {
    const { error, progress } = statement;
    if (progress !== undefined) options.onProgress?.(progress);
    if (error !== undefined) throw queryFailure(error);
    return statement;
  };

  return {
    run: async (sql) => {
      let at = told(readStatement(await requests.post(`${server.origin}/v1/statement`, sql)));
      const next = async (): Promise<boolean> => {
        if (at.nextUri === undefined) return false;
        at = told(readStatement(await requests.get(at.nextUri)));
        return true;
      };
      const cancel = async (): Promise<void> => {
        if (at.nextUri !== undefined) await requests.cancel(at.nextUri);
      };
      try {
        while (at.columns === undefined && (await next()));
      } catch (error) {
        await cancel();
        throw error;
      }
      return {
        columns: at.columns ?? [],
        rows: async function* () {
          let isRead = false;
          try {
            do if (at.data.length > 0) yield at.data;
            while (await next());
            isRead = true;
          } finally {
            if (!isRead) await cancel();
          }
        },
      };
    },
  };
}

function serverOf({ server, password, token }: TrinoOptions): URL {
  const help = "write it like https://trino.example.com:8443";
  if (!URL.canParse(server)) {
    throw new InputError("ORGRAIL4390", `\`${server}\` is no address of a Trino`, [], help);
  }
  const url = new URL(server);
  if (!/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
    throw new InputError(
      "ORGRAIL4390",
      `\`${url.origin}\` is no address of a Trino`,
      [],
      `${help}; the user and the secret are said apart from it`,
    );
  }
  const isLocal = ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  if (url.protocol === "http:" && !isLocal && (password !== undefined || token !== undefined)) {
    throw new InputError(
      "ORGRAIL4390",
      `a secret is not sent to \`${url.origin}\`, which is not encrypted`,
      [],
      "use https",
    );
  }
  return url;
}

function queryFailure(error: { readonly message: string; readonly name: string }): AppError {
  const isOurs = error.name === "USER_CANCELED";
  return new AppError("ORGRAIL4391", `Trino: ${error.message} (${error.name})`, {
    hint: isOurs
      ? "somebody cancelled the query on the server"
      : "--print-sql shows the query; the server's own page of it says more",
  });
}
