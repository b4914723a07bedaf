"""Runs the AWS CLI many times for the price of one start.

Reads lines of JSON, {"args": [...], "env": {...}}, and answers each with a line,
{"code": 0, "stdout": "...", "stderr": "..."}. Every run is a process of its own, forked from this
one, which has loaded the AWS CLI's code and the models of services and runs nothing itself.
"""

import json
import os
import socket
import sys
import tempfile
import traceback

import awscli.clidriver
import botocore.loaders

# Models are large: they are parsed here once, and every process has them when it is forked. Others
# may be named as arguments.
SERVICES = ["organizations", "account", "iam", "sts", "s3"]


def load():
    """Loads what a run would load anew: the modules, and the models of services."""
    loader = botocore.loaders.JSONFileLoader
    read, files = loader.load_file, {}

    def read_once(self, path):
        if path not in files:
            files[path] = read(self, path)
        return files[path]

    loader.load_file = read_once
    session = awscli.clidriver.create_clidriver().session
    for service in sys.argv[1:] or SERVICES:
        session.create_client(
            service,
            region_name="us-east-1",
            endpoint_url="http://127.0.0.1:1",
            aws_access_key_id="none",
            aws_secret_access_key="none",
        )
        session.get_paginator_model(service)


def resolve_prefixes():
    """Some operations put an account's id before the host: it is the same host all the same."""
    resolve = socket.getaddrinfo

    def without_prefix(host, *more, **options):
        is_loopback = isinstance(host, str) and host.endswith(".127.0.0.1")
        return resolve("127.0.0.1" if is_loopback else host, *more, **options)

    socket.getaddrinfo = without_prefix


def run(args, env, stdout, stderr):
    """Runs the AWS CLI in this process, as its script does; gives its exit code."""
    os.dup2(stdout.fileno(), 1)
    os.dup2(stderr.fileno(), 2)
    data_path = os.environ["AWS_DATA_PATH"]  # The AWS CLI sets it where its modules are loaded.
    os.environ.clear()
    os.environ.update(env, AWS_DATA_PATH=data_path)
    sys.argv = ["aws", *args]
    try:
        code = awscli.clidriver.main()
    except SystemExit as ended:
        code = ended.code
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else 0 if code is None else 1


def answer(args, env):
    """Runs the AWS CLI in a process of its own; gives what it printed and its exit code."""
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        child = os.fork()
        if child == 0:
            os._exit(run(args, env, stdout, stderr) & 255)
        _, status = os.waitpid(child, 0)
        printed = []
        for file in (stdout, stderr):
            file.seek(0)
            printed.append(file.read().decode())
        code = os.waitstatus_to_exitcode(status)
        return {"code": code, "stdout": printed[0], "stderr": printed[1]}


def main():
    load()
    resolve_prefixes()
    for line in iter(sys.stdin.readline, ""):
        asked = json.loads(line)
        print(json.dumps(answer(asked["args"], asked["env"])), flush=True)


main()
