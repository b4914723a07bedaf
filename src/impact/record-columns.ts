/**
 * What of a record can decide beyond the columns of a call's key. Columns are named as the lake names
 * them; `accessKeyKind` is the first four characters of the access key's id.
 */
export type RecordColumn =
  | "eventTime"
  | "errorMessage"
  | "requestParameters"
  | "resources"
  | "sourceIPAddress"
  | "userAgent"
  | "vpcEndpointId"
  | "identityPrincipalId"
  | "identityUserName"
  | "accessKeyKind"
  | "sessionMfaAuthenticated"
  | "sessionCreationDate";

const ofResource: readonly RecordColumn[] = ["requestParameters", "resources"];

/** Which columns of a record tell which condition keys, in lower case, and the resource. */
export const recordColumns: {
  readonly byKey: Readonly<Record<string, readonly RecordColumn[]>>;
  readonly ofResource: readonly RecordColumn[];
} = {
  byKey: {
    "aws:currenttime": ["eventTime"],
    "aws:epochtime": ["eventTime"],
    "aws:multifactorauthpresent": ["accessKeyKind", "sessionMfaAuthenticated"],
    "aws:resourceaccount": ofResource,
    "aws:resourceorgid": ofResource,
    "aws:resourceorgpaths": ofResource,
    "aws:sourceip": ["sourceIPAddress", "vpcEndpointId"],
    "aws:sourcevpce": ["vpcEndpointId"],
    "aws:tokenissuetime": ["accessKeyKind", "sessionCreationDate"],
    "aws:useragent": ["userAgent"],
    "aws:userid": ["identityPrincipalId"],
    "aws:username": ["identityUserName"],
    "aws:vpcsourceip": ["sourceIPAddress", "vpcEndpointId"],
  },
  ofResource,
};
