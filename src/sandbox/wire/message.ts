/** An HTTP request as a door hands it to the wire layer. Header names are in lower case. */
export interface WireRequest {
  readonly method: string;
  /** Host with its port, as the `host` header has it. */
  readonly host: string;
  /** As sent: percent-encoded, without the query. */
  readonly path: string;
  /** Decoded; a parameter without a value has the value `""`. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** When the HTTP door took the request, by the wall clock; absent in process. */
  readonly receivedAtMs?: number;
}

/** An HTTP response as the wire layer hands it to a door. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The body is a blob that a client reads as a stream. */
  readonly streaming?: boolean;
}
