import type { Values } from './section.ts';
import { optional, required, section, withDefault } from './section.ts';
import type { ValueType } from './value-type.ts';
import { flag, oneOf, scalarAsText, seconds, text, textLike, texts, wholeNumber } from './value-type.ts';

/** The most that a file of a metric log may hold; Node's own limit for offsets is far beyond it. */
const MAX_LOG_BYTES = 2 ** 40;

/** Keys of the Scalyr agent's configuration that the collector honours. It leaves all others alone. */
export const agentSection = section(
  {
    agent_log_path: withDefault(text, 'log', 'Folder of the metric logs and of the log of the collector.'),
    agent_data_path: withDefault(
      text,
      'data',
      'Folder of what waits for the backends, and of the books about it.',
    ),
    config_directory: withDefault(
      text,
      'agent.d',
      'Folder of fragments, see above. Read in the first file only.',
    ),
    additional_monitor_module_paths: optional(
      text,
      'Folders with more monitors, separated as in `PATH`; searched after `monitors/local` and `monitors/contrib`.',
    ),
    config_change_check_interval: withDefault(
      seconds,
      30,
      'Seconds between two looks whether the configuration has changed.',
    ),
    global_monitor_sample_interval: withDefault(
      seconds,
      30,
      'Seconds between two samples of a monitor that does not say otherwise.',
    ),
    global_monitor_sample_interval_enable_jitter: withDefault(
      flag,
      true,
      'Spreads the first samples of monitors over their interval.',
    ),
    implicit_metric_monitor: withDefault(
      flag,
      true,
      'On Linux, runs `linux_system_metrics` without an entry in `monitors`.',
    ),
    implicit_agent_process_metrics_monitor: withDefault(
      flag,
      true,
      'On Linux, runs `linux_process_metrics` for the collector itself, under the id `agent`.',
    ),
    log_rotation_max_bytes: withDefault(
      wholeNumber(1, MAX_LOG_BYTES, 'of bytes '),
      20 * 1024 * 1024,
      'Size at which a new metric log is started.',
    ),
    log_rotation_backup_count: withDefault(wholeNumber(0, 1000), 2, 'Old metric logs that are kept.'),
    calculate_rate_metric_names: withDefault(
      texts,
      [],
      'Metrics, as `module:metric`, for which a `<metric>_rate` is logged too.',
    ),
    debug_level: withDefault(wholeNumber(0, 5), 0, 'How much monitors say in the log of the collector.'),
  },
  { open: true, variablePrefix: 'SCALYR_' },
);

export type AgentValues = Values<typeof agentSection.options>;

const wholeId: ValueType<string> = {
  wanted: 'a text or a whole number',
  read(place) {
    const value = place.node.kind === 'scalar' ? place.node.value : undefined;
    if (typeof value === 'object' || typeof value === 'boolean') return place.rejectFound(this.wanted);
    const id = scalarAsText.read(place);
    if (id === undefined) return undefined;
    return /\p{Cc}/u.test(id) ? place.reject('wanted an id without line breaks and control characters') : id;
  },
};

/** One element of `monitors`. What the table does not name is for the monitor. */
export const monitorSection = section(
  {
    module: required(
      textLike(/^[\w-]+(?:\.[\w-]+)*$/, 'the name of a module, possibly dotted'),
      'Name of the monitor, possibly dotted: its last part is the name of its file, and of its metric log.',
    ),
    id: optional(wholeId, 'Tells instances of one module apart; see above.'),
    sample_interval: optional(seconds, 'Seconds between two samples.'),
    stop_agent_on_failure: withDefault(flag, false, 'Ends the collector when this monitor ends for good.'),
    isolation: optional(
      oneOf('thread', 'process', 'shared'),
      'Where it lives: in a thread of its own (TypeScript; the default up to `otel.isolation.share_above` instances), in a process of its own (the default of Python), or shared: TypeScript with other instances of the same monitor in a thread, Python with all Python monitors that say so in a process.',
    ),
    runtime: optional(
      oneOf('python', 'typescript'),
      'What the monitor is written in, where there is one in each; "python" also finds what is installed in Python itself.',
    ),
  },
  { open: true },
);

export type MonitorValues = Values<typeof monitorSection.options>;
