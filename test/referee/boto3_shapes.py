"""Judges answers by botocore's own model of the service."""

import datetime
import json
import re

SCALARS = {
    "string": str,
    "character": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    "float": (int, float),
    "double": (int, float),
    "timestamp": datetime.datetime,
}

# Required members that botocore's model of the identity store has and that of the SDK, by which the
# sandbox writes, has not yet.
NEWER = {"GroupArn", "MembershipArn", "Revision", "UserArn"}


# Errors that the models of the older services leave to their documentation.
COMMON = {
    "ce": {"ValidationException"},
    "cloudformation": {"AccessDenied", "InsufficientCapabilitiesException", "ValidationError"},
    "ec2": {
        "InvalidKmsKey.NotFound",
        "InvalidParameterCombination",
        "InvalidParameterValue",
        "InvalidVpcBlockPublicAccessExclusionId.NotFound",
    },
    "iam": {"AccessDenied", "ValidationError"},
    "sts": {"AccessDenied", "ValidationError"},
    "s3-control": {
        "AccessDenied",
        "InvalidRequest",
        "NoSuchConfiguration",
    },
    "s3": {
        "404",
        "AccessDenied",
        "BucketNotEmpty",
        "InvalidBucketName",
        "InvalidBucketState",
        "MalformedPolicy",
        "NoSuchBucket",
        "NoSuchBucketPolicy",
        "NoSuchKey",
        "NoSuchLifecycleConfiguration",
        "NoSuchPublicAccessBlockConfiguration",
        "NoSuchTagSet",
        "ObjectLockConfigurationNotFoundError",
        "OwnershipControlsNotFoundError",
        "PreconditionFailed",
    },
}


def problems_of(shape, value, path):
    """What is wrong with a parsed value, in words; nothing when it fits its shape."""
    if value is None:
        return [f"{path}: is null"]
    kind = shape.type_name
    if kind == "structure":
        return structure_problems(shape, value, path)
    if kind == "list":
        if not isinstance(value, list):
            return [f"{path}: is no list"]
        inner = [problems_of(shape.member, item, f"{path}[{i}]") for i, item in enumerate(value)]
        return size_problems(shape, value, path) + [one for many in inner for one in many]
    if kind == "map":
        if not isinstance(value, dict):
            return [f"{path}: is no map"]
        inner = [problems_of(shape.value, item, f"{path}.{key}") for key, item in value.items()]
        return [one for many in inner for one in many]
    if kind == "blob":
        is_bytes = isinstance(value, bytes) or hasattr(value, "read")
        return [] if is_bytes else [f"{path}: is no bytes"]
    # IAM's policy documents come out of botocore as decoded JSON.
    if kind == "string" and shape.name == "policyDocumentType" and isinstance(value, dict):
        return []
    if not isinstance(value, SCALARS[kind]) or (kind == "integer" and isinstance(value, bool)):
        return [f"{path}: is a {type(value).__name__}, not a {kind}"]
    return scalar_problems(shape, value, path)


def structure_problems(shape, value, path):
    if not isinstance(value, dict):
        return [f"{path}: is no structure"]
    known = set(shape.members) | {"ResponseMetadata"}
    found = [f"{path}.{name}: is not in the model" for name in value if name not in known]
    for name in shape.required_members:
        if name not in value and name not in NEWER:
            found.append(f"{path}.{name}: is missing")
    for name, member in shape.members.items():
        if name in value:
            found += problems_of(member, value[name], f"{path}.{name}")
    return found


def scalar_problems(shape, value, path):
    enum = getattr(shape, "enum", None)
    if enum and value not in enum:
        return [f"{path}: {value!r} is not one of {', '.join(enum)}"]
    if not isinstance(value, str):
        return []
    found = size_problems(shape, value, path)
    # The pattern of PolicyArn wants longer ids than that of PolicyId, and than AWS itself gives.
    pattern = None if shape.name == "PolicyArn" else shape.metadata.get("pattern")
    if pattern is not None and not matches(pattern, value):
        found.append(f"{path}: {value!r} does not match {pattern}")
    return found


def size_problems(shape, value, path):
    minimum, maximum = shape.metadata.get("min"), shape.metadata.get("max")
    if minimum is not None and len(value) < minimum:
        return [f"{path}: has {len(value)}, fewer than {minimum}"]
    if maximum is not None and len(value) > maximum:
        return [f"{path}: has {len(value)}, more than {maximum}"]
    return []


def matches(pattern, value):
    try:
        return re.search(java_pattern(pattern), value) is not None
    except re.error:
        return True


def java_pattern(pattern):
    # The models write Java's dialect, of which Python lacks the Unicode classes.
    return pattern.replace(r"\p{Cntrl}", r"\x00-\x1f")


def raw_problems(shape, body, path):
    """What a JSON body has that the parser would drop in silence: members of no name, nulls."""
    if not body:
        return []
    return unknown_members(shape, json.loads(body), path)


def unknown_members(shape, value, path):
    if shape is None:
        return [] if value in ({}, None) else [f"{path}: has members, the model none"]
    if shape.type_name == "structure" and isinstance(value, dict):
        names = {member.serialization.get("name", name): member for name, member in shape.members.items()}
        found = [f"{path}.{name}: is not in the model" for name in value if name not in names]
        for name, member in names.items():
            if name in value:
                found += unknown_members(member, value[name], f"{path}.{name}")
        return found
    if shape.type_name == "list" and isinstance(value, list):
        return [one for item in value for one in unknown_members(shape.member, item, f"{path}[]")]
    return [f"{path}: is null"] if value is None else []


def error_problems(operation, error):
    """What is wrong with an error: a code that the operation does not have, or odd members."""
    response = error.response
    code = response["Error"]["Code"]
    shapes = {code_of(shape): shape for shape in operation.error_shapes}
    if code in COMMON.get(operation.service_model.endpoint_prefix, ()):
        return []
    if code not in shapes:
        return [f"{operation.name}: {code} is no error of the operation: {response['Error'].get('Message')}"]
    shape = shapes[code]
    members = {name: response[name] for name in shape.members if name in response}
    found = []
    # Some errors have no message in the model, and so none on the wire.
    tells = any(name.lower() == "message" for name in shape.members)
    if tells and not response["Error"].get("Message"):
        found.append(f"{operation.name}: {code} has no message")
    for name, value in members.items():
        found += problems_of(shape.members[name], value, f"{operation.name}.{code}.{name}")
    status = shape.metadata.get("error", {}).get("httpStatusCode")
    actual = response["ResponseMetadata"]["HTTPStatusCode"]
    if status is not None and status != actual and operation.service_model.resolved_protocol != "json":
        found.append(f"{operation.name}: {code} has status {actual}, the model {status}")
    return found


def code_of(shape):
    return shape.metadata.get("error", {}).get("code", shape.name)
