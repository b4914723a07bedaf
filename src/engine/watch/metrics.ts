/** Values of labels, by name. */
export type Labels = Readonly<Record<string, string>>;

/** Numbers that Prometheus reads. */
export interface Metrics {
  /** Adds to a counter. */
  add(name: CounterName, labels?: Labels, amount?: number): void;
  /** The value of a counter; 0 before it was added to. */
  count(name: CounterName, labels?: Labels): number;
  /** The sum of a counter over all labels. */
  total(name: CounterName): number;
  /** A gauge whose value is asked for when it is read. */
  gauge(name: GaugeName, value: () => number, labels?: Labels): void;
  /** Notes a duration in seconds. */
  observe(name: HistogramName, seconds: number): void;
  /** Everything in Prometheus's text format. */
  render(): string;
}

const counters = {
  orgrail_watch_events_total: "Events that were read, by source.",
  orgrail_watch_messages_total: "Messages of queues, by source and what they were.",
  orgrail_watch_objects_total: "Files and objects that were read, by source.",
  orgrail_watch_findings_total: "Findings, by severity and whether they are expected.",
  orgrail_watch_dead_letters_total: "What could not be parsed, by source.",
  orgrail_watch_read_failures_total: "Reads that failed and are tried again, by source.",
  orgrail_watch_state_failures_total: "Writes of the state that failed and are tried again.",
  orgrail_watch_sink_findings_total: "Findings by sink: taken, left_out by severity, refused.",
  orgrail_watch_sink_failures_total: "Deliveries that failed and are tried again, by sink.",
  orgrail_watch_foreign_events_total: "Events of accounts that are not of the organization.",
  orgrail_watch_unknown_versions_total: "Events of a version that is not known.",
  orgrail_watch_future_events_total: "Events whose time is more than a minute ahead.",
  orgrail_watch_rule_faults_total: "Rules that failed on an event.",
} as const;

const gauges = {
  orgrail_watch_in_flight: "Deliveries that are read and not committed.",
  orgrail_watch_spool_bytes: "Bytes of the journal on the disk.",
  orgrail_watch_spool_limit_bytes: "At so many bytes nothing more is read.",
  orgrail_watch_sink_pending: "Findings that a sink has not taken yet.",
  orgrail_watch_source_ok: "1 while the last read of a source succeeded.",
  process_resident_memory_bytes: "Resident memory.",
  process_cpu_seconds_total: "Time of the processor, user and system.",
} as const;

const histograms = {
  orgrail_watch_commit_seconds: "From the receipt of an event to its finding on the disk.",
  orgrail_watch_delay_seconds: "From the time in an event to its finding on the disk.",
} as const;

type CounterName = keyof typeof counters;
type GaugeName = keyof typeof gauges;
type HistogramName = keyof typeof histograms;

const bounds: readonly number[] = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900, 3_600];

/** Makes metrics that are all nothing. */
export function createMetrics(): Metrics {
  const counted = new Map<CounterName, Map<string, number>>();
  const asked = new Map<GaugeName, Map<string, () => number>>();
  const observed = new Map<HistogramName, { counts: number[]; sum: number; count: number }>();
  return {
    add: (name, labels = {}, amount = 1) => {
      const values = counted.get(name) ?? new Map<string, number>();
      counted.set(name, values);
      const key = rendered(labels);
      values.set(key, (values.get(key) ?? 0) + amount);
    },
    count: (name, labels = {}) => counted.get(name)?.get(rendered(labels)) ?? 0,
    total: (name) => [...(counted.get(name)?.values() ?? [])].reduce((sum, one) => sum + one, 0),
    gauge: (name, value, labels = {}) => {
      const values = asked.get(name) ?? new Map<string, () => number>();
      asked.set(name, values);
      values.set(rendered(labels), value);
    },
    observe: (name, seconds) => {
      let values = observed.get(name);
      if (values === undefined) {
        values = { counts: bounds.map(() => 0), sum: 0, count: 0 };
        observed.set(name, values);
      }
      const { counts } = values;
      for (const [index, bound] of bounds.entries()) {
        if (seconds <= bound) counts[index] = (counts[index] ?? 0) + 1;
      }
      values.sum += seconds;
      values.count += 1;
    },
    render: () => {
      const lines: string[] = [];
      const family = (name: string, help: string, type: string): void => {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
      };
      for (const [name, help] of Object.entries(counters)) {
        family(name, help, "counter");
        const values = counted.get(name as CounterName) ?? new Map([["", 0]]);
        for (const [labels, value] of values) lines.push(`${name}${labels} ${value}`);
      }
      for (const [name, help] of Object.entries(gauges)) {
        const values = asked.get(name as GaugeName);
        if (values === undefined) continue;
        family(name, help, name.endsWith("_total") ? "counter" : "gauge");
        for (const [labels, value] of values) lines.push(`${name}${labels} ${value()}`);
      }
      for (const [name, help] of Object.entries(histograms)) {
        family(name, help, "histogram");
        const values = observed.get(name as HistogramName);
        for (const [index, bound] of bounds.entries()) {
          lines.push(`${name}_bucket{le="${bound}"} ${values?.counts[index] ?? 0}`);
        }
        lines.push(`${name}_bucket{le="+Inf"} ${values?.count ?? 0}`);
        lines.push(`${name}_sum ${values?.sum ?? 0}`, `${name}_count ${values?.count ?? 0}`);
      }
      return `${lines.join("\n")}\n`;
    },
  };
}

function rendered(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
