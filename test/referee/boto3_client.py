"""A boto3 client that judges every answer it gets."""

import re

import boto3
import botocore.config
import botocore.exceptions
from botocore import xform_name

from boto3_shapes import code_of, error_problems, problems_of, raw_problems

# botocore's names of services that it calls otherwise than IAM.
NAMES = {"access-analyzer": "accessanalyzer", "s3-control": "s3control", "sso": "sso-admin"}

# Members of the outermost output that only some answers have.
OPTIONAL = {"NextToken", "Marker", "ContinuationToken", "NextContinuationToken", "NextMarker"}


class Record:
    """What a walk has seen, over all its clients."""

    def __init__(self):
        self.problems = []
        self.answered = {}
        self.refused = {}
        self.absent = {}
        self.paged = {}

    def add(self, problems):
        self.problems += [one for one in problems if one not in self.problems]


def stay_here(request, **_):
    """Takes the account's id off the host's name, which no name server would know."""
    request.url = re.sub(r"^http://\d{12}\.", "http://", request.url)


class Judged:
    """One caller's client of one service. Operations are called by their name of the API."""

    def __init__(self, record, endpoint, keys, service):
        self.record = record
        self.service = service
        self.client = boto3.client(
            NAMES.get(service, service),
            region_name="us-east-1",
            endpoint_url=endpoint,
            aws_access_key_id=keys["accessKeyId"],
            aws_secret_access_key=keys["secretAccessKey"],
            aws_session_token=keys.get("sessionToken"),
            config=botocore.config.Config(
                retries={"total_max_attempts": 1},
                s3={"addressing_style": "path"},
                # Wrong input is the sandbox's to refuse.
                parameter_validation=False,
            ),
        )
        self.model = self.client.meta.service_model
        self.client.meta.events.register("before-sign.s3-control", stay_here)
        if self.model.resolved_protocol in ("json", "rest-json"):
            self.client.meta.events.register("before-parse.*.*", self.judge_raw)

    def judge_raw(self, operation_model, response_dict, **_):
        if response_dict["status_code"] >= 300:
            return
        body = response_dict["body"]
        self.record.add(raw_problems(operation_model.output_shape, body, operation_model.name))

    def method(self, operation):
        return getattr(self.client, xform_name(operation))

    def call(self, operation, **parameters):
        """Calls, and expects an answer."""
        model = self.model.operation_model(operation)
        try:
            answer = self.method(operation)(**parameters)
        except botocore.exceptions.ClientError as error:
            self.record.add([f"{operation}{parameters}: {error}"])
            raise
        self.count(operation)
        if model.output_shape is not None:
            self.record.add(problems_of(model.output_shape, answer, operation))
            missing = set(model.output_shape.members) - set(answer) - OPTIONAL
            self.record.absent.setdefault(self.service, {}).setdefault(operation, missing)
            self.record.absent[self.service][operation] &= missing
        return answer

    def refuse(self, operation, code=None, **parameters):
        """Calls, and expects an error that is the operation's own; of that code when given."""
        try:
            self.method(operation)(**parameters)
        except botocore.exceptions.ClientError as error:
            found = error.response["Error"]["Code"]
            self.record.refused.setdefault(self.service, {}).setdefault(operation, set()).add(found)
            if code is not None and found != code:
                self.record.add([f"{operation}: {found} instead of {code}"])
            self.record.add(error_problems(self.model.operation_model(operation), error))
            return error.response
        except botocore.exceptions.ParamValidationError:
            return None
        self.record.add([f"{operation}: was not refused: {parameters}"])
        return None

    def pages(self, operation, size=1, **parameters):
        """Pages through a list by botocore's paginator; all items, which must be the unpaged ones."""
        name = xform_name(operation)
        paginator = self.client.get_paginator(name)
        keys = [key.expression for key in paginator.paginate(**parameters).result_keys]
        whole, parts = {key: [] for key in keys}, {key: [] for key in keys}
        for page in paginator.paginate(**parameters):
            for key in keys:
                whole[key] += page.get(key) or []
        count = 0
        # ListTagsForResource has no size of a page.
        sized = paginator._pagination_cfg.get("limit_key") is not None
        config = {"PaginationConfig": {"PageSize": size}} if sized else {}
        for page in paginator.paginate(**parameters, **config):
            count += 1
            self.record.add(
                problems_of(self.model.operation_model(operation).output_shape, page, operation)
            )
            for key in keys:
                items = page.get(key) or []
                if sized and len(items) > size:
                    self.record.add([f"{operation}: a page of {len(items)}, more than {size}"])
                parts[key] += items
        if whole != parts:
            self.record.add([f"{operation}: pages of {size} hold other items than larger ones"])
        self.count(operation)
        pages = self.record.paged.setdefault(self.service, {})
        pages[operation] = max(count, pages.get(operation, 0))
        return [item for key in keys for item in whole[key]]

    def count(self, operation):
        seen = self.record.answered.setdefault(self.service, {})
        seen[operation] = seen.get(operation, 0) + 1

    def codes(self, operation):
        return {code_of(shape) for shape in self.model.operation_model(operation).error_shapes}
