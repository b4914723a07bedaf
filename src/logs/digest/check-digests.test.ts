import { createSign, generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { checkDigests } from "./check-digests.ts";
import { type DigestPublicKey, type FoundDigest, sha256 } from "./digest-file.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const keys: DigestPublicKey[] = [
  { fingerprint: "f1", value: publicKey.export({ format: "der", type: "pkcs1" }) },
];
const bucket = "org-trail";

/** A chain of digests, one an hour, each with one log file; signed as CloudTrail signs. */
function chain(count: number): FoundDigest[] {
  const found: FoundDigest[] = [];
  let before: { key: string; hash: string; signature: string } | undefined;
  for (let hour = 0; hour < count; hour++) {
    const end = `2026-08-01T${String(hour + 1).padStart(2, "0")}:00:00Z`;
    const stamp = end.replaceAll(/[-:]/g, "");
    const key =
      "AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2026/08/01/" +
      `111122223333_CloudTrail-Digest_eu-west-1_trail_eu-west-1_${stamp}.json.gz`;
    const bytes = Buffer.from(
      JSON.stringify({
        awsAccountId: "111122223333",
        digestStartTime: `2026-08-01T${String(hour).padStart(2, "0")}:00:00Z`,
        digestEndTime: end,
        digestS3Bucket: bucket,
        digestS3Object: key,
        digestPublicKeyFingerprint: "f1",
        digestSignatureAlgorithm: "SHA256withRSA",
        previousDigestS3Bucket: before === undefined ? null : bucket,
        previousDigestS3Object: before?.key ?? null,
        previousDigestHashValue: before?.hash ?? null,
        previousDigestHashAlgorithm: "SHA-256",
        previousDigestSignature: before?.signature ?? null,
        logFiles: [
          {
            s3Bucket: bucket,
            s3Object: `log-${hour}`,
            hashValue: `h${hour}`,
            hashAlgorithm: "SHA-256",
          },
        ],
      }),
    );
    const signed = `${end}\n${bucket}/${key}\n${sha256(bytes)}\n${before?.signature ?? "null"}`;
    const signature = createSign("RSA-SHA256").update(signed).sign(privateKey, "hex");
    found.push({ name: `s3://${bucket}/${key}`, bytes, signature });
    before = { key, hash: sha256(bytes), signature };
  }
  return found;
}

function edited(digest: FoundDigest, from: string, to: string): FoundDigest {
  return { ...digest, bytes: Buffer.from(Buffer.from(digest.bytes).toString().replace(from, to)) };
}

function kinds(
  found: readonly FoundDigest[],
  withKeys: readonly DigestPublicKey[] = keys,
): string[] {
  return checkDigests(found, withKeys).problems.map(({ kind }) => kind);
}

test("a whole chain holds, in whatever order it is found, and proves its logs", () => {
  const found = chain(4);
  const check = checkDigests([...found].reverse(), keys);
  expect(check.problems).toEqual([]);
  expect(check.signed).toBe(4);
  expect([...check.hashes]).toEqual([0, 1, 2, 3].map((n) => [`${bucket}/log-${n}`, `h${n}`]));
});

test("a changed digest is found by its signature, and its logs are not believed", () => {
  const found = chain(3);
  const [first, middle, last] = found as [FoundDigest, FoundDigest, FoundDigest];
  const check = checkDigests([first, edited(middle, "h1", "hx"), last], keys);
  expect(check.problems.map(({ kind }) => kind)).toEqual(["bad-signature"]);
  expect(check.hashes.has(`${bucket}/log-1`)).toBe(false);
  expect(kinds([first, middle, edited(last, "h2", "hx")])).toEqual(["bad-signature"]);
});

test("a digest taken out is missed", () => {
  const [first, , last] = chain(3) as [FoundDigest, FoundDigest, FoundDigest];
  expect(kinds([first, last])).toEqual(["missing"]);
});

test("a digest signed with another key does not hold; one whose key is unknown is unsigned", () => {
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey;
  const wrong = { fingerprint: "f1", value: other.export({ format: "der", type: "pkcs1" }) };
  expect(kinds(chain(1), [wrong])).toEqual(["bad-signature"]);
  expect(kinds(chain(1), [])).toEqual(["unsigned"]);
  expect(kinds(chain(1), [{ fingerprint: "f1", value: Buffer.from("none") }])).toEqual([
    "bad-signature",
  ]);
});

test("a digest that was moved is not believed", () => {
  const [first] = chain(1) as [FoundDigest];
  const check = checkDigests([{ ...first, name: `s3://${bucket}/elsewhere.json.gz` }], keys);
  expect(check.problems.map(({ kind }) => kind)).toEqual(["moved"]);
  expect(check.hashes.size).toBe(0);
});

test("copies without metadata take their signatures from the next digest", () => {
  const copies = chain(3).map(({ name, bytes }) => ({
    name: name.replace("s3://org-trail/", "/copy/"),
    bytes,
  }));
  const check = checkDigests(copies, keys);
  expect(check.problems.map(({ kind }) => kind)).toEqual(["unsigned"]);
  expect(check.signed).toBe(2);
});

test("without keys a changed digest is found by the one after it", () => {
  const [first, last] = chain(2) as [FoundDigest, FoundDigest];
  expect(kinds([edited(first, "h0", "hx"), last], [])).toEqual(["changed", "unsigned"]);
});

test("a chain that begins anew is told", () => {
  const [early] = chain(1) as [FoundDigest];
  const late = edited(early, "2026-08-01T01:00:00Z", "2026-08-02T01:00:00Z");
  expect(kinds([early, late])).toContain("new-chain");
});

test("what is no digest is told", () => {
  expect(kinds([{ name: "x", bytes: Buffer.from('{"Records":[]}') }])).toEqual(["unreadable"]);
  expect(kinds([{ name: "x", bytes: Buffer.from("{") }])).toEqual(["unreadable"]);
});
