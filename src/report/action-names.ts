/** Beyond this many, actions are counted by service. */
const mostActions = 24;

/**
 * Makes a function that writes actions as a reader takes them in: all as `*`, whole services as
 * `s3:*`, long lists as counts.
 *
 * @param known all known actions, by which a service is whole.
 */
export function actionNames(
  known: readonly string[],
): (actions: readonly string[]) => readonly string[] {
  const totals = countByService(known);
  return (actions) => summarize(actions, totals);
}

function countByService(actions: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const action of actions) {
    const service = action.slice(0, action.indexOf(":"));
    counts.set(service, (counts.get(service) ?? 0) + 1);
  }
  return counts;
}

function summarize(actions: readonly string[], totals: ReadonlyMap<string, number>): string[] {
  const counts = countByService(actions);
  const isAll = [...totals].every(([service, total]) => counts.get(service) === total);
  if (isAll) return ["*"];
  const whole = [...counts].filter(([service, number]) => totals.get(service) === number);
  const wholeNames = new Set(whole.map(([service]) => service));
  const rest = actions.filter((action) => !wholeNames.has(action.slice(0, action.indexOf(":"))));
  if (wholeNames.size > totals.size / 2) {
    const missing = [...totals.keys()].filter((service) => !wholeNames.has(service));
    return [`* but not all of ${missing.join(", ")}`];
  }
  const wholes = [...wholeNames].map((service) => `${service}:*`);
  return rest.length <= mostActions
    ? [...wholes, ...rest]
    : [
        ...wholes,
        ...[...countByService(rest)].map(([service, number]) => `${service}: ${number} actions`),
      ];
}
