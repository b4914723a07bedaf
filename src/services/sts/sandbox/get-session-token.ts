import type {
  GetSessionTokenCommandInput,
  GetSessionTokenCommandOutput,
} from "@aws-sdk/client-sts";
import { findCredential, issueSession } from "../../../sandbox/credentials.ts";
import { credentialsShape } from "./credentials-shape.ts";
import { accessDenied, validDuration } from "./errors.ts";
import type { Served } from "./served.ts";

/** Gives temporary credentials of the calling user; needs long-term ones. */
export const getSessionToken: Served<GetSessionTokenCommandInput, GetSessionTokenCommandOutput> = (
  { world, caller },
  input,
) => {
  if (findCredential(world, caller.accessKeyId)?.sessionToken !== undefined) {
    throw accessDenied("Cannot call GetSessionToken with session credentials");
  }
  const duration = validDuration(input.DurationSeconds ?? 43_200, 900, 129_600);
  const { account, arn, principalArn, userId } = caller;
  const session = issueSession(world, { account, arn, principalArn, userId }, duration);
  return { Credentials: credentialsShape(session) };
};
