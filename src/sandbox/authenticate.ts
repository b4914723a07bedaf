import type { RegionName } from "../core/identifiers.ts";
import { findAccount } from "./accounts.ts";
import { type Credential, findCredential } from "./credentials.ts";
import type { WireRequest } from "./wire/message.ts";
import type { World } from "./world.ts";

/** What a request's signature says of it, before anything is believed. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: RegionName;
  readonly signingName: string;
  readonly securityToken?: string;
}

/** The outcome of authentication. */
export type Authentication =
  | { readonly ok: true; readonly credential: Credential }
  | { readonly ok: false; readonly why: "unknownKey" | "expired" };

/**
 * Reads who signed a request, for which Region and service: from the `authorization` header of
 * Signature Version 4 or from a presigned address. `undefined`: the request is not signed.
 */
export function credentialScope(request: WireRequest): CredentialScope | undefined {
  const query = new Map(request.query);
  const header = request.headers.authorization;
  const credential =
    header === undefined
      ? query.get("X-Amz-Credential")
      : /^AWS4-HMAC-SHA256\s.*?Credential=([^,\s]+)/.exec(header)?.[1];
  const [accessKeyId, , region, signingName, end] = credential?.split("/") ?? [];
  if (!accessKeyId || !region || !signingName || end !== "aws4_request") return undefined;
  const securityToken =
    request.headers["x-amz-security-token"] ?? query.get("X-Amz-Security-Token");
  return {
    accessKeyId,
    region,
    signingName,
    ...(securityToken === undefined ? {} : { securityToken }),
  };
}

/** Whose key it is. Keys of suspended accounts and temporary keys without their token are unknown. */
export function authenticate(world: World, scope: CredentialScope): Authentication {
  const credential = findCredential(world, scope.accessKeyId);
  if (credential === undefined || !credential.active) return { ok: false, why: "unknownKey" };
  if (credential.sessionToken !== scope.securityToken) return { ok: false, why: "unknownKey" };
  if (findAccount(world, credential.account)?.suspended !== false) {
    return { ok: false, why: "unknownKey" };
  }
  if (credential.expiresAt !== undefined && credential.expiresAt <= world.clock.now()) {
    return { ok: false, why: "expired" };
  }
  return { ok: true, credential };
}
