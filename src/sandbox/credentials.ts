import type { AccountId } from "../core/identifiers.ts";
import type { Caller } from "./service.ts";
import type { Slot, World } from "./world.ts";

/** An access key, with what requests that are signed with it are made as. */
export interface Credential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Temporary credentials only. */
  readonly sessionToken?: string;
  readonly account: AccountId;
  readonly arn: string;
  readonly principalArn: string;
  readonly userId: string;
  readonly sessionPolicies: readonly string[];
  /** Session tags of a role session. */
  readonly sessionTags?: Readonly<Record<string, string>>;
  readonly sourceIdentity?: string;
  /** Milliseconds since the epoch; long-term keys have none. */
  readonly expiresAt?: number;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
  /** An inactive long-term key is refused. */
  active: boolean;
}

/** All access keys of the world, by id. */
export const credentialsSlot: Slot<{ byKey: Map<string, Credential> }> = {
  name: "credentials",
  scope: "world",
  init: () => ({ byKey: new Map() }),
};

/** Whom new credentials stand for. */
export interface CredentialSubject {
  readonly account: AccountId;
  readonly arn: string;
  readonly principalArn: string;
  readonly userId: string;
  readonly sessionPolicies?: readonly string[];
  readonly sessionTags?: Readonly<Record<string, string>>;
  readonly sourceIdentity?: string;
}

const upperAlphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** An identifier as IAM makes them: a prefix (`AKIA`, `AROA`, ...) and 16 or 17 characters. */
export function newUniqueId(world: World, prefix: string, length: number = 17): string {
  return `${prefix}${world.newId(length, upperAlphanumeric)}`;
}

/** Makes a long-term access key. */
export function issueAccessKey(world: World, subject: CredentialSubject): Credential {
  return remember(world, {
    ...subject,
    accessKeyId: newUniqueId(world, "AKIA", 16),
    secretAccessKey: world.newId(40, base64Alphabet),
    sessionPolicies: subject.sessionPolicies ?? [],
    issuedAt: world.clock.now(),
    active: true,
  });
}

/** Makes temporary credentials that last that many seconds. */
export function issueSession(
  world: World,
  subject: CredentialSubject,
  durationSeconds: number,
): Credential & { readonly sessionToken: string; readonly expiresAt: number } {
  const now = world.clock.now();
  const credential = {
    ...subject,
    accessKeyId: newUniqueId(world, "ASIA", 16),
    secretAccessKey: world.newId(40, base64Alphabet),
    sessionToken: world.newId(64, base64Alphabet),
    sessionPolicies: subject.sessionPolicies ?? [],
    issuedAt: now,
    expiresAt: now + durationSeconds * 1000,
    active: true,
  };
  remember(world, credential);
  return credential;
}

/** The credential of an access key id; `undefined` when there is none. */
export function findCredential(world: World, accessKeyId: string): Credential | undefined {
  return world.state(credentialsSlot).byKey.get(accessKeyId);
}

/** The caller as handlers see it. */
export function callerOf(credential: Credential): Caller {
  const { account, arn, principalArn, userId, accessKeyId, sessionPolicies } = credential;
  return { account, arn, principalArn, userId, accessKeyId, sessionPolicies };
}

function remember(world: World, credential: Credential): Credential {
  world.state(credentialsSlot).byKey.set(credential.accessKeyId, credential);
  return credential;
}
