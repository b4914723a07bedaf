import type { AwsOptions } from "../../aws/aws.ts";

/** An answer that a request gets instead of Athena's usual one. */
export type AthenaFault =
  | { readonly status: number; readonly name: string; readonly message?: string }
  | "no answer";

/** What a fake Athena has and does. */
export interface FakeAthenaOptions {
  /** Rows of answers after the header; the names of the columns come from the query's aliases. */
  readonly rows?: readonly (readonly (string | null)[])[];
  readonly columns?: readonly string[];
  readonly pageRows?: number;
  /** States that a query goes through, one a question; the last stays. */
  readonly states?: readonly {
    readonly state: string;
    readonly reason?: string;
    readonly bytes?: number;
  }[];
  readonly workgroup?: object;
  /** `null`: there is no such table. */
  readonly table?: object | null;
  /** Sizes of objects by key. */
  readonly objects?: ReadonlyMap<string, number>;
  /** Asked at each request: a fault for it, the first time, the second... */
  readonly fault?: (operation: string, nth: number) => AthenaFault | undefined;
}

/** A request as it came. */
export interface AthenaRequest {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

interface HttpRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** Athena, and what of S3 is asked beside it, as far as orgrail's client asks. */
export function fakeAthena(options: FakeAthenaOptions = {}): {
  readonly inPlaceOfAws: Required<Pick<AwsOptions, "requestHandler" | "credentials">>;
  readonly requests: readonly AthenaRequest[];
} {
  const requests: AthenaRequest[] = [];
  let asked = 0;
  const started = new Map<string, string>();
  const { rows = [], columns = ["a"], pageRows = 2, objects = new Map<string, number>() } = options;
  const states = options.states ?? [{ state: "SUCCEEDED", bytes: 1_000 }];

  const page = (token: unknown): object => {
    const all = [columns, ...rows];
    const from = Number(token ?? 0);
    const next = from + pageRows;
    return {
      ResultSet: {
        Rows: all.slice(from, next).map((row) => ({
          Data: row.map((value) => (value === null ? {} : { VarCharValue: value })),
        })),
        ResultSetMetadata: { ColumnInfo: columns.map((Name) => ({ Name, Type: "varchar" })) },
      },
      ...(next < all.length ? { NextToken: String(next) } : {}),
    };
  };

  const serve = (operation: string, input: Readonly<Record<string, unknown>>): object => {
    switch (operation) {
      case "GetWorkGroup":
        return {
          WorkGroup: {
            Name: input.WorkGroup,
            State: "ENABLED",
            Configuration: { ResultConfiguration: { OutputLocation: "s3://answers/" } },
            ...options.workgroup,
          },
        };
      case "GetTableMetadata":
        return { TableMetadata: options.table ?? {} };
      case "StartQueryExecution": {
        // The same token is the same query.
        const token = String(input.ClientRequestToken);
        const id = started.get(token) ?? `query-${started.size + 1}`;
        started.set(token, id);
        return { QueryExecutionId: id };
      }
      case "GetQueryExecution": {
        const {
          state,
          reason,
          bytes = 0,
        } = states[Math.min(asked++, states.length - 1)] ?? { state: "QUEUED" };
        return {
          QueryExecution: {
            Status: {
              State: state,
              ...(reason === undefined ? {} : { StateChangeReason: reason }),
            },
            Statistics: { DataScannedInBytes: bytes },
          },
        };
      }
      case "GetQueryResults":
        return page(input.NextToken);
      default:
        return {};
    }
  };

  const handle = async (request: HttpRequest): Promise<object> => {
    const target = request.headers["x-amz-target"]?.split(".")[1];
    const operation =
      target ?? ("location" in (request.query ?? {}) ? "GetBucketLocation" : "ListObjectsV2");
    const text =
      typeof request.body === "string" ? request.body : new TextDecoder().decode(request.body);
    const input = (
      target === undefined ? { ...request.query } : JSON.parse(text || "{}")
    ) as AthenaRequest["input"];
    requests.push({ operation, input });
    const nth = requests.filter((one) => one.operation === operation).length;
    const isAbsent = operation === "GetTableMetadata" && options.table === null;
    const fault: AthenaFault | undefined = isAbsent
      ? { status: 400, name: "MetadataException", message: "EntityNotFoundException: not found" }
      : options.fault?.(operation, nth);
    if (fault === "no answer")
      throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    if (fault !== undefined) {
      const { status, name, message = "no" } = fault;
      if (target === undefined) {
        const error = `<Error><Code>${name}</Code><Message>${message}</Message></Error>`;
        return answered(status, "application/xml", error);
      }
      return answered(
        status,
        "application/x-amz-json-1.1",
        JSON.stringify({ __type: name, Message: message }),
      );
    }
    if (target === undefined)
      return answered(200, "application/xml", s3Answer(operation, input, objects));
    return answered(200, "application/x-amz-json-1.1", JSON.stringify(serve(operation, input)));
  };

  return {
    requests,
    inPlaceOfAws: {
      credentials: { accessKeyId: "AKID", secretAccessKey: "secret" },
      requestHandler: { handle } as Required<AwsOptions>["requestHandler"],
    },
  };
}

function answered(statusCode: number, type: string, body: string): object {
  return { response: { statusCode, headers: { "content-type": type }, body: Buffer.from(body) } };
}

function s3Answer(
  operation: string,
  input: Readonly<Record<string, unknown>>,
  objects: ReadonlyMap<string, number>,
): string {
  if (operation === "GetBucketLocation") return "<LocationConstraint/>";
  const { prefix = "", delimiter } = input as {
    readonly prefix?: string;
    readonly delimiter?: string;
  };
  const folders = new Set<string>();
  const found: string[] = [];
  for (const [key, size] of objects) {
    if (!key.startsWith(prefix)) continue;
    const cut = delimiter === undefined ? -1 : key.indexOf(delimiter, prefix.length);
    if (cut >= 0) folders.add(key.slice(0, cut + 1));
    else found.push(`<Contents><Key>${key}</Key><Size>${size}</Size><ETag>e</ETag></Contents>`);
  }
  const prefixes = [...folders].map(
    (one) => `<CommonPrefixes><Prefix>${one}</Prefix></CommonPrefixes>`,
  );
  return `<ListBucketResult><IsTruncated>false</IsTruncated>${prefixes.join("")}${found.join("")}</ListBucketResult>`;
}
