import type { Credentials } from "@aws-sdk/client-sts";

/** Temporary credentials as STS answers them. */
export function credentialsShape(credential: {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: number;
}): Credentials {
  return {
    AccessKeyId: credential.accessKeyId,
    SecretAccessKey: credential.secretAccessKey,
    SessionToken: credential.sessionToken,
    Expiration: new Date(credential.expiresAt),
  };
}
