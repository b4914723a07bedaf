import type { AnyCommand } from "../command.ts";
import { audit } from "./audit/audit.command.ts";
import { detect } from "./events/detect.command.ts";
import { impact } from "./events/impact.command.ts";
import { watch } from "./events/watch.command.ts";
import { watchDeploy } from "./events/watch-deploy.command.ts";
import { importLza } from "./import/lza.command.ts";
import { importOrgFormation } from "./import/org-formation.command.ts";
import { logsIngest } from "./logs/ingest.command.ts";
import { logsQuery } from "./logs/query.command.ts";
import { logsStatus } from "./logs/status.command.ts";
import { logsTable } from "./logs/table.command.ts";
import { apply } from "./organization/apply.command.ts";
import { bootstrap } from "./organization/bootstrap.command.ts";
import { collect } from "./organization/collect.command.ts";
import { coverage } from "./organization/coverage.command.ts";
import { doctor } from "./organization/doctor.command.ts";
import { drift } from "./organization/drift.command.ts";
import { init } from "./organization/init.command.ts";
import { layers } from "./organization/layers.command.ts";
import { plan } from "./organization/plan.command.ts";
import { snapshot } from "./organization/snapshot.command.ts";
import { snapshotDiff } from "./organization/snapshot-diff.command.ts";
import { snapshotList } from "./organization/snapshot-list.command.ts";
import { trails } from "./organization/trails.command.ts";
import { validate } from "./organization/validate.command.ts";
import { can } from "./policy/can.command.ts";
import { policyDiff } from "./policy/diff.command.ts";
import { effective } from "./policy/effective.command.ts";
import { guardrails } from "./policy/guardrails.command.ts";
import { lint } from "./policy/lint.command.ts";
import { policyPack } from "./policy/pack.command.ts";
import { test } from "./policy/test.command.ts";
import { completeWords, completion } from "./program/completion.command.ts";
import { version } from "./program/version.command.ts";
import { demo } from "./sandbox/demo.command.ts";
import { sandbox } from "./sandbox/sandbox.command.ts";

/** Every command, in the order of the overview. */
export const commandTable: readonly AnyCommand[] = [
  init,
  importLza,
  importOrgFormation,
  validate,
  plan,
  apply,
  drift,
  snapshot,
  snapshotDiff,
  snapshotList,
  collect,
  coverage,
  trails,
  layers,
  audit,
  doctor,
  bootstrap,
  guardrails,
  can,
  effective,
  test,
  lint,
  policyDiff,
  policyPack,
  detect,
  watch,
  watchDeploy,
  impact,
  logsIngest,
  logsStatus,
  logsQuery,
  logsTable,
  sandbox,
  demo,
  completion,
  completeWords,
  version,
];
