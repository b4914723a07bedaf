import { createHash, createPublicKey, verify } from "node:crypto";
import { isJsonObject } from "../../core/json.ts";

/** A digest file as it was found. */
export interface FoundDigest {
  /** `s3://bucket/key`, or a path. */
  readonly name: string;
  /** Unpacked. */
  readonly bytes: Uint8Array;
  /** From the object's metadata, in hexadecimal; a copy on a disk has none. */
  readonly signature?: string;
}

/** What a digest file says. */
export interface Digest {
  readonly found: FoundDigest;
  /** SHA-256 of the unpacked file, in hexadecimal. */
  readonly hash: string;
  readonly bucket: string;
  readonly key: string;
  readonly endTime: string;
  readonly startTime: string;
  readonly fingerprint: string;
  /** Absent for the first of a chain. */
  readonly previous?: {
    readonly bucket: string;
    readonly key: string;
    readonly hash: string;
    readonly signature: string;
  };
  readonly logFiles: readonly {
    readonly bucket: string;
    readonly key: string;
    /** SHA-256 of the unpacked file, in hexadecimal. */
    readonly hash: string;
  }[];
}

/** A key that CloudTrail signs with. */
export interface DigestPublicKey {
  readonly fingerprint: string;
  /** PKCS #1, DER. */
  readonly value: Uint8Array;
}

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Reads a digest file; `undefined` when it is none.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
export function parseDigest(found: FoundDigest): Digest | undefined {
  let file: unknown;
  try {
    file = JSON.parse(Buffer.from(found.bytes).toString("utf8"));
  } catch {
    return undefined;
  }
  if (!isJsonObject(file) || !Array.isArray(file.logFiles)) return undefined;
  const bucket = text(file.digestS3Bucket);
  const key = text(file.digestS3Object);
  const endTime = text(file.digestEndTime);
  const startTime = text(file.digestStartTime);
  const fingerprint = text(file.digestPublicKeyFingerprint);
  if (!bucket || !key || !endTime || !startTime || !fingerprint) return undefined;
  const logFiles = file.logFiles.map((entry) => {
    const members: Readonly<Record<string, unknown>> = isJsonObject(entry) ? entry : {};
    const { s3Bucket, s3Object, hashValue, hashAlgorithm } = members;
    // A hash of another kind than is known matches nothing.
    const hash = hashAlgorithm === "SHA-256" ? text(hashValue) : `${text(hashAlgorithm)} unknown`;
    return { bucket: text(s3Bucket), key: text(s3Object), hash };
  });
  const previousKey = text(file.previousDigestS3Object);
  return {
    found,
    hash: sha256(found.bytes),
    bucket,
    key,
    endTime,
    startTime,
    fingerprint,
    logFiles,
    ...(previousKey === ""
      ? {}
      : {
          previous: {
            bucket: text(file.previousDigestS3Bucket),
            key: previousKey,
            hash: text(file.previousDigestHashValue),
            signature: text(file.previousDigestSignature),
          },
        }),
  };
}

/**
 * Whether a signature in hexadecimal is CloudTrail's for this digest: RSA with SHA-256 over its end,
 * its place, its hash and the signature before it.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-custom-validation.html
 */
export function isSigned(digest: Digest, signature: string, key: DigestPublicKey): boolean {
  const before = digest.previous?.signature || "null";
  const signed = `${digest.endTime}\n${digest.bucket}/${digest.key}\n${digest.hash}\n${before}`;
  try {
    const publicKey = createPublicKey({
      key: Buffer.from(key.value),
      format: "der",
      type: "pkcs1",
    });
    return verify("RSA-SHA256", Buffer.from(signed), publicKey, Buffer.from(signature, "hex"));
  } catch {
    // A key that is none signs nothing.
    return false;
  }
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
