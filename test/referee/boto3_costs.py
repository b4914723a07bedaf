"""Calls AWS Cost Explorer, which tells what the trails of the sandbox are charged."""

import datetime


def walk(site, trail, name):
    costs = site.client("ce", "management")
    trail.call("StartLogging", Name=name)
    site.advance(3 * 86_400_000)
    # The walk is told of the month after next.
    ahead = datetime.datetime.fromtimestamp(site.month_start, datetime.timezone.utc)
    start = (ahead - datetime.timedelta(days=80)).replace(day=1)
    period = {"Start": f"{start:%Y-%m-%d}", "End": f"{ahead:%Y-%m-%d}"}
    wanted = {
        "TimePeriod": period,
        "Granularity": "MONTHLY",
        "Metrics": ["UnblendedCost", "UsageQuantity"],
    }
    service = {"Dimensions": {"Key": "SERVICE", "Values": ["AWS CloudTrail"]}}
    group = [{"Type": "DIMENSION", "Key": key} for key in ("LINKED_ACCOUNT", "USAGE_TYPE")]
    answer = costs.call("GetCostAndUsage", Filter=service, GroupBy=group, **wanted)
    groups = [one for result in answer["ResultsByTime"] for one in result["Groups"]]
    kinds = {one["Keys"][1].split("-")[-1] for one in groups}
    if kinds != {"FreeEventsRecorded"}:
        site.record.add([f"GetCostAndUsage: {kinds} for one trail"])
    costs.call("GetCostAndUsage", **wanted)
    negated = {"And": [service, {"Not": {"Dimensions": {"Key": "REGION", "Values": ["eu-west-1"]}}}]}
    costs.call("GetCostAndUsage", Filter=negated, **{**wanted, "Granularity": "DAILY"})
    refuse = costs.refuse
    operation = "GetCostAndUsage"
    refuse(operation, "InvalidNextTokenException", NextPageToken="x", GroupBy=group, **wanted)
    refuse(operation, "ValidationException", **{**wanted, "Metrics": ["Price"]})
    refuse(operation, "ValidationException", **{**wanted, "Granularity": "HOURLY"})
    refuse(operation, "ValidationException", **{**wanted, "TimePeriod": {**period, "End": "x"}})
    refuse(operation, "ValidationException", GroupBy=group + group, **wanted)
    refuse(operation, "ValidationException", Filter={}, **wanted)
